//! `dixit names`: how many printed names became how many speakers, and who stays ambiguous.

use std::fmt::Write as _;
use std::process::ExitCode;

use clap::{Args, ValueEnum};

use super::digest::Told;
use super::{Failure, options, print};
use crate::config::Config;
use crate::store::Store;
use crate::store::names::{Ambiguous, Listing, Names, Reason};

/// Tell how many printed names became how many speakers, and list who stays ambiguous.
///
/// A speaker is ambiguous where extractors offer several Wikidata items and none is settled, where
/// another speaker has the same folded name, or where its name is a surname alone that no full name
/// of its article settles. It reads one state of the database while others write.
#[derive(Debug, Args)]
#[command(
    name = "names",
    after_help = "Examples:\n  \
    dixit names\n  \
    dixit names --reason surname-alone --limit 1000\n  \
    dixit names --json > names.json"
)]
pub struct Command {
    /// List at most so many ambiguous speakers, those with most quotes first.
    #[arg(long, default_value_t = 50, value_name = "SPEAKERS")]
    limit: usize,
    /// List only those that are ambiguous for this reason.
    #[arg(long)]
    reason: Option<Why>,
    /// Print one JSON object on standard output.
    #[arg(long)]
    json: bool,
}

/// [`Reason`], as one types it.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Why {
    /// Several Wikidata items, and none settled.
    SeveralCandidates,
    /// Several speakers of one folded name.
    Namesakes,
    /// A surname that no full name of its article settles.
    SurnameAlone,
}

impl From<Why> for Reason {
    fn from(why: Why) -> Self {
        match why {
            Why::SeveralCandidates => Self::SeveralCandidates,
            Why::Namesakes => Self::Namesakes,
            Why::SurnameAlone => Self::SurnameAlone,
        }
    }
}

impl Command {
    /// Runs the command.
    pub fn run(self, config: &Config) -> Result<ExitCode, Failure> {
        let store = Store::open_existing(&config.database.url, options(&config.database))?;
        let told = Told::new();
        let listing = Listing { limit: self.limit, reason: self.reason.map(Reason::from) };
        let names =
            store.names(listing, &mut |speakers| told.progress("reading", "speaker", speakers))?;
        told.done();
        print(&if self.json { serde_json::to_string(&names)? + "\n" } else { text(&names) })?;
        Ok(ExitCode::SUCCESS)
    }
}

/// The same for people.
fn text(names: &Names) -> String {
    let mut text = String::new();
    // Writing to a String cannot fail.
    let mut line = |number: u64, what: &str| _ = writeln!(text, "{number:>12}  {what}");
    line(names.printed_names, "printed names");
    line(names.speakers, "speakers");
    line(names.with_several_spellings, "speakers with several spellings");
    line(names.settled, "speakers with a settled Wikidata item");
    line(names.with_one_candidate, "speakers with one candidate, not settled");
    line(names.ambiguous, "ambiguous speakers:");
    line(names.with_several_candidates, "  several candidates, none settled");
    let shared = format!("  namesakes: they share {} names", names.shared_names);
    line(names.namesakes, &shared);
    line(names.surnames_alone, "  a surname alone, which no full name of its article settles");
    line(names.quotes_with_speaker, "quotes with a speaker");
    line(names.quotes_of_ambiguous, "  of an ambiguous one");
    line(names.quotes_without_speaker.values().sum(), "quotes without a speaker");
    for (kind, quotes) in &names.quotes_without_speaker {
        line(*quotes, &format!("  {kind}"));
    }
    line(names.printed_otherwise, "printed spellings in the speaker's place that name no person");
    if !names.listed.is_empty() {
        let _ = writeln!(text, "\n{:>12}  {:<32}  why", "quotes", "ambiguous speaker");
    }
    for found in &names.listed {
        let _ = writeln!(text, "{:>12}  {:<32}  {}", found.quotes, found.name, why(found));
    }
    text
}

fn why(found: &Ambiguous) -> String {
    let reasons = found.reasons.iter().map(|reason| match reason {
        Reason::SeveralCandidates => format!("several candidates: {}", found.candidates.join(" ")),
        Reason::Namesakes => "namesakes".to_owned(),
        Reason::SurnameAlone => "surname alone".to_owned(),
    });
    reasons.collect::<Vec<_>>().join("; ")
}
