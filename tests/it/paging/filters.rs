//! Filters of any shape: a list has the rows that they take, in order, and `totalCount` counts them.

use std::collections::HashMap;

use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use serde_json::Value;

use super::{NEWEST, list, sample};
use crate::support::{Database, each_backend, holds};

/// A filter that the test understands as well as the schema does.
#[derive(Debug, Clone)]
enum Filter {
    Kind(Vec<&'static str>),
    SpeakerKind(Vec<&'static str>),
    SecondHand(bool),
    Speaker(&'static str),
    And(Vec<Filter>),
    Or(Vec<Filter>),
    Not(Box<Filter>),
}

impl Filter {
    fn document(&self) -> String {
        let all =
            |filters: &[Self]| filters.iter().map(Self::document).collect::<Vec<_>>().join(" ");
        match self {
            Self::Kind(kinds) => format!("{{ kind: {{ in: [{}] }} }}", kinds.join(" ")),
            Self::SpeakerKind(kinds) => {
                format!("{{ speakerKind: {{ in: [{}] }} }}", kinds.join(" "))
            }
            Self::SecondHand(yes) => format!("{{ secondHand: {yes} }}"),
            Self::Speaker(name) => format!("{{ speaker: {{ name: {name:?} }} }}"),
            Self::And(filters) => format!("{{ and: [{}] }}", all(filters)),
            Self::Or(filters) => format!("{{ or: [{}] }}", all(filters)),
            Self::Not(filter) => format!("{{ not: {} }}", filter.document()),
        }
    }

    fn takes(&self, quote: &Value) -> bool {
        let word = |name: &str| quote[name].as_str().unwrap();
        match self {
            Self::Kind(kinds) => kinds.contains(&word("kind")),
            Self::SpeakerKind(kinds) => kinds.contains(&word("speakerKind")),
            Self::SecondHand(yes) => quote["via"].is_string() == *yes,
            Self::Speaker(name) => quote["speaker"]["name"] == *name,
            Self::And(filters) => filters.iter().all(|filter| filter.takes(quote)),
            Self::Or(filters) => filters.iter().any(|filter| filter.takes(quote)),
            Self::Not(filter) => !filter.takes(quote),
        }
    }
}

fn any_filter() -> impl Strategy<Value = Filter> {
    let speaker_kinds = vec![
        "PERSON",
        "ORGANISATION",
        "UNNAMED_INDIVIDUAL",
        "UNNAMED_GROUP",
        "DOCUMENT",
        "UNATTRIBUTED",
    ];
    let leaf = prop_oneof![
        subsequence(vec!["DIRECT", "INDIRECT", "MIXED"], 0..=3).prop_map(Filter::Kind),
        subsequence(speaker_kinds, 0..=4).prop_map(Filter::SpeakerKind),
        any::<bool>().prop_map(Filter::SecondHand),
        select(vec!["Anselm Okoro-Lindqvist", "Wade Hollinrake", "Nobody Atall"])
            .prop_map(Filter::Speaker),
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..=3).prop_map(Filter::And),
            prop::collection::vec(inner.clone(), 0..=3).prop_map(Filter::Or),
            inner.prop_map(|filter| Filter::Not(Box::new(filter))),
        ]
    })
}

/// Every quote of a database by id, with what filters look at.
fn quotes(database: &Database) -> HashMap<String, Value> {
    let (mut all, mut after) = (HashMap::new(), String::new());
    loop {
        let mut answer = database.ask(&format!(
            "{{ quotes(first: 100{after}) {{ nodes {{ id kind speakerKind via speaker {{ name }} }}
                pageInfo {{ hasNextPage endCursor }} }} }}"
        ));
        for node in answer["data"]["quotes"]["nodes"].as_array_mut().unwrap() {
            all.insert(node["id"].as_str().unwrap().replace('-', ""), node.take());
        }
        let info = &answer["data"]["quotes"]["pageInfo"];
        if info["hasNextPage"] == false {
            return all;
        }
        after = format!(", after: {}", info["endCursor"]);
    }
}

#[test]
fn a_filter_takes_what_it_says_and_the_total_counts_it() {
    each_backend(|backend| {
        let database = sample(backend);
        let quotes = quotes(&database);
        holds(64, (any_filter(), 5..=100usize), |(filter, size)| {
            let list = list("quotes(", "", NEWEST);
            let mut expected = list.stored(&database);
            expected.retain(|id| filter.takes(&quotes[id]));
            let list = list.filtered(&filter.document());
            assert_eq!(list.forwards(&database, *size), expected, "{list:?}");
        });
    });
}
