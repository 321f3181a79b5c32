// Who a speaker is, as far as the record says.
import { Fact, Facts } from "../parts/facts";
import { Printed, WikidataItem } from "../parts/printed";
import { Unknown } from "../parts/state";
import { number } from "../parts/words";

interface Props {
  speaker: {
    id: string;
    name: string;
    wikidataId: string | null;
    candidates: readonly { wikidataId: string; probability: number }[];
    knownAs: readonly { name: string }[];
    quoteCount: number;
    statementCount: number;
  };
}

export function Identity({ speaker }: Props) {
  const { wikidataId, candidates, knownAs } = speaker;
  const others = [...new Set(knownAs.map(({ name }) => name))].filter((name) => name !== speaker.name);
  return (
    <Facts>
      <Fact name="On record">
        {number(speaker.statementCount)} statements in {number(speaker.quoteCount)} quotes
      </Fact>
      {others.length > 0 && (
        <Fact name="Also known as">
          {others.map((name, place) => <span key={name}>{place > 0 && ", "}<Printed>{name}</Printed></span>)}
        </Fact>
      )}
      <Fact name="Wikidata">
        {wikidataId && <WikidataItem id={wikidataId} />}
        {!wikidataId && candidates.length === 0 && <Unknown>not settled</Unknown>}
        {!wikidataId && candidates.length > 0 && (
          <>
            <Unknown>not settled; may be </Unknown>
            {candidates.slice(0, 5).map((one, place) => (
              <span key={one.wikidataId}>
                {place > 0 && ", "}<WikidataItem id={one.wikidataId} />
              </span>
            ))}
          </>
        )}
      </Fact>
      <Fact name="Cite"><a href={`/speakers/${speaker.id}`}>This speaker’s page to cite</a></Fact>
    </Facts>
  );
}
