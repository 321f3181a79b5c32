//! `dixit token`: who may write by the API, and who may no more.

use std::fmt::Write as _;
use std::process::ExitCode;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Subcommand};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::{Failure, options, print};
use crate::config::Config;
use crate::domain::access::{Scope, Scopes};
use crate::domain::token::Name;
use crate::store::Store;
use crate::store::audit::Actor;
use crate::store::dialect::printable;
use crate::store::token::{Standing, TokenRow};

/// Make, list and revoke the tokens that programs write with.
///
/// A program sends its token with every request, as the header `Authorization: Bearer TOKEN`, and
/// nowhere else. The database holds a digest of it: a token that is lost is revoked and replaced.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    dixit token create --name 'night import' --scope import --expires 90d\n  \
    dixit token list\n  \
    dixit token revoke 'night import'")]
pub struct Token {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Make a token and print it, this once, on standard output.
    #[command(after_help = "Examples:\n  \
        dixit token create --name 'news desk' --scope write\n  \
        dixit token create --name 'night import' --scope import --expires 90d --json")]
    Create {
        /// What it is for: 1 to 100 characters on one line.
        #[arg(long)]
        name: Name,
        /// What it may do; may be given more than once. `write` reads too, `admin` does everything.
        #[arg(long, required = true, value_name = "SCOPE", value_parser = scopes())]
        scope: Vec<Scope>,
        /// When it ends: a day (its beginning in UTC), a moment (2027-01-01T12:00:00Z), or how long
        /// from now (90d, 12h, 30m, 60s). Without this it does not end.
        #[arg(long, value_name = "WHEN")]
        expires: Option<String>,
        /// Print one JSON object on standard output.
        #[arg(long)]
        json: bool,
    },
    /// List all tokens, also those that are revoked or have expired; none of them is readable.
    #[command(after_help = "Examples:\n  \
        dixit token list\n  \
        dixit token list --json")]
    List {
        /// Print one JSON object on standard output.
        #[arg(long)]
        json: bool,
    },
    /// Revoke a token: it is refused from now on.
    #[command(after_help = "Example:\n  dixit token revoke 'night import'")]
    Revoke {
        /// Its id, or its name, where one token in force has it.
        #[arg(value_name = "ID|NAME")]
        token: String,
        /// Print one JSON object on standard output.
        #[arg(long)]
        json: bool,
    },
}

/// The scopes as they are typed: in small letters.
const WORDS: [&str; 4] = ["read", "write", "import", "admin"];

fn scopes() -> impl TypedValueParser<Value = Scope> {
    PossibleValuesParser::new(WORDS).try_map(|word| word.to_ascii_uppercase().parse::<Scope>())
}

