//! A year of Quotebank: 11,775 real rows through the importer, and what can then be asked.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read as _;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{LazyLock, RwLock};
use std::time::Duration;

use dixit::import::Report;
use serde::Deserialize;
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use unicode_normalization::UnicodeNormalization as _;

use crate::support::{self, Backend, Database, number, strings, text};

const ROWS: u64 = 11_775;
const PAIRS: u64 = 83_159;
const WITHOUT_SPEAKER: u64 = 3_965;

/// The year, in a database.
struct Year {
    database: Database,
    report: Report,
}

fn file() -> PathBuf {
    support::repository("../shared/data/quotebank/quotes-2017.json.bz2")
}

impl Year {
    fn import(backend: Backend) -> Self {
        // Several tests import into it at once, on a machine that may be busy.
        let database = Database::with_wait(backend, Duration::from_secs(60));
        let report = database.import_files(&[file()]);
        Self { database, report }
    }

    /// The number that a statement answers.
    fn count(&self, statement: &str) -> u64 {
        let statement = format!("SELECT CAST(({statement}) AS TEXT) AS value");
        self.database.column(&statement)[0].parse().unwrap()
    }
}

/// A year once imported, until nobody needs it.
type Shared = LazyLock<RwLock<Option<Year>>>;
/// Imported once for all tests here, into each kind of database.
static YEARS: [Shared; 2] = [
    LazyLock::new(|| RwLock::new(Some(Year::import(Backend::ALL[0])))),
    LazyLock::new(|| RwLock::new(Some(Year::import(Backend::ALL[1])))),
];
/// How many tests there are, and how many of them have ended: the last one takes the databases away,
/// which a static would leave lying in the temporary directory.
const TESTS: usize = 10;
static ENDED: AtomicUsize = AtomicUsize::new(0);

struct End;

impl Drop for End {
    fn drop(&mut self) {
        if ENDED.fetch_add(1, Ordering::SeqCst) + 1 == TESTS {
            for year in &YEARS {
                if let Ok(mut year) = year.write() {
                    *year = None;
                }
            }
        }
    }
}

/// Checks the year in each kind of database.
fn with_year(check: impl Fn(&Year)) {
    let _end = End;
    for (backend, year) in Backend::ALL.iter().zip(&YEARS) {
        println!("on {backend:?}");
        check(year.read().unwrap().as_ref().unwrap());
    }
}

/// What the tests compare with: the file itself, read without the importer.
#[derive(Deserialize)]
struct Row {
    #[serde(rename = "quoteID")]
    id: String,
    speaker: String,
    qids: Vec<String>,
}

