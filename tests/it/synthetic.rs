//! The generator of synthetic statements (`examples/synthetic`): the same lines for the same seed,
//! and an import takes every line that was not made faulty.

#[path = "../../examples/synthetic/random.rs"]
mod random;
#[path = "../../examples/synthetic/rows.rs"]
mod rows;
#[path = "../../examples/synthetic/stream.rs"]
mod stream;
#[path = "../../examples/synthetic/words.rs"]
mod words;
#[path = "../../examples/synthetic/world.rs"]
mod world;

use std::collections::HashSet;

use crate::support::{Backend, Workplace, number};
use rows::Format;
use stream::{Ask, Stream};

/// All lines, and how many of them were made faulty.
fn written(ask: &Ask) -> (String, u64) {
    let (mut stream, mut line, mut all) = (Stream::new(ask), String::new(), String::new());
    while stream.next(&mut line) {
        all.push_str(&line);
    }
    assert!(stream.told().starts_with(&format!("{} lines", all.lines().count())));
    (all, stream.faulty())
}

#[test]
fn the_same_seed_writes_the_same_lines() {
    for format in [Format::Native, Format::Quotebank] {
        let ask = Ask { statements: 200, format, duplicates: 5, faulty: 5, ..Ask::default() };
        assert_eq!(written(&ask), written(&ask));
        assert_ne!(written(&ask), written(&Ask { seed: 2, ..ask }));
    }
}

#[test]
fn people_are_as_different_as_their_numbers() {
    let names: HashSet<_> = (0..100_000).map(|number| world::person(number).name).collect();
    assert_eq!(names.len(), 100_000);
}

#[test]
fn an_import_takes_every_line_that_is_not_faulty() {
    for format in [Format::Native, Format::Quotebank] {
        let place = Workplace::new(Backend::Sqlite);
        let good = Ask { statements: 500, format, ..Ask::default() };
        let (lines, _) = written(&good);
        let (code, report, _) = place.import(&[&place.file("good.jsonl", &lines)]);
        assert_eq!((code, number(&report, "/rejected")), (0, 0), "{report}");
        assert_eq!(number(&report, "/lines"), lines.lines().count() as u64);

        let ask = Ask { faulty: 10, seed: 2, ..good };
        let (lines, faulty) = written(&ask);
        let (code, report, rejects) = place.import(&[&place.file("faulty.jsonl", &lines)]);
        assert!(faulty > 20, "{faulty}");
        assert_eq!((code, number(&report, "/rejected")), (1, faulty), "{report}");
        assert_eq!(rejects.len() as u64, faulty);
    }
}

#[test]
fn repeated_lines_and_reprints_are_known_for_what_they_are() {
    let place = Workplace::new(Backend::Sqlite);
    let ask = Ask { statements: 300, duplicates: 10, ..Ask::default() };
    let (lines, _) = written(&ask);
    let (code, report, _) = place.import(&[&place.file("rows.jsonl", &lines)]);
    let different: HashSet<_> = lines.lines().collect();
    let repeated = (lines.lines().count() - different.len()) as u64;
    assert_eq!((code, number(&report, "/changed")), (0, 0), "{report}");
    // What is reprinted in its own article is known, too.
    assert!(repeated > 10 && number(&report, "/known") >= repeated, "{repeated} {report}");
}
