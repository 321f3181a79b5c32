//! The end of an import that replaces articles: what its input does not hold any more.

use super::{Current, Done, Run, now};
use crate::domain::import::ImportState;
use crate::import::replaced::{Replaced, VanishedQuote};
use crate::store::StoreError;
use crate::store::write::{ImportAccount, ImportRow, Swept};

impl Run<'_> {
    /// Looks for what an input that was read whole does not hold any more.
    pub(super) fn sweep(&mut self) -> Result<(), StoreError> {
        let Self { options, writer, report, progress, current, .. } = self;
        let Some(Current { record, account, .. }) = current else { return Ok(()) };
        let spare_all = account.replaced.as_ref().is_some_and(|replaced| replaced.unplaced > 0);
        while record.state == ImportState::Running {
            let at = now();
            let mut found = Swept::default();
            let mut done = Done::default();
            let before = record.clone();
            let written =
                writer.sweep((at, spare_all), &options.actor, Some(&before), |swept| {
                    done = Done {
                        account: account.clone(),
                        report: report.clone(),
                        ..Done::default()
                    };
                    done.add(&Replaced::of(swept));
                    found = swept.clone();
                    let state = match swept.more {
                        false => ImportState::Finished,
                        true if options.stop.is_asked() => ImportState::Interrupted,
                        true => ImportState::Running,
                    };
                    // Numbers and words: serialising them cannot fail.
                    let account = serde_json::to_string(&done.account).unwrap_or_default();
                    let row = ImportRow { changed_at: at, state, account, ..before.clone() };
                    Ok(ImportAccount { row, rejections: Vec::new() })
                })?;
            *record = written;
            *account = done.account;
            *report = done.report;
            if let Some(source) = report.sources.last_mut() {
                source.state = record.state.as_str().to_owned();
            }
            for quote in &found.vanished {
                progress.vanished(&record.source, &VanishedQuote::from(quote));
            }
        }
        Ok(())
    }
}
