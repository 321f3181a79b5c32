//! Examples of strings that are taken apart, and what holds of any string.

use super::*;
use proptest::prelude::*;

/// `speaker | role | organisation`, without bars at the end.
fn shown(printed: &str) -> String {
    let found = split(printed);
    let parts = [found.speaker, found.role, found.organisation].map(Option::unwrap_or_default);
    parts.join(" | ").trim_end_matches([' ', '|']).to_owned()
}

#[test]
fn name_role_and_organisation_are_told_apart() {
    for (printed, parts) in [
        ("Ada Quill", "Ada Quill"),
        ("Ada Quill, a lawyer for the family,", "Ada Quill | lawyer for the family"),
        ("UN spokesman Bob Stone", "Bob Stone | UN spokesman"),
        (
            "Pacific expert Ada Quill from Massey University",
            "Ada Quill | Pacific expert | Massey University",
        ),
        ("a Taliban spokesman", " | Taliban spokesman"),
        ("the Taliban", " |  | Taliban"),
        ("Quill, who met the president,", "Quill"),
        ("she", ""),
        ("Yes, she", ""),
        ("Ada Quill / Bob Stone", ""),
        ("WhatsApp", " |  | WhatsApp"),
        ("Ada Quill, speaking to WHO officials,", "Ada Quill"),
        ("police", " | police"),
        ("court documents", ""),
        ("while some call for his removalQuill", ""),
    ] {
        assert_eq!(shown(printed), parts, "{printed}");
    }
}

#[test]
fn the_print_is_kept_whole_save_a_bare_name_and_what_nobody_printed() {
    let attribution = |printed| split(printed).attribution;
    assert_eq!(attribution("Ada Quill"), None);
    assert_eq!(attribution("Unknown"), None);
    assert_eq!(attribution(" Ada Quill, "), Some("Ada Quill,".to_owned()));
    assert_eq!(attribution("She"), Some("She".to_owned()));
}

fn sources() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "Ada",
        "Quill",
        "Bob",
        "the",
        "a",
        "UN",
        "spokesman",
        "for",
        "of",
        "who",
        "President",
        ",",
        "(",
        ")",
        "34",
        "police",
        "al-Stone",
        "and",
        "-",
        "WHO",
        "former",
        "said?Bob",
        "removalAda",
        "Dr.",
        "\u{201c}Dolly\u{201d}",
        "der",
        "porte-parole",
        "de",
        "l'ONU",
        "Jr.",
        "  ",
        "习近平",
        "\u{a0}",
        "e\u{301}",
    ]);
    prop_oneof![
        prop::collection::vec(word, 0..9).prop_map(|words| words.join(" ")),
        any::<String>(),
    ]
}

/// Titles that stand before an organisation, before a name with a title in it.
#[test]
fn of_titles_run_together_nobody_is_made() {
    assert_eq!(split("President UN Ada President 34").speaker, None);
    assert_eq!(split("President Ada Stone").speaker.as_deref(), Some("Ada Stone"));
}

proptest! {
    #[test]
    fn nothing_that_was_printed_is_lost_or_invented(printed in sources()) {
        let whole = printed.trim();
        let found = split(&printed);
        if nobody(whole) {
            prop_assert_eq!(found, Printed::default());
            return Ok(());
        }
        let kept = found.attribution.as_deref().or(found.speaker.as_deref());
        prop_assert_eq!(kept, Some(whole));
        let speaker = found.speaker.unwrap_or_default();
        prop_assert!(whole.contains(&speaker), "{} is not printed", speaker);
        let words = |text: &str| -> Vec<String> {
            let letters = text.chars().filter(|c| c.is_alphanumeric() || c.is_whitespace());
            letters.collect::<String>().split_whitespace().map(str::to_owned).collect()
        };
        let all = words(whole).concat();
        for part in [found.role, found.organisation].into_iter().flatten() {
            let part = words(&part).concat();
            prop_assert!(!part.is_empty() && all.contains(&part), "{} in {}", part, all);
        }
    }

    #[test]
    fn a_speaker_is_somebody_whom_the_whole_string_names_too(printed in sources()) {
        if let Some(speaker) = split(&printed).speaker {
            prop_assert!(source::is_person(&speaker), "{}", speaker);
            prop_assert_eq!(split(&speaker).speaker, Some(speaker));
        }
    }
}
