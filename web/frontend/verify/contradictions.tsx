// Statements of the same words by sources that cannot both be right. Neither is decided for.
import { Link } from "../route/link";
import { Printed } from "../parts/printed";
import { Unknown } from "../parts/state";
import { count, lang, plain } from "../parts/words";
import type { StatementCounts } from "./documents";

type Other = StatementCounts["contradictions"][number]["statement"];

function Whose({ statement: { speaker, organisation, speakerKind, role } }: { statement: Other }) {
  if (speaker) {
    return (
      <>
        <Link to={{ view: "speaker", id: speaker.id }}><Printed>{speaker.name}</Printed></Link>
        {role && <>, <Printed>{role.title}</Printed></>}
      </>
    );
  }
  if (organisation) {
    return <Link to={{ view: "organisation", id: organisation.id }}><Printed>{organisation.name}</Printed></Link>;
  }
  return <Unknown>{plain(speakerKind)}</Unknown>;
}

export function Contradictions({ of }: { of: StatementCounts }) {
  return (
    <div class="notice warn">
      <h4>Also attributed to somebody else</h4>
      <ul>
        {of.contradictions.map(({ statement }) => (
          <li key={statement.id}>
            <Whose statement={statement} />: <q dir="auto" lang={lang(statement.firstQuote?.language)}>{statement.text}</q>{" "}
            <span class="quiet">({count(statement.articleCount, "article")}) </span>
            <a href={`/statements/${statement.id}`}>Cite</a>
          </li>
        ))}
      </ul>
      <p class="quiet">Both cannot be right. dixit does not decide which is.</p>
    </div>
  );
}
