// The playground: GraphiQL over this server's /graphql, opened on useful queries.
// `?query=…` (and `&variables=…`) in the address opens that query instead.
import "./monaco";
import "graphiql/style.css";
import "./page.css";
import { GraphiQL, HISTORY_PLUGIN } from "graphiql";
import { createRoot } from "react-dom/client";
import { examples } from "./examples";
import { fetcher } from "./fetcher";
import { storage } from "./storage";

const address = new URLSearchParams(location.search);
const query = address.get("query");
const variables = address.get("variables");
const tabs = examples.map((example) => ({ query: example }));
const asked = query === null ? {} : { initialQuery: query, initialVariables: variables ?? "" };

createRoot(document.getElementById("playground")!).render(
  <GraphiQL
    {...asked}
    defaultTabs={query === null ? tabs : [{ query, variables: variables ?? "" }, ...tabs]}
    fetcher={fetcher}
    plugins={[HISTORY_PLUGIN]}
    shouldPersistHeaders={false}
    showPersistHeadersSettings={false}
    storage={storage}
  >
    <GraphiQL.Logo>dixit</GraphiQL.Logo>
  </GraphiQL>,
);
