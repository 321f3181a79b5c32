//! Stretches that are marked in a text as sources, cues and contents, and which belong together.
//!
//! The annotation does not say so. A content is attributed to the nearest source in its paragraph that
//! has no other content between; where two are equally near, to nobody.

use std::borrow::Cow;

use crate::import::rejection::{Code, Fault};

/// How many stretches a text may have: each is compared with every other.
const MAX_SPANS: usize = 2_000;

/// How much longer than their record its rows may be, which repeat the words around theirs.
const MAX_GROWTH: usize = 8;

/// Refuses a record of this many bytes with stretches that lie above each other over and over.
pub fn within_growth(length: usize, record: usize) -> Result<(), Fault> {
    if length <= record.saturating_mul(MAX_GROWTH) {
        return Ok(());
    }
    Err(Fault::line(Code::BadValue, "its marks hold the same words over and over"))
}

/// Refuses a text with more than [`MAX_SPANS`].
pub fn within_bounds(count: usize) -> Result<(), Fault> {
    if count <= MAX_SPANS {
        return Ok(());
    }
    let reason =
        format!("has {count} marked stretches, the limit is {MAX_SPANS}: is it one article?");
    Err(Fault::line(Code::BadValue, reason))
}

/// What a stretch is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Label {
    /// Who speaks.
    Source,
    /// The reporting verb or phrase.
    Cue,
    /// The words.
    Content,
}

impl Label {
    /// The label, in any case; `None` for one that says nothing of quotes.
    pub fn read(text: &str) -> Option<Self> {
        match text.trim().to_ascii_lowercase().as_str() {
            "source" => Some(Self::Source),
            "cue" => Some(Self::Cue),
            "content" => Some(Self::Content),
            _ => None,
        }
    }

    /// The label, as JournalismAI writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Source => "Source",
            Self::Cue => "Cue",
            Self::Content => "Content",
        }
    }
}

/// A marked stretch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span<'a> {
    /// What it is.
    pub label: Label,
    /// What stands there.
    pub text: Cow<'a, str>,
    /// Whom it means, where the tool has found that out.
    pub means: Option<Cow<'a, str>>,
    /// Half-open, in Unicode scalar values.
    pub start: usize,
    /// See [`Self::start`].
    pub end: usize,
    /// The first and the last paragraph that it is in.
    pub paragraphs: (usize, usize),
    /// Its place in the record's list.
    pub at: usize,
}

impl Span<'_> {
    /// How many characters lie between; none where they overlap.
    fn gap(&self, other: &Self) -> usize {
        other.start.saturating_sub(self.end).max(self.start.saturating_sub(other.end))
    }

    fn shares_paragraph(&self, other: &Self) -> bool {
        self.paragraphs.0 <= other.paragraphs.1 && other.paragraphs.0 <= self.paragraphs.1
    }
}

/// The stretch with this label that belongs to a content.
pub fn belonging<'a, 's>(
    content: &Span<'_>,
    label: Label,
    all: &'a [Span<'s>],
) -> Option<&'a Span<'s>> {
    let contents = || all.iter().filter(|one| one.label == Label::Content && one.at != content.at);
    // Between the contents before and behind this one lies what has none between.
    let before = contents().filter(|one| one.end <= content.start).map(|one| one.start).max();
    let behind = contents().filter(|one| one.start >= content.end).map(|one| one.end).min();
    let is_next = |span: &Span<'_>| {
        before.is_none_or(|before| span.end > before)
            && behind.is_none_or(|behind| span.start < behind)
    };
    let near = all
        .iter()
        .filter(|span| span.label == label && span.shares_paragraph(content) && is_next(span));
    let near: Vec<(usize, &Span<'_>)> = near.map(|span| (content.gap(span), span)).collect();
    let nearest = near.iter().map(|(gap, _)| *gap).min()?;
    let mut nearest = near.into_iter().filter(|(gap, _)| *gap == nearest);
    let first = nearest.next().map(|(_, span)| span);
    first.filter(|_| nearest.next().is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(label: Label, start: usize, end: usize, paragraph: usize) -> Span<'static> {
        let paragraphs = (paragraph, paragraph);
        Span { label, text: "".into(), means: None, start, end, paragraphs, at: start }
    }

    #[test]
    fn words_belong_to_the_nearest_source_of_their_paragraph_or_to_nobody() {
        use Label::{Content, Source};
        let all = [
            span(Content, 0, 10, 0),
            span(Source, 15, 20, 0),
            span(Content, 30, 40, 0),
            span(Source, 50, 55, 0),
            span(Content, 60, 70, 1),
            span(Source, 80, 82, 2),
            span(Content, 90, 95, 2),
            span(Source, 103, 105, 2),
        ];
        let source = |at: usize| belonging(&all[at], Source, &all).map(|span| span.start);
        // Ten before, ten behind, and eight on both sides: nobody can tell.
        assert_eq!([source(0), source(2), source(4)], [Some(15), None, None]);
        assert_eq!(source(6), None);
    }
}
