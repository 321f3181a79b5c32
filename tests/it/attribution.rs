//! Printed sources with labels against what is made of them: our own table, labelled before it was
//! run, and the speakers of the real files.

use dixit::domain::attribution::split;
use dixit::domain::reading::Printed;
use dixit::domain::resolution::{ResolvedOrganisation, named};

use serde_json::Value;

use crate::support::{read, repository};

/// The table holds these labels; the mark `-` in the speaker's place says that nothing was printed.
fn labelled(row: &str) -> (&str, Printed) {
    let mut cells = row.split('\t');
    let printed = cells.next().unwrap_or_default();
    let mut part = || cells.next().filter(|cell| !cell.is_empty()).map(str::to_owned);
    let (speaker, role, organisation) = (part(), part(), part());
    if speaker.as_deref() == Some("-") {
        return (printed, Printed::default());
    }
    let whole = printed.trim();
    let attribution = (speaker.as_deref() != Some(whole)).then(|| whole.to_owned());
    (printed, Printed { speaker, role, organisation, attribution })
}

#[test]
fn the_labelled_table_is_understood() {
    let table = read(repository("tests/attribution/printed.tsv"));
    let rows = || table.lines().filter(|row| !row.starts_with("# ")).map(labelled);
    let mut right = 0;
    let mut invented = Vec::new();
    for (printed, label) in rows() {
        let found = split(printed);
        if found == label {
            right += 1;
        } else {
            println!("{printed}: {found:?}, not {label:?}");
        }
        if let Some(speaker) = &found.speaker {
            let (whole, part) = (named(printed), named(speaker));
            assert!(whole.is_none() || whole.map(|it| it.id) == part.map(|it| it.id), "{printed}");
        }
        if found.speaker.is_some() && label.speaker.is_none() {
            invented.push(printed);
        }
    }
    let all = rows().count();
    println!("{right} of {all} strings are taken apart as labelled");
    assert!(all >= 150, "{all} rows");
    assert_eq!(invented, [""; 0], "persons are invented");
    assert!(right * 100 >= all * 96, "{right} of {all}");
}

/// The `speaker` of every quote in the real files, in order, each once.
fn real_speakers() -> Vec<String> {
    let mut speakers = Vec::new();
    for text in 1..=5 {
        let file = read(repository(&format!("../shared/data/formats/ggt/text{text}.json")));
        let quotes: Vec<Value> = serde_json::from_str(&file).unwrap();
        speakers.extend(quotes.iter().map(|quote| quote["speaker"].as_str().unwrap().to_owned()));
    }
    let lines = read(repository("../shared/data/formats/langextract.jsonl"));
    for document in lines.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()) {
        let found = document["extractions"].as_array().unwrap().iter();
        let names = found.filter_map(|one| one["attributes"]["speaker"].as_str());
        speakers.extend(names.map(str::to_owned));
    }
    speakers.sort_unstable();
    speakers.dedup();
    speakers
}

#[test]
fn the_speakers_of_real_files_are_taken_apart() {
    let (persons, others): (Vec<Printed>, Vec<Printed>) =
        real_speakers().iter().map(|printed| split(printed)).partition(|it| it.speaker.is_some());
    let count = |all: &[Printed], part: fn(&Printed) -> &Option<String>| {
        all.iter().filter(|found| part(found).is_some()).count()
    };
    // Eleven spellings of people; crowds, pronouns, a spokesman, companies, garbage and nothing.
    assert_eq!((persons.len(), others.len()), (11, 11), "{persons:#?} {others:#?}");
    assert_eq!(count(&persons, |found| &found.role), 6, "{persons:#?}");
    assert_eq!(count(&persons, |found| &found.organisation), 1, "{persons:#?}");
    assert_eq!(count(&others, |found| &found.role), 2, "{others:#?}");
    assert_eq!(count(&others, |found| &found.organisation), 1, "{others:#?}");
}

/// Where people have marked up speaker, role and organisation beside the attribution, some of it from
/// elsewhere in the article: what is found in the attribution alone must not be another.
#[test]
fn attributions_that_people_have_marked_up_are_understood_alike() {
    let rows = read(repository("../shared/data/kandahar/statements.jsonl"));
    let mut parts = 0;
    for row in rows.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()) {
        let Some(printed) = row["attribution"].as_str() else { continue };
        let found = split(printed);
        let label = |part: &str| row[part].as_str().unwrap_or_default();
        if let Some(speaker) = found.speaker {
            assert!(label("speaker").ends_with(&speaker), "{speaker}: {row}");
            parts += 1;
        }
        if let Some(role) = found.role {
            assert_eq!(role.to_lowercase(), label("role").to_lowercase(), "{row}");
            parts += 1;
        }
        if let Some(organisation) = found.organisation {
            let [one, other] =
                [&*organisation, label("organisation")].map(ResolvedOrganisation::read);
            assert_eq!(one, other, "{row}");
            parts += 1;
        }
    }
    assert_eq!(parts, 23, "parts are found");
}
