//! The truth table of printed titles (`shared/data/roles/dev.tsv`) against the understanding.

use dixit::domain::organisation::Reading;
use dixit::domain::role::{Understanding, understand};
use dixit::domain::vocabulary::{Domain, Function, Status};
use std::fs;
use std::path::Path;

/// One labelled row; `*` is not scored.
struct Row {
    cells: Vec<String>,
}

impl Row {
    fn cell(&self, index: usize) -> &str {
        self.cells.get(index).map_or("", |cell| cell.trim())
    }

    fn optional(&self, index: usize) -> Option<&str> {
        Some(self.cell(index)).filter(|text| !text.is_empty())
    }

    fn understand(&self) -> Understanding {
        understand(self.optional(0), self.optional(1))
    }
}

fn rows() -> Vec<Row> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/roles/dev.tsv");
    let text =
        fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    text.lines()
        .skip(1)
        .map(|line| Row { cells: line.split('\t').map(str::to_owned).collect() })
        .collect()
}

fn agrees(expected: &str, found: &str) -> bool {
    expected == "*" || expected == found
}

/// The guide's `un_spokesperson`: a current spokesperson of the United Nations or a body of it.
fn is_un_spokesperson(found: &Understanding) -> bool {
    let Reading::Known(organisation) = &found.organisation else {
        return false;
    };
    found.function == Function::Spokesperson
        && found.status != Status::Former
        && (organisation.key == "un"
            || organisation.ancestors().iter().any(|parent| parent.key == "un"))
}

fn flag(yes: bool) -> &'static str {
    if yes { "yes" } else { "no" }
}

#[test]
fn the_truth_table_of_titles_is_understood() {
    let rows = rows();
    assert!(!rows.is_empty(), "the truth table has no rows");
    let (mut triples, mut flags, mut names, mut named) = (0, 0, 0, 0);
    for row in &rows {
        let found = row.understand();
        let right = agrees(row.cell(2), found.function.as_str())
            && agrees(row.cell(3), found.domain.as_str())
            && agrees(row.cell(4), found.status.as_str());
        triples += usize::from(right);
        if !right {
            println!(
                "triple: {} | {}: {} {} {}",
                row.cell(0),
                row.cell(1),
                found.function,
                found.domain,
                found.status
            );
        }
        for (index, yes) in
            [(8, found.official_of == Some(Domain::Defence)), (9, is_un_spokesperson(&found))]
        {
            if !agrees(row.cell(index), flag(yes)) {
                flags += 1;
                println!("flag {index}: {} | {}: {}", row.cell(0), row.cell(1), flag(yes));
            }
        }
        for (index, text) in [(5, found.voice.as_str()), (6, found.organisation_kind.as_str())] {
            if !agrees(row.cell(index), text) {
                println!("column {index}: {} | {}: {text}", row.cell(0), row.cell(1));
            }
        }
        let name = match &found.organisation {
            Reading::Known(organisation) => organisation.name.to_owned(),
            Reading::Unlisted { name, .. } => name.clone(),
            Reading::Ambiguous(_) | Reading::Nothing => String::new(),
        };
        if row.cell(7) != "*" {
            named += 1;
            let same = row.cell(7).eq_ignore_ascii_case(&name);
            names += usize::from(same);
            if !same {
                println!(
                    "name: {} | {}: {name:?}, expected {:?}",
                    row.cell(0),
                    row.cell(1),
                    row.cell(7)
                );
            }
        }
    }
    println!(
        "triples {triples}/{}, flag errors {flags}, organisation names {names}/{named}",
        rows.len()
    );
    assert_eq!(flags, 0, "errors on the two flags");
    assert!(triples * 100 >= rows.len() * 97, "{triples} of {} triples", rows.len());
}
