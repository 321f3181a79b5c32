// Verifying: the form, and below it what the address asks for.
import type { Asked } from "../api/useAnswer";
import { useTitle } from "../parts/announce";
import { limit, type Service } from "../parts/service";
import { Failed, Waiting } from "../parts/state";
import { number } from "../parts/words";
import type { VerifyRoute } from "../route/route";
import { VerifyForm } from "./form";
import { Latest } from "./latest";
import { Paragraph } from "./paragraph";
import { exceeds, isLong, quotations } from "./quotations";
import { Result } from "./result";

/** One quotation is verified with all that stands around it; of several, each. */
const SEVERAL = 2;

export function VerifyView({ route, service }: { route: VerifyRoute; service: Asked<Service> }) {
  const asked = route.text.trim() !== "";
  useTitle(asked ? "Verification" : "Did they really say that?");
  return (
    <>
      <h1>Did they really say that?</h1>
      <VerifyForm route={route} />
      {asked ? <Answer route={route} service={service} /> : <Latest />}
    </>
  );
}

function Answer({ route, service: { data, failure } }: { route: VerifyRoute; service: Asked<Service> }) {
  if (failure) return <Failed why={failure} />;
  if (!data) return <Waiting />;
  const { text, whole } = route;
  const longest = limit(data, "verifyCharacters");
  const { found, alone } = quotations(text);
  const tooLong = exceeds(text, longest);
  // Marks around single words are no reason to take a text apart, unless it is too long to be taken whole.
  const apart = whole === undefined
    ? (found.length >= SEVERAL && found.some(isLong)) || (tooLong && found.length > 0)
    : !whole && found.length > 0;
  if (apart) {
    const most = limit(data, "verifyInputs");
    return <Paragraph route={route} found={found} alone={alone} longest={longest} most={most} />;
  }
  if (!tooLong) return <Result route={route} found={found} />;
  return (
    <div class="notice arrives" role="alert">
      <p>
        <strong>Not looked at.</strong> The text is longer than the {number(longest)} characters that are
        compared at once. Give its quotations alone, or in quotation marks: then each is looked at by itself.
      </p>
    </div>
  );
}
