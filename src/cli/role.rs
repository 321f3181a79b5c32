//! `dixit role`: printed titles in, what they mean out, line by line.

use std::borrow::Cow;
use std::io::{self, BufReader, Write};
use std::process::ExitCode;

use clap::Args;
use serde::{Deserialize, Serialize};

use super::{Failure, print_on};
use crate::domain::role::{Employer, understand};
use crate::domain::vocabulary::{Domain, Function, Status, Voice};
use crate::import::{Body, Code, Fault, MAX_LINE, Record, json, lines};

/// Tell what printed role titles mean.
///
/// Standard input has one JSON object a line: {"title": …, "organisation": …}, both as printed and
/// either null or absent. Standard output has one line for each, at once and in the same order. What
/// is not understood is UNKNOWN; "because" has the words that decided. A line that cannot be read is
/// answered by {"error": …}, which also goes to standard error. No database is needed.
///
/// Exit code: 0 when every line was read, 1 when some were not.
#[derive(Debug, Args)]
#[command(
    name = "role",
    after_help = "Example:\n  \
    echo '{\"title\": \"Pentagon spokesman\", \"organisation\": null}' | dixit role"
)]
pub struct Command {}

/// A title as printed.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked<'a> {
    #[serde(borrow)]
    title: Option<Cow<'a, str>>,
    #[serde(borrow)]
    organisation: Option<Cow<'a, str>>,
}

/// What it means.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Answer {
    function: Function,
    domain: Domain,
    status: Status,
    voice: Voice,
    organisation: Option<Employer>,
    official_of: Option<Domain>,
    because: Vec<String>,
}

/// Why a line has no answer.
#[derive(Serialize)]
struct Unread {
    error: String,
}

impl Command {
    /// Answers standard input to its end.
    pub fn run(self) -> Result<ExitCode, Failure> {
        let mut lines = lines(Box::new(BufReader::new(io::stdin())));
        let mut unread = 0u64;
        while let Some(Record { line: number, body }) = lines.next()? {
            let answered = answer(&body);
            let line = match answered {
                Ok(answer) => serde_json::to_string(&answer)?,
                Err(fault) => {
                    unread += 1;
                    let error = told(number, &fault);
                    writeln!(io::stderr(), "{error}")?;
                    serde_json::to_string(&Unread { error })?
                }
            };
            if !print_on(&(line + "\n"))? {
                break;
            }
        }
        Ok(ExitCode::from(u8::from(unread > 0)))
    }
}

fn answer(line: &Body) -> Result<Answer, Fault> {
    if let Body::TooLong(_, length) = line {
        let reason = format!("has {length} bytes; {MAX_LINE} are read");
        return Err(Fault::line(Code::LineTooLong, reason));
    }
    let line = line.bytes();
    let line = str::from_utf8(line)
        .map_err(|error| Fault::line(Code::NotUtf8, format!("is not UTF-8: {error}")))?;
    let asked: Asked<'_> = json(line)?;
    let found = understand(asked.title.as_deref(), asked.organisation.as_deref());
    Ok(Answer {
        organisation: found.employer(),
        function: found.function,
        domain: found.domain,
        status: found.status,
        voice: found.voice,
        official_of: found.official_of,
        because: found.because,
    })
}

fn told(number: u64, fault: &Fault) -> String {
    match &fault.field {
        Some(field) => format!("line {number}: {field}: {}", fault.reason),
        None => format!("line {number} {}", fault.reason),
    }
}
