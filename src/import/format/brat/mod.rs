//! brat's stand-off annotations: `story.ann` about the text in `story.txt`.
//!
//! Quotes are spans with a label such as `Quote` or `Content` (PARC, PolNeAR), attributed by an event
//! (`Content:T3 Cue:T2 Source:T1`) or by relations to spans labelled `Source` or `Speaker`, and `Cue`.
//! brat counts characters; some exporters write bytes. The words behind all offsets together tell
//! which, and whether they are right ([`crate::domain::offset`]). brat joins the fragments of a discontinuous span
//! by a space; here they are pieces ([`super::found`]).

mod annotations;
mod annotators;
mod part;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;

use annotations::{Annotations, Bound};
use annotators::Annotated;
use part::Part;

use super::found::{
    Attributed, MAX_QUOTES, OMISSION, Piece, Words, line, tell, too_many, unit, unknown,
    without_text,
};
use super::speakers::Speakers;
use super::{Known, Reader, Text};
use crate::domain::article::Article;
use crate::domain::attribution::split;
use crate::domain::field::{MAX_ID, required};
use crate::domain::offset::{Index, Unit};
use crate::domain::quote::QuoteKind;
use crate::domain::reading::Extractor;
use crate::domain::text;
use crate::import::context::Context;
use crate::import::cut::Shape;
use crate::import::record::{Line, Note, Row};
use crate::import::rejection::{Code, Fault};

pub(super) const KNOWN: Known = Known {
    name: "brat",
    about: "brat's stand-off annotations (.ann), beside their text (.txt)",
    shapes: &[Shape::Document],
    recognises: |sight| is_annotation(&sight.line),
    reader: |context| {
        let annotated = Annotated::of(context);
        let is_wanted = annotated.is_wanted(context.settings.annotator.as_deref())?;
        Ok(Box::new(Brat { context: context.clone(), annotated, is_wanted }))
    },
};

/// In what brat's users count.
const UNITS: [Unit; 3] = [Unit::Characters, Unit::Bytes, Unit::Utf16];
/// How many sources or cues of one quote are read, and relations of one annotation.
const MAX_PARTS: usize = 50;
/// How much longer than their file the rows of it may be: annotations may refer to each other.
const MAX_GROWTH: usize = 8;

/// Whether a line is one of brat's.
fn is_annotation(line: &str) -> bool {
    let mut fields = line.split('\t');
    let (id, head) = (fields.next().unwrap_or_default(), fields.next().unwrap_or_default());
    let number = id.get(1..).unwrap_or_default();
    let is_id = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    let second = head.split(' ').nth(1).unwrap_or_default();
    match id.as_bytes().first() {
        Some(b'T') => is_id && second.parse::<u64>().is_ok(),
        Some(b'E') => is_id && head.contains(":T"),
        Some(b'R') => is_id && second.contains(':'),
        Some(b'A' | b'M' | b'#' | b'N') => is_id && second.starts_with(['T', 'E', 'R']),
        Some(b'*') => id == "*" && second.starts_with(['T', 'E', 'R']),
        _ => false,
    }
}

/// A quote: its words, and who says them with what verb.
#[derive(Debug, Default)]
struct Group<'a> {
    /// The id of the event, or of the words.
    id: &'a str,
    contents: Vec<&'a Bound<'a>>,
    sources: Vec<&'a Bound<'a>>,
    cues: Vec<&'a Bound<'a>>,
    /// All lines that belong to it.
    lines: Vec<&'a str>,
    /// What it refers to and is not there.
    missing: Option<&'a str>,
    /// What is related to more than is read.
    crowded: Option<&'a str>,
}

impl<'a> Group<'a> {
    fn take(&mut self, bound: &'a Bound<'a>, part: Part) {
        let list = match part {
            Part::Content(_) => &mut self.contents,
            Part::Source => &mut self.sources,
            Part::Cue => &mut self.cues,
            Part::Other => return self.lines.push(bound.line),
        };
        if list.len() <= MAX_PARTS && !list.iter().any(|known| known.id == bound.id) {
            list.push(bound);
            self.lines.push(bound.line);
        }
    }

    /// Takes what relations lead to from this annotation.
    fn lead(&mut self, from: &'a str, ends: &[End<'a>], part: Part) {
        if ends.len() > MAX_PARTS {
            self.crowded = Some(from);
        }
        // One more than is read shows that there are more.
        for (end, line) in ends.iter().take(MAX_PARTS + 1) {
            match end {
                Ok(bound) => self.take(bound, part),
                Err(missing) => self.missing = Some(missing),
            }
            self.lines.push(line);
        }
    }
}

