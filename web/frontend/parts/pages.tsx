// From one page of a list to the next; back is the browser's own.
import { Link } from "../route/link";
import type { Route } from "../route/route";

interface Props {
  next: Route | null;
  /** Where this is not the first page, the first one. */
  start: Route | null;
}

export function Pages({ next, start }: Props) {
  if (!next && !start) return null;
  return (
    <nav class="pages" aria-label="Pages of the list">
      {start && <Link to={start}>To the beginning</Link>}
      {next && <Link to={next}>Next page</Link>}
    </nav>
  );
}
