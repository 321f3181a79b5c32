//! Speakers as extractors print them.

use super::*;

fn person(printed: &str) -> (String, String) {
    match read_speaker(printed) {
        SpeakerReading::Person { name, title, .. } => (name, title.unwrap_or_default()),
        other => panic!("{printed}: {other:?}"),
    }
}

fn check(printed: &str, name: &str, title: &str) {
    assert_eq!(person(printed), (name.to_owned(), title.to_owned()), "{printed}");
}

#[test]
fn titles_are_taken_off_where_a_name_remains() {
    check("President Donald Trump", "Donald Trump", "President");
    check("Gov. John Bel Edwards", "John Bel Edwards", "Gov.");
    check("prime minister Theresa May", "Theresa May", "prime minister");
    check("PRIME MINISTER THERESA MAY", "THERESA MAY", "PRIME MINISTER");
    check("Sen. Catherine Cortez Masto", "Catherine Cortez Masto", "Sen.");
    check("Sir Richard Branson", "Richard Branson", "");
    check("Dr Paul Williams", "Paul Williams", "");
    check("Governor Charlie Baker", "Charlie Baker", "Governor");
    check("UN spokesman Stephane Dujarric", "Stephane Dujarric", "UN spokesman");
    check(
        "French Foreign Minister Jean-Yves Le Drian",
        "Jean-Yves Le Drian",
        "French Foreign Minister",
    );
    check("Apple CEO Tim Cook", "Tim Cook", "Apple CEO");
}

#[test]
fn titles_stay_where_the_name_needs_them() {
    check("President Trump", "President Trump", "President");
    check("Pope Francis", "Pope Francis", "Pope");
    check("Queen Elizabeth II", "Queen Elizabeth II", "Queen");
    check("Prince Charles", "Prince Charles", "Prince");
    check("Mr Ward", "Mr Ward", "");
}

#[test]
fn names_that_look_like_titles_are_not_broken() {
    for name in [
        "Gayle King",
        "Kevin Hart",
        "Bishop Briggs",
        "Major Garrett",
        "Dean Baker",
        "Earl Ray Tomblin",
        "Peter King",
        "Jordan Spieth",
        "Paris Hilton",
        "Charlotte Church",
        "Harrison Ford",
        "Jude Law",
        "Brock Long",
        "Chance the Rapper",
        "Neil deGrasse Tyson",
        "Sander van der Linden",
        "Nana Addo Dankwa Akufo-Addo",
        "Jim Al-Khalili",
        "Lil B",
        "greg abbott",
        "George H. W. Bush",
        "Mark E. Watson III",
        "Ng Eng Hen",
        "Master P",
        "Chris Young",
        "Tim Cook",
        "Robin Young",
        "Ben Cook",
        "Al Gore",
        "E. Calvin Beisner",
        "Ban Ki-moon",
        "Israel Folau",
        "Jordan Lee Smith",
    ] {
        check(name, name, "");
    }
    check("John Noseworthy , M.D.", "John Noseworthy", "");
}

#[test]
fn a_title_beside_the_name_is_kept() {
    let read = read_speaker("Jonathan Doe, chief executive officer of the Anti-Defamation League,");
    let SpeakerReading::Person { name, title, organisation } = read else { panic!("{read:?}") };
    assert_eq!(name, "Jonathan Doe");
    assert_eq!(title.as_deref(), Some("chief executive officer of the Anti-Defamation League"));
    assert_eq!(organisation.as_deref(), Some("Anti-Defamation League"));
    check(
        "Samoa's Prime Minister, Fiame Naomi Mata'afa,",
        "Fiame Naomi Mata'afa",
        "Samoa's Prime Minister",
    );
}

#[test]
fn a_bracket_or_a_navy_makes_no_other_name() {
    let body = |text: &str| SpeakerReading::Organisation(text.to_owned());
    let ministry = "Ministry of Defence (Marenia)";
    assert_eq!(read_speaker(ministry), body(ministry));
    assert_eq!(read_speaker("The Harbour Gazette"), body("The Harbour Gazette"));
    assert!(matches!(
        read_speaker("Marine Le Pen"),
        SpeakerReading::Person { name, title: None, .. } if name == "Marine Le Pen"
    ));
}

#[test]
fn nobody_is_invented() {
    for printed in ["", "None", "Unknown", "He", "they", "(0,0)", " - "] {
        assert_eq!(read_speaker(printed), SpeakerReading::Nobody, "{printed}");
    }
    for (printed, group) in [
        ("a Taliban spokesman", false),
        ("Some Afghan officials", true),
        ("residents", true),
        ("Analysts", true),
        ("police", true),
        ("a witness", false),
        ("the victim's mother", false),
        ("Trump aides", true),
        ("an eyewitness", false),
        ("Prime Minister", false),
        ("Houston police", true),
        ("people familiar with the matter", true),
        ("an official who asked not to be named", false),
        ("El portavoz del Gobierno", false),
    ] {
        assert!(
            matches!(read_speaker(printed), SpeakerReading::Unnamed { group: found, .. } if found == group),
            "{printed}: {:?}",
            read_speaker(printed)
        );
    }
    for printed in [
        "The Pentagon",
        "the Taliban",
        "London",
        "United Nations",
        "Massey University",
        "German embassy in Kabul",
        "the Afghan government",
    ] {
        assert!(
            matches!(read_speaker(printed), SpeakerReading::Organisation(_)),
            "{printed}: {:?}",
            read_speaker(printed)
        );
    }
}

#[test]
fn spellings_of_a_name_have_one_key() {
    assert_eq!(name_key("Stéphane Dujarric"), name_key("Stephane  DUJARRIC"));
    assert_eq!(name_key("O\u{2019}Brien"), "obrien");
    assert_eq!(name_key("Jim Al-Khalili"), "jim al khalili");
    assert_eq!(name_key("Zo\u{200b}e\u{0308} Ball"), "zoe ball");
}

#[test]
fn names_of_scripts_without_case_are_names() {
    for name in ["习近平", "安倍晋三", "محمد علي", "דוד כהן"] {
        check(name, name, "");
    }
    for title in ["国防部发言人", "وزير الدفاع"] {
        assert!(matches!(read_speaker(title), SpeakerReading::Unnamed { .. }), "{title}");
    }
}

#[test]
fn of_two_joined_names_the_first_speaks() {
    for printed in ["Ada Quill; Bob Stone", "Ada Quill and Bob Stone", "Ada Quill & Bob Stone"] {
        check(printed, "Ada Quill", "");
    }
    let group = read_speaker("John and Mary Smith");
    assert!(matches!(group, SpeakerReading::Unnamed { group: true, .. }), "{group:?}");
    for printed in ["unknown speaker", "unnamed", "anonymous", "Mr", "Mrs.", "Dr"] {
        assert_eq!(read_speaker(printed), SpeakerReading::Nobody, "{printed}");
    }
}
