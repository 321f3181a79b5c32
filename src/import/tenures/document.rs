//! The parts of a JSON document that is known to be one: the members of an object, the elements of a
//! list, each as the text that it is, so that one that is wrong is told and costs no other.

/// A part of a document.
#[derive(Debug, Clone, Copy)]
pub(super) struct Part<'a> {
    /// Its text.
    pub text: &'a str,
    /// Where it begins, in bytes.
    pub start: usize,
}

/// The members of the object that a part is, with their names as they are written; none where it is
/// no object.
pub(super) fn members<'a>(whole: Part<'a>) -> Vec<(&'a str, Part<'a>)> {
    let mut members = Vec::new();
    let mut parts = parts(whole, '{');
    while let (Some(name), Some(value)) = (parts.next(), parts.next()) {
        members.push((name.text.trim_matches('"'), value));
    }
    members
}

/// The elements of the list that a part is; none where it is no list.
pub(super) fn elements(whole: Part<'_>) -> impl Iterator<Item = Part<'_>> {
    parts(whole, '[')
}

/// The values inside of a list or an object, the names of members among them.
fn parts(whole: Part<'_>, opening: char) -> impl Iterator<Item = Part<'_>> {
    let bytes = whole.text.as_bytes();
    let mut at = if whole.text.starts_with(opening) { 1 } else { bytes.len() };
    std::iter::from_fn(move || {
        let between = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b',' | b':');
        at += bytes.get(at..)?.iter().take_while(|byte| between(byte)).count();
        let end = at + length(bytes.get(at..)?);
        let text = whole.text.get(at..end).filter(|text| !text.is_empty())?;
        let part = Part { text, start: whole.start + at };
        at = end;
        Some(part)
    })
}

/// How long the value is that these bytes begin with; nothing where they end what is around them.
fn length(bytes: &[u8]) -> usize {
    let mut depth = 0usize;
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' => {
                at += 1;
                while let Some(byte) = bytes.get(at).filter(|byte| **byte != b'"') {
                    at += if *byte == b'\\' { 2 } else { 1 };
                }
                if depth == 0 {
                    return at + 1;
                }
            }
            b'[' | b'{' => depth += 1,
            b']' | b'}' if depth == 0 => return at,
            b']' | b'}' => {
                depth -= 1;
                if depth == 0 {
                    return at + 1;
                }
            }
            b',' if depth == 0 => return at,
            byte if depth == 0 && byte.is_ascii_whitespace() => return at,
            _ => {}
        }
        at += 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_falls_into_its_parts() {
        let text = r#"{ "a" : [1, "x\"],", {"b": [2, {}]}, [ ], null ] ,"c":true, "d": {} }"#;
        let whole = Part { text, start: 0 };
        let found: Vec<_> =
            members(whole).into_iter().map(|(name, part)| (name, part.text)).collect();
        assert_eq!(found[1..], [("c", "true"), ("d", "{}")]);
        let (name, list) = members(whole)[0];
        let inside: Vec<&str> = elements(list).map(|part| part.text).collect();
        assert_eq!(
            (name, inside),
            ("a", vec!["1", r#""x\"],""#, r#"{"b": [2, {}]}"#, "[ ]", "null"])
        );
        assert!(elements(list).all(|part| text[part.start..].starts_with(part.text)));
        assert_eq!(elements(whole).count() + members(list).len(), 0);
    }
}
