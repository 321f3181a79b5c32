//! Connections walked page by page: every row once, in order, both ways, whatever the page size,
//! whatever is asked, and whatever is imported meanwhile.

mod filters;

use proptest::prelude::*;
use proptest::sample::select;
use serde_json::Value;

use crate::support::{self, Backend, Database, each_backend, holds, number, strings};

/// A list and the order that it promises, told a second time in SQL.
#[derive(Debug, Clone)]
struct List {
    /// What stands before its arguments.
    open: &'static str,
    /// Its own arguments, and what stands behind it.
    arguments: String,
    close: &'static str,
    /// Where the answer has it.
    pointer: &'static str,
    /// The ids in order.
    ids: &'static str,
}

fn list(open: &'static str, arguments: &str, ids: &'static str) -> List {
    let pointer = match open {
        "quotes(" => "/data/quotes",
        "statements(" => "/data/statements",
        "speakers(" => "/data/speakers",
        "organisations(" => "/data/organisations",
        "articles(" => "/data/articles",
        _ => "/data/in/quotes",
    };
    let close = if open.starts_with("in:") { "}" } else { "" };
    List { open, arguments: arguments.to_owned(), close, pointer, ids }
}

const NEWEST: &str = "quote ORDER BY ordered_at DESC, id DESC";
const OLDEST: &str = "quote ORDER BY ordered_at, id";

/// Lists in which a row stays where it is when others come.
fn steady() -> Vec<List> {
    let by_place = "quote ORDER BY article_id, ordinal, id";
    vec![
        list("quotes(", "", NEWEST),
        list("quotes(", "orderBy: NEWEST", NEWEST),
        list("quotes(", "orderBy: OLDEST", OLDEST),
        list("quotes(", "orderBy: ARTICLE_POSITION", by_place),
        list("speakers(", "", "speaker ORDER BY name_key, id"),
        list("organisations(", "", "organisation ORDER BY name_key, id"),
        list("articles(", "", "article ORDER BY ordered_at DESC, id DESC"),
    ]
}

/// Every list.
fn lists() -> Vec<List> {
    let mut all = steady();
    all.extend([
        list("statements(", "", "statement ORDER BY ordered_at DESC, id DESC"),
        list(
            r#"in: article(documentId: "sample-001") { quotes("#,
            "",
            "quote WHERE article_id = (SELECT id FROM article WHERE document_id = 'sample-001')
                ORDER BY ordinal, id",
        ),
        list(
            r#"in: article(documentId: "sample-014") { quotes("#,
            "orderBy: NEWEST",
            "quote WHERE article_id = (SELECT id FROM article WHERE document_id = 'sample-014')
                ORDER BY ordered_at DESC, id DESC",
        ),
        list(
            r#"in: speaker(name: "Anselm Okoro-Lindqvist") { quotes("#,
            "",
            "quote WHERE speaker_id = (SELECT id FROM speaker WHERE name LIKE 'Anselm Okoro%')
                ORDER BY ordered_at DESC, id DESC",
        ),
    ]);
    all
}

/// A page as it was answered.
struct Page {
    ids: Vec<String>,
    total: u64,
    next: bool,
    previous: bool,
    start: Option<String>,
    end: Option<String>,
}

impl List {
    fn filtered(mut self, filter: &str) -> Self {
        self.arguments = format!("{} filter: {filter}", self.arguments);
        self
    }

    /// The ids of the whole list, in order, as its rows are stored.
    fn stored(&self, database: &Database) -> Vec<String> {
        let id = database.backend().hex("id");
        database.column(&format!("SELECT {id} AS value FROM {}", self.ids))
    }

    fn page(&self, database: &Database, page: &str) -> Page {
        let Self { open, arguments, close, pointer, .. } = self;
        let answer = database.ask(&format!(
            "{{ {open}{arguments} {page}) {{ totalCount edges {{ cursor node {{ id }} }}
                pageInfo {{ hasNextPage hasPreviousPage startCursor endCursor }} }} {close} }}"
        ));
        let found = answer.pointer(pointer).unwrap();
        let info = &found["pageInfo"];
        let cursor = |name: &str| info[name].as_str().map(str::to_owned);
        let cursors = strings(found, "/edges", "/cursor");
        assert_eq!(cursors.first().cloned(), cursor("startCursor"));
        assert_eq!(cursors.last().cloned(), cursor("endCursor"));
        Page {
            ids: strings(found, "/edges", "/node/id")
                .iter()
                .map(|id| id.replace('-', ""))
                .collect(),
            total: number(found, "/totalCount"),
            next: info["hasNextPage"].as_bool().unwrap(),
            previous: info["hasPreviousPage"].as_bool().unwrap(),
            start: cursor("startCursor"),
            end: cursor("endCursor"),
        }
    }

    /// Every row from the beginning, by pages of this size; as many as `totalCount` tells.
    fn forwards(&self, database: &Database, size: usize) -> Vec<String> {
        let walked = self.forwards_while(database, size, || {});
        assert_eq!(walked.len() as u64, self.page(database, "last: 1").total, "{self:?}");
        walked
    }

    /// The same; something happens before each further page.
    fn forwards_while(
        &self,
        database: &Database,
        size: usize,
        mut happens: impl FnMut(),
    ) -> Vec<String> {
        let mut page = self.page(database, &format!("first: {size}"));
        assert!(!page.previous, "something before the beginning of {self:?}");
        let mut walked = std::mem::take(&mut page.ids);
        while page.next {
            happens();
            page = self.page(database, &format!("first: {size}, after: {:?}", page.end.unwrap()));
            assert!(page.previous && !page.ids.is_empty() && page.ids.len() <= size, "{self:?}");
            walked.append(&mut page.ids);
        }
        walked
    }

    /// Every row from the end, by pages of this size; answered in the list's own order.
    fn backwards(&self, database: &Database, size: usize) -> Vec<String> {
        let mut page = self.page(database, &format!("last: {size}"));
        assert!(!page.next, "something behind the end of {self:?}");
        let mut pages = vec![std::mem::take(&mut page.ids)];
        while page.previous {
            page = self.page(database, &format!("last: {size}, before: {:?}", page.start.unwrap()));
            assert!(page.next && !page.ids.is_empty() && page.ids.len() <= size, "{self:?}");
            pages.push(std::mem::take(&mut page.ids));
        }
        pages.into_iter().rev().flatten().collect()
    }
}

