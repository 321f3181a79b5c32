//! The shipped organisations: each readable by its own name, none twice, and what `dixit
//! vocabulary` says of them.

use dixit::domain::organisation::{self, Organisation, Reading, by_key, listed};
use std::collections::{HashMap, HashSet};
use std::process::Command;

fn dixit(arguments: &[&str]) -> (bool, String) {
    let out = Command::new(env!("CARGO_BIN_EXE_dixit"))
        .arg("vocabulary")
        .args(arguments)
        .output()
        .unwrap_or_else(|error| panic!("dixit vocabulary: {error}"));
    (out.status.success(), String::from_utf8_lossy(&out.stdout).into_owned())
}

fn means(printed: &str, one: &Organisation) -> bool {
    match organisation::read(printed) {
        Reading::Known(known) => known.key == one.key,
        Reading::Ambiguous(all) => all.iter().any(|other| other.key == one.key),
        _ => false,
    }
}

#[test]
fn every_listed_organisation_is_found_by_key_and_name() {
    let mut wrong = Vec::new();
    for one in listed() {
        assert_eq!(by_key(one.key).map(|found| found.key), Some(one.key));
        if !means(one.name, one) {
            wrong.push(format!("{}: {} -> {:?}", one.key, one.name, organisation::read(one.name)));
        }
    }
    assert!(wrong.is_empty(), "{}:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn no_two_organisations_have_one_key_name_or_wikidata_item() {
    let mut keys = HashSet::new();
    let mut names: HashMap<String, &str> = HashMap::new();
    let mut items = HashSet::new();
    for one in organisation::all() {
        assert!(keys.insert(one.key), "{} twice", one.key);
        if let Some(other) = names.insert(one.name.to_lowercase(), one.key) {
            panic!("{} and {other} are both called {}", one.key, one.name);
        }
        if let Some(item) = one.wikidata {
            assert!(items.insert(item), "{item} twice, the second time for {}", one.key);
            assert!(item.strip_prefix('Q').is_some_and(|rest| rest.parse::<u64>().is_ok()));
        }
        if let Some(parent) = one.parent {
            assert!(by_key(parent).is_some(), "{} has parent {parent}", one.key);
        }
    }
}

#[test]
fn what_a_country_has_is_listed() {
    let all: HashSet<&str> = listed().map(|one| one.key).collect();
    assert!(all.len() >= 1_500, "{} organisations", all.len());
    for key in [
        "gb/finance-ministry",
        "lv/defence-ministry",
        "lt/defence-ministry",
        "ir/parliament",
        "gh/central-bank",
        "ph/senate",
        "tv/government",
    ] {
        assert!(all.contains(key), "{key}");
    }
    for (printed, key) in [
        ("Quai d'Orsay", "fr/foreign-ministry"),
        ("Lithuanian Ministry of National Defence", "lt/defence-ministry"),
        ("Ministry of Defence (Lithuania)", "lt/defence-ministry"),
        (
            "Cambodia's Ministry of Foreign Affairs and International Cooperation",
            "kh/foreign-ministry",
        ),
        ("Saeima", "lv/parliament"),
        ("Peruvian Congress", "pe/parliament"),
        ("Congress of Peru", "pe/parliament"),
        ("US House of Representatives", "us/house"),
        ("Japan's House of Representatives", "jp/lower-house"),
        ("Norwegian central bank", "no/central-bank"),
        ("Senegalese central bank", "bceao"),
        ("Israeli army", "il/armed-forces"),
        ("Jamaican Ministry of National Security", "jm/interior-ministry"),
        ("the Fed", "us/central-bank"),
    ] {
        let found = match organisation::read(printed) {
            Reading::Known(one) => one.key.to_owned(),
            other => format!("{other:?}"),
        };
        assert_eq!(found, key, "{printed}");
    }
}

#[test]
fn the_command_lists_and_explains() {
    let (done, text) = dixit(&[]);
    assert!(
        done && text.contains("organisations") && text.contains("NATIONAL_GOVERNMENT"),
        "{text}"
    );

    let (done, text) = dixit(&["organisations", "--country", "lv", "--json"]);
    assert!(done);
    let lines: Vec<serde_json::Value> =
        text.lines().map(|line| serde_json::from_str(line).unwrap_or_default()).collect();
    let ministry = lines.iter().find(|line| line["key"] == "lv/defence-ministry");
    assert_eq!(ministry.map(|line| &line["name"]), Some(&"Ministry of Defence (Latvia)".into()));
    assert!(lines.iter().all(|line| line["country"] == "LV"), "{text}");

    let (done, text) =
        dixit(&["name", "the Pentagon", "Washington", "MoD", "Quillon Institute", ""]);
    assert!(done);
    for line in [
        "the Pentagon: known\n  us/defence-ministry  United States Department of Defense",
        "Washington: ambiguous\n  us/government",
        "MoD: generic (defence-ministry)",
        "Quillon Institute: unlisted (NGO)",
        ": nothing",
    ] {
        assert!(text.contains(line), "{line} is missing in\n{text}");
    }
    assert!(!dixit(&["organisations", "--country", "Latvia"]).0);
    assert!(!dixit(&["organisations", "--kind", "MINISTRY"]).0);
}
