//! The same rows in both databases, and the same questions to both: every answer is the same bytes.

mod inputs;
mod rows;
mod values;

use std::cell::Cell;
use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::sample::select;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use serde_json::Value;

use crate::support::{Backend, Database, holds};
use inputs::Inputs;
use values::values;

/// One content in two databases.
struct Twins {
    sqlite: Database,
    postgres: Database,
}

impl Twins {
    /// Imports the rows into both, in two runs; both must tell the same of it.
    fn of(rows: &[String]) -> Self {
        let [sqlite, postgres] = Backend::ALL.map(Database::empty);
        let directory = tempfile::tempdir().unwrap();
        let file = directory.path().join("rows.jsonl");
        for part in rows.chunks(rows.len().div_ceil(2)) {
            std::fs::write(&file, part.concat()).unwrap();
            let told = [&sqlite, &postgres].map(|database| {
                let (mut report, told) = database.try_import(std::slice::from_ref(&file), None);
                // Of the run, not of what it did.
                (report.seconds, report.position) = (0.0, None);
                (serde_json::to_string(&report).unwrap(), told)
            });
            assert_eq!(told[0], told[1]);
            assert!(told[0].1.is_empty(), "rows were rejected: {:#?}", told[0].1);
        }
        let file = directory.path().join("record.csv");
        std::fs::write(&file, rows::record()).unwrap();
        for database in [&sqlite, &postgres] {
            database.import_tenures(&file);
        }
        let (one, other) = (sqlite.dump(), postgres.dump());
        let differing = one.lines().zip(other.lines()).find(|(one, other)| one != other);
        assert!(one == other, "the first difference of the dumps is {differing:#?}");
        Self { sqlite, postgres }
    }

    /// What both answer.
    fn answer(&self, document: &str) -> Value {
        let [one, other] =
            [&self.sqlite, &self.postgres].map(|database| database.answer(document, None));
        assert_eq!(one, other, "to {document}");
        serde_json::from_str(&one).unwrap()
    }

    /// The same, where there must be no error.
    fn ask(&self, document: &str) -> Value {
        let answer = self.answer(document);
        assert!(answer.get("errors").is_none(), "{answer:#}\nto {document}");
        answer
    }
}

/// A list of the API.
#[derive(Debug, Clone, Copy)]
struct List {
    name: &'static str,
    filter: &'static str,
    orders: &'static [&'static str],
    shown: &'static str,
}

const QUOTE: &str = "id text kind speakerKind language cue via medium contextBefore contextAfter
    start end position confidence externalId contradictingReadings officialOf
    printed { speaker role organisation attribution } saidAt { text earliest latest precision }
    reportedAt { text precision } extractor { name version }
    speaker { name aliases wikidataId wikidataCandidates } role { title function status voice }
    organisation { name kind country aliases { name kind language } parent { name } }
    furtherSpeakers { mode name probability speakerId }
    otherReadings { text kind confidence printed { speaker } extractor { name version } }
    article { url } statement { id quoteCount articleCount publisherCount firstQuote { id } }";

