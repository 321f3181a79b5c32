// Where a token is typed, on a server that wants one.
import { useState } from "preact/hooks";
import { give } from "../api/token";

/** What a header takes; anything else would look like a network that is away. */
const SENDABLE = "\\s*[!-~]+\\s*";

export function TokenForm() {
  const [typed, setTyped] = useState("");
  const submit = (event: Event) => {
    event.preventDefault();
    if (typed.trim() !== "") give(typed.trim());
  };
  return (
    <form class="ask" onSubmit={submit}>
      <label for="token">A token that may read <span class="quiet">(forgotten when this page is left)</span></label>
      <div class="row">
        <div class="grow">
          <input
            id="token" type="password" autocomplete="off" value={typed}
            pattern={SENDABLE} title="A token has letters, digits and signs of ASCII, and no blanks"
            onInput={(event) => setTyped(event.currentTarget.value)}
          />
        </div>
        <button type="submit">Go on</button>
      </div>
    </form>
  );
}
