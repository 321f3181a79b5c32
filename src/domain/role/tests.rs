//! Short titles of our own, one for each rule.

use super::*;

fn triple(title: &str) -> String {
    let found = understand(Some(title), None);
    format!("{} {} {}", found.function, found.domain, found.status)
}

#[test]
fn the_head_noun_decides() {
    assert_eq!(triple("spokeswoman for the health minister"), "SPOKESPERSON HEALTH CURRENT");
    assert_eq!(triple("the finance minister's brother"), "RELATIVE NONE CURRENT");
    assert_eq!(triple("candidate for governor"), "OTHER NONE CURRENT");
    assert_eq!(triple("clerk to the transport committee"), "OFFICIAL ECONOMY CURRENT");
}

#[test]
fn an_adjective_of_two_countries_names_neither() {
    for (title, candidates) in [("Congolese officials", 2), ("Korean defence minister", 2)] {
        let found = understand(Some(title), None);
        assert!(
            matches!(&found.organisation, Reading::Ambiguous(all) if all.len() == candidates),
            "{title}: {:?}",
            found.organisation
        );
    }
    let found = understand(Some("South Korean defence minister"), None);
    assert!(matches!(found.organisation, Reading::Known(one) if one.key == "kr/defence-ministry"));
}

#[test]
fn what_a_generic_body_is_stays_known() {
    let open = |title: &str| understand(Some(title), None).open.map(|open| open.slug);
    assert_eq!(open("spokesman for the ministry"), Some("ministry"));
    assert_eq!(open("defence ministry spokesman"), Some("defence-ministry"));
    assert_eq!(open("the defence minister"), Some("defence-ministry"));
    assert_eq!(open("army spokesman"), Some("army"));
    assert_eq!(open("Latvian defence ministry spokesman"), None);
    assert_eq!(open("local resident"), None);
    let beside = understand(Some("spokesman"), Some("the ministry"));
    assert_eq!(beside.open.map(|open| open.slug), Some("ministry"));
}

#[test]
fn status_words_count_on_the_head_noun_only() {
    assert_eq!(triple("former finance minister"), "MINISTER ECONOMY FORMER");
    assert_eq!(triple("former acting finance minister"), "MINISTER ECONOMY FORMER");
    assert_eq!(triple("the former president's lawyer"), "LAWYER NONE CURRENT");
    assert_eq!(triple("governor-elect"), "GOVERNOR GENERAL DESIGNATE");
}

#[test]
fn the_organisation_beside_the_title_counts() {
    let found = understand(Some("spokesman"), Some("Pentagon"));
    assert_eq!(
        (found.function, found.official_of),
        (Function::Spokesperson, Some(Domain::Defence))
    );
    let found = understand(Some("Defense Secretary"), Some("UK Ministry of Defence"));
    assert_eq!(found.organisation, organisation::read("UK Ministry of Defence"));
    assert_eq!(found.official_of, Some(Domain::Defence));
    let found = understand(Some("Taliban spokesman"), Some("Taliban"));
    assert_eq!((found.domain, found.official_of), (Domain::None, None));
}

/// Function, domain and whose official, then the organisation.
fn post(title: &str, organisation: &str) -> String {
    let found = understand(Some(title), Some(organisation));
    let body = match &found.organisation {
        Reading::Known(known) => known.name.to_owned(),
        Reading::Unlisted { name, kind } => format!("{name} [{kind}]"),
        Reading::Ambiguous(_) | Reading::Nothing => "-".to_owned(),
    };
    let official = found.official_of.map_or("nobody".to_owned(), |domain| domain.to_string());
    format!("{} {} of {official}: {body}", found.function, found.organisation_kind)
}

#[test]
fn a_commander_of_an_unknown_body_is_no_official() {
    let front = "MILITARY_COMMANDER UNKNOWN of nobody: Northern Front [UNKNOWN]";
    assert_eq!(post("Northern Front commander", "Northern Front"), front);
    for title in ["Northern Front commander", "Commander Ann Roe of the Northern Front"] {
        assert_eq!(post(title, ""), "MILITARY_COMMANDER UNKNOWN of nobody: -", "{title}");
    }
    assert_eq!(
        post("colonel", "Northern Front"),
        "MILITARY_OFFICER UNKNOWN of nobody: Northern Front [UNKNOWN]"
    );
    assert_eq!(post("army commander", ""), "MILITARY_COMMANDER MILITARY of DEFENCE: -");
    assert_eq!(
        post("commander of US forces", ""),
        "MILITARY_COMMANDER MILITARY of DEFENCE: United States Armed Forces"
    );
    assert_eq!(
        post("commander of the relief task force", "Royal Air Force"),
        "MILITARY_COMMANDER MILITARY of DEFENCE: Royal Air Force"
    );
}

