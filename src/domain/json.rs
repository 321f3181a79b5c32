//! The shape of JSON, told mark by mark before anything is built of it: how deep it nests and how
//! much it holds can be bounded while it is still bytes. What is no JSON has a shape too, and is for
//! the parser to refuse.

/// Something that stands in JSON outside of its strings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// `[` or `{`.
    Open,
    /// `]` or `}`.
    Close,
    /// A whole string.
    String,
    /// The first byte of a number or a literal.
    Word,
    /// `:`, behind a key.
    Colon,
}

/// The marks of JSON, in order.
pub fn marks(json: &[u8]) -> impl Iterator<Item = Mark> {
    let mut bytes = json.iter();
    let mut in_word = false;
    std::iter::from_fn(move || {
        loop {
            let byte = *bytes.next()?;
            let was_word = std::mem::replace(&mut in_word, is_word(byte));
            match byte {
                b'[' | b'{' => return Some(Mark::Open),
                b']' | b'}' => return Some(Mark::Close),
                b':' => return Some(Mark::Colon),
                b'"' => {
                    while let Some(&byte) = bytes.next() {
                        match byte {
                            b'"' => break,
                            // Whatever it escapes ends nothing.
                            b'\\' => drop(bytes.next()),
                            _ => {}
                        }
                    }
                    return Some(Mark::String);
                }
                _ if in_word && !was_word => return Some(Mark::Word),
                _ => {}
            }
        }
    })
}

/// Whether it belongs to a number or to a literal.
fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'+' | b'.')
}

#[cfg(test)]
mod tests {
    use super::Mark::{Close, Colon, Open, String, Word};
    use super::*;

    #[test]
    fn what_stands_in_strings_is_no_mark() {
        for (json, all) in [
            ("", vec![]),
            ("-1.5e+3 null", vec![Word, Word]),
            (r#"{"[\"{": [true]}"#, vec![Open, String, Colon, Open, Word, Close, Close]),
            (r#""\\" 1"#, vec![String, Word]),
            // One that does not end holds all that follows.
            (r#"["a\"]"#, vec![Open, String]),
            (r#""\"#, vec![String]),
        ] {
            assert_eq!(marks(json.as_bytes()).collect::<Vec<_>>(), all, "{json}");
        }
    }
}