const LISTS: [List; 7] = [
    List {
        name: "quotes",
        filter: "QuoteFilter",
        orders: &[
            "",
            "orderBy: NEWEST",
            "orderBy: OLDEST",
            "orderBy: ARTICLE_POSITION",
            "search: \"a OR -nobody\", orderBy: RELEVANCE",
        ],
        shown: QUOTE,
    },
    List {
        name: "statements",
        filter: "StatementFilter",
        orders: &[""],
        shown: "id text speakerKind quoteCount articleCount publisherCount independentCount
            firstQuotePrecision firstQuoteCandidateCount firstQuoteCandidates { id }
            related(first: 3) { kind score state statement { id } }
            contradictions(first: 2) { kind statement { id } } speaker { name }
            role { title organisation { name } } organisation { name } firstQuote { id text }
            quotes(first: 2) { totalCount nodes { id } }",
    },
    List {
        name: "speakers",
        filter: "SpeakerFilter",
        orders: &[""],
        shown: "id name aliases wikidataId wikidataCandidates
            quotes(last: 2) { totalCount nodes { id } }",
    },
    List {
        name: "organisations",
        filter: "OrganisationFilter",
        orders: &[""],
        shown: "id name kind country wikidataId aliases { name kind language } parent { name }
            quotes(first: 2, includeDescendants: true) { totalCount nodes { id } }",
    },
    List {
        name: "articles",
        filter: "ArticleFilter",
        orders: &[""],
        shown: "id url documentId title authors site language licence archiveUrl printedPublisher
            publishedAt { text earliest latest precision } publisher { name }
            quotes(last: 2) { totalCount nodes { id ordinal: position } }",
    },
    List {
        name: "roles",
        filter: "RoleListFilter",
        orders: &[""],
        shown: "id title function domain status voice quoteCount organisation { name quoteCount }
            holders(first: 3) { totalCount nodes { id origin begin { bound date { text } } } }",
    },
    List {
        name: "tenures",
        filter: "TenureFilter",
        orders: &[""],
        shown: "id origin function domain status area onBehalfOf source quoteCount role { title }
            organisation { name statementCount officeHolders(last: 2) { nodes { id } } }
            begin { bound date { text precision } } end { bound date { text } }
            speaker { name quoteCount statementCount knownAs { name kind language source }
                tenures(last: 3) { totalCount nodes { id origin quoteCount
                    begin { bound date { text } } end { bound date { text } }
                    evidence { id text } } } }",
    },
];

impl List {
    fn page(self, order: &str, filter: &str, window: &str) -> String {
        let Self { name, shown, .. } = self;
        format!(
            "{{ list: {name}({order} filter: {filter} {window}) {{ totalCount
                edges {{ cursor node {{ {shown} }} }}
                pageInfo {{ hasNextPage hasPreviousPage startCursor endCursor }} }} }}"
        )
    }

    /// Walks a few pages, asking each database with cursors that both gave; answers the total.
    fn walk(
        self,
        twins: &Twins,
        order: &str,
        filter: &str,
        size: usize,
        back: bool,
    ) -> Option<u64> {
        let (count, beyond, more, end) = match back {
            false => ("first", "after", "hasNextPage", "endCursor"),
            true => ("last", "before", "hasPreviousPage", "startCursor"),
        };
        let mut window = format!("{count}: {size}");
        let mut total = None;
        for _ in 0..3 {
            let answer = twins.answer(&self.page(order, filter, &window));
            let found = &answer["data"]["list"];
            total = total.or(found["totalCount"].as_u64());
            if found["pageInfo"][more] != true {
                break;
            }
            window = format!("{count}: {size}, {beyond}: {}", found["pageInfo"][end]);
        }
        total
    }
}

/// The look-ups of one thing, each with where its values stand.
const LOOK_UPS: [(&str, &str, &str, &str); 14] = [
    ("role", "id", "RoleFilter.id", "id title quoteCount"),
    ("quote", "id", "QuoteFilter.id", "id text"),
    ("speaker", "id", "QuoteSpeakerFilter.id", "id name"),
    ("speaker", "name", "QuoteSpeakerFilter.name", "id name aliases"),
    ("speaker", "wikidataId", "SpeakerFilter.wikidataId", "id name"),
    ("organisation", "id", "QuoteOrganisationFilter.id", "id name"),
    ("organisation", "name", "QuoteOrganisationFilter.name", "id name"),
    ("article", "id", "ArticleFilter.id", "id url"),
    ("article", "url", "ArticleFilter.url", "id quotes { totalCount }"),
    ("article", "documentId", "ArticleFilter.documentId", "id"),
    ("node", "id", "QuoteFilter.id", "id __typename"),
    ("node", "id", "RoleFilter.id", "id ... on Role { title organisation { name } }"),
    ("node", "id", "ArticleFilter.id", "id __typename"),
    ("statement", "id", "QuoteFilter.id", "id"),
];