struct Brat {
    context: Context,
    annotated: Annotated,
    is_wanted: bool,
}

impl Reader for Brat {
    fn read(&mut self, record: &Text<'_>) -> Vec<Row> {
        self.rows(record).unwrap_or_else(|fault| vec![Row::of(Err(fault))])
    }
}

impl Brat {
    fn rows(&self, record: &Text<'_>) -> Result<Vec<Row>, Fault> {
        let Self { context, annotated, is_wanted } = self;
        let mut rows: Vec<Row> = Vec::new();
        let annotator = annotated.annotator.as_deref();
        if !is_wanted {
            let reason = format!("annotations by {}", annotator.unwrap_or_default());
            tell(&mut rows, vec![Note::NoQuote(reason)]);
            return Ok(rows);
        }
        let document = annotated.document.as_deref();
        let article = context.article(document)?;
        let index = context.text_or(document, annotated.text.clone())?.map(Index::new);
        let annotations = Annotations::read(record.text);
        let unit = unit(index.as_ref(), &UNITS, annotations.bounds.values().filter_map(piece));
        let text = index.as_ref().map(|index| (index, unit.unwrap_or(Unit::Characters)));
        let (groups, others) = grouped(&annotations);
        if groups.len() + annotations.faults.len() > MAX_QUOTES {
            return Err(too_many());
        }
        let name = match annotator {
            Some(annotator) => format!("{}/{annotator}", KNOWN.name),
            None => KNOWN.name.to_owned(),
        };
        let mut length = 0;
        for mut group in groups {
            // Each once, whatever names it how often: an id that stands there twice is nobody's. They are
            // told apart by where they begin, since they may be long.
            let mut told = HashSet::new();
            group.lines.retain(|line| told.insert(line.as_ptr()));
            let alone = group.lines.join("\n");
            length += alone.len();
            if length > record.text.len().saturating_mul(MAX_GROWTH) {
                let reason = "its annotations refer to the same words over and over";
                return Err(Fault::line(Code::BadValue, reason));
            }
            let extractor = Extractor { name: name.clone(), version: None };
            let row = quote(&group, &annotations, &article, text, extractor);
            rows.push(Row::within(group.id.to_owned(), alone, row));
        }
        unknown(&mut rows, context, document);
        if index.is_none() && !rows.is_empty() {
            without_text(&mut rows);
        }
        if !others.is_empty() {
            let others = others.into_iter().map(|(label, count)| format!("{count} × {label}"));
            let others: Vec<String> = others.collect();
            tell(&mut rows, vec![Note::NoQuote(others.join(", "))]);
        }
        for (id, line, fault) in annotations.faults {
            rows.push(Row::within(id.chars().take(80).collect(), line, Err(fault)));
        }
        Ok(rows)
    }
}

/// The quotes, in the order of the text, and how many spans of which label, and events of which kind,
/// belong to none.
fn grouped<'a>(all: &'a Annotations<'a>) -> (Vec<Group<'a>>, BTreeMap<String, u32>) {
    let mut groups: Vec<Group<'a>> = Vec::new();
    let mut taken: BTreeSet<&str> = BTreeSet::new();
    let mut others: BTreeMap<String, u32> = BTreeMap::new();
    for event in &all.events {
        let mut group = Group { id: event.id, ..Group::default() };
        let mut part_of: Vec<&str> = Vec::new();
        for (number, (role, id)) in event.parts.iter().enumerate() {
            let bound = all.bounds.get(id);
            let label = bound.map(|bound| bound.label).unwrap_or_default();
            // What is called as its event is the trigger, and has no role.
            let is_trigger = number == 0 && *role == label;
            let part = if is_trigger { Some(Part::of(label)) } else { Part::in_event(role, label) };
            let Some(part) = part else { continue };
            match bound {
                Some(bound) => {
                    part_of.push(id);
                    group.take(bound, part);
                }
                // An event may take part in another one.
                None if id.starts_with('T') => group.missing = Some(id),
                None => {}
            }
        }
        group.lines.push(event.line);
        if group.missing.is_some() || !group.contents.is_empty() {
            taken.extend(part_of);
            groups.push(group);
        } else {
            let kind = event.parts.first().map(|(kind, _)| *kind).unwrap_or_default();
            *others.entry(format!("event {kind}")).or_default() += 1;
        }
    }
    let ends = Ends::of(all);
    for bound in all.bounds.values() {
        if matches!(Part::of(bound.label), Part::Content(_)) && !taken.contains(bound.id) {
            let group = related(&ends, bound);
            taken.extend(group.sources.iter().chain(&group.cues).map(|bound| bound.id));
            groups.push(group);
        }
    }
    for bound in all.bounds.values() {
        if Part::of(bound.label) == Part::Other && !taken.contains(bound.id) {
            *others.entry(bound.label.to_owned()).or_default() += 1;
        }
    }
    for group in &mut groups {
        for id in group.contents.iter().map(|content| content.id).chain([group.id]) {
            let attributes = all.attributes.get(id).into_iter().flatten().take(MAX_PARTS);
            group.lines.extend(attributes.map(|attribute| attribute.line));
        }
        group.contents.sort_by_key(|content| content.spans.first().copied());
    }
    let start = |group: &Group<'_>| {
        let first = group.contents.first();
        (first.and_then(|content| content.spans.first().copied()), group.id.to_owned())
    };
    groups.sort_by_cached_key(start);
    (groups, others)
}

