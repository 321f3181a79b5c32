//! What formats share that tell of quotes found in a document: the words in their pieces, where they
//! stand, and the row that they make.
//!
//! A quote may stand in several pieces, with the attribution or more between them. Words that did not
//! stand together are never printed as if they had: where no word lies between two pieces they are
//! one, as the article prints them; otherwise [`OMISSION`] stands between them, the mark by which an
//! editor says that something was left out. `start` is then that of the first piece and `end` that of
//! the last one.

use std::borrow::Cow;
use std::sync::Arc;

use super::one_quote::Scalar;
use crate::domain::article::Article;
use crate::domain::field::{MAX_ID, MAX_NAME, MAX_TEXT, optional, required};
use crate::domain::offset::{Before, Index, Place, Unit};
use crate::domain::quotation_marks::take_off;
use crate::domain::quote::QuoteKind;
use crate::domain::reading::{Extractor, FurtherSpeaker, Printed, Reading};
use crate::import::context::Context;
use crate::import::parts::elements;
use crate::import::record::{Line, Note, Row, Unified};
use crate::import::rejection::{Code, Fault};
use crate::store::write::{Account, Entry};

/// What stands between words that did not stand together.
pub const OMISSION: &str = " […] ";

/// How many quotes one document may have: what has more is no article.
pub const MAX_QUOTES: usize = 20_000;

/// The fault of a document with more than [`MAX_QUOTES`].
pub fn too_many() -> Fault {
    let reason = format!("has more than {MAX_QUOTES} quotes: it is not one document");
    Fault::line(Code::BadValue, reason)
}

/// The quotes of a document that is a JSON object, each as its own text, from the list with this key.
///
/// # Errors
/// Where there are more than [`MAX_QUOTES`].
pub fn quotes<'a>(document: &'a str, key: &str) -> Result<Vec<&'a str>, Fault> {
    let found = elements(document, key, MAX_QUOTES + 1);
    if found.len() > MAX_QUOTES { Err(too_many()) } else { Ok(found) }
}

/// How many bytes the rows of one record may come to, where each holds what the record says of its
/// article: memory stays flat.
const MAX_ROWS: usize = 32 << 20;

/// The rows of a record, each with its text.
///
/// # Errors
/// Where the texts come to more than 32 MiB.
pub fn bounded(rows: impl IntoIterator<Item = Row>) -> Result<Vec<Row>, Fault> {
    let mut bytes = 0;
    let mut all = Vec::new();
    for row in rows {
        bytes += row.text.as_ref().map_or(0, String::len);
        if bytes > MAX_ROWS {
            let reason = format!(
                "its quotes, each with what it says of the article, come to more than {MAX_ROWS} bytes: give \
                 it in several records"
            );
            return Err(Fault::line(Code::BadValue, reason));
        }
        all.push(row);
    }
    Ok(all)
}

/// A piece of a quote: its words, and where the extractor says that they stand.
#[derive(Debug, Clone)]
pub struct Piece<'a> {
    /// The words.
    pub text: Cow<'a, str>,
    /// From where to before where, in whatever the extractor counts.
    pub span: Option<(u64, u64)>,
}

/// From where to before where, where both are given.
///
/// # Errors
/// Where one of them is no offset.
pub fn span(
    (start_field, start): (&str, &Scalar),
    (end_field, end): (&str, &Scalar),
) -> Result<Option<(u64, u64)>, Fault> {
    let (start, end) = (start.count(start_field)?, end.count(end_field)?);
    Ok(start.zip(end).map(|(start, end)| (start.unsigned_abs(), end.unsigned_abs())))
}

/// The words of a quote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// Without the quotation marks around them.
    pub text: String,
    /// What those marks say.
    pub kind: QuoteKind,
    /// Where they stand, in Unicode scalar values: only where the article's text has them there.
    pub place: Option<(i64, i64)>,
    /// What is to be told of them.
    pub note: Option<Note>,
}

/// The unit in which all of a document's pieces together are counted: that in which most of them have
/// their words, of several the first one; `None` where none has. `index` is the article's text.
pub fn unit<'a>(
    index: Option<&Index>,
    units: &[Unit],
    pieces: impl Iterator<Item = Piece<'a>>,
) -> Option<Unit> {
    let index = index?;
    let mut pieces: Vec<Piece<'a>> = pieces.collect();
    pieces.retain(|piece| piece.span.is_some());
    let spans = pieces.iter().filter_map(|piece| Some((piece.span?, &*piece.text)));
    index.unit(units, spans)
}

