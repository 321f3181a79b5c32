// Whose words, as what: as the article prints it, with links to what dixit takes it for.
import { Link } from "../route/link";
import { Printed } from "./printed";
import type { QuoteShown } from "./source";
import { Unknown } from "./state";
import { plain } from "./words";

type Attributed = Pick<QuoteShown, "speaker" | "speakerKind" | "printed" | "organisation" | "furtherSpeakers">;

/** The speaker; where no name is printed, that. */
export function SpeakerName({ quote }: { quote: Attributed }) {
  const { speaker, speakerKind, printed } = quote;
  if (speaker) return <Link to={{ view: "speaker", id: speaker.id }}><Printed>{speaker.name}</Printed></Link>;
  switch (speakerKind) {
    case "ORGANISATION":
      return <OrganisationName quote={quote} />;
    case "UNATTRIBUTED":
      return <Unknown>attributed to nobody</Unknown>;
    case "PERSON":
      return whole(printed.speaker ?? printed.attribution, "a person, not named");
    case "DOCUMENT":
      return whole(printed.attribution, "a document");
    default:
      // Of those without a name the attribution is all there is.
      return (
        <>
          {printed.attribution && <><Printed>{printed.attribution}</Printed> </>}
          <Unknown>{printed.attribution ? "" : "no name is printed "}({plain(speakerKind)})</Unknown>
        </>
      );
  }
}

function whole(printed: string | null, unknown: string) {
  return printed ? <Printed>{printed}</Printed> : <Unknown>{unknown}</Unknown>;
}

/** The organisation; as printed where it is not known which one is meant. */
export function OrganisationName({ quote: { organisation, printed } }: { quote: Attributed }) {
  if (organisation) {
    return (
      <Link to={{ view: "organisation", id: organisation.id }}><Printed>{organisation.name}</Printed></Link>
    );
  }
  return printed.organisation ? <Printed>{printed.organisation}</Printed> : <Unknown>not told</Unknown>;
}

/** "Speaker, role (organisation)" in one line, with those beside or instead of whom the speaker stands. */
export function Byline({ quote }: { quote: Attributed }) {
  const { speaker, speakerKind, printed, organisation, furtherSpeakers } = quote;
  const named = speaker !== null || speakerKind !== "ORGANISATION";
  // Where nothing of it is told apart, the attribution says in which role.
  const attribution = speaker && !printed.role && printed.attribution !== printed.speaker ? printed.attribution : null;
  return (
    <>
      <SpeakerName quote={quote} />
      {printed.role && <>, <Printed>{printed.role}</Printed></>}
      {named && organisation && <> · <OrganisationName quote={quote} /></>}
      {furtherSpeakers.map(({ name, mode }, place) => (
        <span key={place}> · {mode === "JOINT" ? "with" : "or"} {name ? <Printed>{name}</Printed> : "nobody named"}</span>
      ))}
      {attribution && <span class="quiet"> · as printed: <Printed>{attribution}</Printed></span>}
    </>
  );
}
