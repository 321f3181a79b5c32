//! Articles that an extractor read again: quotes keep their ids, what is gone is told and stays.

mod killed;

use std::sync::Arc;

use dixit::domain::id::Id;
use dixit::import::{self, Options, Progress, Rejection, Report, Settings, Source, SourceError};
use dixit::store::audit::Actor;
use dixit::store::quote;
use dixit::store::write::edit::{self, Deed};
use dixit::store::write::judge::{Asked, Target, judge};
use serde_json::{Value, json};

use crate::support::{Backend, Database, each_backend, native_row};

/// What an extractor of this version finds in an article: words, who said them, where they begin.
pub fn found(version: &str, article: &str, quotes: &[(&str, &str, u32)]) -> String {
    by("finder", version, article, quotes)
}

/// The same, of another extractor.
fn by(extractor: &str, version: &str, article: &str, quotes: &[(&str, &str, u32)]) -> String {
    let row = |&(text, speaker, start): &(&str, &str, u32)| {
        let extractor = json!({ "name": extractor, "version": version });
        let more = json!({ "speaker": speaker, "start": start, "extractor": extractor });
        native_row(article, text, more)
    };
    quotes.iter().map(row).collect()
}

/// A database in which articles are read again and again.
struct Press(Database);

struct Silent(Vec<String>);

impl Progress for Silent {
    fn written(&mut self, _: &Report) {}
    fn rejected(&mut self, rejection: &Rejection) {
        self.0.push(rejection.code.as_str().to_owned());
    }
    fn told(&mut self, _: &str, _: u64, _: &str) {}
    fn failed(&mut self, error: &SourceError) {
        panic!("{error}");
    }
}

impl Press {
    fn of(backend: Backend, rows: &str) -> Self {
        let press = Self(Database::empty(backend));
        press.adds(rows);
        press
    }

    fn import(&self, rows: &str, replace_articles: bool) -> (Report, Vec<String>) {
        let place = tempfile::tempdir().unwrap();
        let file = place.path().join("rows.jsonl");
        std::fs::write(&file, rows).unwrap();
        let settings = Settings { replace_articles, trusted: true, ..Settings::default() };
        let options = Options { settings: Arc::new(settings), ..Options::default() };
        let mut told = Silent(Vec::new());
        let sources = vec![Source::File(file)];
        let report = import::run(self.0.store(), sources, &options, &mut told).unwrap();
        (report, told.0)
    }

    /// A usual import.
    fn adds(&self, rows: &str) -> Report {
        self.import(rows, false).0
    }

    /// An import of whole articles; answers its report, in which nothing may be rejected.
    fn replaces(&self, rows: &str) -> Report {
        let (report, rejected) = self.import(rows, true);
        assert_eq!(rejected, [""; 0]);
        report
    }

    /// Every quote in the order of its place: words, speaker, place, whether it vanished.
    fn quotes(&self) -> Vec<(String, String, String, i64, bool)> {
        let ask = "{ quotes(orderBy: ARTICLE_POSITION, first: 100) { nodes {
            id text speaker { name } start vanished { at importId } } } }";
        let answer = self.0.ask(ask);
        let nodes = answer["data"]["quotes"]["nodes"].as_array().unwrap();
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let quote = |node: &Value| {
            (
                text(&node["id"]),
                text(&node["text"]),
                text(&node["speaker"]["name"]),
                node["start"].as_i64().unwrap_or(-1),
                !node["vanished"].is_null(),
            )
        };
        nodes.iter().map(quote).collect()
    }

    /// The ids, in the order of places.
    fn ids(&self) -> Vec<String> {
        self.quotes().into_iter().map(|quote| quote.0).collect()
    }

    /// Words and whether they vanished.
    fn standing(&self) -> Vec<(String, bool)> {
        self.quotes().into_iter().map(|quote| (quote.1, quote.4)).collect()
    }

    fn deed() -> Deed {
        Deed { actor: Actor::command_line(), reason: None }
    }

    fn version(&self, id: Id) -> Vec<u8> {
        let row = self.0.store().read(|c| quote::by_id(c, &[id])).unwrap().pop().unwrap();
        row.fingerprint
    }

    fn delete(&self, id: &str) {
        let id = id.parse().unwrap();
        let version = self.version(id);
        let deleted = self.0.store().write(|c| edit::delete(c, &Self::deed(), id, &version));
        deleted.unwrap().0.unwrap();
    }

    fn attribute(&self, id: &str, speaker: &str) {
        let id = id.parse().unwrap();
        let version = self.version(id);
        let changed = self.0.store().write(|c| {
            edit::update(c, &Self::deed(), id, &version, |mut reading| {
                reading.printed.speaker = Some(speaker.to_owned());
                Ok(reading)
            })
        });
        changed.unwrap().0.unwrap();
    }
}

