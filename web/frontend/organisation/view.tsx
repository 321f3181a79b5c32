// An organisation: what it is, who spoke for it when, how much when, and the words.
import { useAnswer } from "../api/useAnswer";
import { useThing } from "../parts/announce";
import { Fact, Facts } from "../parts/facts";
import { Printed, WikidataItem } from "../parts/printed";
import { Spoken } from "../parts/spoken";
import { Failed, Nothing, Unknown, Waiting } from "../parts/state";
import { number, organisationKind, plain } from "../parts/words";
import { Link } from "../route/link";
import type { ThingRoute } from "../route/route";
import { ORGANISATION } from "./documents";
import { Holders } from "./holders";

export function OrganisationView({ route }: { route: ThingRoute<"organisation"> }) {
  const asked = useAnswer(ORGANISATION, { id: route.id, after: route.after }, true);
  const { data, failure } = asked;
  const organisation = data?.organisation;
  useThing("organisation", organisation?.name, asked);
  if (failure) return <Failed why={failure} />;
  if (!data) return <Waiting />;
  if (!organisation) return <Nothing what="organisation" />;
  const { aliases, parent, officeHolders, wikidataId } = organisation;
  // The same in several languages is one name.
  const names = new Map(aliases.map((alias) => [`${alias.kind} ${alias.name}`, alias]));
  const others = [...names.values()].filter(({ name }) => name !== organisation.name);
  return (
    <div class="arrives">
      <p class="kicker">Organisation</p>
      <h1><Printed>{organisation.name}</Printed></h1>
      <Facts>
        <Fact name="Kind">
          {organisation.kind === "UNKNOWN" ? <Unknown>not known</Unknown> : organisationKind(organisation.kind)}
          {organisation.country && <span class="quiet"> · {organisation.country}</span>}
        </Fact>
        {parent && (
          <Fact name="Part of">
            <Link to={{ view: "organisation", id: parent.id }}><Printed>{parent.name}</Printed></Link>
          </Fact>
        )}
        {others.length > 0 && (
          <Fact name="Also known as">
            {others.map(({ name, kind }, place) => (
              <span key={`${kind} ${name}`}>
                {place > 0 && ", "}<Printed>{name}</Printed>
                {kind !== "NAME" && <span class="quiet"> ({plain(kind)})</span>}
              </span>
            ))}
          </Fact>
        )}
        <Fact name="On record">
          {number(organisation.statementCount)} statements in {number(organisation.quoteCount)} quotes
        </Fact>
        {wikidataId && <Fact name="Wikidata"><WikidataItem id={wikidataId} /></Fact>}
        <Fact name="Cite"><a href={`/organisations/${organisation.id}`}>This organisation’s page to cite</a></Fact>
      </Facts>
      <section aria-labelledby="holders">
        <h2 id="holders">Who spoke for it, or held its offices</h2>
        {officeHolders.nodes.length > 0
          ? <Holders tenures={officeHolders.nodes} />
          : <p><Unknown>Nobody by name is on record.</Unknown></p>}
        {officeHolders.totalCount > officeHolders.nodes.length && (
          <p class="quiet">The first {officeHolders.nodes.length} of {officeHolders.totalCount}.</p>
        )}
      </section>
      <Spoken
        filter={{ organisation: { id: { eq: organisation.id } } }} narrowed={{ ORGANISATION: organisation.id }}
        quotes={organisation.quotes} route={route}
      />
    </div>
  );
}
