//! Import: bytes → records → rows → entries → batches.
//!
//! An input is cut into records by its shape (`cut/`); a format is one file below `format/` that
//! turns a record into rows; nothing below it knows formats. One thread reads, parses and resolves;
//! the calling thread writes batches. Memory is bounded by the batch and the longest record, whatever
//! the size of the input. How far an input was written stands in the import's record, in the same
//! transaction: given again, it is taken up behind that.

mod articles;
mod batch;
mod context;
mod cut;
pub mod format;
mod parts;
mod reader;
mod record;
mod rejection;
mod replaced;
mod report;
mod resume;
mod run;
mod sight;
mod source;
mod stop;
pub mod tenures;

pub use articles::Articles;
pub use context::Settings;
pub use cut::{Body, Cut, MAX_LINE, Record, lines};
pub use record::{Unified, json};
pub use rejection::{Code, Fault, Rejection};
pub use replaced::{Replaced, VanishedQuote};
pub use report::{Report, SourceReport};
pub use resume::Resume;
pub use run::{Options, Progress, RunError, run};
pub use source::{Source, SourceError};
pub use stop::Stop;
