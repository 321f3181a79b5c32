//! Reading of a printed speaker: title and name are told apart, or there is no name.

use super::SpeakerReading;
use super::name::{is_degree, is_given_name, is_regnal, weight};
use super::plural::is_plural_source;
use crate::domain::organisation::grammar::tidy;
use crate::domain::organisation::tokens::{Break, Case, Tokens};
use crate::domain::organisation::tsv::rows;
use crate::domain::organisation::{self, Reading};
use crate::domain::role::phrase::{Part, Phrase, parts};
use crate::domain::role::words::{MODIFIERS, Word};
use std::collections::HashSet;
use std::sync::LazyLock;

/// Words for nobody, and pronouns.
static NOBODY: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    rows(MODIFIERS)
        .filter(|row| matches!(row.column(0), "NOBODY" | "PRONOUN"))
        .flat_map(|row| row.values(1).map(|(_, text)| text).collect::<Vec<_>>())
        .collect()
});

/// See [`super::read_speaker`].
pub(super) fn read(printed: &str) -> SpeakerReading {
    let text = trim(printed);
    if !text.chars().any(char::is_alphabetic) || is_nobody(text) {
        return SpeakerReading::Nobody;
    }
    let mut tokens = Tokens::of(text);
    let parts = parts(&mut tokens);
    let phrase = Phrase::new(&tokens, parts);
    if phrase.parts.is_empty() {
        return SpeakerReading::Nobody;
    }
    let speaker = Speaker { lower: tokens.is_all_lower(), phrase: &phrase };
    if let Some(found) = joined(text).filter(|_| speaker.whole_body().is_none()) {
        return found;
    }
    if phrase.mentions.is_empty() && is_uncased(text) {
        let title = text.split_whitespace().collect::<Vec<_>>().join(" ");
        return match is_uncased_name(text) {
            true => SpeakerReading::Person { name: title, title: None, organisation: None },
            false => SpeakerReading::Unnamed { title, group: false },
        };
    }
    speaker.read(text)
}

/// "Ada Quill and Bob Stone": the first of two; "John and Mary Smith": a group.
fn joined(text: &str) -> Option<SpeakerReading> {
    let (left, right) = text.split_once(" and ").or_else(|| text.split_once(" & "))?;
    let capital =
        |text: &str| text.split_whitespace().all(|word| word.starts_with(char::is_uppercase));
    let bare = |text: &str| match read(text) {
        SpeakerReading::Person { name, title: None, organisation: None }
            if capital(&name) && name.split_whitespace().count() >= 2 =>
        {
            Some(name)
        }
        _ => None,
    };
    bare(right)?;
    if let Some(name) = bare(left) {
        return Some(SpeakerReading::Person { name, title: None, organisation: None });
    }
    let mut tokens = Tokens::of(left);
    let parts = parts(&mut tokens);
    matches!(parts.as_slice(), [only] if only.is_name())
        .then(|| SpeakerReading::Unnamed { title: tidy_title(text), group: true })
}

/// Words of offices and bodies in scripts without case, with which no name begins or ends.
const UNCASED_OFFICES: &[&str] = &[
    "部",
    "人",
    "官",
    "者",
    "府",
    "省",
    "军",
    "軍",
    "国",
    "國",
    "会",
    "會",
    "院",
    "局",
    "党",
    "黨",
    "社",
    "相",
    "大臣",
    "总统",
    "總統",
    "主席",
    "总理",
    "總理",
    "대변인",
    "관계자",
    "장관",
    "정부",
    "국방부",
    "대통령",
    "위원장",
    "متحدث",
    "المتحدث",
    "الناطق",
    "وزير",
    "وزارة",
    "الرئيس",
    "رئيس",
    "مسؤول",
    "דובר",
    "שר",
    "משרד",
    "ראש",
    "נשיא",
    "โฆษก",
    "นายกรัฐมนตรี",
    "รัฐมนตรี",
    "กระทรวง",
];

/// Whether all letters are of scripts without case.
fn is_uncased(text: &str) -> bool {
    let mut letters = text.chars().filter(|c| c.is_alphabetic()).peekable();
    letters.peek().is_some() && !letters.any(|c| c.is_lowercase() || c.is_uppercase())
}

/// A name in a script without case: two to four Han characters or Korean syllables, else two to
/// four words, none of them an office.
fn is_uncased_name(text: &str) -> bool {
    if text.chars().any(char::is_numeric)
        || UNCASED_OFFICES
            .iter()
            .any(|word| text.starts_with(word) && word.chars().count() > 1 || text.ends_with(word))
    {
        return false;
    }
    let words = text
        .split([' ', '\u{a0}', '\u{30fb}', '\u{b7}', '\u{ff65}'])
        .filter(|word| !word.is_empty())
        .count();
    let dense = text.chars().any(|c| {
        matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}')
    });
    match words {
        1 => dense && (2..=4).contains(&text.chars().count()),
        2..=4 => text.chars().count() <= 40,
        _ => false,
    }
}

