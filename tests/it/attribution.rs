//! Printed sources with labels against what is made of them: our own table, labelled before it was
//! run, and the speakers of the real files.

use dixit::domain::attribution::split;
use dixit::domain::reading::Printed;
use dixit::domain::resolution::named;

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
    let table = read(&repository("tests/attribution/printed.tsv"));
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
        if found.speaker.is_some() && label.speaker.is_none() {
            invented.push(printed);
        }
    }
    let all = rows().count();
    println!("{right} of {all} strings are taken apart as labelled");
    assert!(all >= 150, "{all} rows");
    assert_eq!(invented, [""; 0], "persons are invented");
    assert_eq!(right, all);
}
