//! `dixit copy`: a whole database into an empty one, of either kind, with the proof.

use std::process::ExitCode;

use clap::Args;

use super::digest::{Told, table};
use super::{Failure, options, print};
use crate::config::Config;
use crate::store::copy::copy;
use crate::store::dialect::printable;

/// Copy a whole database into an empty one, between a file and a server or two of a kind.
///
/// Ids, readings, merges and the records of imports are kept. The copy is one transaction: after an
/// error the target holds nothing. At the end the digest of what the target holds is compared with
/// that of what was read. The source may be in use; what is written to it after the start is not
/// copied. DATABASE_URL is not looked at. Other users of the machine see these arguments: leave a
/// password to PGPASSWORD or ~/.pgpass.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    dixit copy --from sqlite://dixit.db --to postgres://dixit@db.example/dixit\n  \
    dixit copy --from postgres://dixit@db.example/dixit --to sqlite://dixit.db --json")]
pub struct Copy {
    /// The database to read; it must be there.
    #[arg(long, value_name = "URL")]
    from: String,
    /// The database to write; it must hold no rows. A file is made where there is none.
    #[arg(long, value_name = "URL")]
    to: String,
    /// Print one JSON object on standard output.
    #[arg(long)]
    json: bool,
}

impl Copy {
    /// Runs the copy.
    pub fn run(self, config: &Config) -> Result<ExitCode, Failure> {
        let told = Told::new();
        let progress = &mut |table: &'static str, rows| told.progress("copying", table, rows);
        let digest = copy(&self.from, &self.to, &options(&config.database), progress)?;
        told.done();
        let (from, to) = (printable(&self.from), printable(&self.to));
        print(&if self.json {
            let mut all = serde_json::to_value(&digest)?;
            all["from"] = from.into();
            all["to"] = to.into();
            format!("{all}\n")
        } else {
            format!("{}{to} holds what {from} held\n", table(&digest))
        })?;
        Ok(ExitCode::SUCCESS)
    }
}
