//! The quotations of an article, each judged.

use std::fmt::Write as _;
use std::process::ExitCode;

use super::super::{Failure, print};
use super::is_good;
use super::tell::{Paint, speakers};
use crate::domain::address::Address;
use crate::domain::date::FuzzyDate;
use crate::domain::quotation_marks::{quotations, unclosed};
use crate::domain::text::stored;
use crate::domain::verification::{Question, Verdict, said_by};
use crate::store::Store;
use crate::store::verify::{Asked, answer};

/// The longest quotation that is judged, in Unicode scalar values: no stored quote is longer.
const LONGEST: usize = 10_000;

/// The exit code where there is nothing to judge.
const NOTHING: u8 = 2;

/// Judges every quotation of a text, as its attribution stands beside it, and tells each with its place.
pub fn run(
    store: &Store,
    text: &str,
    said_on: Option<FuzzyDate>,
    article: Option<&Address>,
    paint: Paint,
) -> Result<ExitCode, Failure> {
    let found = quotations(text);
    let open = unclosed(text);
    for place in &open {
        let at = position(text, *place);
        print(&format!("{at}  not judged: this quotation mark is not closed\n"))?;
    }
    if found.is_empty() {
        print("no quotation found: nothing was judged\n")?;
        return Ok(ExitCode::from(NOTHING));
    }
    let (mut bad, mut aside) = (0, 0);
    for place in &found {
        let inside = text.get(place.clone()).unwrap_or_default();
        let at = position(text, place.start);
        let shown = inside.split_whitespace().collect::<Vec<_>>().join(" ");
        let words = match stored(&shown, LONGEST) {
            Ok(words) => words,
            Err(refused) => {
                bad += 1;
                print(&format!("{at}  not judged: the quotation {refused}\n"))?;
                continue;
            }
        };
        let article = article.cloned();
        let attributed_to = said_by(text, place);
        let asked = Asked { text: words, attributed_to, said_on, article };
        let (answer, known) = store.read(|connection| {
            let answer = answer(connection, &asked, 1)?;
            let known = speakers(connection, &answer)?;
            Ok((answer, known))
        })?;
        let verification = &answer.verification;
        let mut line = format!("{at}  {}", paint.verdict(verification.verdict));
        // As in a narrative, a few words in marks are rarely somebody's: "peace".
        let not_found = verification.verdict == Verdict::NotFound;
        let is_aside = not_found && Question::read(&asked.text).is_short();
        match is_aside {
            true => {
                aside += 1;
                line.push_str(" (fewer than five words: stands aside)");
            }
            false => bad += usize::from(!is_good(verification.verdict)),
        }
        // Writing to a String cannot fail.
        for finding in &verification.findings {
            let _ = write!(line, " {}", finding.as_str());
        }
        let _ = write!(line, "\n    {shown}\n");
        if let Some(name) = &asked.attributed_to {
            let _ = writeln!(line, "    {}", paint.faint(&format!("attributed to: {name}")));
        }
        let who = answer.matches.first().and_then(|first| {
            let speaker = first.statement.speaker_id.and_then(|id| known.get(&id));
            let row = first.quotes.first()?;
            speaker.or(known.get(&row.article_id))
        });
        if let Some(who) = who.filter(|_| verification.verdict != Verdict::NotFound) {
            let _ = writeln!(line, "    {}", paint.faint(&format!("on record: {who}")));
        }
        print(&line)?;
    }
    let good = found.len() - bad - aside;
    let mut last = format!("{} quotations, {good} on record as they stand", found.len());
    if aside > 0 {
        // Writing to a String cannot fail.
        let _ = write!(last, ", {aside} of fewer than five words not on record and not counted");
    }
    print(&format!("{last}\n"))?;
    Ok(match bad + open.len() {
        0 if good == 0 => ExitCode::from(NOTHING),
        bad => ExitCode::from(u8::from(bad > 0)),
    })
}

/// The line and the column of a byte, both from 1.
fn position(text: &str, at: usize) -> String {
    let before = text.get(..at).unwrap_or_default();
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().map_or(0, |last| last.chars().count()) + 1;
    format!("{line}:{column}")
}
