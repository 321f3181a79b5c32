//! Search: both databases find what the rule of the domain finds in every text, in the same order, and
//! the index is in step with the quotes whatever is done to them.

mod hostile;
mod step;

use dixit::domain::search::{Query, Text};
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

use crate::support::{Backend, Database, each_backend, holds, native_row};

/// Words of several languages and scripts, some of one stem, some equal but for what does not count.
const WORDS: [&str; 46] = [
    "the",
    "The",
    "and",
    "we",
    "not",
    "talks",
    "talk",
    "talking",
    "negotiate",
    "negotiations",
    "dies",
    "die",
    "und",
    "wir",
    "nicht",
    "Regierung",
    "Regierungen",
    "don\u{2019}t",
    "dont",
    "don",
    "its",
    "it\u{2019}s",
    "It `s",
    "l'Europe",
    "Europe",
    "caf\u{e9}",
    "cafe",
    "CAFE\u{301}",
    "Stra\u{df}e",
    "strasse",
    "war",
    "wars",
    "warm",
    "to",
    "too",
    "two",
    "\u{6211}\u{4eec}",
    "\u{6211}",
    "short-term",
    "short",
    "term",
    "мы",
    "не",
    "2017",
    "œuvre",
    "\u{201c}late\u{201d}",
];

/// What a search is made of.
fn searches() -> impl Strategy<Value = String> {
    let word = select(&WORDS[..]).prop_map(str::to_owned);
    let piece = prop_oneof![
        6 => word.clone(),
        2 => word.clone().prop_map(|w| w.chars().take(3).collect::<String>() + "*"),
        2 => prop::collection::vec(word, 1..4).prop_map(|words| format!("\"{}\"", words.join(" "))),
    ];
    let piece = (prop::bool::weighted(0.2), piece)
        .prop_map(|(not, piece)| if not { format!("-{piece}") } else { piece });
    let joint = select(&[" ", " ", " OR ", " ( ", " ) "][..]);
    prop::collection::vec((piece, joint), 1..6).prop_map(|pieces| {
        pieces.into_iter().map(|(piece, joint)| format!("{piece}{joint}")).collect()
    })
}

/// Rows of such words on few days, in several languages.
fn rows(count: usize) -> impl Strategy<Value = Vec<String>> {
    let text = prop::collection::vec(select(&WORDS[..]), 1..9).prop_map(|words| words.join(" "));
    let language = select(&[None, None, Some("en"), Some("de-AT"), Some("zh")][..]);
    let date = select(
        &[
            None,
            Some("2017"),
            Some("2017-01-01"),
            Some("2017-01-02T03:04:05.000006Z"),
            Some("1650"),
        ][..],
    );
    let row = (text, language, date, 0..9_u8).prop_map(|(text, language, date, speaker)| {
        let more = json!({ "language": language, "said_at": date, "speaker": format!("Ada Quill {speaker}") });
        (text, more)
    });
    prop::collection::vec(row, count).prop_map(|rows| {
        let named = rows.into_iter().enumerate();
        named
            .map(|(number, (text, more))| native_row(&format!("a{}", number / 3), &text, more))
            .collect()
    })
}

/// Every quote, newest first, with what a search looks at.
fn all(database: &Database) -> Vec<(String, String, Option<String>)> {
    let mut all = Vec::new();
    let mut after = String::new();
    loop {
        let page = database.ask(&format!(
            "{{ quotes(first: 100 {after}) {{ nodes {{ id text language }} pageInfo {{ endCursor hasNextPage }} }} }}"
        ));
        for node in page["data"]["quotes"]["nodes"].as_array().unwrap() {
            let text = |key: &str| node[key].as_str().map(str::to_owned);
            all.push((text("id").unwrap(), text("text").unwrap(), text("language")));
        }
        let info = &page["data"]["quotes"]["pageInfo"];
        if info["hasNextPage"] != true {
            return all;
        }
        after = format!(", after: {}", info["endCursor"]);
    }
}

/// The ids that a search answers, walked through page by page.
fn found(database: &Database, arguments: &str, size: usize, back: bool) -> Vec<String> {
    let (count, beyond, more, end) = match back {
        false => ("first", "after", "hasNextPage", "endCursor"),
        true => ("last", "before", "hasPreviousPage", "startCursor"),
    };
    let mut found = Vec::new();
    let mut window = format!("{count}: {size}");
    loop {
        let answer = database.ask(&format!(
            "{{ quotes({arguments} {window}) {{ totalCount nodes {{ id }} pageInfo {{ {more} {end} }} }} }}"
        ));
        let list = &answer["data"]["quotes"];
        let page = list["nodes"].as_array().unwrap().iter();
        let mut page: Vec<String> =
            page.map(|node| node["id"].as_str().unwrap().to_owned()).collect();
        if back {
            page.reverse();
        }
        found.extend(page);
        if list["pageInfo"][more] != true {
            assert_eq!(list["totalCount"], found.len(), "{arguments}");
            break;
        }
        window = format!("{count}: {size}, {beyond}: {}", list["pageInfo"][end]);
    }
    if back {
        found.reverse();
    }
    found
}

