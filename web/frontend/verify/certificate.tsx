// What was searched for what: so that a verdict, above all that nothing was found, can be cited and
// repeated.
import { Fact, Facts } from "../parts/facts";
import { count } from "../parts/words";
import type { Verification } from "./documents";

type Certified = Verification["certificate"];

function day(moment: string | null): string {
  return moment === null ? "no date" : moment.slice(0, 10);
}

export function Certificate({ certificate, open }: { certificate: Certified; open: boolean }) {
  const { quoteCount, statementCount, articleCount, publisherCount, siteCount } = certificate;
  return (
    <details class="certificate" open={open}>
      <summary>Certificate: what was searched</summary>
      <Facts>
        <Fact name="Searched">
          {count(quoteCount, "quote")} of {count(statementCount, "statement")}, from {count(articleCount, "article")} by{" "}
          {count(publisherCount, "publisher")} at {count(siteCount, "site")}
        </Fact>
        <Fact name="Dated">{day(certificate.earliest)} to {day(certificate.latest)}</Fact>
        <Fact name="Looked for"><bdi>{certificate.normalForm}</bdi></Fact>
        <Fact name="Digest"><code class="digest">{certificate.digest}</code></Fact>
        <Fact name="Corpus"><code class="digest">{certificate.corpusState}</code></Fact>
        <Fact name="Rules">version {certificate.rulesVersion}</Fact>
      </Facts>
      <p class="quiet">
        Cite the digest, the numbers, today’s date and the version of dixit below. The same question of the same
        corpus has the same digest.
      </p>
    </details>
  );
}
