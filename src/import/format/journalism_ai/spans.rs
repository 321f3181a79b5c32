//! Stretches that are marked in a text as sources, cues and contents, and which belong together.
//!
//! The annotation does not say so. A content is attributed to the nearest source in its paragraph that
//! has no other content between; where two are equally near, to nobody.

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
}

/// A marked stretch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// What it is.
    pub label: Label,
    /// What stands there.
    pub text: String,
    /// Whom it means, where the tool has found that out.
    pub means: Option<String>,
    /// Half-open, in Unicode scalar values.
    pub start: usize,
    /// See [`Self::start`].
    pub end: usize,
    /// The first and the last paragraph that it is in.
    pub paragraphs: (usize, usize),
    /// Its place in the record's list.
    pub at: usize,
}

impl Span {
    /// How many characters lie between; none where they overlap.
    fn gap(&self, other: &Self) -> usize {
        other.start.saturating_sub(self.end).max(self.start.saturating_sub(other.end))
    }

    fn is_between(&self, one: &Self, other: &Self) -> bool {
        let (first, last) = if one.start <= other.start { (one, other) } else { (other, one) };
        first.end <= self.start && self.end <= last.start
    }

    fn shares_paragraph(&self, other: &Self) -> bool {
        self.paragraphs.0 <= other.paragraphs.1 && other.paragraphs.0 <= self.paragraphs.1
    }
}

/// The stretch with this label that belongs to a content.
pub fn belonging<'a>(content: &Span, label: Label, all: &'a [Span]) -> Option<&'a Span> {
    let between = |span: &Span| {
        let contents = all.iter().filter(|one| one.label == Label::Content && one.at != content.at);
        contents.into_iter().any(|one| one.is_between(content, span))
    };
    let near = all.iter().filter(|span| {
        span.label == label && span.shares_paragraph(content) && !between(span)
    });
    let mut near: Vec<&Span> = near.collect();
    near.sort_by_key(|span| content.gap(span));
    match near.as_slice() {
        [first, second, ..] if content.gap(first) == content.gap(second) => None,
        [first, ..] => Some(first),
        [] => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(label: Label, start: usize, end: usize, paragraph: usize) -> Span {
        let paragraphs = (paragraph, paragraph);
        Span { label, text: String::new(), means: None, start, end, paragraphs, at: start }
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
        // Ten before, ten behind: nobody can tell.
        assert_eq!((source(0), source(2), source(4), source(6)), (Some(15), None, None, Some(103)).into());
    }
}
