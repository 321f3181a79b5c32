//! How many lexical tokens a document holds, found out without parsing it.
//!
//! The parser takes some microseconds for each: a document of short names costs many times one of
//! the same length with a long string in it. Strings and comments end here where they end for the
//! parser, or the rest of a document could hide in one.

/// Names, numbers, strings and signs; a few that stand together may count as one.
pub fn tokens(document: &str) -> u64 {
    let bytes = document.as_bytes();
    let (mut at, mut count) = (0, 0);
    while let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) {
        let (length, is_token) = match rest[0] {
            b' ' | b'\t' | b'\n' | b'\r' | b',' => (1, false),
            b'#' => (until(rest, is_line_end), false),
            b'"' if rest.starts_with(b"\"\"\"") => (block_string(rest), true),
            b'"' => (string(rest), true),
            byte if is_word(byte) => (until(rest, |byte| !is_word(byte)), true),
            _ => (1, true),
        };
        at += length;
        count += u64::from(is_token);
    }
    count
}

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

/// The same of a block string; one that is not closed ends with the document.
fn block_string(rest: &[u8]) -> usize {
    let mut at = 3;
    while let Some(rest) = rest.get(at..).filter(|rest| !rest.is_empty()) {
        if rest.starts_with(b"\"\"\"") {
            return at + 3;
        }
        at += if rest.starts_with(b"\\\"\"\"") { 4 } else { 1 };
    }
    rest.len()
}

#[cfg(test)]
mod tests {
    use super::tokens;

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
            ("\"\"\" b c", 1),
            ("\"\\", 1),
        ] {
            assert_eq!(tokens(document), count, "{document}");
        }
    }
}