fn counts(report: &Report) -> [u64; 4] {
    [report.lines, report.accepted, report.known, report.changed]
}

fn replaced(report: &Report) -> [u64; 3] {
    let replaced = report.replaced.as_ref().expect("an import of whole articles");
    assert_eq!(replaced.quotes.len() as u64, replaced.vanished);
    [replaced.vanished, replaced.withdrawn, replaced.spared]
}

const BEFORE: [(&str, &str, u32); 4] = [
    ("We shall see.", "Ada Quill", 10),
    ("Nobody asked us.", "Tobit Marsh", 50),
    ("No comment.", "Ada Quill", 90),
    ("No comment.", "Tobit Marsh", 120),
];

/// Everything stands thirty characters later; one quote is gone, one is new, one is corrected.
const AFTER: [(&str, &str, u32); 4] = [
    ("It begins with this.", "Ada Quill", 5),
    ("We shall see!", "Ada Quill", 40),
    ("No comment.", "Ada Quill", 120),
    ("No comment.", "Tobit Marsh", 150),
];

#[test]
fn an_article_that_was_read_again_keeps_its_ids() {
    each_backend(|backend| {
        let press = Press::of(backend, &found("1", "a", &BEFORE));
        let before = press.ids();
        let elsewhere = found("1", "b", &[("Elsewhere.", "Ada Quill", 1)]);
        press.adds(&elsewhere);
        let report = press.replaces(&found("2", "a", &AFTER));
        assert_eq!(counts(&report), [4, 1, 0, 3]);
        assert_eq!(replaced(&report), [1, 0, 0]);
        let gone = &report.replaced.unwrap().quotes[0];
        assert_eq!((gone.id.as_str(), gone.text.as_str()), (&*before[1], "Nobody asked us."));
        assert_eq!(gone.article.as_deref(), Some("https://news.example/a"));

        let after = press.quotes();
        let of_a: Vec<_> = after.iter().filter(|quote| quote.1 != "Elsewhere.").collect();
        let shown: Vec<_> = of_a.iter().map(|q| (&*q.1, &*q.2, q.3, q.4)).collect();
        assert_eq!(
            shown,
            [
                ("It begins with this.", "Ada Quill", 5, false),
                // Case and punctuation are no other words.
                ("We shall see!", "Ada Quill", 40, false),
                ("Nobody asked us.", "Tobit Marsh", 50, true),
                // What derives the id of a quote is that quote.
                ("No comment.", "Ada Quill", 120, false),
                ("No comment.", "Tobit Marsh", 150, false),
            ]
        );
        assert_eq!([&of_a[1].0, &of_a[2].0], [&before[0], &before[1]]);
        let mut kept = [of_a[3].0.clone(), of_a[4].0.clone()];
        kept.sort();
        let mut asked = [before[2].clone(), before[3].clone()];
        asked.sort();
        assert_eq!(kept, asked);
    });
}

#[test]
fn to_replace_twice_changes_nothing() {
    each_backend(|backend| {
        let press = Press::of(backend, &found("1", "a", &BEFORE));
        // Rows of one quote that contradict each other, too.
        let again = ("We shall see!", "Tobit Marsh", 40);
        let after = found("2", "a", &[&AFTER[..], &[again]].concat());
        press.replaces(&after);
        let dump = press.0.dump();
        let report = press.replaces(&after);
        assert_eq!((counts(&report), replaced(&report)), ([5, 0, 5, 0], [0, 0, 0]));
        assert_eq!(press.0.dump(), dump);
        assert_eq!(press.0.column("SELECT version AS value FROM import_seen"), [""; 0]);
    });
}

#[test]
fn old_and_new_files_find_the_same_quotes_in_any_order() {
    each_backend(|backend| {
        let (old, new) = (found("1", "a", &BEFORE), found("2", "a", &AFTER));
        let press = Press::of(backend, &old);
        press.replaces(&new);
        let dump = press.0.dump();
        for rows in [&old, &new, &old, &old] {
            // What an older version finds is no news where a newer one did not find it.
            assert_eq!(press.adds(rows).known, 4);
            assert_eq!(press.0.dump(), dump);
        }
        // The same version does find it again.
        press.adds(&found("2", "a", &[BEFORE[1]]));
        assert!(press.standing().contains(&("Nobody asked us.".to_owned(), false)));
        let report = press.replaces(&new);
        assert_eq!((counts(&report), replaced(&report)), ([4, 0, 4, 0], [1, 0, 0]));
        // The last one that replaces says how it is, whatever its version.
        let report = press.replaces(&old);
        assert_eq!(replaced(&report), [1, 0, 0]);
        let gone: Vec<_> = press.standing().into_iter().filter(|quote| quote.1).collect();
        assert_eq!(gone, [("It begins with this.".to_owned(), true)]);
        assert_eq!(press.quotes().len(), 5);
    });
}

