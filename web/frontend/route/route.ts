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
  /** Takes a text with quotations in it for one quotation, or each by itself; else the text decides. */
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

/** The longest query that is sent; servers and proxies take no endless ones. */
const SENT = 6000;

/**
 * The query string of an address. A long one stands behind `#`, which no browser sends, so that every
 * text comes back by its address.
 */
export function query({ search, hash }: Pick<Location, "search" | "hash">): string {
  return hash.startsWith("#?") ? hash.slice(1) : search;
}

/** The route of a query string, with or without its question mark. */
export function read(query: string): Route {
  const given = new URLSearchParams(query);
  const value = (name: string) => given.get(name)?.trim() || undefined;
  const after = value("after");
  const search = given.get("search");
  if (search !== null) {
    const narrowed: { -readonly [by in Dimension]?: string } = {};
    for (const by of DIMENSIONS) {
      const chosen = value(parameter(by));
      if (chosen) narrowed[by] = chosen;
    }
    const order = ORDERS.find((one) => one === given.get("order")) ?? standard(search);
    return { view: "search", search, narrowed, order, after };
  }
  for (const view of ["speaker", "organisation", "article"] as const) {
    const id = value(view);
    if (id) return { view, id, after };
  }
  return {
    view: "verify",
    text: value("verify") ?? "",
    by: value("by") ?? "",
    on: value("on"),
    url: value("in"),
    whole: given.has("whole") ? given.get("whole") !== "no" : undefined,
  };
}

/** The order where none is asked for: what is searched for by its relevance. */
export function standard(search: string): Order {
  return search.trim() === "" ? "NEWEST" : "RELEVANCE";
}

/** The address of a route: `/`, `/?…`, or `/#?…` where it is long. */
export function address(route: Route): string {
  const parts = new URLSearchParams();
  const add = (name: string, value?: string) => value && parts.set(name, value);
  switch (route.view) {
    case "verify":
      add("verify", route.text);
      add("by", route.by);
      add("on", route.on);
      add("in", route.url);
      if (route.whole !== undefined) parts.set("whole", route.whole ? "" : "no");
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
  if (query === "") return "/";
  return query.length <= SENT ? `/?${query}` : `/#?${query}`;
}
