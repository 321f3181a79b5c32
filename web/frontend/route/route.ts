// What the address says: which view, of what. Everything that a view shows follows from it.

/** By what a search is narrowed; the names are those of `FacetDimension`. */
export const DIMENSIONS = [
  "SPEAKER",
  "ORGANISATION",
  "FUNCTION",
  "DOMAIN",
  "SPEAKER_KIND",
  "KIND",
  "PUBLISHER",
  "LANGUAGE",
  "YEAR",
] as const;
export type Dimension = (typeof DIMENSIONS)[number];
export type Narrowed = { readonly [by in Dimension]?: string };

export const ORDERS = ["RELEVANCE", "NEWEST", "OLDEST"] as const;
export type Order = (typeof ORDERS)[number];

export interface VerifyRoute {
  view: "verify";
  text: string;
  by: string;
  on?: string;
  url?: string;
  /** Takes a text with several quotations in it for one quotation. */
  whole?: boolean;
}
export interface SearchRoute {
  view: "search";
  search: string;
  narrowed: Narrowed;
  order: Order;
  after?: string;
}
export interface ThingRoute<View extends "speaker" | "organisation" | "article"> {
  view: View;
  id: string;
  after?: string;
}
export type Route =
  | VerifyRoute
  | SearchRoute
  | ThingRoute<"speaker">
  | ThingRoute<"organisation">
  | ThingRoute<"article">;

/** `SPEAKER_KIND` → `where.speaker-kind`. */
function parameter(by: Dimension): string {
  return `where.${by.toLowerCase().replace("_", "-")}`;
}

/** The route of a query string, with or without its question mark. */
export function read(query: string): Route {
  const given = new URLSearchParams(query);
  const after = given.get("after") ?? undefined;
  const search = given.get("search");
  if (search !== null) {
    const narrowed: { -readonly [by in Dimension]?: string } = {};
    for (const by of DIMENSIONS) {
      const value = given.get(parameter(by));
      if (value) narrowed[by] = value;
    }
    const order = ORDERS.find((one) => one === given.get("order")) ?? standard(search);
    return { view: "search", search, narrowed, order, after };
  }
  for (const view of ["speaker", "organisation", "article"] as const) {
    const id = given.get(view);
    if (id) return { view, id, after };
  }
  return {
    view: "verify",
    text: given.get("verify") ?? "",
    by: given.get("by") ?? "",
    on: given.get("on") ?? undefined,
    url: given.get("in") ?? undefined,
    whole: given.has("whole") || undefined,
  };
}

/** The order where none is asked for: what is searched for by its relevance. */
export function standard(search: string): Order {
  return search.trim() === "" ? "NEWEST" : "RELEVANCE";
}

/** The address of a route: `/`, or `/?…`. */
export function address(route: Route): string {
  const parts = new URLSearchParams();
  const add = (name: string, value?: string) => value && parts.set(name, value);
  switch (route.view) {
    case "verify":
      add("verify", route.text);
      add("by", route.by);
      add("on", route.on);
      add("in", route.url);
      if (route.whole) parts.set("whole", "");
      break;
    case "search":
      parts.set("search", route.search);
      for (const by of DIMENSIONS) add(parameter(by), route.narrowed[by]);
      if (route.order !== standard(route.search)) add("order", route.order);
      add("after", route.after);
      break;
    default:
      add(route.view, route.id);
      add("after", route.after);
  }
  const query = parts.toString();
  return query === "" ? "/" : `/?${query}`;
}