fn naive(all: &[(String, String, Option<String>)], search: &str) -> Vec<String> {
    let query = Query::read(search);
    let finds = |(_, text, language): &&(String, String, Option<String>)| {
        query.finds(&Text::of(text, language.as_deref()))
    };
    all.iter().filter(finds).map(|(id, ..)| id.clone()).collect()
}

#[test]
fn each_database_finds_what_the_rule_finds() {
    let rows = rows(150).new_tree(&mut proptest::test_runner::TestRunner::deterministic()).unwrap();
    let rows = proptest::strategy::ValueTree::current(&rows).concat();
    let databases = Backend::ALL.map(|backend| Database::of(backend, &rows));
    let all = all(&databases[0]);
    assert!(all.len() > 100);
    holds(150, (searches(), 1..40_usize, any::<bool>()), |(search, size, back)| {
        let expected = naive(&all, search);
        for database in &databases {
            let argument = format!("search: {}", json!(search));
            assert_eq!(found(database, &argument, *size, *back), expected, "{search}");
            let mut oldest = found(database, &format!("{argument} orderBy: OLDEST"), *size, *back);
            oldest.reverse();
            assert_eq!(oldest, expected, "{search}, oldest first");
            let nested = format!(
                "filter: {{ not: {{ or: [{{ search: {} }}, {{ speaker: {{ name: \"Ada Quill 3\" }} }}] }} }}",
                json!(search)
            );
            assert!(found(database, &nested, 40, *back).iter().all(|id| !expected.contains(id)));
        }
        let ranked = |database: &Database| {
            let document = format!(
                "{{ quotes(search: {}, orderBy: RELEVANCE, first: 50) {{ totalCount search {{ text notices }}
                    edges {{ score highlights {{ start end }} node {{ id }} }} }} }}",
                json!(search)
            );
            database.ask(&document)
        };
        assert_eq!(ranked(&databases[0]), ranked(&databases[1]), "{search}");
    });
}

/// More than are looked up one by one, and more on one day than are sorted: the list is the same.
#[test]
fn a_word_that_everybody_uses_is_found_in_order() {
    let row = |number: usize| {
        let date = match number % 5 {
            0 => json!(null),
            1 => json!(format!("2017-01-{:02}", number % 28 + 1)),
            _ => json!("2017"),
        };
        let more = json!({ "said_at": date, "language": "en", "position": number });
        native_row(&format!("a{}", number / 4), &format!("The word {} of many", number % 7), more)
    };
    let rows: String = (0..6_000).map(row).collect();
    let found = Backend::ALL.map(|backend| {
        let database = Database::of(backend, &rows);
        let every = found(&database, "", 100, false);
        assert_eq!(every.len(), 6_000);
        for (arguments, back) in [("search: \"words\"", false), ("search: \"the -nothing\"", true)]
        {
            assert_eq!(found(&database, arguments, 100, back), every, "{arguments}");
        }
        let some = found(&database, "search: \"the 3\" orderBy: OLDEST", 77, false);
        assert_eq!(some, found(&database, "search: \"the 3\" orderBy: OLDEST", 100, true));
        assert_eq!(some.len(), 6_000 / 7);
        (some, counted_alike(&database))
    });
    assert_eq!(found[0], found[1]);
}

/// More than are looked at along the order of time: what is rare, or of some days alone, is found all the
/// same, from either end and from any place.
#[test]
fn what_is_rare_is_found_wherever_it_stands_in_time() {
    const QUOTES: usize = 12_000;
    /// Whether the quote of this number has a word.
    type Has = fn(usize) -> bool;
    const RARE: [(&str, Has); 6] = [
        ("hundredth", |number| number % 100 == 0),
        ("seldom", |number| number % 1_300 == 7),
        ("early", |number| number < 30),
        ("amid", |number| (6_100..6_140).contains(&number)),
        ("latest", |number| number >= QUOTES - 30),
        ("once", |number| number == 5_000),
    ];
    let row = |number: usize| {
        let day = jiff::civil::date(2019, 11, 3) + jiff::Span::new().days(number as i64 / 40);
        let words = RARE.iter().filter(|(_, has)| has(number)).map(|(word, _)| *word);
        let text = format!("The word {number} {}", words.collect::<Vec<_>>().join(" and "));
        let more = json!({ "said_at": day.to_string(), "language": "en" });
        native_row(&format!("a{}", number / 4), &text, more)
    };
    let rows: String = (0..QUOTES).map(row).collect();
    each_backend(|backend| {
        let database = Database::of(backend, &rows);
        let all = all(&database);
        assert_eq!(all.len(), QUOTES);
        for search in RARE.iter().map(|(word, _)| *word).chain([
            "\"word 7\"",
            "seldom OR once",
            "early latest",
        ]) {
            let mut expected = naive(&all, search);
            let argument = format!("search: {}", json!(search));
            for (size, back) in [(7, false), (7, true), (100, false), (100, true)] {
                assert_eq!(found(&database, &argument, size, back), expected, "{search} by {size}");
            }
            let spoken =
                format!("filter: {{ search: {}, language: {{ eq: \"en\" }} }}", json!(search));
            assert_eq!(found(&database, &spoken, 100, false), expected, "{search} and more");
            expected.reverse();
            let oldest = format!("{argument} orderBy: OLDEST");
            assert_eq!(found(&database, &oldest, 7, false), expected, "{search}, oldest first");
        }
    });
}

