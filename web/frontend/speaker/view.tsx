// A speaker: who, in which roles when, how much when, and the words.
import { useAnswer } from "../api/useAnswer";
import { useThing } from "../parts/announce";
import { Printed } from "../parts/printed";
import { Spoken } from "../parts/spoken";
import { Failed, Nothing, Unknown, Waiting } from "../parts/state";
import type { ThingRoute } from "../route/route";
import { SPEAKER } from "./documents";
import { Identity } from "./identity";
import { RoleBand } from "./roleBand";

export function SpeakerView({ route }: { route: ThingRoute<"speaker"> }) {
  const asked = useAnswer(SPEAKER, { id: route.id, after: route.after }, true);
  const { data, failure } = asked;
  const speaker = data?.speaker;
  useThing("speaker", speaker?.name, asked);
  if (failure) return <Failed why={failure} />;
  if (!data) return <Waiting />;
  if (!speaker) return <Nothing what="speaker" />;
  const { tenures } = speaker;
  return (
    <div class="arrives">
      <p class="kicker">Speaker</p>
      <h1><Printed>{speaker.name}</Printed></h1>
      <Identity speaker={speaker} />
      <section aria-labelledby="roles">
        <h2 id="roles">Roles over time</h2>
        {tenures.nodes.length > 0
          ? <RoleBand tenures={tenures.nodes} />
          : <p><Unknown>No role of theirs is recorded, or printed with a date.</Unknown></p>}
        {tenures.totalCount > tenures.nodes.length && (
          <p class="quiet">The first {tenures.nodes.length} of {tenures.totalCount}.</p>
        )}
      </section>
      <Spoken
        filter={{ speaker: { id: { eq: speaker.id } } }} narrowed={{ SPEAKER: speaker.id }}
        quotes={speaker.quotes} route={route}
      />
    </div>
  );
}