impl Token {
    /// Runs the command.
    pub fn run(self, config: &Config) -> Result<ExitCode, Failure> {
        let (url, options) = (&config.database.url, options(&config.database));
        match self.action {
            Action::Create { name, scope, expires, json } => {
                let expires = expires.map(|text| end(&text, Timestamp::now())).transpose()?;
                let expires = expires.map(Timestamp::as_microsecond);
                let store = Store::open(url, options)?;
                let (actor, scopes) = (Actor::command_line(), Scopes::new(scope));
                let (row, secret) = store.create_token(&actor, &name, &scopes, expires)?;
                // Which database: from another directory a relative file is another one.
                eprintln!(
                    "dixit: this token is shown only now; id {}, for {}",
                    row.id,
                    printable(url)
                );
                if json {
                    let mut told = told(&row);
                    told["token"] = secret.reveal().into();
                    print(&format!("{told}\n"))?;
                } else {
                    print(&format!("{}\n", secret.reveal()))?;
                }
            }
            Action::List { json } => {
                let rows = Store::open_existing(url, options)?.tokens()?;
                print(&if json {
                    let all: Vec<_> = rows.iter().map(told).collect();
                    format!("{}\n", serde_json::json!({ "tokens": all }))
                } else {
                    table(&rows)
                })?;
            }
            Action::Revoke { token, json } => {
                let store = Store::open_existing(url, options)?;
                let row = store.revoke_token(&Actor::command_line(), &token)?;
                print(&if json {
                    format!("{}\n", told(&row))
                } else {
                    let at = row.revoked_at.map(moment).unwrap_or_default();
                    format!("{} ({}) is revoked since {at}\n", row.name, row.id)
                })?;
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// The moment that `--expires` means.
fn end(text: &str, now: Timestamp) -> Result<Timestamp, Failure> {
    let refuse = |problem: &str| Failure(format!("--expires {text}: {problem}"));
    let end = if let Ok(moment) = text.parse::<Timestamp>() {
        Some(moment)
    } else if let Ok(day) = text.parse::<Date>() {
        TimeZone::UTC.to_timestamp(day.to_datetime(Default::default())).ok()
    } else {
        let span = text.strip_suffix(|unit: char| unit.is_ascii_lowercase());
        let span = span.filter(|count| count.bytes().all(|digit| digit.is_ascii_digit()));
        let count = span.and_then(|count| count.parse::<i64>().ok());
        let seconds = match text.chars().next_back() {
            Some('d') => Some(24 * 60 * 60),
            Some('h') => Some(60 * 60),
            Some('m') => Some(60),
            Some('s') => Some(1),
            _ => None,
        };
        let (Some(count), Some(seconds)) = (count, seconds) else {
            return Err(refuse(
                "is not a day such as 2027-01-01, a moment, nor a time such as 90d",
            ));
        };
        let span = count.checked_mul(seconds).map(SignedDuration::from_secs);
        span.and_then(|span| now.checked_add(span).ok())
    };
    let end = end.ok_or_else(|| refuse("is beyond the year 9999"))?;
    if end <= now { Err(refuse("is not in the future")) } else { Ok(end) }
}

/// A token as a program reads it.
fn told(row: &TokenRow) -> serde_json::Value {
    serde_json::json!({
        "id": row.id,
        "name": row.name,
        "scopes": words(row),
        "created": moment(row.created_at),
        "expires": row.expires_at.map(moment),
        "revoked": row.revoked_at.map(moment),
        "inForce": row.standing() == Standing::InForce,
    })
}

fn words(row: &TokenRow) -> Vec<String> {
    row.scopes.split_whitespace().map(str::to_ascii_lowercase).collect()
}

/// The tokens for people.
fn table(rows: &[TokenRow]) -> String {
    let line = |row: &TokenRow| {
        [
            row.id.to_string(),
            row.name.clone(),
            words(row).join(","),
            moment(row.created_at),
            row.expires_at.map_or_else(|| "-".to_owned(), moment),
            row.revoked_at.map_or_else(|| "-".to_owned(), moment),
        ]
    };
    let head = ["ID", "NAME", "SCOPES", "CREATED", "EXPIRES", "REVOKED"].map(str::to_owned);
    let lines: Vec<[String; 6]> = std::iter::once(head).chain(rows.iter().map(line)).collect();
    let width = |column: usize| lines.iter().map(|line| line[column].chars().count()).max();
    let widths: [usize; 6] = std::array::from_fn(|column| width(column).unwrap_or_default());
    let mut text = String::new();
    for line in &lines {
        let cells = line.iter().zip(widths).map(|(cell, width)| format!("{cell:width$}"));
        // Writing to a String cannot fail.
        let _ = writeln!(text, "{}", cells.collect::<Vec<_>>().join("  ").trim_end());
    }
    text
}

/// A moment to the second, as RFC 3339 has it.
fn moment(microseconds: i64) -> String {
    let moment = Timestamp::from_microsecond(microseconds).unwrap_or_default();
    moment.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_scope_can_be_typed() {
        assert_eq!(
            WORDS.map(str::to_ascii_uppercase),
            Scope::ALL.iter().map(|s| s.as_str()).collect::<Vec<_>>()[..]
        );
    }

    #[test]
    fn an_end_is_a_day_a_moment_or_a_time_from_now_and_lies_ahead() {
        let now: Timestamp = "2026-11-22T12:00:00Z".parse().unwrap();
        for (text, moment) in [
            ("2027-01-01", "2027-01-01T00:00:00Z"),
            ("2026-11-22T12:00:01Z", "2026-11-22T12:00:01Z"),
            ("2026-11-22T14:00:01+01:00", "2026-11-22T13:00:01Z"),
            ("90d", "2027-02-20T12:00:00Z"),
            ("12h", "2026-11-23T00:00:00Z"),
            ("30m", "2026-11-22T12:30:00Z"),
            ("1s", "2026-11-22T12:00:01Z"),
        ] {
            assert_eq!(end(text, now).unwrap(), moment.parse().unwrap(), "{text}");
        }
        for text in [
            "",
            "d",
            "90",
            "90y",
            "-1d",
            "+1d",
            "0d",
            "2026-11-22",
            "2026-11-22T12:00:00Z",
            "2027-02-30",
            "9999999d",
            "99999999999999999999d",
            "9223372036854775807d",
            "soon",
        ] {
            assert!(end(text, now).unwrap_err().0.starts_with("--expires"), "{text}");
        }
    }
}