fn rows() -> Vec<Row> {
    let mut text = String::new();
    let packed = std::fs::File::open(file()).unwrap();
    bzip2::read::MultiBzDecoder::new(packed).read_to_string(&mut text).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn every_line_is_accepted_and_has_its_own_external_id() {
    with_year(|year| {
        let Report { lines, accepted, known, changed, rejected, .. } = year.report;
        assert_eq!((lines, accepted), (ROWS, ROWS));
        assert_eq!((known, changed, rejected), (0, 0, 0));
        assert_eq!(year.count("SELECT count(DISTINCT external_id) FROM quote"), ROWS);
    });
}

#[test]
fn every_pair_of_quote_and_article_is_a_quote_or_was_unified_by_a_rule() {
    with_year(|year| {
        let articles = &year.report.articles;
        assert_eq!(articles.pairs, PAIRS);
        assert_eq!(articles.unified, articles.unified_by.values().sum::<u64>());
        assert!(articles.unified > 0 && articles.left_out == 0);
        assert_eq!(year.report.quotes.accepted, PAIRS - articles.unified);
        assert_eq!(year.count("SELECT count(*) FROM quote"), PAIRS - articles.unified);
    });
}

#[test]
fn a_row_without_a_name_has_no_speaker_and_any_other_has_one() {
    with_year(|year| {
        assert_eq!(year.report.without_speaker, WITHOUT_SPEAKER);
        let nobody = "SELECT count(DISTINCT external_id) FROM quote WHERE speaker_id IS NULL";
        assert_eq!(year.count(nobody), WITHOUT_SPEAKER);
        let unprinted =
            "SELECT count(DISTINCT external_id) FROM quote WHERE printed_speaker IS NULL";
        assert_eq!(year.count(unprinted), WITHOUT_SPEAKER);
    });
}

#[test]
fn what_was_printed_is_kept_as_it_was_printed() {
    with_year(|year| {
        let printed = |row: &Row| (row.speaker != "None").then(|| row.speaker.nfc().collect());
        let expected: BTreeMap<String, Option<String>> =
            rows().iter().map(|row| (row.id.clone(), printed(row))).collect();
        let found = year
            .database
            .column("SELECT DISTINCT external_id || coalesce('=' || printed_speaker, '') AS value FROM quote");
        assert_eq!(found.len() as u64, ROWS);
        for pair in found {
            let (id, printed) = match pair.split_once('=') {
                Some((id, printed)) => (id, Some(printed.to_owned())),
                None => (pair.as_str(), None),
            };
            assert_eq!(expected[id], printed, "{id}");
        }
    });
}

#[test]
fn titles_are_printed_and_names_are_found() {
    with_year(|year| {
        let trump =
            year.database.ask(r#"{ speaker(name: "President Donald Trump") { name aliases } }"#);
        assert_eq!(text(&trump, "/data/speaker/name"), "Donald Trump");
        let aliases = strings(&trump, "/data/speaker/aliases", "");
        assert!(aliases.contains(&"President Donald Trump".to_owned()), "{aliases:?}");
        // A surname alone does not decide whose it is: the title stays with it.
        for (printed, resolved) in
            [("President Donald Trump", "Donald Trump"), ("President Trump", "President Trump")]
        {
            let id = rows().into_iter().find(|row| row.speaker == printed).unwrap().id;
            let answer = year.database.ask(&format!(
                "{{ quotes(filter: {{ externalId: {{ eq: {id:?} }} }}) {{
                    nodes {{ printed {{ speaker }} speaker {{ name }} }} }} }}"
            ));
            let nodes = answer["data"]["quotes"]["nodes"].as_array().unwrap();
            assert!(!nodes.is_empty(), "{id}");
            for node in nodes {
                assert_eq!(text(node, "/printed/speaker"), printed);
                assert_eq!(text(node, "/speaker/name"), resolved);
            }
        }
    });
}

#[test]
fn a_speaker_is_found_by_name_in_every_row_that_names_him() {
    with_year(|year| {
        let expected: BTreeSet<String> = rows()
            .into_iter()
            .filter(|row| row.speaker == "Greg Abbott")
            .map(|row| row.id)
            .collect();
        assert_eq!(expected.len(), 137);
        let (mut found, mut after, mut walked) = (BTreeSet::new(), String::new(), 0);
        loop {
            let answer = year.database.ask(&format!(
                r#"{{ quotes(first: 100{after}, filter: {{ speaker: {{ name: "Greg Abbott" }} }}) {{
                    totalCount nodes {{ externalId }} pageInfo {{ hasNextPage endCursor }} }} }}"#
            ));
            let page = strings(&answer, "/data/quotes/nodes", "/externalId");
            walked += page.len() as u64;
            found.extend(page);
            let info = &answer["data"]["quotes"]["pageInfo"];
            if info["hasNextPage"] == false {
                assert_eq!(number(&answer, "/data/quotes/totalCount"), walked);
                break;
            }
            after = format!(", after: {}", info["endCursor"]);
        }
        assert!(found.is_superset(&expected), "{:?}", expected.difference(&found));
    });
}

