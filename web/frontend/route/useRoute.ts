// The route that the address shows now, and how a view goes to another one.
import { useEffect, useState } from "preact/hooks";
import { address, read, type Route } from "./route";

const GONE = "dixit:gone";

/** Goes to a route: a step in the browser's history. */
export function go(route: Route): void {
  history.pushState(null, "", address(route));
  scrollTo(0, 0);
  dispatchEvent(new Event(GONE));
}

export function useRoute(): Route {
  const [query, setQuery] = useState(location.search);
  useEffect(() => {
    const look = () => setQuery(location.search);
    addEventListener("popstate", look);
    addEventListener(GONE, look);
    return () => {
      removeEventListener("popstate", look);
      removeEventListener(GONE, look);
    };
  }, []);
  return read(query);
}