/// Takes stray punctuation off; a bracket only where it has no counterpart inside, or both
/// stand around the whole.
fn trim(printed: &str) -> &str {
    const STRAY: [char; 8] = [',', ';', ':', '"', '\u{201c}', '\u{201d}', '\u{2013}', '\u{2014}'];
    let mut text = printed;
    loop {
        let stray = |c: char| STRAY.contains(&c) || c == '-' || c.is_whitespace();
        text = text.trim_matches(stray);
        let (opened, closed) = (text.matches('(').count(), text.matches(')').count());
        text = match (text.strip_prefix('('), text.strip_suffix(')')) {
            (Some(rest), None) => rest,
            (Some(_), Some(_)) if opened == 1 && closed == 1 => &text[1..text.len() - 1],
            (None, Some(rest)) if closed > opened => rest,
            _ => match text.strip_suffix('(') {
                Some(rest) => rest,
                None => return text,
            },
        };
    }
}

fn is_nobody(text: &str) -> bool {
    // "Speaker 1" and the like of transcripts.
    let numbered =
        text.rsplit_once([' ', '_']).filter(|(_, end)| end.bytes().all(|b| b.is_ascii_digit()));
    if let Some((word, _)) = numbered
        && ["speaker", "spk", "person", "unknown"].contains(&word.to_lowercase().as_str())
    {
        return true;
    }
    text.len() <= 24 && (NOBODY.contains(text) || NOBODY.contains(text.to_lowercase().as_str()))
}

/// A speaker string that is split into parts.
pub(super) struct Speaker<'a> {
    pub phrase: &'a Phrase<'a>,
    /// Nothing is printed in capitals.
    pub lower: bool,
}