#[test]
fn nobody_is_named_like_nobody_a_pronoun_or_a_crowd() {
    const PRONOUNS: &str = "i he she it we you they who him her them us me his hers theirs this \
        that these those someone somebody everyone everybody nobody er sie es wir ich man il elle \
        ils elles nous je on el ella ellos ellas nosotros yo";
    const NOBODY: &str = "none unknown null nan na n/a unnamed unidentified anonymous \
        unattributed speaker narrator";
    const CROWDS: &str = "residents protesters police officials fans analysts experts witnesses \
        critics supporters lawyers scientists researchers people others sources activists \
        lawmakers students voters";
    with_year(|year| {
        let names = year.database.column("SELECT DISTINCT name AS value FROM speaker");
        assert!(names.len() > 3_000, "{}", names.len());
        for name in names {
            let folded = name.to_lowercase();
            let words = || folded.split_whitespace();
            let is = |list: &str, word: &str| list.split_whitespace().any(|listed| listed == word);
            let nobody = [PRONOUNS, NOBODY].iter().any(|list| is(list, &folded));
            // A crowd is described by its last word: "some Houston police".
            let crowd = words().last().is_none_or(|last| is(CROWDS, last));
            assert!(!nobody && !crowd, "{name:?} is a speaker");
        }
    });
}

#[test]
fn several_wikidata_items_are_candidates_and_settle_nobody() {
    with_year(|year| {
        assert_eq!(year.count("SELECT count(*) FROM speaker WHERE wikidata IS NOT NULL"), 0);
        let candidates: BTreeSet<String> = year
            .database
            .column(
                "SELECT DISTINCT quote.external_id || ' ' || wikidata AS value FROM quote \
                 JOIN speaker_candidate USING (speaker_id)",
            )
            .into_iter()
            .collect();
        let several: Vec<Row> = rows().into_iter().filter(|row| row.qids.len() > 1).collect();
        assert!(several.len() > 1_000, "{}", several.len());
        for row in several.iter().filter(|row| row.speaker != "None") {
            for item in &row.qids {
                assert!(candidates.contains(&format!("{} {item}", row.id)), "{} {item}", row.id);
            }
        }
        let answer = year.database.ask(&format!(
            "{{ quotes(first: 1, filter: {{ externalId: {{ eq: {:?} }} }}) {{
                nodes {{ speaker {{ wikidataId wikidataCandidates }} }} }} }}",
            several[0].id
        ));
        let speaker = &answer["data"]["quotes"]["nodes"][0]["speaker"];
        assert_eq!(speaker["wikidataId"], Value::Null);
        assert!(speaker["wikidataCandidates"].as_array().unwrap().len() > 1, "{speaker}");
    });
}

#[test]
fn a_second_run_accepts_nothing_and_a_second_database_has_the_same_ids() {
    with_year(|year| {
        let ids = digest(&year.database);
        let again = year.database.import_files(&[file()]);
        assert_eq!((again.accepted, again.changed, again.known), (0, 0, ROWS));
        assert_eq!(digest(&year.database), ids, "a second run changed ids");
        let second = Year::import(year.database.backend());
        assert_eq!(digest(&second.database), ids, "a second database has other ids");
    });
}

/// A digest of every id in a database.
/// The rows about storms, as pandas wrote them.
const STORMS: u64 = 5_199;

#[test]
fn the_table_of_storms_tells_nothing_that_the_year_did_not() {
    with_year(|year| {
        let table = support::repository("../shared/data/quotebank/2017-storm.csv.bz2");
        let report = year.database.import_files(&[table]);
        assert_eq!((report.accepted, report.changed, report.known), (0, 0, STORMS));
        assert_eq!((report.rejected, report.articles.left_out), (0, 0));
    });
}

fn digest(database: &Database) -> [u8; 32] {
    let mut hasher = Sha256::new();
    let id = database.backend().hex("id");
    for table in ["quote", "statement", "speaker", "organisation", "role", "article"] {
        for id in database.column(&format!("SELECT {id} AS value FROM {table} ORDER BY id")) {
            hasher.update(id);
        }
    }
    hasher.finalize().into()
}
