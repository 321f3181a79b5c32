// The route that the address shows now, and how a view goes to another one.
import { useEffect, useState } from "preact/hooks";
import { askAgain } from "../api/again";
import { address, query, read, type Route } from "./route";

const GONE = "dixit:gone";

/** Goes to a route: a step in the browser's history. Where it leads nowhere else, what failed is asked again. */
export function go(route: Route): void {
  const to = address(route);
  if (to === address(read(query(location)))) askAgain();
  else history.pushState(null, "", to);
  scrollTo(0, 0);
  dispatchEvent(new Event(GONE));
}

export function useRoute(): Route {
  const [asked, setAsked] = useState(query(location));
  useEffect(() => {
    const look = () => setAsked(query(location));
    addEventListener("popstate", look);
    addEventListener(GONE, look);
    return () => {
      removeEventListener("popstate", look);
      removeEventListener(GONE, look);
    };
  }, []);
  return read(asked);
}
