//! What the beginning of an input shows, so that formats can tell whether it is theirs.

use std::collections::BTreeMap;

use serde::de::IgnoredAny;

use super::cut::{BYTE_ORDER_MARK, Body, MAX_LINE, Shape, head};
use super::record::peek;

/// How many lines are looked at for one that shows the format.
const LINES: usize = 1_000;
/// How many bytes of an input are looked at.
pub const PEEKED: usize = 4 << 20;

/// One way to look at the beginning of an input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sight {
    /// How records would lie in it.
    pub shape: Shape,
    /// The keys of a record that is a JSON object, or the cells of a table's head as they are printed.
    pub names: Vec<String>,
    /// Of a document or line the keys of the first object within it: of its first quote, say.
    pub inner: Vec<String>,
    /// The first line that is not blank.
    pub line: String,
}

impl Sight {
    /// Whether a record has all of these keys or columns.
    pub fn has(&self, names: &[&str]) -> bool {
        names.iter().all(|name| self.names.iter().any(|found| found == name))
    }

    /// Whether the first object within a record has all of these keys.
    pub fn holds(&self, names: &[&str]) -> bool {
        names.iter().all(|name| self.inner.iter().any(|found| found == name))
    }

    /// Every way to look at an input that begins so, the likeliest first; `whole` tells that nothing
    /// follows.
    pub fn all(bytes: &[u8], whole: bool) -> Vec<Self> {
        let text = bare(bytes);
        let line = text.split(|&byte| byte == b'\n').next().unwrap_or_default();
        let line = String::from_utf8_lossy(line).trim_end().to_owned();
        let sight = |shape, (names, inner)| Self { shape, names, inner, line: line.clone() };
        let mut all = Vec::new();
        if text.first() == Some(&b'[') {
            all.push(sight(Shape::Elements, keys(&text[1..])));
            all.push(sight(Shape::Document, keys(&text[1..])));
        }
        all.extend(objects(bytes, whole).map(|keys| sight(Shape::Lines, keys)));
        let first_ends = whole || text.contains(&b'\n') || text.len() > MAX_LINE;
        match text.first() {
            Some(b'{') if first_ends => all.push(sight(Shape::Document, keys(text))),
            Some(b'{' | b'[') | None => {}
            Some(_) if first_ends => {
                all.push(sight(Shape::Lines, Default::default()));
                if let Some(Body::Cells(_, cells)) = head(text).map(|record| record.body) {
                    let names = cells.iter().map(|cell| cell.trim().to_owned()).collect();
                    all.push(sight(Shape::Table, (names, Vec::new())));
                }
                all.push(sight(Shape::Document, Default::default()));
            }
            Some(_) => {}
        }
        all
    }
}

/// What stands behind white space and byte order marks.
fn bare(bytes: &[u8]) -> &[u8] {
    let mut text = bytes.trim_ascii_start();
    while let Some(behind) = text.strip_prefix(BYTE_ORDER_MARK) {
        text = behind.trim_ascii_start();
    }
    text
}

/// The keys of the lines that are JSON objects.
fn objects(bytes: &[u8], whole: bool) -> impl Iterator<Item = (Vec<String>, Vec<String>)> {
    let ended = if whole { bytes.len() } else { memchr::memrchr(b'\n', bytes).unwrap_or(0) };
    let lines = bytes[..ended].split(|&byte| byte == b'\n').take(LINES);
    let lines = lines.map(|line| line.strip_prefix(BYTE_ORDER_MARK).unwrap_or(line));
    let object = |line: &[u8]| {
        let there = line.len() <= MAX_LINE && line.trim_ascii_start().first() == Some(&b'{');
        there && peek::<BTreeMap<String, IgnoredAny>>(line).is_some()
    };
    lines.filter(move |line| object(line)).map(keys)
}

/// The keys of the object that these bytes begin with, and those of the first object within it. The
/// bytes may end anywhere.
fn keys(bytes: &[u8]) -> (Vec<String>, Vec<String>) {
    let (mut outer, mut inner) = (Vec::new(), Vec::new());
    let (mut depth, mut opened, mut first) = (0usize, 0usize, None);
    let mut word: Option<&[u8]> = None;
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        at += 1;
        match byte {
            b'"' => {
                let start = at;
                while bytes.get(at).is_some_and(|&byte| byte != b'"') {
                    at += if bytes[at] == b'\\' { 2 } else { 1 };
                }
                word = bytes.get(start..at);
                at += 1;
                continue;
            }
            b'{' => {
                depth += 1;
                opened += 1;
                // The first one within the outermost, however deep in lists.
                if opened == 2 {
                    first = Some(depth);
                }
            }
            b'[' => depth += 1,
            b'}' | b']' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    break;
                }
                if first.is_some_and(|first| depth < first) {
                    first = Some(usize::MAX);
                }
            }
            b':' => {
                if let Some(word) = word.take() {
                    let key = String::from_utf8_lossy(word).into_owned();
                    if depth == 1 {
                        outer.push(key);
                    } else if first == Some(depth) {
                        inner.push(key);
                    }
                }
            }
            _ => {}
        }
    }
    (outer, inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shapes(text: &str) -> Vec<(Shape, Vec<String>)> {
        let all = Sight::all(text.as_bytes(), true).into_iter();
        all.map(|sight| (sight.shape, sight.names)).collect()
    }

    fn names(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn a_beginning_is_looked_at_in_every_way_that_it_allows() {
        let both = [(Shape::Lines, names(&["a"])), (Shape::Document, names(&["a"]))];
        assert_eq!(shapes("{\"a\": {\"b\": 1}}\n"), both);
        let array = [(Shape::Elements, names(&["a"])), (Shape::Document, names(&["a"]))];
        assert_eq!(shapes("[{\"a\": 1}, {\"b\""), array);
        assert_eq!(
            shapes("{\n \"a\": \"{\\\"\", \"b\": [{"),
            [(Shape::Document, names(&["a", "b"]))]
        );
        let text = [
            (Shape::Lines, names(&[])),
            (Shape::Table, names(&["Text", "Who"])),
            (Shape::Document, names(&[])),
        ];
        assert_eq!(shapes("\u{feff}Text;Who\n1;2\n"), text);
        assert_eq!(shapes(" \n"), []);
    }

    #[test]
    fn the_first_object_within_a_record_shows_its_keys() {
        let text = r#"{"id": "x", "quotes": [{"text": "y", "by": {"z": 1}}, {"no": 1}]}"#;
        let sights = Sight::all(text.as_bytes(), true);
        assert_eq!(sights[0].inner, names(&["text", "by"]));
    }

    #[test]
    fn a_line_that_may_go_on_shows_nothing() {
        assert_eq!(Sight::all(b"{\"a\"", false), []);
    }
}
