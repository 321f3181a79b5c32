//! The English names that GDELT calls languages by (those of the Compact Language Detector 2), and
//! their tags.

/// Names in capital letters and tags, in the order of the names.
const TAGS: &[(&str, &str)] = &[
    ("AFRIKAANS", "af"),
    ("ALBANIAN", "sq"),
    ("AMHARIC", "am"),
    ("ARABIC", "ar"),
    ("ARMENIAN", "hy"),
    ("ASSAMESE", "as"),
    ("AZERBAIJANI", "az"),
    ("BASQUE", "eu"),
    ("BELARUSIAN", "be"),
    ("BENGALI", "bn"),
    ("BOSNIAN", "bs"),
    ("BULGARIAN", "bg"),
    ("BURMESE", "my"),
    ("CATALAN", "ca"),
    ("CHINESE", "zh"),
    ("CHINESET", "zh-Hant"),
    ("CROATIAN", "hr"),
    ("CZECH", "cs"),
    ("DANISH", "da"),
    ("DUTCH", "nl"),
    ("ENGLISH", "en"),
    ("ESPERANTO", "eo"),
    ("ESTONIAN", "et"),
    ("FAROESE", "fo"),
    ("FINNISH", "fi"),
    ("FRENCH", "fr"),
    ("GALICIAN", "gl"),
    ("GEORGIAN", "ka"),
    ("GERMAN", "de"),
    ("GREEK", "el"),
    ("GUJARATI", "gu"),
    ("HAUSA", "ha"),
    ("HEBREW", "he"),
    ("HINDI", "hi"),
    ("HUNGARIAN", "hu"),
    ("ICELANDIC", "is"),
    ("IGBO", "ig"),
    ("INDONESIAN", "id"),
    ("IRISH", "ga"),
    ("ITALIAN", "it"),
    ("JAPANESE", "ja"),
    ("KANNADA", "kn"),
    ("KAZAKH", "kk"),
    ("KHMER", "km"),
    ("KINYARWANDA", "rw"),
    ("KOREAN", "ko"),
    ("KURDISH", "ku"),
    ("KYRGYZ", "ky"),
    ("LAOTHIAN", "lo"),
    ("LATVIAN", "lv"),
    ("LITHUANIAN", "lt"),
    ("LUXEMBOURGISH", "lb"),
    ("MACEDONIAN", "mk"),
    ("MALAY", "ms"),
    ("MALAYALAM", "ml"),
    ("MALTESE", "mt"),
    ("MARATHI", "mr"),
    ("MONGOLIAN", "mn"),
    ("NEPALI", "ne"),
    ("NORWEGIAN", "no"),
    ("ORIYA", "or"),
    ("PASHTO", "ps"),
    ("PERSIAN", "fa"),
    ("POLISH", "pl"),
    ("PORTUGUESE", "pt"),
    ("PUNJABI", "pa"),
    ("ROMANIAN", "ro"),
    ("RUSSIAN", "ru"),
    ("SERBIAN", "sr"),
    ("SINDHI", "sd"),
    ("SINHALESE", "si"),
    ("SLOVAK", "sk"),
    ("SLOVENIAN", "sl"),
    ("SOMALI", "so"),
    ("SPANISH", "es"),
    ("SWAHILI", "sw"),
    ("SWEDISH", "sv"),
    ("TAGALOG", "tl"),
    ("TAJIK", "tg"),
    ("TAMIL", "ta"),
    ("TATAR", "tt"),
    ("TELUGU", "te"),
    ("THAI", "th"),
    ("TIBETAN", "bo"),
    ("TIGRINYA", "ti"),
    ("TURKISH", "tr"),
    ("TURKMEN", "tk"),
    ("UIGHUR", "ug"),
    ("UKRAINIAN", "uk"),
    ("URDU", "ur"),
    ("UZBEK", "uz"),
    ("VIETNAMESE", "vi"),
    ("WELSH", "cy"),
    ("XHOSA", "xh"),
    ("YIDDISH", "yi"),
    ("YORUBA", "yo"),
    ("ZULU", "zu"),
];

/// The tag of a language; `None` for a name that is not in the list.
pub fn tag_of(name: &str) -> Option<String> {
    let name = name.trim().to_ascii_uppercase();
    let at = TAGS.binary_search_by(|(known, _)| (*known).cmp(name.as_str())).ok()?;
    TAGS.get(at).map(|(_, tag)| (*tag).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_in_order_so_that_each_is_found() {
        assert!(TAGS.is_sorted_by(|one, other| one.0 < other.0));
        assert_eq!(tag_of("English").as_deref(), Some("en"));
        assert_eq!(tag_of("KLINGON"), None);
        for (_, tag) in TAGS {
            assert_eq!(crate::domain::language::tag(tag).as_deref(), Some(*tag));
        }
    }
}
