//! How an import is told to a person, or to a program.

use std::fmt::Write as _;
use std::io::{self, Write as _};

use indicatif::ProgressBar;

use super::rejects::Rejects;
use crate::cli::Failure;
use crate::domain::id::Id;
use crate::domain::import::ImportState;
use crate::domain::text::mended;
use crate::import::{Progress, Rejection, Report, SourceError, SourceReport, VanishedQuote};

/// How much of a rejected row is shown on standard error, in characters.
const SHOWN: usize = 300;

/// Tells a person how it goes.
pub(super) struct Teller {
    /// What shows how it goes.
    pub bar: ProgressBar,
    /// Where rejected rows go.
    pub rejects: Option<Rejects>,
}

impl Teller {
    /// Says something on standard error.
    pub fn say(&self, text: &str) {
        // Nobody may be reading any more (`2>&1 | head`): the import goes on.
        self.bar.suspend(|| drop(writeln!(io::stderr(), "{text}")));
    }
}

impl Progress for Teller {
    fn written(&mut self, report: &Report) {
        let rate = report.lines as f64 / report.seconds.max(0.001);
        self.bar.set_message(format!(
            "{} lines: {} accepted, {} known, {} changed, {} rejected ({rate:.0} lines/s)",
            report.lines, report.accepted, report.known, report.changed, report.rejected
        ));
    }

    fn keep(
        &mut self,
        import: Id,
        source: &str,
        before: u64,
        rejections: &[Rejection],
    ) -> io::Result<()> {
        match &mut self.rejects {
            Some(rejects) => rejects.keep(import, source, before, rejections),
            None => Ok(()),
        }
    }

    fn stopping(&mut self) {
        self.say("dixit: stopping behind the batch at hand; once more, and it ends at once");
    }

    fn rejected(&mut self, rejection: &Rejection) {
        if self.rejects.is_some() {
            return;
        }
        let Rejection { source, line, place, field, code, reason, row, .. } = rejection;
        let place = place.as_deref().map(|place| format!("{place}: ")).unwrap_or_default();
        let field = field.as_deref().map(|field| format!("field `{field}`: ")).unwrap_or_default();
        let code = code.as_str();
        let mut shown: String = row.chars().take(SHOWN).collect();
        let cut = shown.len() < row.len();
        shown = shown_safely(&shown);
        if cut {
            shown.push('…');
        }
        let why =
            shown_safely(&format!("{source}:{line}: rejected ({code}): {place}{field}{reason}"));
        self.say(&format!("{why}\n    {shown}"));
    }

    fn told(&mut self, source: &str, line: u64, what: &str) {
        self.say(&shown_safely(&format!("{source}:{line}: {what}")));
    }

    fn vanished(&mut self, source: &str, quote: &VanishedQuote) {
        let VanishedQuote { id, article, text } = quote;
        let article = article.as_deref().unwrap_or("its article");
        self.say(&shown_safely(&format!("{source}: not found any more in {article}: {id} {text}")));
    }

    fn begun(&mut self, source: &SourceReport) {
        if let Some(behind) = source.resumed_behind {
            let text = format!("{}: going on behind line {behind}", source.source);
            self.say(&shown_safely(&text));
        }
    }

    fn failed(&mut self, error: &SourceError) {
        self.say(&shown_safely(&format!("dixit: {error}")));
    }
}

/// A text on one line, without anything that could steer the terminal or reorder what it shows.
fn shown_safely(text: &str) -> String {
    mended(text).0.replace(['\n', '\r', '\t'], " ")
}

/// The account for a program.
pub(super) fn json(report: &Report) -> Result<String, Failure> {
    Ok(serde_json::to_string(report)? + "\n")
}

/// The account for a person.
pub(super) fn summary(report: &Report) -> String {
    let mut text = String::new();
    let mut line = |words: String| {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "{words}");
    };
    for source in &report.sources {
        line(shown_safely(&format!("{} ({})", source.source, source.format)));
        match (source.resumed_behind, source.state.parse()) {
            (_, Ok(ImportState::Interrupted)) => {
                line("  stopped; the same import again goes on behind what is written".to_owned());
            }
            (_, Ok(ImportState::Stopped)) => line(
                "  stopped, as more rows were rejected than --max-rejects allows; with a larger \
                 number the same import goes on behind what is written"
                    .to_owned(),
            ),
            (Some(behind), _) => line(format!("  went on behind line {behind}")),
            (None, _) if source.format.is_empty() => line("  was imported whole before".to_owned()),
            _ => {}
        }
    }
    line(format!(
        "{} lines in {:.1} s: {} accepted, {} known already, {} changed, {} rejected",
        report.lines,
        report.seconds,
        report.accepted,
        report.known,
        report.changed,
        report.rejected
    ));
    let quotes = report.quotes;
    line(format!(
        "{} quotes: {} new, {} known already, {} changed ({} keep readings that contradict each other)",
        quotes.accepted + quotes.known + quotes.changed,
        quotes.accepted,
        quotes.known,
        quotes.changed,
        quotes.contradicting
    ));
    line(format!("{} lines name no speaker", report.without_speaker));
    let articles = &report.articles;
    if articles.unified > 0 || articles.left_out > 0 {
        let by: Vec<String> =
            articles.unified_by.iter().map(|(rule, count)| format!("{rule} {count}")).collect();
        line(format!(
            "{} quote–article pairs: {} were another one of their line ({}), {} addresses left out",
            articles.pairs,
            articles.unified,
            by.join(", "),
            articles.left_out
        ));
    }
    if report.mended > 0 {
        line(format!("{} lines had characters replaced by U+FFFD", report.mended));
    }
    if let Some(replaced) = &report.replaced {
        line(format!(
            "{} quotes vanished from their articles, {} more stand by another extractor or a person",
            replaced.vanished, replaced.withdrawn
        ));
        if replaced.spared > 0 {
            line(format!(
                "{} quotes were not found and stay as they are, since rows were rejected that may \
                 hold them",
                replaced.spared
            ));
        }
    }
    for (code, count) in &report.rejected_by {
        line(format!("rejected as {code}: {count}"));
    }
    if report.dry_run {
        line("dry run: nothing was kept".to_owned());
    }
    text
}