/// What rows of one document, each a record of its own, keep of the text that stands in the document:
/// the piece around their words, so that a row that was mended has its place all the same.
pub struct Around<'a> {
    index: Option<&'a Index>,
    /// In what the document counts, where that is known, and in what its format does.
    unit: Option<Unit>,
    usual: Unit,
    /// How many bytes may still be kept: quotes may be long, and stand above each other.
    room: usize,
}

/// How many bytes on either side of a quote are kept of the text.
const MARGIN: usize = 64;
/// How much longer than their document all that is kept of its text may be.
const MAX_KEPT: usize = 4;

impl<'a> Around<'a> {
    /// Of a document of this many bytes that counts in this unit, or is not known to count in another
    /// one than is usual; `index` is the text in it.
    pub fn new(
        index: Option<&'a Index>,
        (unit, usual): (Option<Unit>, Unit),
        length: usize,
    ) -> Self {
        Self { index, unit, usual, room: length.saturating_mul(MAX_KEPT) }
    }

    /// The members of a row's object for a quote with these spans, each behind a comma: `unit`, and the
    /// `text` with what lies `before` it in the document.
    pub fn members(&mut self, spans: impl Iterator<Item = (u64, u64)>) -> String {
        let unit = serde_json::json!(self.unit);
        let piece = self.piece(spans).map(|(text, before)| {
            self.room = self.room.saturating_sub(text.len());
            format!(
                ",\"text\":{},\"before\":{}",
                serde_json::json!(text),
                serde_json::json!(before)
            )
        });
        format!(",\"unit\":{unit}{}", piece.unwrap_or_default())
    }

    fn piece(&self, spans: impl Iterator<Item = (u64, u64)>) -> Option<(&'a str, Before)> {
        let index = self.index?;
        let all = spans.reduce(|all, next| (all.0.min(next.0), all.1.max(next.1)))?;
        let place = index.span(all.0, all.1, self.unit.unwrap_or(self.usual))?;
        index.around(&place, MARGIN).filter(|(text, _)| text.len() <= self.room)
    }
}

