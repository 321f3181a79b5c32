//! What `verify` answers: verdict, findings, matches with their differences, and the certificate.

use async_graphql::{Object, SimpleObject};

use super::super::quote::Quote;
use super::super::statement::Statement;
use crate::domain::date::rfc3339;
use crate::domain::verification::{Change, Finding, Match, Op, RULES, Verdict};
use crate::store::verify::{Certificate, Reach};

/// What was found about a text that somebody is said to have said.
pub struct Verification {
    pub(super) verdict: Verdict,
    pub(super) findings: Vec<Finding>,
    pub(super) matches: Vec<VerificationMatch>,
    pub(super) nearest: Option<VerificationMatch>,
    pub(super) certificate: Certificate,
    pub(super) reach: Reach,
}

/// What was found about a text that somebody is said to have said. It speaks of the record alone:
/// `NOT_FOUND` means that no quote in this corpus has the words, not that nobody ever said them; the
/// certificate tells what the corpus was.
#[Object]
impl Verification {
    /// The verdict.
    async fn verdict(&self) -> Verdict {
        self.verdict
    }

    /// What was noticed beside the verdict, each kind once.
    async fn findings(&self) -> Vec<VerificationFinding> {
        self.findings.iter().map(|&kind| VerificationFinding { kind }).collect()
    }

    /// The quotes that the verdict rests on: of each statement its first quote, the best match first,
    /// then the reprints; of `SPLICED` the statements stand in the order of the text. Quotes in the
    /// article that was asked for stand before others, those that vanished behind. A statement has at
    /// most 100 quotes here. Empty for `NOT_FOUND`, save where a text has several quotations, and some of
    /// them are on record.
    #[graphql(complexity = "super::super::connection::cost(first, None, child_complexity)")]
    async fn matches(
        &self,
        #[graphql(desc = "How many from the beginning, 1 to 100; 20 where nothing is said.")]
        first: Option<i32>,
    ) -> async_graphql::Result<&[VerificationMatch]> {
        let first = super::query::page(first)?;
        Ok(self.matches.get(..first).unwrap_or(&self.matches))
    }

    /// Of `NOT_FOUND`: what came nearest on record, with too little of the text, or with words too few to
    /// prove anything; null where nothing shares words. It is no source of the words; its score tells how far
    /// it is.
    async fn nearest(&self) -> Option<&VerificationMatch> {
        self.nearest.as_ref()
    }

    /// What was searched for what, so that the answer, above all `NOT_FOUND`, can be cited and repeated.
    async fn certificate(&self) -> VerificationCertificate<'_> {
        VerificationCertificate { certificate: &self.certificate, reach: self.reach }
    }
}

/// Something noticed about a text beside the verdict.
#[derive(SimpleObject)]
pub struct VerificationFinding {
    /// What was noticed.
    kind: Finding,
}

/// A quote that a text has words of.
pub struct VerificationMatch {
    pub(super) compared: Match,
    /// The stored text that was compared.
    pub(super) text: String,
    pub(super) quote: Option<Quote>,
    pub(super) statement: Option<Statement>,
    /// The text's stretch that is compared with it.
    pub(super) part: String,
}

/// A quote that a text has words of.
#[Object]
impl VerificationMatch {
    /// The quote, with the article that printed it.
    async fn quote(&self) -> Option<&Quote> {
        self.quote.as_ref()
    }

    /// The statement behind the quote, with how many articles carry it.
    async fn statement(&self) -> Option<&Statement> {
        self.statement.as_ref()
    }

    /// How much of the text (of `part`) is this quote's, from 0 to 1: 1 for the same words in the same
    /// order without a gap. From 0.66 on a text is `ALTERED` if enough words of it are (docs/verify.md), below it is
    /// not on record.
    async fn score(&self) -> f64 {
        self.compared.score
    }

    /// The stretch of the text that is compared with the quote: all of it, save where several quotes
    /// are spliced or the text has quotation marks of its own.
    async fn part(&self) -> &str {
        &self.part
    }

    /// The stretch of the stored words that it is compared with, as the print that agrees best with the text
    /// has it. A reprint (`quote`) may have other marks.
    async fn stored(&self) -> &str {
        self.text.get(self.compared.stored.clone()).unwrap_or_default()
    }

    /// How the stored words became the text, word by word: `EQUAL` and `INSERT`, joined, are the text
    /// (its `part`) exactly; `EQUAL` and `DELETE` have all words of `stored`.
    async fn diff(&self) -> Vec<VerificationChange> {
        let change =
            |change: &Change| VerificationChange { op: change.op, text: change.text.clone() };
        self.compared.diff.iter().map(change).collect()
    }

    /// Whether a negation, modal verb, number or name was added, dropped or changed: the text means
    /// something else. Words in square brackets never count.
    async fn meaning_bearing(&self) -> bool {
        self.compared.meaning_bearing
    }
}

/// A stretch of the difference between the stored words and the text.
#[derive(SimpleObject)]
pub struct VerificationChange {
    /// What became of it.
    op: Op,
    /// The stretch: of the text, with its marks, for `EQUAL` and `INSERT`, of the stored words for `DELETE`.
    text: String,
}

/// What was searched for what.
pub struct VerificationCertificate<'a> {
    certificate: &'a Certificate,
    reach: Reach,
}

/// What was searched for what. The same question of the same corpus by the same rules has the same
/// digest, on any machine and either database: cite the digest with the numbers, and whoever has the
/// corpus can ask again. It identifies, it proves nothing to who doubts the operator of the corpus.
#[Object]
impl VerificationCertificate<'_> {
    /// SHA-256, in hexadecimal, of the state of the corpus, the version of the rules and the question
    /// with all its arguments.
    async fn digest(&self) -> &str {
        &self.certificate.digest
    }

    /// The version of the definitions and thresholds by which was judged.
    async fn rules_version(&self) -> i32 {
        i32::try_from(RULES).unwrap_or(i32::MAX)
    }

    /// The words that were looked for, folded: without case, punctuation and quotation marks; an
    /// ellipsis of the text stands as ` … `.
    async fn normal_form(&self) -> &str {
        &self.certificate.normal_form
    }

    /// The state of the corpus in hexadecimal: it follows from its quotes, from all that was printed or told
    /// of each (its extractor too) and what that was resolved to, in whatever order they came.
    async fn corpus_state(&self) -> String {
        self.certificate.corpus.state()
    }

    /// How many quotes were searched.
    async fn quote_count(&self) -> i64 {
        self.certificate.corpus.quotes
    }

    /// How many statements, which reprints share.
    async fn statement_count(&self) -> i64 {
        self.certificate.corpus.statements
    }

    /// From how many articles.
    async fn article_count(&self) -> i64 {
        self.certificate.corpus.articles
    }

    /// How many organisations these name as their publishers.
    async fn publisher_count(&self) -> i64 {
        self.reach.publishers
    }

    /// At how many sites (hosts without `www.`) these stand.
    async fn site_count(&self) -> i64 {
        self.reach.sites
    }

    /// The best date known of the earliest dated quote, RFC 3339 in UTC; null where none has a date.
    async fn earliest(&self) -> Option<String> {
        self.reach.dates.map(|(earliest, _)| rfc3339(earliest))
    }

    /// The best date known of the latest dated quote, RFC 3339 in UTC; null where none has a date.
    async fn latest(&self) -> Option<String> {
        self.reach.dates.map(|(_, latest)| rfc3339(latest))
    }
}
