// Verifying: the form, and below it what the address asks for.
import { useTitle } from "../parts/announce";
import type { VerifyRoute } from "../route/route";
import { VerifyForm } from "./form";
import { Latest } from "./latest";
import { Paragraph } from "./paragraph";
import { quotations } from "./quotations";
import { Result } from "./result";

/** One quotation is verified with all that stands around it; of several, each. */
const SEVERAL = 2;

export function VerifyView({ route }: { route: VerifyRoute }) {
  const asked = route.text.trim() !== "";
  const found = quotations(route.text);
  useTitle(asked ? "Verification" : "Did they really say that?");
  return (
    <>
      <h1>Did they really say that?</h1>
      <VerifyForm route={route} />
      {!asked && <Latest />}
      {asked && found.length >= SEVERAL && !route.whole && <Paragraph route={route} found={found} />}
      {asked && (found.length < SEVERAL || route.whole) && <Result route={route} />}
    </>
  );
}