/// Two people say the same words, and one stands now where the other stood.
#[test]
fn an_id_goes_with_its_speaker_and_not_with_a_place() {
    each_backend(|backend| {
        let before = [("We go.", "Ada Quill", 10), ("We go.", "Tobit Marsh", 50)];
        let old = found("1", "a", &before);
        let press = Press::of(backend, &old);
        let of = |press: &Press| {
            let quotes = press.quotes().into_iter();
            let mut ids: Vec<(String, String)> = quotes.map(|it| (it.2, it.0)).collect();
            ids.sort();
            ids
        };
        let ids = of(&press);
        let after = [("We go.", "Tobit Marsh", 10), ("We go.", "Ada Quill", 90)];
        let new = found("2", "a", &after);
        press.replaces(&new);
        assert_eq!(of(&press), ids);
        let dump = press.0.dump();
        press.replaces(&new);
        assert_eq!(press.0.dump(), dump);
        for rows in [&new, &old] {
            assert_eq!(press.adds(rows).known, 2);
            assert_eq!(press.0.dump(), dump);
        }
        // An export says so too, in whatever batches it is imported.
        let mut lines = Vec::new();
        let mut each = |line: &Value| {
            lines.push(format!("{line}\n"));
            std::ops::ControlFlow::Continue(())
        };
        press.0.store().export(&[dixit::store::export::Part::Quotes], &mut each).unwrap();
        for order in [[0, 1], [1, 0]] {
            let other = Press(Database::empty(backend));
            for at in order {
                assert_eq!(other.adds(&lines[at]).accepted, 1);
            }
            assert_eq!(of(&other), ids);
        }
    });
}

#[test]
fn what_vanished_can_be_asked_for() {
    each_backend(|backend| {
        let press = Press::of(backend, &found("1", "a", &BEFORE));
        press.replaces(&found("2", "a", &AFTER));
        let ask = |filter: &str| {
            let ask = format!("{{ quotes(filter: {filter}) {{ totalCount nodes {{ text }} }} }}");
            press.0.ask(&ask)["data"]["quotes"].clone()
        };
        assert_eq!(ask("{ vanished: true }")["nodes"], json!([{ "text": "Nobody asked us." }]));
        assert_eq!(ask("{ vanished: false }")["totalCount"], 4);
        assert_eq!(ask("{}")["totalCount"], 5);
        let imports = press.0.column(&format!(
            "SELECT {} AS value FROM import ORDER BY started_at DESC, id DESC LIMIT 1",
            backend.hex("id")
        ));
        let ask = "{ quotes(filter: { vanished: true }) { nodes { vanished { importId } } } }";
        let answer = press.0.ask(ask);
        let import = answer["data"]["quotes"]["nodes"][0]["vanished"]["importId"].as_str();
        assert_eq!(import.map(|id| id.replace('-', "")), Some(imports[0].clone()));
    });
}

#[test]
fn one_extractor_is_not_the_other() {
    each_backend(|backend| {
        let press = Press::of(backend, &found("1", "a", &BEFORE));
        press.adds(&by("reader", "1", "a", &BEFORE[1..3]));
        // It found something else there only.
        let report = press.replaces(&by("reader", "2", "a", &[("Quite so.", "Ada Quill", 70)]));
        assert_eq!(replaced(&report), [0, 2, 0]);
        assert!(press.standing().iter().all(|quote| !quote.1));
        // Now nobody finds them any more.
        let report = press.replaces(&found("2", "a", &BEFORE[..1]));
        assert_eq!(replaced(&report), [3, 0, 0]);
        let gone = press.standing().into_iter().filter(|quote| quote.1).count();
        assert_eq!((gone, press.quotes().len()), (3, 5));
    });
}

#[test]
fn a_removed_quote_stays_removed_in_its_new_place_and_comes_back_as_itself() {
    each_backend(|backend| {
        let press = Press::of(backend, &found("1", "a", &BEFORE));
        let id = press.ids()[0].clone();
        press.delete(&id);
        let (report, rejected) = press.import(&found("2", "a", &AFTER), true);
        assert_eq!((report.rejected, rejected), (1, vec!["removed".to_owned()]));
        assert!(!press.ids().contains(&id));
        // Other imports know it too.
        assert_eq!(press.adds(&found("2", "a", &AFTER)).rejected, 1);
        let restored = id.parse().unwrap();
        let restored = press.0.store().write(|c| edit::restore(c, &Press::deed(), restored));
        restored.unwrap().0.unwrap();
        press.adds(&found("2", "a", &AFTER));
        assert!(press.ids().contains(&id));
    });
}

