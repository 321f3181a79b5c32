//! The pages of the formats: each format has one, and what a page shows imports as the page says.

use std::collections::BTreeSet;

use dixit::import::format::Format;

use super::{Block, blocks};
use crate::support::{Workplace, each_backend, files, read, repository};

#[test]
fn every_format_has_a_page_that_the_index_knows() {
    let name = |path: std::path::PathBuf| path.file_stem().unwrap().to_string_lossy().into_owned();
    let pages: BTreeSet<String> =
        files(&repository("docs/formats"), ".md").into_iter().map(name).collect();
    let formats: BTreeSet<String> =
        Format::all().map(|format| format.as_str().to_owned()).collect();
    assert_eq!(pages, formats, "pages, and formats");
    let index = read(repository("docs/import.md"));
    for format in formats {
        assert!(index.contains(&format!("](formats/{format}.md)")), "no link to {format}");
    }
}

/// The files of a page are imported by its commands, in order, into one database; what each prints
/// stands behind it, save the seconds. Other commands are passed over.
#[test]
fn what_a_page_of_a_format_shows_imports_as_it_says() {
    each_backend(|backend| {
        for format in Format::all() {
            let page = read(repository("docs/formats").join(format!("{format}.md")));
            let place = Workplace::new(backend);
            let mut run = 0;
            let mut printed: Option<String> = None;
            for Block { language, file, content } in blocks(&page) {
                match (language, file) {
                    (_, Some(file)) => drop(place.file(file, content)),
                    ("sh", None) => {
                        let commands =
                            content.lines().filter_map(|line| line.strip_prefix("dixit import "));
                        for command in commands {
                            let arguments =
                                ["import"].into_iter().chain(command.split_whitespace());
                            let done = place.dixit(&arguments.collect::<Vec<_>>());
                            assert!(done.code <= 1, "{format}: {command}: {done:?}");
                            assert!(
                                run > 0 || done.out.contains(&format!(" ({format})")),
                                "{done:?}"
                            );
                            printed = Some(done.out);
                            run += 1;
                        }
                    }
                    ("text", None) => {
                        let printed =
                            printed.take().unwrap_or_else(|| panic!("{format}: {content}"));
                        assert_eq!(untimed(&printed), untimed(&content), "{format}");
                    }
                    _ => {}
                }
            }
            assert!(run > 0 && printed.is_none(), "{format}: a command without its answer");
        }
    });
}

/// A report without how long it took.
fn untimed(report: &str) -> String {
    let line = |line: &str| match line.split_once(" lines in ") {
        Some((lines, rest)) => {
            format!("{lines} lines{}\n", rest.split_once(" s:").map_or(rest, |(_, rest)| rest))
        }
        None => format!("{line}\n"),
    };
    report.lines().map(line).collect()
}
