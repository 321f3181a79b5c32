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
}
