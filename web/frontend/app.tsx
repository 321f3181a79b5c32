// The frame around every view: landmarks, title, what a screen reader is told of a change of view.
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { useAnswer, type Asked } from "./api/useAnswer";
import { ArticleView } from "./article/view";
import { OrganisationView } from "./organisation/view";
import { Announcer } from "./parts/announce";
import { Footer } from "./parts/footer";
import { SERVICE, type Service } from "./parts/service";
import { Link } from "./route/link";
import type { Route } from "./route/route";
import { useRoute } from "./route/useRoute";
import { SearchView } from "./search/view";
import { SpeakerView } from "./speaker/view";
import { VerifyView } from "./verify/view";

function view(route: Route, service: Asked<Service>): JSX.Element {
  switch (route.view) {
    case "verify":
      return <VerifyView route={route} service={service} />;
    case "search":
      return <SearchView route={route} />;
    case "speaker":
      return <SpeakerView key={route.id} route={route} />;
    case "organisation":
      return <OrganisationView key={route.id} route={route} />;
    case "article":
      return <ArticleView key={route.id} route={route} />;
  }
}

const SEARCH: Route = { view: "search", search: "", narrowed: {}, order: "NEWEST" };

export function App() {
  const route = useRoute();
  const service = useAnswer(SERVICE, {});
  const main = useRef<HTMLElement>(null);
  const subject = "id" in route ? route.id : "";
  const first = useRef(true);
  useEffect(() => {
    // Who follows a link goes on reading in the new view; who arrives begins at the top.
    if (!first.current) main.current?.focus({ preventScroll: true });
    first.current = false;
  }, [route.view, subject]);
  // Not by its address, which has the state.
  const skip = (event: Event) => {
    event.preventDefault();
    main.current?.focus();
  };
  const current = (name: Route["view"]) => (route.view === name ? "page" : undefined);
  return (
    <>
      <a class="skip" href="#main" onClick={skip}>Skip to the content</a>
      <header class="top">
        <div class="column">
          <Link to={{ view: "verify", text: "", by: "" }} class="brand">dixit</Link>
          <nav aria-label="Views">
            <Link to={{ view: "verify", text: "", by: "" }} aria-current={current("verify")}>Verify</Link>
            <Link to={SEARCH} aria-current={current("search")}>Search</Link>
          </nav>
        </div>
      </header>
      <main id="main" class="column" ref={main} tabIndex={-1}>{view(route, service)}</main>
      <Footer service={service.data} />
      <Announcer />
    </>
  );
}