impl Speaker<'_> {
    fn read(&self, text: &str) -> SpeakerReading {
        if let Some(body) = self.whole_body() {
            return body;
        }
        let segments = self.segments();
        if let Some(name) = self.inverted(&segments) {
            return SpeakerReading::Person { name, title: None, organisation: None };
        }
        // "John Kirby, the defense department spokesman," and "UN spokesman, Stephane Dujarric".
        for (n, (start, end)) in segments.iter().enumerate() {
            if let Some((title_end, name_end)) = self.person(*start, *end) {
                let before = (title_end > *start).then_some((*start, title_end));
                let other = before.or_else(|| self.title_beside(&segments, n));
                return self.named(*start, title_end, name_end, other);
            }
        }
        let title = tidy_title(text);
        match title.is_empty() {
            true => SpeakerReading::Nobody,
            false => SpeakerReading::Unnamed { group: self.is_group(&title), title },
        }
    }

    /// "Chomsky, Noam": family name first.
    fn inverted(&self, segments: &[(usize, usize)]) -> Option<String> {
        let [(family, 1), (given, 2)] = segments else {
            return None;
        };
        let names = self.part(*family).is_name()
            && self.part(*given).is_name()
            && !is_degree(self.phrase.fold(*given));
        names.then(|| format!("{} {}", self.phrase.print(*given), self.phrase.print(*family)))
    }

    fn is_group(&self, title: &str) -> bool {
        is_plural_source(title)
    }

    pub(super) fn part(&self, at: usize) -> &Part {
        &self.phrase.parts[at]
    }

    /// The stretches between commas and brackets.
    fn segments(&self) -> Vec<(usize, usize)> {
        let count = self.phrase.parts.len();
        let mut segments = Vec::with_capacity(2);
        let mut start = 0;
        for at in 1..count {
            let inside = self.phrase.mention_at(at).is_some_and(|mention| mention.start < at);
            if self.part(at).item.gap != Break::None && !inside {
                segments.push((start, at));
                start = at;
            }
        }
        segments.push((start, count));
        segments
    }

    /// The whole string is one organisation.
    fn whole_body(&self) -> Option<SpeakerReading> {
        let count = self.phrase.parts.len();
        let first = (0..count).find(|at| self.part(*at).word != Some(Word::Article))?;
        let items = first..count;
        let print = tidy(
            self.phrase
                .tokens
                .print_bare(self.part(first).item.start, self.part(count - 1).item.end),
        );
        if count == first + 1
            && self.part(first).item.is_place()
            && self.part(first).head().is_none()
            && (self.part(first).item.case != Case::Lower)
            && !self.part(first).item.possessive
        {
            return Some(SpeakerReading::Organisation(print));
        }
        let mention = self.phrase.mentions.first()?;
        // "Ministry of Defence (Marenia)": of a country that nobody knows.
        let bracket = mention.end + 1 == count
            && mention.body.is_some()
            && !mention.is_proper()
            && self.part(mention.end).item.gap == Break::Hard;
        if mention.start > first || mention.end < items.end && !bracket {
            return None;
        }
        if bracket {
            return Some(SpeakerReading::Organisation(print));
        }
        if self.is_surname_body(first, count) {
            return None;
        }
        let people = matches!(mention.body_slug(), "police" | "armed-forces" | "marines")
            || mention.kind == crate::domain::vocabulary::OrganisationKind::ArmedGroup;
        if people && !mention.is_proper() {
            return Some(SpeakerReading::Unnamed { title: print, group: true });
        }
        // Of a name that is not listed the article stays: "The Harbour Gazette".
        let all = self.phrase.tokens.print(self.part(0).item.start, self.part(count - 1).item.end);
        match organisation::read(all) {
            Reading::Unlisted { name, .. } if name.ends_with(&print) => {
                Some(SpeakerReading::Organisation(name))
            }
            _ => Some(SpeakerReading::Organisation(print)),
        }
    }

    /// "Charlotte Church", "Margaret Court": a name and a word that is a surname too.
    pub(super) fn is_surname_body(&self, first: usize, end: usize) -> bool {
        end == first + 2
            && self.part(first).is_name()
            && self.part(first + 1).item.listed().is_none()
            && matches!(
                self.phrase.fold(first + 1).trim_end_matches('s'),
                "iglesia"
                    | "chu"
                    | "wood"
                    | "field"
                    | "bridge"
                    | "church"
                    | "court"
                    | "temple"
                    | "house"
                    | "abbey"
                    | "chapel"
                    | "parish"
                    | "order"
                    | "press"
                    | "city"
                    | "farm"
                    | "center"
                    | "board"
                    | "bank"
                    | "school"
                    | "club"
                    | "daily"
                    | "capital"
                    | "journal"
                    | "shop"
                    | "trust"
                    | "fund"
                    | "minister"
                    | "navy"
                    | "plant"
                    | "steel"
                    | "games"
                    | "forces"
                    | "cabinet"
                    | "labs"
                    | "corps"
                    | "office"
                    | "forum"
                    | "group"
                    | "academy"
                    | "center's"
                    | "park"
                    | "service"
                    | "channel"
                    | "monastery"
                    | "partners"
                    | "hospital's"
                    | "counties"
                    | "county"
                    | "league"
                    | "survey"
                    | "store"
                    | "college"
            )
    }

    /// The neighbouring segment that has a head noun.
    fn title_beside(&self, segments: &[(usize, usize)], name: usize) -> Option<(usize, usize)> {
        let next = segments.get(name + 1..)?.iter();
        let previous = segments.get(..name)?.iter();
        let found = next.chain(previous).find(|(start, end)| {
            (*start..*end).any(|at| self.part(at).head().is_some())
                && !is_degree(self.phrase.fold(*start))
        })?;
        // A title after the name runs on through its own commas.
        let to = if found.0 > segments[name].0 { self.phrase.parts.len() } else { found.1 };
        Some((found.0, to))
    }

    fn named(
        &self,
        start: usize,
        split: usize,
        end: usize,
        title: Option<(usize, usize)>,
    ) -> SpeakerReading {
        let tokens = self.phrase.tokens;
        let token = |at: usize| {
            if at < self.phrase.parts.len() { self.part(at).item.start } else { tokens.len() }
        };
        let regnal = split > start && is_regnal(self.phrase.fold(split - 1));
        let single = weight(tokens, token(split), token(end)) < 2;
        let doubtful =
            single && split == start + 1 && is_given_name(self.phrase.fold(start)) && !regnal;
        let from = if regnal || single { self.name_start(start, split) } else { split };
        let name = tidy(tokens.print_bare(token(from), token(end)));
        let honorific_only = split > start
            && (start..split)
                .all(|at| matches!(self.part(at).word, Some(Word::Honorific | Word::Article)));
        let title = title.filter(|_| !doubtful && !honorific_only);
        SpeakerReading::Person {
            name,
            organisation: title.and_then(|(from, to)| self.body_in(from, to)),
            title: title
                .map(|(from, to)| tidy_title(tokens.print_bare(token(from), token(to))))
                .filter(|title| !title.is_empty()),
        }
    }

    /// Articles do not belong to a name that keeps its title.
    fn name_start(&self, start: usize, split: usize) -> usize {
        (start..split).find(|at| self.part(*at).word != Some(Word::Article)).unwrap_or(start)
    }

    fn body_in(&self, from: usize, to: usize) -> Option<String> {
        let mention =
            self.phrase.mentions.iter().find(|mention| {
                mention.start >= from && mention.end <= to && mention.is_proper()
            })?;
        let (first, last) =
            (self.part(mention.start).item.start, self.part(mention.end - 1).item.end);
        Some(tidy(self.phrase.tokens.print_bare(first, last)))
    }
}

/// A title without stray punctuation and single-spaced; its article stays as printed.
fn tidy_title(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    text.trim_matches(|c: char| matches!(c, ',' | ';' | ':' | '(' | ')') || c.is_whitespace())
        .to_owned()
}
