// What stands below every view: what the record is, and the way to the API.
import type { Service } from "./service";

export function Footer({ service: told }: { service?: Service }) {
  const service = told?.serviceConfig;
  // The locked profile has no playground and tells no schema.
  const open = service !== undefined && service.profile !== "LOCKED";
  return (
    <footer class="bottom">
      <div class="column">
        <p>
          dixit knows what was imported here and nothing else. Words that are not on record may have been said all
          the same; words that are were printed, which does not make them true.
        </p>
        <p class="quiet">
          {open && <><a href="/graphiql/">Ask by GraphQL</a> · <a href="/schema.graphql">Schema</a> · </>}
          {service ? `dixit ${service.version}` : "dixit"} · <a href="/licences.md">Licences</a>
        </p>
      </div>
    </footer>
  );
}
