//! Language tags (BCP 47), brought into one case so that equal tags are equal texts.

/// The tag in the case that BCP 47 recommends (`en`, `pt-BR`, `zh-Hant-TW`); `None` for a text that
/// does not have the shape of a tag.
pub fn tag(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    for (at, part) in text.trim().split('-').enumerate() {
        let letters = part.bytes().all(|byte| byte.is_ascii_alphabetic());
        if !(1..=8).contains(&part.len()) || !part.bytes().all(|byte| byte.is_ascii_alphanumeric())
        {
            return None;
        }
        if at == 0 && !(letters && part.len() >= 2) {
            return None;
        }
        if at > 0 {
            out.push('-');
        }
        match (at, part.len(), letters) {
            (1.., 2, true) => out.push_str(&part.to_ascii_uppercase()),
            (1.., 4, true) => {
                out.push_str(&part[..1].to_ascii_uppercase());
                out.push_str(&part[1..].to_ascii_lowercase());
            }
            _ => out.push_str(&part.to_ascii_lowercase()),
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_tag_has_one_spelling() {
        assert_eq!(tag("EN").as_deref(), Some("en"));
        assert_eq!(tag("pt-br").as_deref(), Some("pt-BR"));
        assert_eq!(tag("ZH-hant-tw").as_deref(), Some("zh-Hant-TW"));
    }

    #[test]
    fn what_is_no_tag_is_none() {
        for text in ["", "e", "english (US)", "en_US", "en-", "123"] {
            assert_eq!(tag(text), None, "{text}");
        }
    }
}
