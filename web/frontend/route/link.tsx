// A link to another view: a real address, so that it opens in a new tab too.
import type { ComponentChildren } from "preact";
import { address, type Route } from "./route";
import { go } from "./useRoute";

interface Props {
  to: Route;
  class?: string;
  "aria-current"?: "page";
  children: ComponentChildren;
}

export function Link({ to, children, ...rest }: Props) {
  const follow = (event: MouseEvent) => {
    const elsewhere = event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
    if (elsewhere) return;
    event.preventDefault();
    go(to);
  };
  return <a {...rest} href={address(to)} onClick={follow}>{children}</a>;
}
