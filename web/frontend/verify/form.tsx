// Where a quotation is pasted, and what is known of it.
import { useEffect, useRef, useState } from "preact/hooks";
import type { VerifyRoute } from "../route/route";
import { go } from "../route/useRoute";

export function VerifyForm({ route }: { route: VerifyRoute }) {
  const form = useRef<HTMLFormElement>(null);
  const [missing, setMissing] = useState(false);
  // The address may change below the form: back, forward, a link.
  useEffect(() => {
    form.current?.reset();
    setMissing(false);
  }, [route.text, route.by, route.on, route.url]);
  const submit = (event?: Event) => {
    event?.preventDefault();
    const given = new FormData(form.current!);
    const value = (name: string) => String(given.get(name) ?? "").trim();
    if (value("verify") === "") {
      setMissing(true);
      form.current?.querySelector("textarea")?.focus();
      return;
    }
    const [on, url] = [value("on") || undefined, value("in") || undefined];
    go({ view: "verify", text: value("verify"), by: value("by"), on, url });
  };
  const keys = (event: KeyboardEvent) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) submit(event);
  };
  return (
    <form class="ask" action="/" ref={form} onSubmit={submit}>
      <label for="verify">A quotation, or a paragraph with quotations in it</label>
      <textarea
        id="verify" name="verify" rows={3} dir="auto" defaultValue={route.text}
        onKeyDown={keys} aria-describedby={missing ? "missing" : undefined} aria-invalid={missing}
      />
      {missing && <p id="missing" class="slip">Paste the words first.</p>}
      <div class="row">
        <div class="grow">
          <label for="by">Attributed to <span class="quiet">(optional)</span></label>
          <input id="by" name="by" dir="auto" autocomplete="off" defaultValue={route.by} />
        </div>
        <button type="submit">Verify</button>
      </div>
      <details open={Boolean(route.on || route.url)}>
        <summary>Date or article</summary>
        <div class="row">
          <div>
            <label for="on">Said on</label>
            <input id="on" name="on" autocomplete="off" placeholder="2021-08-13 or 2021" defaultValue={route.on} />
          </div>
          <div class="grow">
            <label for="in">In the article at</label>
            <input id="in" name="in" type="url" autocomplete="off" placeholder="https://…" defaultValue={route.url} />
          </div>
        </div>
      </details>
    </form>
  );
}
