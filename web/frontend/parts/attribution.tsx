// Whose words, as what: as the article prints it, with links to what dixit takes it for.
import { Link } from "../route/link";
import { Printed } from "./printed";
import type { QuoteShown } from "./source";
import { Unknown } from "./state";
import { plain } from "./words";

type Attributed = Pick<QuoteShown, "speaker" | "speakerKind" | "printed" | "organisation">;

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
      return printed.speaker ? <Printed>{printed.speaker}</Printed> : <Unknown>a person, not named</Unknown>;
    case "DOCUMENT":
      return <>{printed.attribution ? <Printed>{printed.attribution}</Printed> : "a document"}</>;
    default:
      return <Unknown>no name is printed ({plain(speakerKind)})</Unknown>;
  }
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

/** "Speaker, role (organisation)" in one line. */
export function Byline({ quote }: { quote: Attributed }) {
  const named = quote.speaker !== null || quote.speakerKind !== "ORGANISATION";
  return (
    <>
      <SpeakerName quote={quote} />
      {quote.printed.role && <>, <Printed>{quote.printed.role}</Printed></>}
      {named && quote.organisation && <> · <OrganisationName quote={quote} /></>}
    </>
  );
}
