//! JournalismAI 2021 (The Guardian, AFP): the entities that its model or an annotator marked, and the
//! lines of its regular expressions.

pub(super) mod entities;
pub(super) mod regex;
mod spans;