/// What a relation leads to, or the id of what is not there; and its line.
type End<'a> = (Result<&'a Bound<'a>, &'a str>, &'a str);

/// Whatever relations lead to from an annotation that a quote may need.
#[derive(Debug, Default)]
struct Ends<'a> {
    /// Sources, and what is not there.
    sources: Vec<End<'a>>,
    cues: Vec<End<'a>>,
}

impl<'a> Ends<'a> {
    /// By the id of each annotation.
    fn of(all: &'a Annotations<'a>) -> BTreeMap<&'a str, Self> {
        let mut found: BTreeMap<&str, Self> = BTreeMap::new();
        let relations = all.related.iter();
        for (id, relation) in relations.flat_map(|(id, all)| all.iter().map(move |one| (id, one))) {
            let bound = all.bounds.get(relation.other);
            let label = bound.map(|bound| bound.label);
            // What is not there may have been anything that this relation can lead to.
            let part = Part::related(relation.label, label.unwrap_or("source"));
            let ends = found.entry(id).or_default();
            let end = bound.ok_or(relation.other);
            match part {
                None => {}
                Some(_) if bound.is_none() && all.is_event(relation.other) => {}
                Some(Part::Cue) => ends.cues.push((end, relation.line)),
                Some(_) => ends.sources.push((end, relation.line)),
            }
        }
        found
    }
}

/// The quote with these words, and what is related to them, directly or by their cue.
fn related<'a>(ends: &BTreeMap<&str, Ends<'a>>, content: &'a Bound<'a>) -> Group<'a> {
    let mut group = Group { id: content.id, ..Group::default() };
    group.take(content, Part::Content(None));
    if let Some(ends) = ends.get(content.id) {
        group.lead(content.id, &ends.sources, Part::Source);
        group.lead(content.id, &ends.cues, Part::Cue);
    }
    let cues: Vec<&str> = group.cues.iter().map(|cue| cue.id).collect();
    for cue in cues {
        if let Some(ends) = ends.get(cue) {
            group.lead(cue, &ends.sources, Part::Source);
        }
    }
    group
}

fn quote(
    group: &Group<'_>,
    all: &Annotations<'_>,
    article: &Arc<Article>,
    text: Option<(&Index, Unit)>,
    extractor: Extractor,
) -> Result<Line, Fault> {
    if let Some(missing) = group.missing {
        let reason = format!("refers to {missing}, which is not there");
        return Err(Fault::value(group.id, reason));
    }
    if let Some(crowded) = group.crowded {
        let reason = format!("{crowded} is related to more than {MAX_PARTS} others");
        return Err(Fault::value(group.id, reason));
    }
    if group.contents.len().max(group.sources.len()).max(group.cues.len()) > MAX_PARTS {
        return Err(Fault::value(group.id, format!("has more than {MAX_PARTS} parts of a sort")));
    }
    let mut pieces = Vec::new();
    for content in &group.contents {
        pieces.extend(fragments(content, text)?);
    }
    let (index, unit) = (text.map(|(index, _)| index), text.map(|(_, unit)| unit));
    let mut words = Words::of(&pieces, index, unit.as_slice());
    words.kind = kind(group, all, words.kind);
    let mut speakers = Speakers::default();
    for (at, source) in group.sources.iter().enumerate() {
        let parts: Vec<String> =
            fragments(source, text)?.into_iter().map(|piece| piece.text.into_owned()).collect();
        let whole = parts.join(OMISSION);
        match (at, parts.as_slice()) {
            (0, [part]) => speakers = Speakers::of(Some(part), None),
            (0, parts) => {
                // No name is read across what lies between two fragments.
                let all = parts.iter().map(|part| split(part));
                let named = all.into_iter().find(|printed| printed.speaker.is_some());
                speakers.printed = named.unwrap_or_default();
                speakers.printed.attribution = Some(whole);
            }
            _ => speakers.joined_by(&whole),
        }
    }
    let mut cues = Vec::new();
    for cue in &group.cues {
        cues.extend(fragments(cue, text)?.into_iter().map(|piece| piece.text.into_owned()));
    }
    let by = Attributed {
        printed: speakers.printed,
        further: speakers.further,
        cue: (!cues.is_empty()).then(|| cues.join(OMISSION)),
        external_id: Some(required("id", group.id, MAX_ID)?),
        ..Attributed::default()
    };
    line(article, words, by, extractor)
}

