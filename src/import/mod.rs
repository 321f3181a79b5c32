//! Import: bytes → records → entries → batches.
//!
//! A format is one file below `format/` that turns a line into records; nothing below it knows
//! formats. One thread reads, parses and resolves; the calling thread writes batches. Memory is
//! bounded by the batch and the line limit, whatever the size of the input.

mod batch;
pub mod format;
mod lines;
mod record;
mod rejection;
mod report;
mod run;
mod source;
pub mod tenures;

pub use lines::{Lines, MAX_LINE, Raw};
pub use record::{Line, Unified, json};
pub use rejection::{Code, Fault, Rejection};
pub use report::Report;
pub use run::{Options, Progress, run};
pub use source::{Source, SourceError};