/// One set of rows, always the same.
fn fixed() -> Twins {
    let rows = rows::rows(200..201).new_tree(&mut TestRunner::deterministic()).unwrap();
    Twins::of(&rows.current())
}

#[test]
fn every_field_of_every_filter_answers_the_same_and_finds_something() {
    let twins = fixed();
    let inputs = Inputs::of(&twins.sqlite, values(&twins));
    let mut silent = Vec::new();
    let mut asked = 0;
    for list in LISTS {
        let mut seen = BTreeMap::new();
        for (path, filters) in inputs.alone(list.filter) {
            let some = filters.len().div_ceil(12);
            for filter in filters.iter().step_by(some) {
                let window = if asked % 2 == 0 { "first: 4" } else { "last: 4" };
                // Some values are refused, such as a part without letters: by both.
                let answer = twins.answer(&list.page("", filter, window));
                *seen.entry(path.clone()).or_insert(0) +=
                    answer["data"]["list"]["totalCount"].as_u64().unwrap_or(0);
                asked += 1;
            }
        }
        let missing = seen.iter().filter(|(_, found)| **found == 0);
        silent.extend(missing.map(|(path, _)| format!("{}: {path}", list.filter)));
    }
    println!("{asked} filters were asked");
    assert!(asked > 500, "only {asked} filters were asked");
    assert!(silent.is_empty(), "nothing was ever found by {silent:#?}");
}

#[test]
fn every_list_in_every_order_is_the_same_both_ways() {
    let twins = fixed();
    for list in LISTS {
        for order in list.orders {
            for (size, back) in [(40, false), (40, true), (7, false), (7, true)] {
                let total = list.walk(&twins, order, "{}", size, back);
                assert!(total > Some(5), "{list:?} is short: {total:?}");
            }
        }
    }
}

#[test]
fn another_collation_would_be_noticed() {
    let twins = fixed();
    let [.., speakers, _, _, _, _] = LISTS;
    let document = speakers.page("", "{}", "first: 100");
    twins.ask(&document);
    twins.postgres.run("ALTER TABLE speaker ALTER name_key TYPE TEXT COLLATE \"en-x-icu\"");
    let [one, other] = [&twins.sqlite, &twins.postgres].map(|d| d.answer(&document, None));
    assert_ne!(one, other);
}

#[test]
fn every_look_up_answers_the_same() {
    let twins = fixed();
    let values = values(&twins);
    for (field, argument, key, shown) in LOOK_UPS {
        let some = values[key].len().div_ceil(40);
        let found = values[key].iter().step_by(some).filter(|value| {
            let document = format!("{{ found: {field}({argument}: {value}) {{ {shown} }} }}");
            // A name that several share is an error, the same on both.
            !twins.answer(&document)["data"]["found"].is_null()
        });
        let found = found.count();
        assert!(found > 0 || field == "statement", "nothing by {field}({argument}:)");
    }
}

#[test]
fn a_few_rows_are_stored_alike() {
    holds(12, rows::rows(1..12), |rows| drop(Twins::of(rows)));
}

#[test]
fn any_filter_of_any_rows_answers_the_same() {
    let (asked, found) = (Cell::new(0), Cell::new(0));
    let mut runner = TestRunner::default();
    for _ in 0..3 {
        let rows = rows::rows(60..160).new_tree(&mut runner).unwrap().current();
        let twins = Twins::of(&rows);
        let inputs = Inputs::of(&twins.sqlite, values(&twins));
        let questions = select(LISTS.to_vec()).prop_flat_map(move |list| {
            let filter = inputs.any(list.filter, 3);
            (Just(list), select(list.orders), filter, 1..=9usize, any::<bool>())
        });
        holds(100, questions, |(list, order, filter, size, back)| {
            let total = list.walk(&twins, order, filter, *size, *back);
            asked.set(asked.get() + 1);
            found.set(found.get() + u32::from(total > Some(0)));
        });
    }
    println!("{} of {} questions found something", found.get(), asked.get());
    assert!(found.get() * 3 > asked.get(), "{} of {} found something", found.get(), asked.get());
}
