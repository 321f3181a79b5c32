//! Lists as pandas writes them into a cell: literals of Python (`['Q1', 'Q2']`,
//! `[['None', '0.7'], ["Bill O'Quill", '0.3']]`, tuples).

use std::fmt;
use std::iter::Peekable;
use std::marker::PhantomData;
use std::str::Chars;

use serde::de::value::SeqAccessDeserializer;
use serde::de::{DeserializeOwned, Deserializer, Error, SeqAccess, Visitor};
use serde_json::Value;

/// How deep a list may nest.
const MAX_DEPTH: usize = 8;

/// Reads a list, of JSON or printed as Python does.
pub fn list<'de, D, T>(from: D) -> Result<Vec<T>, D::Error>
where
    D: Deserializer<'de>,
    T: DeserializeOwned,
{
    struct Listed<T>(PhantomData<T>);

    impl<'de, T: DeserializeOwned> Visitor<'de> for Listed<T> {
        type Value = Vec<T>;

        fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
            out.write_str("a list")
        }

        fn visit_unit<E>(self) -> Result<Vec<T>, E> {
            Ok(Vec::new())
        }

        fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<Vec<T>, A::Error> {
            serde::Deserialize::deserialize(SeqAccessDeserializer::new(items))
        }

        fn visit_str<E: Error>(self, text: &str) -> Result<Vec<T>, E> {
            let value = literal(text).map_err(E::custom)?;
            serde_json::from_value(value).map_err(E::custom)
        }
    }

    from.deserialize_any(Listed(PhantomData))
}

/// The list that a text is the Python literal of. Nothing and `nan` are an empty one: so pandas prints
/// a list that is not there.
pub fn literal(text: &str) -> Result<Value, String> {
    let text = text.trim();
    if text.is_empty() || text.eq_ignore_ascii_case("nan") || text == "None" {
        return Ok(Value::Array(Vec::new()));
    }
    if !text.starts_with(['[', '(']) {
        let shown: String = text.chars().take(80).collect();
        return Err(format!("`{shown}` is not a list such as ['a', 'b']"));
    }
    let mut reader = Literal { rest: text.chars().peekable() };
    let value = reader.value(0)?;
    reader.blank();
    match reader.rest.next() {
        None => Ok(value),
        Some(found) => Err(format!("holds {found:?} behind its list")),
    }
}

struct Literal<'a> {
    rest: Peekable<Chars<'a>>,
}

/// What is said of a list whose end is missing, which spreadsheets do to long cells.
const CUT_OFF: &str = "ends inside its list: was the cell cut off?";

impl Literal<'_> {
    fn blank(&mut self) {
        while self.rest.next_if(|c| c.is_whitespace()).is_some() {}
    }

    fn value(&mut self, depth: usize) -> Result<Value, String> {
        if depth > MAX_DEPTH {
            return Err(format!("nests deeper than {MAX_DEPTH} levels"));
        }
        self.blank();
        match self.rest.peek().copied() {
            Some('[') => self.items(']', depth),
            Some('(') => self.items(')', depth),
            Some('\'' | '"') => self.text().map(Value::String),
            Some(_) => self.word(),
            None => Err(CUT_OFF.to_owned()),
        }
    }

    fn items(&mut self, close: char, depth: usize) -> Result<Value, String> {
        self.rest.next();
        let mut items = Vec::new();
        loop {
            self.blank();
            if self.rest.next_if_eq(&close).is_some() {
                return Ok(Value::Array(items));
            }
            items.push(self.value(depth + 1)?);
            self.blank();
            match self.rest.peek().copied() {
                Some(',') => drop(self.rest.next()),
                Some(found) if found == close => {}
                Some(found) => return Err(format!("has {found:?} where a comma is expected")),
                None => return Err(CUT_OFF.to_owned()),
            }
        }
    }

    fn text(&mut self) -> Result<String, String> {
        let mark = self.rest.next();
        let mut text = String::new();
        loop {
            match self.rest.next() {
                None => return Err(CUT_OFF.to_owned()),
                found if found == mark => return Ok(text),
                Some('\\') => text.extend(self.escaped()?),
                Some(other) => text.push(other),
            }
        }
    }

    fn escaped(&mut self) -> Result<Option<char>, String> {
        Ok(Some(match self.rest.next() {
            Some('\n') => return Ok(None),
            Some(same @ ('\\' | '\'' | '"')) => same,
            Some('n') => '\n',
            Some('r') => '\r',
            Some('t') => '\t',
            Some('a') => '\u{7}',
            Some('b') => '\u{8}',
            Some('f') => '\u{c}',
            Some('v') => '\u{b}',
            Some('x') => self.numbered(2)?,
            Some('u') => self.numbered(4)?,
            Some('U') => self.numbered(8)?,
            Some(other) => return Err(format!("has the escape `\\{other}`, which is not read")),
            None => return Err(CUT_OFF.to_owned()),
        }))
    }

    fn numbered(&mut self, digits: usize) -> Result<char, String> {
        let mut number = 0u32;
        for _ in 0..digits {
            let digit = self.rest.next().and_then(|c| c.to_digit(16));
            let digit = digit.ok_or_else(|| "has an escape without its digits".to_owned())?;
            number = number << 4 | digit;
        }
        char::from_u32(number).ok_or_else(|| format!("has an escape of no character: {number:x}"))
    }

    fn word(&mut self) -> Result<Value, String> {
        let mut word = String::new();
        while let Some(c) = self.rest.next_if(|c| !",])".contains(*c) && !c.is_whitespace()) {
            word.push(c);
        }
        match word.as_str() {
            "None" | "nan" => Ok(Value::Null),
            "True" => Ok(true.into()),
            "False" => Ok(false.into()),
            number => match number.parse::<f64>() {
                Ok(number) if number.is_finite() => Ok(number.into()),
                _ => {
                    let shown: String = number.chars().take(80).collect();
                    Err(format!(
                        "holds `{shown}`, which is neither a text in quotation marks nor a number"
                    ))
                }
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    #[test]
    fn lists_and_tuples_are_read_with_whatever_marks_their_texts_have() {
        let pairs =
            r#"[['None', '0.7'], ("Bill O'Quill", 0.3), ['a\tb\\c', '\xe9\u2014\U0001f600',]]"#;
        let read = json!([["None", "0.7"], ["Bill O'Quill", 0.3], ["a\tb\\c", "é—😀"]]);
        assert_eq!(literal(pairs), Ok(read));
        for nothing in ["", " ", "[]", "()", "nan", "None"] {
            assert_eq!(literal(nothing), Ok(json!([])), "{nothing}");
        }
    }

    #[test]
    fn what_is_no_list_is_told_and_never_guessed() {
        for (text, why) in [
            ("Q1", "is not a list"),
            ("['Q1', 'Q2", "was the cell cut off"),
            ("['Q1' 'Q2']", "a comma is expected"),
            ("['Q1'] x", "behind its list"),
            (r"['\N{DASH}']", "is not read"),
            (r"['\ud83d']", "no character"),
            ("[Q1]", "neither a text"),
            (&"[".repeat(100_000), "nests deeper"),
        ] {
            let told = literal(text).expect_err(text);
            assert!(told.contains(why), "{told}");
        }
    }

    proptest! {
        #[test]
        fn whatever_is_printed_is_read_or_refused(text in "[\\[\\]()'\", a\\\\xu0-9]{0,40}") {
            let _ = literal(&text);
        }
    }
}
