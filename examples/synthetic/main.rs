//! Writes synthetic statements to standard output: as many as asked for, in constant memory, the same
//! ones for the same seed. All people, organisations and outlets in them are invented.
//!
//! ```sh
//! cargo run --release --example synthetic -- --statements 1000000 | dixit import -
//! ```
#![allow(missing_docs, reason = "a program, not a library")]

mod random;
mod rows;
mod stream;
mod words;
mod world;

use std::io::{self, BufWriter, Write as _};
use std::process::ExitCode;

use stream::{Ask, Stream};

const USAGE: &str = "\
synthetic statements on standard output, one a line

  --statements N      how many different statements (1000); reprints are further lines
  --seed S            what follows from chance follows from this number (1)
  --format NAME       native or quotebank (native)
  --duplicates SHARE  of a hundred lines so many are repeated (0)
  --faulty SHARE      of a hundred lines so many have one fault (0)
  --tell N            tell on standard error whenever N more lines are written (never)";

fn main() -> ExitCode {
    match ask(std::env::args().skip(1)) {
        Ok(Some((ask, tell))) => match write(&ask, tell) {
            Ok(told) => eprintln!("{told}"),
            // Whoever reads has enough.
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {}
            Err(error) => {
                eprintln!("standard output: {error}");
                return ExitCode::FAILURE;
            }
        },
        Ok(None) => eprintln!("{USAGE}"),
        Err(problem) => {
            eprintln!("{problem}\n\n{USAGE}");
            return ExitCode::from(2);
        }
    }
    ExitCode::SUCCESS
}

/// What the arguments ask for, and after how many lines to tell; `None` for help.
fn ask(mut arguments: impl Iterator<Item = String>) -> Result<Option<(Ask, u64)>, String> {
    let (mut ask, mut tell) = (Ask::default(), u64::MAX);
    while let Some(name) = arguments.next() {
        if matches!(name.as_str(), "--help" | "-h") {
            return Ok(None);
        }
        let value = arguments.next().ok_or_else(|| format!("{name} needs a value"))?;
        let number = || value.parse::<u64>().map_err(|_| format!("{name}: `{value}` is no number"));
        let share = || match number()? {
            share @ 0..=100 => Ok(share),
            share => Err(format!("{name}: {share} is no share of a hundred")),
        };
        match name.as_str() {
            "--statements" => ask.statements = number()?,
            "--seed" => ask.seed = number()?,
            "--format" => ask.format = value.parse()?,
            "--duplicates" => ask.duplicates = share()?,
            "--faulty" => ask.faulty = share()?,
            "--tell" => tell = number()?.max(1),
            _ => return Err(format!("unknown argument {name}")),
        }
    }
    Ok(Some((ask, tell)))
}

/// Writes all lines; answers what they were.
fn write(ask: &Ask, tell: u64) -> io::Result<String> {
    let mut out = BufWriter::with_capacity(1 << 20, io::stdout().lock());
    let mut stream = Stream::new(ask);
    let (mut line, mut lines) = (String::new(), 0);
    while stream.next(&mut line) {
        out.write_all(line.as_bytes())?;
        lines += 1;
        if lines % tell == 0 {
            eprintln!("{lines} lines");
        }
    }
    out.flush()?;
    Ok(stream.told())
}
