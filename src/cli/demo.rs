//! `dixit demo`: the shipped sample in a temporary database, served.

use std::process::ExitCode;

use super::serve::serve;
use super::{Failure, open};
use crate::config::{Config, Database};
use crate::import::{
    Options, Progress, Rejection, Report, Source, SourceError, run as import, tenures,
};

/// The sample: our own writing about invented people, and who of them held which office when.
const SAMPLE: &[u8] = include_bytes!("../../sample/statements.jsonl");
const TENURES: &[u8] = include_bytes!("../../sample/tenures.csv");

/// Loads and serves the sample.
pub fn run(config: &Config) -> Result<ExitCode, Failure> {
    // Lives as long as the server.
    let directory = tempfile::tempdir()?;
    let url = format!("sqlite://{}", directory.path().join("demo.db").display());
    serve(config, || {
        let replicas = Vec::new();
        let store = open(&Database { url, replicas, ..config.database.clone() })?;
        let sample = Source::Shipped { name: "sample/statements.jsonl", bytes: SAMPLE };
        let report = import(&store, vec![sample], &Options::default(), &mut Strict)?;
        let sample = Source::Shipped { name: "sample/tenures.csv", bytes: TENURES };
        let mut tell = |rejection: &Rejection| Strict.rejected(rejection);
        let (recorded, _) = tenures::run(&store, &sample, None, "tenures.csv", &mut tell)?;
        if report.rejected + recorded.rejected > 0 || report.lines == 0 {
            let text = "the shipped sample does not import; please report this";
            return Err(Failure(text.to_owned()));
        }
        let more = format!(
            "{} invented statements are loaded; the playground opens on questions about them.\n\
             Stop with Ctrl-C: the temporary database goes with it.\n",
            report.lines
        );
        Ok((store, more))
    })
}

/// Nothing of the sample may be rejected.
struct Strict;

impl Progress for Strict {
    fn written(&mut self, _: &Report) {}
    fn rejected(&mut self, rejection: &Rejection) {
        tracing::error!(line = rejection.line, reason = rejection.reason, "sample rejected");
    }
    fn told(&mut self, source: &str, line: u64, what: &str) {
        tracing::warn!(source, line, what, "sample");
    }
    fn failed(&mut self, error: &SourceError) {
        tracing::error!(%error, "sample");
    }
}