#[test]
fn a_military_word_in_a_name_makes_no_official() {
    assert_eq!(
        post("spokesman", "Brackwater Marine"),
        "SPOKESPERSON UNKNOWN of nobody: Brackwater Marine [UNKNOWN]"
    );
    for body in ["Army Times", "Kremlin Watch", "Brackwater Defence"] {
        let found = post("spokesman", body);
        assert_eq!(found, format!("SPOKESPERSON UNKNOWN of nobody: {body} [UNKNOWN]"));
    }
    assert_eq!(
        post("Pentagon Federal Credit Union spokesman", ""),
        "SPOKESPERSON NGO of nobody: Pentagon Federal Credit Union [NGO]"
    );
    assert_eq!(
        post("chief of the Marenian general staff", "Marenian Armed Forces"),
        "MILITARY_COMMANDER MILITARY of DEFENCE: Marenian Armed Forces [MILITARY]"
    );
}

#[test]
fn the_staff_of_an_army_is_no_town() {
    let former = understand(Some("exjefe del Estado Mayor"), None);
    assert_eq!(
        (former.function, former.status, former.organisation_kind),
        (Function::MilitaryCommander, Status::Former, OrganisationKind::Military)
    );
    assert_eq!((former.domain, former.organisation), (Domain::Defence, Reading::Nothing));
    for title in ["portavoz del Estado Mayor", "porte-parole de l'état-major"] {
        assert_eq!(post(title, ""), "SPOKESPERSON MILITARY of DEFENCE: -", "{title}");
    }
    assert_eq!(post("Chef des Generalstabs", ""), "MILITARY_COMMANDER MILITARY of DEFENCE: -");
    let city = "MAYOR SUBNATIONAL_GOVERNMENT of nobody: City of Halvik [SUBNATIONAL_GOVERNMENT]";
    assert_eq!(post("mayor of Halvik", ""), city);
    assert_eq!(post("Mayor", "Halvik"), city);
}

#[test]
fn who_is_near_an_office_does_not_hold_it() {
    for title in [
        "source close to the general staff",
        "person familiar with the defence ministry's plans",
        "confidant of the defence minister",
        "critic of the army",
    ] {
        assert_eq!(post(title, ""), "OTHER UNKNOWN of nobody: -", "{title}");
    }
    assert_eq!(post("backer of the president", ""), "UNKNOWN UNKNOWN of nobody: -");
    assert_eq!(post("a source", ""), "UNKNOWN UNKNOWN of nobody: -");
    let aide = understand(Some("former aide to the defence minister"), None);
    assert_eq!((aide.status, aide.official_of), (Status::Former, None));
}

#[test]
fn a_ministry_of_an_unknown_country_is_a_ministry() {
    let body = "Ministry of Defence (Marenia)";
    for (title, function) in
        [("Ministry spokeswoman", "SPOKESPERSON"), ("Permanent Secretary", "SENIOR_OFFICIAL")]
    {
        let found =
            format!("{function} NATIONAL_GOVERNMENT of DEFENCE: {body} [NATIONAL_GOVERNMENT]");
        assert_eq!(post(title, body), found);
    }
}

#[test]
fn names_are_inflected_in_titles_only() {
    let title = "verteidigungspolitische Sprecherin der Freien Küstenpartei";
    assert_eq!(
        post(title, "Freie Küstenpartei"),
        "SPOKESPERSON PARTY of nobody: Freie Küstenpartei [PARTY]"
    );
    assert_eq!(triple(title), "SPOKESPERSON DEFENCE CURRENT");
    assert_eq!(triple("Defence analyst"), "EXPERT DEFENCE CURRENT");
}

#[test]
fn an_organisation_speaks_for_itself() {
    let found = understand(None, Some("Kremlin"));
    assert_eq!((found.function, found.voice), (Function::Unknown, Voice::Representative));
    assert_eq!(found.organisation_kind, OrganisationKind::NationalGovernment);
    let nobody = understand(None, None);
    assert_eq!(
        (nobody.organisation, nobody.organisation_kind),
        (Reading::Nothing, OrganisationKind::Unknown)
    );
}

#[test]
fn any_text_is_read_without_a_panic() {
    for text in [
        "",
        "'",
        "''s",
        "\u{200b}",
        "of the",
        "der",
        "-",
        "𝔘𝔫",
        "(((",
        "a'b'c'd",
        "president president president of of of",
    ] {
        understand(Some(text), Some(text));
    }
    // A field in the column beside stands at no place of the title.
    let chief = understand(Some("chief"), Some("Defence"));
    assert_eq!((chief.function, chief.domain), (Function::SeniorOfficial, Domain::Defence));
}

#[test]
fn who_only_pretends_or_no_longer_serves_is_no_official() {
    for title in [
        "critic of the defence minister",
        "not the defence minister",
        "would-be defence minister",
        "self-styled defence minister",
        "late defence minister",
        "defence minister in exile",
    ] {
        assert_eq!(post(title, ""), "OTHER UNKNOWN of nobody: -", "{title}");
    }
    for title in [
        "no longer defence minister",
        "defence minister until last year",
        "defence minister from 2001 to 2004",
        "who was defence minister under Ada Quill",
    ] {
        assert_eq!(triple(title), "MINISTER DEFENCE FORMER", "{title}");
    }
    assert_eq!(triple("then-defence minister"), "MINISTER DEFENCE CURRENT");
}

