//! The elements of one list of a JSON object, each as the text that it is: an element that is faulty
//! must not cost the others, and is rejected as it stands.

/// The elements of the list with this key of an object, at most so many; none where it has no such
/// list. What is no JSON is for the parser to refuse: this answers something and never panics.
pub fn elements<'a>(object: &'a str, key: &str, most: usize) -> Vec<&'a str> {
    let bytes = object.as_bytes();
    let mut found = Vec::new();
    let mut depth = 0usize;
    let mut at = 0;
    // The last string of the object itself, and whether its value is the list.
    let (mut word, mut is_value, mut list) = ("", false, false);
    let mut begin = 0;
    while let Some(&byte) = bytes.get(at).filter(|_| found.len() < most) {
        at += 1;
        match byte {
            b'"' => {
                let start = at;
                at = behind_string(bytes, at);
                if depth == 1 {
                    word = object.get(start - 1..at).unwrap_or_default();
                    is_value = false;
                }
            }
            b':' if depth == 1 => is_value = is_key(word, key),
            b'[' | b'{' => {
                depth += 1;
                if depth == 2 && byte == b'[' && is_value {
                    (list, begin) = (true, at);
                }
            }
            b',' if list && depth == 2 => {
                found.extend(object.get(begin..at - 1));
                begin = at;
            }
            b']' | b'}' => {
                if list && depth == 2 {
                    found.extend(object.get(begin..at - 1).filter(|it| !it.trim().is_empty()));
                    list = false;
                }
                depth = depth.saturating_sub(1);
                is_value = false;
            }
            _ => {}
        }
    }
    found.into_iter().map(str::trim).collect()
}

/// Whether a string, as JSON writes it, is this key.
fn is_key(written: &str, key: &str) -> bool {
    match written.contains('\\') {
        true => serde_json::from_str::<String>(written).is_ok_and(|word| word == key),
        false => written.trim_matches('"') == key,
    }
}

/// Behind the end of a string of which the beginning is passed.
fn behind_string(bytes: &[u8], mut at: usize) -> usize {
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'"' => return at + 1,
            // Whatever it escapes ends nothing.
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_are_what_they_are_in_the_text() {
        let text = r#"{"a": {"q": [1]}, "b": "q", "q" : [ {"x": ["],", 2]}, 3 ,"\"]" ], "c": [4]}"#;
        assert_eq!(elements(text, "q", 9), [r#"{"x": ["],", 2]}"#, "3", r#""\"]""#]);
        assert_eq!(elements(text, "c", 9), ["4"]);
        assert!(elements(text, "a", 9).is_empty() && elements(text, "d", 9).is_empty());
        assert!(elements(r#"{"q": []}"#, "q", 9).is_empty());
        assert_eq!(elements(text, "q", 2).len(), 2);
        assert_eq!(elements(r#"{"a\"": [1], "quo\u0074es": [2]}"#, "quotes", 9), ["2"]);
    }

    #[test]
    fn what_is_no_json_is_no_harm() {
        for text in ["", "]", "{\"q\":[", "{\"q\":[\"\\", "{\"q\":[1,2", "\"é", "{\"q\":[[]]]]}"] {
            elements(text, "q", 9);
        }
    }
}