#[test]
fn what_a_person_wrote_stands() {
    each_backend(|backend| {
        let press = Press::of(backend, &found("1", "a", &BEFORE));
        let ids = press.ids();
        press.attribute(&ids[0], "Henrike Vossberg");
        press.attribute(&ids[1], "Henrike Vossberg");
        let report = press.replaces(&found("2", "a", &AFTER));
        assert_eq!(replaced(&report), [0, 1, 0]);
        let quotes = press.quotes();
        for id in &ids[..2] {
            let quote = quotes.iter().find(|quote| quote.0 == *id).unwrap();
            assert_eq!((quote.2.as_str(), quote.4), ("Henrike Vossberg", false));
        }
    });
}

#[test]
fn what_was_judged_of_a_quote_holds_in_its_new_place() {
    each_backend(|backend| {
        let press = Press::of(backend, &found("1", "a", &BEFORE));
        let id = press.ids()[0].clone();
        let ada = "SELECT name AS value FROM speaker WHERE name = 'Ada Quill'";
        let ada =
            press.0.column(&ada.replace("SELECT name", &format!("SELECT {}", backend.hex("id"))));
        let into = Target::Speaker { name: "Adeline Quill".to_owned(), wikidata: None };
        let (from, quotes) = (ada[0].parse().unwrap(), vec![id.parse().unwrap()]);
        let split = Asked::Split { from, quotes, into };
        let deed = Deed { reason: Some("two people".to_owned()), ..Press::deed() };
        let judged = press.0.store().write(|c| judge(c, &deed, split));
        assert!(judged.unwrap().0.is_ok());
        press.replaces(&found("2", "a", &AFTER));
        let quotes = press.quotes();
        let quote = quotes.iter().find(|quote| quote.0 == id).unwrap();
        assert_eq!((quote.2.as_str(), quote.3), ("Adeline Quill", 40));
    });
}

#[test]
fn whom_only_replaced_readings_named_is_forgotten() {
    each_backend(|backend| {
        let wrong = [("We shall see.", "Tobit Marsh", 10)];
        let press = Press::of(backend, &found("1", "a", &wrong));
        press.replaces(&found("1", "a", &[("We shall see.", "Ada Quill", 12)]));
        assert_eq!(press.0.column("SELECT name AS value FROM speaker"), ["Ada Quill"]);
    });
}

#[test]
fn nothing_vanishes_from_an_article_of_which_a_row_is_rejected() {
    each_backend(|backend| {
        let both = [found("1", "a", &BEFORE), found("1", "b", &BEFORE)].concat();
        let press = Press::of(backend, &both);
        let faulty = native_row("a", "Nobody asked us.", json!({ "confidence": 7 }));
        let one = &AFTER[..1];
        let rows = [found("2", "a", one), faulty, found("2", "b", one)].concat();
        let (report, rejected) = press.import(&rows, true);
        assert_eq!((rejected.len(), replaced(&report)), (1, [4, 0, 4]));
        let press = Press::of(backend, &both);
        // A row that does not show its article may be of any.
        let (report, _) = press.import(&[&rows, "{\"text\": \n"].concat(), true);
        assert_eq!(replaced(&report), [0, 0, 8]);
        // Mended and given again, it says what is gone.
        let rows = [found("2", "a", one), found("2", "b", one)].concat();
        assert_eq!(replaced(&press.replaces(&rows)), [8, 0, 0]);
    });
}

#[test]
fn a_broken_input_makes_nothing_vanish() {
    each_backend(|backend| {
        let press = Press::of(backend, &found("1", "a", &BEFORE));
        let settings = Settings { replace_articles: true, ..Settings::default() };
        let settings = Arc::new(settings);
        let options = Options { settings, max_rejects: Some(0), ..Options::default() };
        let place = tempfile::tempdir().unwrap();
        let file = place.path().join("rows.jsonl");
        std::fs::write(&file, [&found("2", "a", &AFTER), "nonsense\n"].concat()).unwrap();
        let mut told = Silent(Vec::new());
        let sources = vec![Source::File(file)];
        let report = import::run(press.0.store(), sources, &options, &mut told).unwrap();
        assert_eq!((report.exit_code(), replaced(&report)), (1, [0, 0, 0]));
        assert!(press.standing().iter().all(|quote| !quote.1));
    });
}