/// PostgreSQL looks for stems in the languages that there are: of none, of some that come later, of all.
#[test]
fn quotes_in_every_language_are_found() {
    let tags = "en de nl fr es pt it ro sv da no fi hu ru tr".split(' ');
    let rows = tags.map(|tag| {
        let text = format!("{tag} talks of quays");
        native_row(tag, &text, json!({ "language": tag, "said_at": "2021-01-02" }))
    });
    let rows: Vec<String> = rows.collect();
    each_backend(|backend| {
        let some = Database::of(backend, &native_row("a", "they talk of it", json!({})));
        assert_eq!(found(&some, "search: \"talks\"", 20, false), naive(&all(&some), "talks"));
        let database = Database::of(backend, &rows[..2].concat());
        let mut counts = Vec::new();
        for _ in 0..2 {
            for search in ["talks", "talk", "quays", "\"talks of quays\""] {
                let argument = format!("search: {}", json!(search));
                let expected = naive(&all(&database), search);
                assert_eq!(found(&database, &argument, 20, false), expected, "{search}");
                counts.push(expected.len());
            }
            database.import(&[&rows.concat()]);
        }
        assert_eq!((counts[0], counts[4]), (2, rows.len()));
    });
}

/// What is counted, and listed of statements, where a search that finds everything is added to these
/// filters: the same as without it.
fn counted_alike(database: &Database) -> Vec<Value> {
    const EVERYTHING: &str = "[SPEAKER, ORGANISATION, FUNCTION, DOMAIN, PUBLISHER, KIND, SPEAKER_KIND, \
                              LANGUAGE, YEAR]";
    let answers = |searched: &str| {
        ["", "language: { eq: \"en\" }", "saidAt: { within: \"2017-01-03\" }"].map(|others| {
            let filter = format!("{{ {others} {searched} }}");
            let counts = format!(
                "totalCount facets(by: {EVERYTHING}, first: 3) {{ by values {{ value count }} furtherValues none }}
                 timeline(by: DAY) {{ buckets {{ label count }} imprecise undated }}"
            );
            database.ask(&format!(
                "{{ quotes(filter: {filter}, first: 3) {{ {counts} nodes {{ id }} }}
                    each: quotes(filter: {filter}) {{ facets(by: {EVERYTHING}, count: STATEMENTS) {{
                        values {{ value count }} furtherValues none }} }}
                    few: statements(first: 5, filter: {{ quotes: {filter} }}) {{ nodes {{ id }} }}
                    statements(filter: {{ quotes: {filter} }}) {{ {counts} nodes {{ id }} }} }}"
            ))
        })
    };
    let searched = answers("search: \"the -nothing\"");
    assert_eq!(searched, answers(""));
    assert!(number(&searched[0]["data"]["quotes"]["totalCount"]) == 6_000, "{:#}", searched[0]);
    assert!(number(&searched[2]["data"]["quotes"]["totalCount"]) > 10, "{:#}", searched[2]);
    searched.into()
}

fn number(value: &Value) -> i64 {
    value.as_i64().unwrap_or_else(|| panic!("{value} is no number"))
}

#[test]
fn what_is_found_is_told_on_the_edge() {
    let rows = [
        native_row(
            "a",
            "The peace talks failed.",
            json!({ "said_at": "2021-01-02", "language": "en" }),
        ),
        native_row("b", "Peace talks", json!({ "said_at": "2020-01-02", "language": "en" })),
        native_row("c", "No word of that", json!({})),
    ]
    .concat();
    each_backend(|backend| {
        let database = Database::of(backend, &rows);
        let answer = database.ask(
            "{ quotes(search: \"peace talking\", orderBy: RELEVANCE) { totalCount search { text notices }
                edges { score highlights { start end } node { text } } } }",
        );
        assert_eq!(
            answer["data"]["quotes"]["edges"][1],
            json!({ "score": 0.891, "highlights": [{ "start": 4, "end": 9 }, { "start": 10, "end": 15 }],
                "node": { "text": "The peace talks failed." } }),
            "{answer:#}"
        );
        let plain =
            database.ask("{ quotes { search { text } edges { score highlights { start } } } }");
        assert_eq!(
            plain["data"]["quotes"]["edges"][0],
            json!({ "score": null, "highlights": null })
        );
        let refused: Value = serde_json::from_str(
            &database.answer("{ quotes(orderBy: RELEVANCE) { totalCount } }", None),
        )
        .unwrap();
        assert!(refused["errors"][0]["message"].as_str().unwrap().contains("search"));
        let statements = database
            .ask("{ statements(filter: { quotes: { search: \"peace*\" } }) { totalCount } }");
        assert_eq!(statements["data"]["statements"]["totalCount"], 2);
    });
}
