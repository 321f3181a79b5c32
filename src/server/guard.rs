//! What is looked at before the GraphQL parser, which trusts its input: a few kilobytes of nested
//! brackets overflow its stack and abort the process.

/// The largest body of a request, in bytes.
pub const MAX_BODY: usize = 256 << 10;
/// The longest document, in bytes.
pub const MAX_DOCUMENT: usize = 16 << 10;
/// How many `[`, `{` and `(` a document may hold, strings and comments included.
pub const MAX_BRACKETS: usize = 200;
/// How deep the JSON of a request may nest.
pub const MAX_JSON_DEPTH: usize = 32;

/// Why a document is not parsed. Names the limit and its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// It is too long.
    #[error("the document has {0} bytes, the limit is {MAX_DOCUMENT}")]
    Length(usize),
    /// It holds too many brackets.
    #[error("the document holds {0} opening brackets, the limit is {MAX_BRACKETS}")]
    Brackets(usize),
}

/// Looks at a document without parsing it.
pub fn document(text: &str) -> Result<(), Refused> {
    if text.len() > MAX_DOCUMENT {
        return Err(Refused::Length(text.len()));
    }
    let brackets = text.bytes().filter(|byte| matches!(byte, b'[' | b'{' | b'(')).count();
    if brackets > MAX_BRACKETS {
        return Err(Refused::Brackets(brackets));
    }
    Ok(())
}

/// Whether JSON nests deeper than [`MAX_JSON_DEPTH`], looked at without building anything.
pub fn json_too_deep(body: &[u8]) -> bool {
    let (mut depth, mut in_string, mut escaped) = (0usize, false, false);
    for &byte in body {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            b'[' | b'{' if !in_string => {
                depth += 1;
                if depth > MAX_JSON_DEPTH {
                    return true;
                }
            }
            b']' | b'}' if !in_string => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nesting_is_refused_before_the_parser_sees_it() {
        let nested = format!("{{ a(b: {}", "[".repeat(4_000));
        assert_eq!(document(&nested), Err(Refused::Brackets(4_002)));
        assert_eq!(document(&" ".repeat(MAX_DOCUMENT + 1)), Err(Refused::Length(MAX_DOCUMENT + 1)));
        assert_eq!(document("{ quotes { nodes { text } } }"), Ok(()));
    }

    #[test]
    fn brackets_in_strings_are_no_nesting() {
        let quoted = format!(r#"{{"query": "{}"}}"#, "[\\\"".repeat(100));
        assert!(!json_too_deep(quoted.as_bytes()));
        assert!(json_too_deep("[".repeat(MAX_JSON_DEPTH + 1).as_bytes()));
    }
}