impl Words {
    /// The words of a quote that an extractor gives in these pieces and counts in the first of these
    /// units that fits; `index` is the article's text.
    pub fn of(pieces: &[Piece<'_>], index: Option<&Index>, units: &[Unit]) -> Self {
        let find = |piece: &Piece<'_>| index?.find(piece.span?, units, &piece.text);
        let places: Option<Vec<Place>> = pieces.iter().map(find).collect();
        match (index, places) {
            (Some(index), Some(places)) if !places.is_empty() => Self::at(pieces, index, places),
            (index, _) => {
                let spans = pieces.iter().any(|piece| piece.span.is_some());
                let note = index.filter(|_| spans).map(|_| {
                    let text = pieces.first().map(|piece| &*piece.text).unwrap_or_default();
                    let shown: String = text.chars().take(60).collect();
                    Note::Offset(format!("the text does not have these words there: {shown}"))
                });
                let words = pieces.iter().map(|piece| take_off(&piece.text));
                Self { note, ..Self::joined(words.map(|it| (it.words, it.kind)), None) }
            }
        }
    }

    /// Words of which the places are known.
    fn at(pieces: &[Piece<'_>], index: &Index, mut places: Vec<Place>) -> Self {
        places.sort_by_key(|place| (place.start, place.end));
        let mut whole: Vec<Place> = Vec::new();
        for place in places {
            let both = whole.last().and_then(|last| index.joined(last, &place));
            if both.is_some() {
                whole.pop();
            }
            whole.push(both.unwrap_or(place));
        }
        let kinds: Vec<QuoteKind> = whole.iter().map(|place| index.kind(place)).collect();
        let bare: Vec<Place> = whole.into_iter().map(|place| index.without_marks(place)).collect();
        let number = |at: usize| i64::try_from(at).unwrap_or(i64::MAX);
        let place = match (bare.first(), bare.last()) {
            (Some(first), Some(last)) => Some((number(first.start), number(last.end))),
            _ => None,
        };
        // No text is that long: what lies before a piece of one is only said.
        let place = place.filter(|(_, end)| *end <= i64::from(u32::MAX));
        // The extractor's own print of a piece that is one, else the article's.
        let print = |place| match pieces {
            [piece] => take_off(&piece.text).words.to_owned(),
            _ => index.text(place).to_owned(),
        };
        let words: Vec<String> = bare.iter().map(print).collect();
        Self::joined(words.iter().map(String::as_str).zip(kinds), place)
    }

    fn joined<'a>(
        words: impl Iterator<Item = (&'a str, QuoteKind)>,
        place: Option<(i64, i64)>,
    ) -> Self {
        let (texts, kinds): (Vec<&str>, Vec<QuoteKind>) = words.unzip();
        let kind = match kinds.as_slice() {
            [first, rest @ ..] if rest.iter().all(|kind| kind == first) => *first,
            _ => QuoteKind::Mixed,
        };
        Self { text: texts.join(OMISSION), kind, place, note: None }
    }
}

/// What a format says of a quote beside its words.
#[derive(Debug, Clone, Default)]
pub struct Attributed {
    /// Who says it, as printed.
    pub printed: Printed,
    /// The reporting verb.
    pub cue: Option<String>,
    /// Who else.
    pub further: Vec<FurtherSpeaker>,
    /// How sure the extractor is.
    pub confidence: Option<f64>,
    /// The number of the quote in its document.
    pub position: Option<i64>,
    /// The extractor's own id.
    pub external_id: Option<String>,
}

/// The line of a quote in this article.
///
/// # Errors
/// Where a text may not be stored.
pub fn line(
    article: &Arc<Article>,
    words: Words,
    by: Attributed,
    extractor: Extractor,
) -> Result<Line, Fault> {
    let name = |field: &str, text: Option<String>| {
        optional(field, text.map(Cow::Owned), MAX_NAME).map_err(Fault::from)
    };
    let printed = Printed {
        speaker: name("speaker", by.printed.speaker)?,
        role: name("role", by.printed.role)?,
        organisation: name("organisation", by.printed.organisation)?,
        attribution: optional("speaker", by.printed.attribution.map(Cow::Owned), MAX_TEXT)?,
    };
    let mut further_speakers = by.further;
    for further in &mut further_speakers {
        further.name = name("speaker", further.name.take())?;
    }
    let reading = Reading {
        kind: words.kind,
        text: required("text", &words.text, MAX_TEXT)?,
        printed,
        speaker_kind: None,
        cue: name("cue", by.cue)?,
        via: None,
        medium: None,
        start: words.place.map(|(start, _)| start),
        end: words.place.map(|(_, end)| end),
        position: by.position,
        context_before: None,
        context_after: None,
        said_at: None,
        reported_at: article.published_at,
        language: article.language.clone(),
        confidence: by.confidence,
        extractor: Some(extractor),
        wikidata: None,
        external_id: by.external_id,
        further_speakers,
    };
    let account = Arc::new(Account::new(reading, Vec::new()));
    let names_speaker = account.resolution.speaker.is_some();
    let entry = Entry::new(Arc::clone(article), account)
        .ok_or_else(|| Fault::line(Code::NoArticle, "nothing says which article this is"))?;
    let unified = Unified { pairs: 1, ..Unified::default() };
    Ok(Line {
        entries: vec![entry],
        unified,
        names_speaker,
        notes: words.note.into_iter().collect(),
    })
}

/// The document of a record: what it says, else what the input is called, where it is alone in it.
///
/// # Errors
/// Where it is one of several and says nothing.
pub fn document(
    context: &Context,
    said: Option<&str>,
    field: &str,
    line: u64,
) -> Result<Option<String>, Fault> {
    match said.map(str::trim).filter(|id| !id.is_empty()) {
        Some(id) => Ok(Some(required(field, id, MAX_ID)?)),
        None if line > 1 => {
            let reason = "is one of several documents of the input and does not say which one";
            Err(Fault {
                field: Some(field.to_owned()),
                code: Code::NoArticle,
                reason: reason.into(),
            })
        }
        None => Ok(context.document()),
    }
}

/// Tells of a document beside its first row that was taken; of one without any, by a row that holds
/// nothing.
pub fn tell(rows: &mut Vec<Row>, notes: Vec<Note>) {
    if notes.is_empty() {
        return;
    }
    if let Some(line) = rows.iter_mut().find_map(|row| row.read.as_mut().ok()) {
        line.notes.extend(notes);
    } else if rows.is_empty() {
        rows.push(Row::of(Ok(Line {
            entries: Vec::new(),
            unified: Unified::default(),
            names_speaker: true,
            notes,
        })));
    }
}

/// The note of a document that `--articles` does not know; of one that was asked for before, none.
pub fn lacking(context: &Context, document: Option<&str>) -> Option<Note> {
    let document = document.filter(|document| context.settings.articles.lacks(document))?;
    Some(Note::Lacking(document.to_owned()))
}

/// Tells of a document that `--articles` does not know, beside its first row that was taken.
pub fn unknown(rows: &mut Vec<Row>, context: &Context, document: Option<&str>) {
    if rows.iter().any(|row| row.read.is_ok()) {
        tell(rows, lacking(context, document).into_iter().collect());
    }
}

/// The note where an article's text is not at hand, once a document.
pub fn without_text(rows: &mut Vec<Row>) {
    let reason =
        "the article's text is not at hand (--articles), so that none was compared with it";
    tell(rows, vec![Note::Offset(reason.to_owned())]);
}
