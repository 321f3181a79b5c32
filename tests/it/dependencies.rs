//! What is built in keeps to `deny.toml`, as far as that can be told without installing cargo-deny:
//! licences, bans, sources; and each direct dependency has its reason.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use serde_json::Value;
use spdx::{Expression, ParseMode};
use toml::Table;

use crate::support::{read, repository, text};

fn table(path: &str) -> Table {
    read(repository(path)).parse().unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// What cargo knows of every package, on every platform, with every feature.
fn metadata() -> Value {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--locked", "--format-version", "1", "--all-features"])
        .current_dir(repository(""))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn list<'v>(value: &'v Value, name: &str) -> &'v [Value] {
    value[name].as_array().unwrap_or_else(|| panic!("no list {name}"))
}

/// The texts of a list in `deny.toml`.
fn allowed(deny: &Table, section: &str, name: &str) -> Vec<String> {
    let list = deny[section][name].as_array().unwrap();
    list.iter().map(|entry| entry.as_str().unwrap().to_owned()).collect()
}

#[test]
fn every_package_has_a_licence_that_is_allowed_and_every_allowed_one_is_used() {
    let allowed = allowed(&table("deny.toml"), "licenses", "allow");
    let metadata = metadata();
    let mut used = BTreeSet::new();
    for package in list(&metadata, "packages") {
        let (name, licence) = (text(package, "/name"), text(package, "/license"));
        let expression = Expression::parse_mode(licence, ParseMode::LAX)
            .unwrap_or_else(|error| panic!("{name}: {error}"));
        let may = |licence: &spdx::LicenseReq| allowed.contains(&licence.to_string());
        assert!(expression.evaluate(may), "{name} has the licence {licence}");
        let named = expression.requirements().map(|requirement| requirement.req.to_string());
        used.extend(named.filter(|licence| allowed.contains(licence)));
    }
    assert_eq!(used.into_iter().collect::<Vec<_>>(), {
        let mut allowed = allowed;
        allowed.sort();
        allowed
    });
}

#[test]
fn no_package_is_banned_and_all_come_from_the_registry() {
    let deny = table("deny.toml");
    let metadata = metadata();
    let registries = allowed(&deny, "sources", "allow-registry");
    let packages = list(&metadata, "packages");
    assert!(packages.len() > 200, "only {} packages", packages.len());
    for package in packages.iter().filter(|package| package["name"] != "dixit") {
        let source = package["source"].as_str().unwrap_or("a path");
        let known = registries.iter().any(|registry| source == format!("registry+{registry}"));
        assert!(known, "{} comes from {source}", package["name"]);
    }
    let names: BTreeMap<&str, &str> =
        packages.iter().map(|package| (text(package, "/id"), text(package, "/name"))).collect();
    for ban in deny["bans"]["deny"].as_array().unwrap() {
        let banned = ban["crate"].as_str().unwrap();
        let excused = ban.get("wrappers").and_then(|wrappers| wrappers.as_array());
        let excused: Vec<&str> =
            excused.into_iter().flatten().filter_map(|wrapper| wrapper.as_str()).collect();
        for node in list(&metadata["resolve"], "nodes") {
            let user = names[text(node, "/id")];
            let uses = list(node, "deps").iter().any(|used| names[text(used, "/pkg")] == banned);
            assert!(!uses || excused.contains(&user), "{user} uses {banned}: {ban:?}");
        }
    }
}

#[test]
fn every_direct_dependency_has_its_reason_above_it_and_a_version() {
    let manifest = read(repository("Cargo.toml"));
    let lines: Vec<&str> = manifest.lines().collect();
    let mut looked_at = 0;
    for section in ["dependencies", "dev-dependencies"] {
        for (name, wanted) in table("Cargo.toml")[section].as_table().unwrap() {
            let begins = format!("{name} = ");
            let of_section = lines.iter().position(|line| *line == format!("[{section}]")).unwrap();
            let place = lines[of_section..].iter().position(|line| line.starts_with(&begins));
            let before = lines[of_section + place.unwrap() - 1];
            assert!(
                before.starts_with("# ") && !before.starts_with("# ---"),
                "{name} has no reason above it in Cargo.toml"
            );
            let version = wanted.as_str().or_else(|| wanted.get("version")?.as_str());
            assert!(version.is_some_and(|version| !version.contains('*')), "{name}: {wanted:?}");
            looked_at += 1;
        }
    }
    assert!(looked_at > 30, "only {looked_at} dependencies");
}

/// Packages of `web/` whose licence is not permissive, and why they may be there. None is shipped.
const TESTS_ALONE: [(&str, &str, &str); 1] =
    [("axe-core", "MPL-2.0", "the rules of accessibility; loaded by web/browser/ into a test")];

#[test]
fn every_package_of_the_pages_has_a_permissive_licence_and_an_exact_version() {
    let lock = read(repository("web/package-lock.json"));
    assert!(!lock.contains("\"resolved\""), "the lock file names a registry");
    let lock: Value = serde_json::from_str(&lock).unwrap();
    let packages = lock["packages"].as_object().unwrap();
    assert!(packages.len() > 80, "only {} packages", packages.len());
    let permissive =
        ["MIT", "ISC", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "0BSD", "PSF-2.0"];
    for (path, package) in packages.iter().filter(|(path, _)| !path.is_empty()) {
        let name = path.rsplit("node_modules/").next().unwrap();
        let licence = package["license"].as_str().unwrap_or_else(|| panic!("{name} has none"));
        let expression = Expression::parse_mode(licence, ParseMode::LAX)
            .unwrap_or_else(|error| panic!("{name}: {error}"));
        let free = expression.evaluate(|asked| permissive.contains(&asked.to_string().as_str()));
        let excused =
            TESTS_ALONE.iter().any(|(excused, its, _)| *excused == name && *its == licence);
        assert!(free || excused && package["dev"] == true, "{name} has the licence {licence}");
    }
    let manifest: Value = serde_json::from_str(&read(repository("web/package.json"))).unwrap();
    for section in ["dependencies", "devDependencies", "overrides"] {
        for (name, version) in manifest[section].as_object().unwrap() {
            let version = version.as_str().unwrap();
            assert!(version.starts_with(|first: char| first.is_ascii_digit()), "{name} {version}");
        }
    }
}

#[test]
fn nothing_of_our_own_is_unsafe() {
    for file in ["src/lib.rs", "src/main.rs"] {
        assert!(read(repository(file)).contains("\n#![forbid(unsafe_code)]\n"), "{file}");
    }
    assert_eq!(table("Cargo.toml")["lints"]["rust"]["unsafe_code"].as_str(), Some("forbid"));
}
