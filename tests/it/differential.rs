//! The same rows in both databases, and the same questions to both: every answer is the same bytes.

mod inputs;
mod rows;

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};

use dixit::domain::id::{Id, Kind};
use proptest::prelude::*;
use proptest::sample::select;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use serde_json::Value;

use crate::support::{Backend, Database, holds};
use inputs::{Inputs, Values};

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

const LISTS: [List; 5] = [
    List {
        name: "quotes",
        filter: "QuoteFilter",
        orders: &["", "orderBy: NEWEST", "orderBy: OLDEST", "orderBy: ARTICLE_POSITION"],
        shown: QUOTE,
    },
    List {
        name: "statements",
        filter: "StatementFilter",
        orders: &[""],
        shown: "id text speakerKind quoteCount articleCount publisherCount speaker { name }
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

/// What filters and look-ups are asked with: what is there, in other spellings too, and what is not.
fn values(twins: &Twins) -> Values {
    let of = |list: &str, shown: &str, pointers: &[&str]| -> Vec<String> {
        let answer =
            twins.ask(&format!("{{ list: {list}(first: 100) {{ nodes {{ {shown} }} }} }}"));
        let nodes = answer["data"]["list"]["nodes"].as_array().unwrap();
        let texts = nodes.iter().flat_map(|node| pointers.iter().map(|p| node.pointer(p)));
        let texts = texts.flatten().filter_map(Value::as_str).map(str::to_owned);
        texts.collect::<BTreeSet<_>>().into_iter().collect()
    };
    let quotes = of("quotes", "id", &["/id"]);
    let external = of("quotes", "externalId", &["/externalId"]);
    let roles = of("quotes", "role { id }", &["/role/id"]);
    let titles = of("quotes", "printed { role }", &["/printed/role"]);
    let printed = of("quotes", "printed { organisation }", &["/printed/organisation"]);
    let speakers = of("speakers", "id", &["/id"]);
    let names = of("speakers", "name aliases", &["/name", "/aliases/0", "/aliases/1"]);
    let organisations = of("organisations", "id", &["/id"]);
    let bodies = of("organisations", "name aliases { name }", &["/name", "/aliases/0/name"]);
    let parents = of("organisations", "parent { id }", &["/parent/id"]);
    let countries = of("organisations", "country", &["/country"]);
    let articles = of("articles", "id", &["/id"]);
    let urls = of("articles", "url", &["/url"]);
    let documents = of("articles", "documentId", &["/documentId"]);
    let sites = of("articles", "site", &["/site"]);
    let publishers = of("articles", "publisher { id }", &["/publisher/id"]);
    let published = of("articles", "printedPublisher", &["/printedPublisher"]);

    let owned = |texts: &[&str]| texts.iter().map(|&text| text.to_owned()).collect::<Vec<_>>();
    let nobody = vec![Id::derive(Kind::Quote, &[b"nobody"]).to_string()];
    let spelt = |texts: &[Vec<String>]| {
        let texts = texts.concat();
        let cases = texts.iter().flat_map(|t| [t.clone(), t.to_uppercase(), t.to_lowercase()]);
        cases.collect::<BTreeSet<_>>().into_iter().collect::<Vec<_>>()
    };
    let parts = |texts: &[Vec<String>]| {
        let part = |text: &String| text.chars().skip(1).take(4).collect::<String>();
        let mut parts = spelt(&[texts.concat().iter().map(part).collect()]);
        parts.extend(owned(&["a%", "_q", "100%", "\\\\ b", "ß", "ss", "ς", "i", "İ", "'"]));
        parts
    };
    let languages = owned(&["en", "EN", "de", "pt-br", "tr", "zh-Hant", "xx"]);
    let wikidata = owned(&["Q1", "Q42", "Q7259", "q1", "Q0"]);
    let countries = [countries, owned(&["gb", "XX"])].concat();
    let any_name = [names.clone(), rows::NAMES.map(str::to_owned).to_vec()];
    let any_body = [bodies.clone(), printed];
    let pairs = [
        ("QuoteFilter.id", [quotes, nobody.clone()].concat()),
        ("QuoteFilter.externalId", [external, owned(&["e2", ""])].concat()),
        ("QuoteFilter.language", languages.clone()),
        ("QuoteSpeakerFilter.id", [speakers, nobody.clone()].concat()),
        ("QuoteSpeakerFilter.name", spelt(&any_name)),
        ("QuoteSpeakerFilter.wikidataId", wikidata.clone()),
        ("RoleFilter.id", [roles, nobody.clone()].concat()),
        ("RoleFilter.title", spelt(std::slice::from_ref(&titles))),
        ("RoleFilter.title.contains", parts(&[titles])),
        ("QuoteOrganisationFilter.id", organisations.clone()),
        ("QuoteOrganisationFilter.name", spelt(&any_body)),
        ("QuoteOrganisationFilter.country", countries.clone()),
        ("StatementOrganisationFilter.id", organisations),
        ("StatementOrganisationFilter.name", spelt(&any_body)),
        ("ArticleFilter.id", [articles, nobody].concat()),
        ("ArticleFilter.url", urls),
        ("ArticleFilter.documentId", spelt(&[documents])),
        ("ArticleFilter.site", spelt(&[sites])),
        ("ArticleFilter.language", languages),
        ("PublisherFilter.id", publishers),
        ("PublisherFilter.name", spelt(&[published])),
        ("SpeakerFilter.name", spelt(&any_name)),
        ("SpeakerFilter.name.contains", parts(&any_name)),
        ("SpeakerFilter.wikidataId", wikidata),
        ("OrganisationFilter.name", spelt(&any_body)),
        ("OrganisationFilter.name.contains", parts(&any_body)),
        ("OrganisationFilter.country", countries),
        ("OrganisationFilter.parent", parents),
    ];
    let quoted = |texts: Vec<String>| -> Vec<String> {
        texts.iter().map(|text| serde_json::to_string(text).unwrap()).collect()
    };
    pairs.into_iter().map(|(key, texts)| (key.to_owned(), quoted(texts))).collect()
}

/// The look-ups of one thing, each with where its values stand.
const LOOK_UPS: [(&str, &str, &str, &str); 13] = [
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
                let answer = twins.ask(&list.page("", filter, window));
                *seen.entry(path.clone()).or_insert(0) +=
                    answer["data"]["list"]["totalCount"].as_u64().unwrap();
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
            for (size, back) in [(100, false), (100, true), (7, false), (7, true)] {
                let total = list.walk(&twins, order, "{}", size, back);
                assert!(total > Some(5), "{list:?} is short: {total:?}");
            }
        }
    }
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