fn sample(backend: Backend) -> Database {
    Database::of_files(backend, &[support::repository("sample/statements.jsonl")])
}

#[test]
fn walking_a_list_meets_every_row_once_in_order_both_ways() {
    each_backend(|backend| {
        let database = sample(backend);
        for list in lists() {
            let stored = list.stored(&database);
            assert!(stored.len() > 5, "{list:?} is too short to be walked");
            let sizes = prop_oneof![1 => Just(1), 6 => 2..=20usize, 3 => 21..=100usize];
            holds(6, sizes, |&size| {
                assert_eq!(list.forwards(&database, size), stored, "by {size}, {list:?}");
                assert_eq!(list.backwards(&database, size), stored, "back by {size}, {list:?}");
            });
        }
    });
}

#[test]
fn nothing_lies_behind_the_last_row_nor_before_the_first() {
    each_backend(|backend| {
        let database = sample(backend);
        for list in lists() {
            let whole = list.stored(&database).len();
            let (first, last) = (list.page(&database, "first: 1"), list.page(&database, "last: 1"));
            let behind = list.page(&database, &format!("first: 9, after: {:?}", last.end.unwrap()));
            assert!(behind.ids.is_empty() && !behind.next && behind.previous, "{list:?}");
            let before =
                list.page(&database, &format!("last: 9, before: {:?}", first.start.unwrap()));
            assert!(before.ids.is_empty() && !before.previous && before.next, "{list:?}");
            assert!(first.next && last.previous && first.total == whole as u64, "{list:?}");
            if whole <= 100 {
                let all = list.page(&database, &format!("first: {whole}"));
                assert!(!all.next && !all.previous && all.ids.len() == whole, "{list:?}");
            }
        }
    });
}

#[test]
fn a_walk_is_not_disturbed_by_what_is_imported_meanwhile() {
    let sample = support::read(support::repository("sample/statements.jsonl"));
    let rows: Vec<&str> = sample.lines().collect();
    let shuffled = Just((0..rows.len()).collect::<Vec<_>>()).prop_shuffle();
    each_backend(|backend| {
        holds(8, (&shuffled, 5..=15usize, select(steady())), |(order, size, list)| {
            let text = |part: &[usize]| {
                part.iter().map(|&at| format!("{}\n", rows[at])).collect::<String>()
            };
            let (there, coming) = order.split_at(rows.len() / 2);
            let database = Database::of(backend, &text(there));
            let before = list.stored(&database);
            let mut coming = coming.chunks(10);
            let walked = list.forwards_while(&database, *size, || {
                if let Some(part) = coming.next() {
                    database.import(&[&text(part)]);
                }
            });
            let mut met = walked.clone();
            met.retain(|id| before.contains(id));
            assert_eq!(met, before, "a row that was there was skipped or repeated in {list:?}");
            let mut ordered = list.stored(&database);
            ordered.retain(|id| walked.contains(id));
            assert_eq!(walked, ordered, "out of order in {list:?}");
        });
    });
}

#[test]
fn a_page_size_that_cannot_be_is_an_error_that_names_its_argument() {
    each_backend(|backend| {
        let database = sample(backend);
        for List { open, arguments, close, .. } in lists() {
            for (page, argument) in [
                ("first: 0", "first"),
                ("first: -1", "first"),
                ("first: 101", "first"),
                ("last: 0", "last"),
                ("last: -1", "last"),
                ("last: 101", "last"),
                ("first: 5, last: 5", "last"),
                ("after: \"nonsense\"", "after"),
                ("before: \"\"", "before"),
            ] {
                let document =
                    format!("{{ {open}{arguments} {page}) {{ nodes {{ id }} }} {close} }}");
                let answer: Value =
                    serde_json::from_str(&database.answer(&document, None)).unwrap();
                let error = &answer["errors"][0];
                assert_eq!(error["extensions"]["code"], "BAD_USER_INPUT", "{document}: {answer}");
                assert_eq!(error["extensions"]["argument"], argument, "{document}: {answer}");
                assert!(error["message"].as_str().unwrap().starts_with(argument), "{answer}");
            }
        }
    });
}
