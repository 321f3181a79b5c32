//! `dixit vocabulary`: what is shipped of organisations, and what a printed name may mean.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::process::ExitCode;

use clap::{Args, Subcommand};
use serde::Serialize;

use super::{Failure, print};
use crate::domain::organisation::{self, OpenBody, Organisation, Reading};
use crate::domain::vocabulary::OrganisationKind;

/// List the shipped vocabulary of organisations, or ask what a printed name may mean.
///
/// Without a subcommand: the files with their versions and entries, and the listed organisations
/// by kind. Bodies that no file lists, such as the army of a country, are composed when a name
/// asks for them. No database is read.
#[derive(Debug, Args)]
#[command(
    name = "vocabulary",
    after_help = "Examples:\n  \
    dixit vocabulary\n  \
    dixit vocabulary organisations --country LV\n  \
    dixit vocabulary organisations --kind IGO --json\n  \
    dixit vocabulary name \"the Pentagon\" Washington MoD"
)]
pub struct Vocabulary {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// List the organisations.
    #[command(after_help = "Examples:\n  \
        dixit vocabulary organisations --country LV\n  \
        dixit vocabulary organisations --kind IGO --json")]
    Organisations(Organisations),
    /// Say what printed names may mean: known, ambiguous, generic, unlisted, or nothing.
    #[command(after_help = "Examples:\n  \
        dixit vocabulary name \"the Pentagon\" Washington MoD\n  \
        dixit vocabulary name --json MoD")]
    Name(Name),
}

#[derive(Debug, Args)]
struct Organisations {
    /// Only those of this kind, such as NATIONAL_GOVERNMENT.
    #[arg(long)]
    kind: Option<String>,
    /// Only those of this country, by its ISO 3166 code, such as LV.
    #[arg(long)]
    country: Option<String>,
    /// Print JSON lines, with aliases.
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Args)]
struct Name {
    /// The names, as printed.
    #[arg(required = true)]
    names: Vec<String>,
    /// Print JSON lines.
    #[arg(long)]
    json: bool,
}

/// An organisation as JSON shows it.
#[derive(Serialize)]
struct Shown {
    key: &'static str,
    name: &'static str,
    kind: OrganisationKind,
    domain: crate::domain::vocabulary::Domain,
    country: Option<&'static str>,
    parent: Option<&'static str>,
    wikidata: Option<&'static str>,
    aliases: Vec<ShownAlias>,
}

#[derive(Serialize)]
struct ShownAlias {
    name: &'static str,
    kind: organisation::AliasKind,
    language: &'static str,
}

/// What a name means, as JSON shows it.
#[derive(Serialize)]
struct Meaning<'n> {
    name: &'n str,
    /// `known`, `ambiguous`, `generic`, `unlisted` or `nothing`.
    reading: &'static str,
    /// Keys of the organisations that it may be.
    organisations: Vec<&'static str>,
    /// The body that a generic name stands for, such as `defence-ministry`.
    #[serde(skip_serializing_if = "Option::is_none")]
    body: Option<&'static str>,
    /// What the words of an unlisted name say of its kind.
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<OrganisationKind>,
}

impl Vocabulary {
    /// Runs the command.
    pub fn run(self) -> Result<ExitCode, Failure> {
        let text = match self.command {
            None => summary(),
            Some(Command::Organisations(wanted)) => wanted.list()?,
            Some(Command::Name(name)) => name.explain()?,
        };
        print(&text)?;
        Ok(ExitCode::SUCCESS)
    }
}

/// Files, then organisations by kind.
fn summary() -> String {
    let mut text = String::from("file            version  entries\n");
    for (file, version, entries) in organisation::files() {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "{file:<14}  {version:>7}  {entries:>7}");
    }
    let mut kinds: BTreeMap<OrganisationKind, (usize, usize)> = BTreeMap::new();
    for one in organisation::listed() {
        let counts = kinds.entry(one.kind).or_default();
        counts.0 += 1;
        counts.1 += usize::from(one.wikidata.is_some());
    }
    text.push_str("\norganisations             listed  with Wikidata id\n");
    for (kind, (listed, settled)) in &kinds {
        let _ = writeln!(text, "{:<24}  {listed:>6}  {settled:>16}", kind.as_str());
    }
    let (listed, settled) = kinds.values().fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
    let _ = writeln!(text, "{:<24}  {listed:>6}  {settled:>16}", "all");
    text
}

impl Organisations {
    fn list(self) -> Result<String, Failure> {
        let kind = self.kind.map(|kind| kind.to_uppercase().parse()).transpose()?;
        let country = self.country.map(|code| code.to_uppercase());
        if let Some(code) = &country
            && !organisation::listed().any(|one| one.country == Some(code.as_str()))
        {
            return Err(Failure(format!(
                "no country `{code}` in the vocabulary; give an ISO 3166 alpha-2 code, such as LV"
            )));
        }
        let mut text = String::new();
        for one in organisation::listed() {
            if kind.is_some_and(|kind: OrganisationKind| kind != one.kind)
                || country.as_deref().is_some_and(|code| one.country != Some(code))
            {
                continue;
            }
            if self.json {
                text += &serde_json::to_string(&Shown::of(one))?;
                text.push('\n');
            } else {
                let _ = writeln!(text, "{}\t{}\t{}", one.key, one.kind, one.name);
            }
        }
        Ok(text)
    }
}

impl Shown {
    fn of(one: &'static Organisation) -> Self {
        let aliases = one.aliases.iter().map(|alias| ShownAlias {
            name: alias.text,
            kind: alias.kind,
            language: alias.language,
        });
        Shown {
            key: one.key,
            name: one.name,
            kind: one.kind,
            domain: one.domain,
            country: one.country,
            parent: one.parent,
            wikidata: one.wikidata,
            aliases: aliases.collect(),
        }
    }
}

impl Name {
    fn explain(self) -> Result<String, Failure> {
        let mut text = String::new();
        for name in &self.names {
            let (meaning, all) = Meaning::of(name);
            if self.json {
                text += &serde_json::to_string(&meaning)?;
                text.push('\n');
                continue;
            }
            let more = match (meaning.body, meaning.kind) {
                (Some(body), _) => format!(" ({body})"),
                (_, Some(kind)) => format!(" ({kind})"),
                _ => String::new(),
            };
            let _ = writeln!(text, "{name}: {}{more}", meaning.reading);
            for one in all {
                let _ = writeln!(text, "  {}  {}", one.key, one.name);
            }
        }
        Ok(text)
    }
}

impl<'n> Meaning<'n> {
    fn of(name: &'n str) -> (Self, Vec<&'static Organisation>) {
        let read = organisation::read(name);
        let body = OpenBody::read(name).filter(|_| read == Reading::Nothing).map(|open| open.slug);
        let (reading, all, kind) = match read {
            Reading::Known(one) => ("known", vec![one], None),
            Reading::Ambiguous(all) => ("ambiguous", all, None),
            Reading::Unlisted { kind, .. } => ("unlisted", Vec::new(), Some(kind)),
            Reading::Nothing if body.is_some() => ("generic", Vec::new(), None),
            Reading::Nothing => ("nothing", Vec::new(), None),
        };
        let organisations = all.iter().map(|one| one.key).collect();
        (Meaning { name, reading, organisations, body, kind }, all)
    }
}
