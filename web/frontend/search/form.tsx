// Where words are searched for, and in which order what is found stands.
import { useEffect, useRef } from "preact/hooks";
import { ORDERS, standard, type Order, type SearchRoute } from "../route/route";
import { go } from "../route/useRoute";
import { plain, sentence } from "../parts/words";

export function SearchForm({ route }: { route: SearchRoute }) {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.reset(), [route.search]);
  const submit = (event: Event) => {
    event.preventDefault();
    const search = String(new FormData(form.current!).get("search") ?? "").trim();
    // New words: their best answers first, and what was narrowed stays.
    go({ ...route, search, order: standard(search), after: undefined });
  };
  const reorder = (event: Event) => {
    const order = (event.currentTarget as HTMLSelectElement).value as Order;
    go({ ...route, order, after: undefined });
  };
  return (
    <form class="ask" role="search" action="/" ref={form} onSubmit={submit}>
      <div class="row">
        <div class="grow">
          <label for="search">Words <span class="quiet">(“a phrase”, -without, begin*, OR)</span></label>
          <input id="search" name="search" type="search" dir="auto" maxLength={256} defaultValue={route.search} />
        </div>
        <button type="submit">Search</button>
        <div>
          <label for="order">Order</label>
          <select id="order" value={route.order} onChange={reorder}>
            {ORDERS.filter((order) => order !== "RELEVANCE" || route.search.trim() !== "").map((order) => (
              <option key={order} value={order}>{sentence(plain(order))}</option>
            ))}
          </select>
        </div>
      </div>
    </form>
  );
}