/// How the words are rendered: what an attribute says, else the label, else the quotation marks.
fn kind(group: &Group<'_>, all: &Annotations<'_>, by_marks: QuoteKind) -> QuoteKind {
    let ids = group.contents.iter().map(|content| content.id).chain([group.id]);
    let attributes = ids.flat_map(|id| all.attributes.get(id).into_iter().flatten());
    let said = |attribute: &annotations::Attribute<'_>| {
        let word = attribute.value.unwrap_or(attribute.label);
        word.to_ascii_uppercase().parse::<QuoteKind>().ok()
    };
    let label = group.contents.iter().find_map(|content| match Part::of(content.label) {
        Part::Content(kind) => kind,
        _ => None,
    });
    let named_quote = group.contents.iter().any(|content| {
        let label = content.label.to_ascii_lowercase();
        label.contains("quot")
    });
    attributes.into_iter().find_map(said).or(label).unwrap_or(match by_marks {
        // Annotators of quotes leave the marks outside; those of contents do not.
        QuoteKind::Indirect if named_quote => QuoteKind::Direct,
        kind => kind,
    })
}

/// A span that is one, with its words.
fn piece<'a>(bound: &Bound<'a>) -> Option<Piece<'a>> {
    let [span] = bound.spans.as_slice() else { return None };
    Some(Piece { text: Cow::Borrowed(bound.text), span: Some(*span) })
}

/// The fragments of a span, each with its words.
fn fragments<'a>(bound: &Bound<'a>, text: Option<(&Index, Unit)>) -> Result<Vec<Piece<'a>>, Fault> {
    if let Some(piece) = piece(bound) {
        return Ok(vec![piece]);
    }
    let cut = text.and_then(|(index, unit)| in_text(bound, index, unit));
    let cut = cut.or_else(|| UNITS.iter().find_map(|&unit| by_lengths(bound, unit)));
    let texts = cut.ok_or_else(|| {
        let reason = "has fragments that cannot be told apart: their offsets do not fit the words \
                      behind them";
        Fault::value(bound.id, reason)
    })?;
    let pieces = texts.into_iter().zip(&bound.spans);
    Ok(pieces.map(|(text, span)| Piece { text: Cow::Owned(text), span: Some(*span) }).collect())
}

/// The fragments as the text has them, where they are the words of the span.
fn in_text(bound: &Bound<'_>, index: &Index, unit: Unit) -> Option<Vec<String>> {
    let mut room = bound.text.len().saturating_mul(4);
    let place = |&(start, end): &(u64, u64)| {
        let place = index.span(start, end, unit)?;
        let there = index.text(&place);
        room = room.checked_sub(there.len())?;
        Some(there.to_owned())
    };
    let texts: Vec<String> = bound.spans.iter().map(place).collect::<Option<_>>()?;
    (text::words(&texts.join(" ")) == text::words(bound.text)).then_some(texts)
}

/// The words cut where the lengths of the fragments say.
fn by_lengths(bound: &Bound<'_>, unit: Unit) -> Option<Vec<String>> {
    let index = Index::new(bound.text);
    let mut at = 0u64;
    let mut texts = Vec::new();
    for (start, end) in &bound.spans {
        let behind = at.checked_add(end.checked_sub(*start)?)?;
        texts.push(index.text(&index.span(at, behind, unit)?).to_owned());
        // brat's separator, one unit in each of them.
        if let Some(next) = index.span(behind, behind + 1, unit)
            && index.text(&next) != " "
        {
            return None;
        }
        at = behind + 1;
    }
    let whole = index.span(0, at - 1, unit)?;
    (index.text(&whole) == bound.text).then_some(texts)
}
