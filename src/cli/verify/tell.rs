//! An answer for people: the verdict, what was noticed, who is on record, what was changed.

use std::collections::HashMap;
use std::fmt::Write as _;

use anstream::{AutoStream, ColorChoice};

use crate::domain::date::rfc3339;
use crate::domain::id::Id;
use crate::domain::verification::{Op, Verdict};
use crate::store::dialect::Connection;
use crate::store::quote::QuoteRow;
use crate::store::verify::{Answer, Asked, Matched};
use crate::store::{Result, article, speaker};

/// How many matches are told to people.
const TOLD: usize = 5;

/// Colours, where somebody sees them.
#[derive(Debug, Clone, Copy)]
pub struct Paint(bool);

impl Paint {
    /// On a terminal, as `NO_COLOR`, `CLICOLOR` and `CLICOLOR_FORCE` say (no-color.org,
    /// bixense.com/clicolors): as clap's help does.
    pub fn for_output() -> Self {
        Self(AutoStream::choice(&std::io::stdout()) != ColorChoice::Never)
    }

    fn in_colour(self, code: &str, text: &str) -> String {
        if self.0 { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
    }

    /// A verdict in the colour of how good it is.
    pub fn verdict(self, verdict: Verdict) -> String {
        let code = match verdict {
            Verdict::Verbatim | Verdict::Excerpt => "1;32",
            Verdict::Altered => "1;33",
            Verdict::Spliced | Verdict::Misattributed | Verdict::NotFound => "1;31",
        };
        self.in_colour(code, verdict.as_str())
    }

    /// What is beside the point.
    pub fn faint(self, text: &str) -> String {
        self.in_colour("2", text)
    }
}

/// Names and addresses by the ids of speakers and articles.
pub type Known = HashMap<Id, String>;

/// Who said the words that an answer rests on, and where they stand.
pub fn speakers(connection: &mut Connection, answer: &Answer) -> Result<Known> {
    let matched = || answer.matches.iter().chain(&answer.nearest);
    let ids: Vec<Id> = matched().filter_map(|matched| matched.statement.speaker_id).collect();
    let mut known = Known::new();
    known.extend(speaker::by_id(connection, &ids)?.into_iter().map(|row| (row.id, row.name)));
    let ids: Vec<Id> =
        matched().flat_map(|matched| matched.quotes.first()).map(|row| row.article_id).collect();
    let articles = article::by_id(connection, &ids)?.into_iter();
    known.extend(articles.filter_map(|row| Some((row.id, row.url.or(row.document_id)?))));
    Ok(known)
}

/// The answer as text. Writing to a String cannot fail.
pub fn answer(asked: &Asked, answer: &Answer, known: &Known, paint: Paint) -> String {
    let mut out = String::new();
    let verification = &answer.verification;
    let _ = writeln!(out, "{}", paint.verdict(verification.verdict));
    let _ = writeln!(out, "  {}", sentence(verification.verdict.manual()));
    for finding in &verification.findings {
        let word = paint.in_colour("33", finding.as_str());
        let _ = writeln!(out, "  {word}  {}", sentence(finding.manual()));
    }
    for matched in answer.matches.iter().take(TOLD) {
        show(&mut out, asked, matched, known, paint);
    }
    let more = answer.matches.len().saturating_sub(TOLD);
    if more > 0 {
        let _ = writeln!(out, "\n… and {more} more statements");
    }
    if let Some(nearest) = &answer.nearest {
        let _ = writeln!(out, "\n{}", paint.faint("nearest on record, and no source of it:"));
        show(&mut out, asked, nearest, known, paint);
    }
    let certificate = &answer.certificate;
    let corpus = &certificate.corpus;
    let searched = format!(
        "\nsearched: {} quotes, {} statements, {} articles\nfor: {}\ncertificate: {}",
        corpus.quotes,
        corpus.statements,
        corpus.articles,
        certificate.normal_form,
        certificate.digest
    );
    let _ = writeln!(out, "{}", paint.faint(&searched));
    out
}

fn show(out: &mut String, asked: &Asked, matched: &Matched, known: &Known, paint: Paint) {
    let first = matched.quotes.first();
    let printed = first.and_then(|row| row.printed_speaker.clone());
    let speaker = matched.statement.speaker_id.and_then(|id| known.get(&id).cloned()).or(printed);
    let role = first.and_then(|row| row.printed_role.as_deref());
    let who = match (speaker, role) {
        (Some(name), Some(role)) => format!("{name}, {role}"),
        (Some(name), None) => name,
        (None, Some(role)) => role.to_owned(),
        (None, None) => "nobody named".to_owned(),
    };
    let _ = writeln!(out, "\n{} {}", paint.in_colour("1", &who), paint.faint(&place(first, known)));
    let mut changed = String::new();
    for change in &matched.compared.diff {
        let text = &change.text;
        match change.op {
            Op::Equal => changed.push_str(text),
            Op::Insert if paint.0 => changed.push_str(&paint.in_colour("32;4", text)),
            Op::Delete if paint.0 => changed.push_str(&paint.in_colour("31;9", text)),
            Op::Insert => changed.extend(["{+", text, "+}"]),
            Op::Delete => changed.extend(["[-", text, "-]"]),
        }
    }
    let _ = writeln!(out, "  {changed}");
    if matched.compared.part != (0..asked.text.len()) {
        let part = asked.text.get(matched.compared.part.clone()).unwrap_or_default();
        let _ = writeln!(out, "  {}", paint.faint(&format!("compared with: {part}")));
    }
    let mut notes = vec![format!("score {:.2}", matched.compared.score)];
    if matched.compared.meaning_bearing {
        notes.push("it means something else".to_owned());
    }
    if matched.quotes.len() > 1 {
        notes.push(format!("{} quotes", matched.quotes.len()));
    }
    if first.is_some_and(|row| row.vanished_at.is_some()) {
        notes.push("not found any more when its article was read again".to_owned());
    }
    let _ = writeln!(out, "  {}", paint.faint(&notes.join(", ")));
}

/// When and where a quote stands.
fn place(row: Option<&QuoteRow>, known: &Known) -> String {
    let Some(row) = row else { return String::new() };
    let day = (row.ordered_at != i64::MIN).then(|| rfc3339(row.ordered_at));
    let day = day.and_then(|moment| moment.get(..10).map(str::to_owned));
    let parts = [day, known.get(&row.article_id).cloned(), row.external_id.clone()];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// A description as one line.
fn sentence(manual: &str) -> String {
    manual.split_whitespace().collect::<Vec<_>>().join(" ")
}
