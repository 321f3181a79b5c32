// What stands where there is no answer yet, or none at all.
import type { ComponentChildren } from "preact";
import { askAgain } from "../api/again";
import type { Failure } from "../api/ask";
import { TokenForm } from "./tokenForm";

export function Waiting() {
  return <p class="waiting" aria-hidden="true">Looking it up …</p>;
}

export function Failed({ why }: { why: Failure }) {
  const again = () => {
    // The button goes; who pressed it by keyboard stays on the page.
    document.getElementById("main")?.focus({ preventScroll: true });
    askAgain();
  };
  return (
    <>
      <div role="alert" class="notice bad">
        <p><strong>No answer.</strong> <bdi>{why.message}</bdi></p>
      </div>
      {!why.needsToken && <p><button type="button" class="plain" onClick={again}>Try again</button></p>}
      {why.needsToken && <TokenForm />}
    </>
  );
}

/** Of an id or an address that leads to nothing. */
export function Nothing({ what }: { what: string }) {
  return (
    <div class="notice">
      <h1>There is no such {what} on record</h1>
      <p>It may have been removed, or the address has a slip in it. Search for its name instead.</p>
    </div>
  );
}

/** Something that is not known, said as such. */
export function Unknown({ children }: { children: ComponentChildren }) {
  return <span class="unknown">{children}</span>;
}