#[test]
fn a_column_that_contradicts_the_title_makes_no_official() {
    assert!(post("Pentagon spokesman", "Taliban").contains("of nobody"));
    assert!(post("Pentagon spokesman", "US Army").contains("of DEFENCE"));
}

#[test]
fn who_opposes_or_watches_a_body_is_not_of_it() {
    for title in [
        "victim of the Taliban",
        "anti-Taliban fighter",
        "UN critic",
        "anti-UN campaigner",
        "Pentagon correspondent",
        "Pentagon contractor",
        "lawyer for Ada Quill",
        "Ada Quill's lawyer",
    ] {
        assert!(post(title, "").ends_with("of nobody: -"), "{title}");
    }
    assert!(post("Pentagon correspondent for CNN", "").ends_with("MEDIA of nobody: CNN"));
}

#[test]
fn unknown_names_make_neither_towns_nor_clubs() {
    let found = "HEAD_OF_ORGANISATION UNKNOWN of nobody: -";
    assert_eq!(post("president of the Quill fan club", ""), found);
    assert!(post("mayor", "Wrong Org").ends_with("Wrong Org [UNKNOWN]"));
    assert_eq!(post("unknown speaker", ""), "UNKNOWN UNKNOWN of nobody: -");
}

#[test]
fn names_of_persons_say_nothing() {
    for title in [
        "General Abdel Fattah al-Sisi",
        "General Charles de Gaulle",
        "Major General Lorenzo de la Cruz",
        "Colonel von Quill",
        "Admiral India Roe",
        "Major Jordan Smith",
        "Colonel London",
    ] {
        assert_eq!(post(title, ""), "MILITARY_OFFICER MILITARY of DEFENCE: -", "{title}");
    }
    for title in ["President Bashar al-Assad", "President Ursula von der Leyen", "President Ford"] {
        assert_eq!(post(title, ""), "HEAD_OF_STATE NATIONAL_GOVERNMENT of nobody: -", "{title}");
    }
    for title in ["Mayor de Blasio", "Mayor Bill de Blasio", "spokesman for Jordan Quill"] {
        assert!(post(title, "").ends_with("of nobody: -"), "{title}");
    }
    assert!(post("Prime Minister Robert Holland", "").ends_with(": -"));
    // A place behind a preposition is one.
    assert!(post("Maire de Lyon", "").ends_with(": City of Lyon [SUBNATIONAL_GOVERNMENT]"));
    assert!(post("President of Malta Ada Quill", "").ends_with(": Government of Malta"));
}

#[test]
fn bodies_around_the_united_nations_are_not_its_own() {
    for body in ["UN Foundation", "United Nations Association", "UN Correspondents Association"] {
        let found = post(&format!("{body} spokesman"), "");
        assert_eq!(found, format!("SPOKESPERSON NGO of nobody: {body} [NGO]"));
    }
    for (title, country) in [
        ("Israel's UN mission spokesman", "Israel"),
        ("Russian UN mission spokeswoman", "Russia"),
        ("US spokesman at the UN", "the United States"),
    ] {
        let mission = format!("Permanent Mission of {country} to the United Nations");
        let found = format!("SPOKESPERSON DIPLOMATIC_MISSION of nobody: {mission}");
        assert_eq!(post(title, ""), format!("{found} [DIPLOMATIC_MISSION]"), "{title}");
    }
    assert!(post("UN Deputy Spokesman", "").ends_with(": United Nations"));
    assert!(post("spokesman for the UN in Kenya", "").ends_with(": United Nations"));
}

#[test]
fn the_status_of_anothers_office_is_not_the_speakers() {
    assert_eq!(triple("president-elect's spokesman"), "SPOKESPERSON GENERAL CURRENT");
    assert_eq!(triple("president-elect"), "HEAD_OF_STATE GENERAL DESIGNATE");
}

#[test]
fn an_unknown_country_is_no_other_one() {
    for title in [
        "Defence Secretary of Marenia",
        "Secretary of Defense of Marenia",
        "Secretary of State for Defence of Marenia",
        "Secretary of State of Marenia",
        "Icelandic defence minister",
    ] {
        assert!(post(title, "").ends_with(": -"), "{title}: {}", post(title, ""));
    }
    assert!(post("Minister of Defence, Latvia", "").ends_with(": Ministry of Defence (Latvia)"));
    assert!(post("Georgia secretary of state", "").starts_with("MINISTER SUBNATIONAL"));
    assert!(post("NYPD commissioner", "").starts_with("POLICE_OFFICER SUBNATIONAL"));
}
