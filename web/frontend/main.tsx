// The fact-checking front end: the reference client of /graphql, with its state in the address.
import "./styles/base.css";
import "./styles/layout.css";
import "./styles/quote.css";
import "./styles/verdict.css";
import "./styles/charts.css";
import { render } from "preact";
import { App } from "./app";

render(<App />, document.getElementById("app")!);
