//! How many lexical tokens a document holds and how deep its brackets nest, found out without
//! parsing it.
//!
//! The parser takes some microseconds for each: a document of short names costs many times one of
//! the same length with a long string in it. Strings and comments end here where they end for the
//! parser, or the rest of a document could hide in one.

/// How large a document is for the parser.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Extent {
    /// Names, numbers, strings and signs; a few that stand together may count as one.
    pub tokens: u64,
    /// The most brackets that are open at once.
    pub nesting: u64,
}

/// Looks at a document.
pub fn extent(document: &str) -> Extent {
    let bytes = document.as_bytes();
    let (mut at, mut open, mut unclosed) = (0, 0u64, false);
    let mut extent = Extent::default();
    while let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) {
        let (length, is_token) = match rest[0] {
            b' ' | b'\t' | b'\n' | b'\r' | b',' => (1, false),
            b'#' => (until(rest, is_line_end), false),
            b'"' if rest.starts_with(BLOCK) => {
                match (!unclosed).then(|| block_string(rest)).flatten() {
                    Some(length) => (length, true),
                    None => {
                        // Nor does any later one end: it is not looked for again.
                        unclosed = true;
                        (EMPTY, true)
                    }
                }
            }
            b'"' => (string(rest), true),
            b'[' | b'{' | b'(' => {
                open += 1;
                extent.nesting = extent.nesting.max(open);
                (1, true)
            }
            b']' | b'}' | b')' => {
                open = open.saturating_sub(1);
                (1, true)
            }
            byte if is_word(byte) => (until(rest, |byte| !is_word(byte)), true),
            _ => (1, true),
        };
        at += length;
        extent.tokens += u64::from(is_token);
    }
    extent
}

const BLOCK: &[u8] = b"\"\"\"";
/// The length of an empty string.
const EMPTY: usize = 2;

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'-' | b'+') || !byte.is_ascii()
}

fn is_line_end(byte: u8) -> bool {
    matches!(byte, b'\n' | b'\r')
}

fn until(rest: &[u8], end: impl Fn(u8) -> bool) -> usize {
    rest.iter().position(|&byte| end(byte)).unwrap_or(rest.len())
}

/// The length of a string with its quotation marks; one that is not closed ends with its line.
fn string(rest: &[u8]) -> usize {
    let mut at = 1;
    while let Some(&byte) = rest.get(at) {
        match byte {
            b'"' => return at + 1,
            b'\\' => at += 2,
            byte if is_line_end(byte) => return at,
            _ => at += 1,
        }
    }
    rest.len()
}

/// The same of a block string; `None` of one that is not closed, which is an empty string for the
/// parser, and then another.
fn block_string(rest: &[u8]) -> Option<usize> {
    let mut at = 3;
    while let Some(rest) = rest.get(at..).filter(|rest| !rest.is_empty()) {
        if rest.starts_with(BLOCK) {
            return Some(at + 3);
        }
        at += if rest.starts_with(b"\\\"\"\"") { 4 } else { 1 };
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{Extent, extent};

    #[test]
    fn each_token_counts_and_nothing_else() {
        for (document, count) in [
            ("", 0),
            (" ,\n\t", 0),
            ("{ a }", 3),
            ("{a,b , c}", 5),
            ("query Q($a: [Int!]! = [1, -2.5]) { b(c: $a) @d }", 28),
            ("{ ...f }", 3),
            ("# all { of } this\n{ a }", 3),
            ("{ a(b: \"c d { \\\" e\") }", 8),
            ("{ a(b: \"\"\"c \" d \\\"\"\" { \n e\"\"\") f }", 9),
            // An empty string, and one that is not closed: what follows is seen.
            ("{ a(b: \"\") c }", 9),
            ("\"a\n b c", 3),
            ("# \"\n b c", 2),
            ("\"\"\" b c", 2),
            ("\"\\", 1),
        ] {
            assert_eq!(extent(document).tokens, count, "{document}");
        }
    }

    #[test]
    fn brackets_nest_where_the_parser_sees_them() {
        for (document, nesting) in [
            ("", 0),
            ("{ a }", 1),
            ("{ a(b: [{}]) { c } } { d }", 4),
            ("{ a(b: \"{[(\", c: \"\"\" {[( \"\"\") # {[(\n}", 2),
            ("}}} { a }", 1),
            // Three strings in a list, for the parser, since the block string does not end.
            ("[\"\"\" \" {{{", 4),
            // The first escape hides no later bracket.
            ("[\"\"\"\n\\\"\"\"\n{{{", 4),
        ] {
            assert_eq!(extent(document).nesting, nesting, "{document}");
        }
        let hostile = "\"\"\"\n\\".repeat(200_000);
        assert_eq!(extent(&hostile), Extent { tokens: 600_000, nesting: 0 });
    }
}
