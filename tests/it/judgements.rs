//! Judgements: whatever people judge and take back, nothing that was printed changes, every id leads
//! somewhere, and when all is taken back nothing is left of it.

mod found;

use std::cell::RefCell;

use dixit::domain::id::Id;
use dixit::domain::judgement::JudgementAction;
use dixit::store;
use dixit::store::audit::Actor;
use dixit::store::write::edit::{self, Deed};
use dixit::store::write::judge::{self, Asked, Target};
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::import_properties::statements_agree;
use crate::support::{Backend, Database, Direct, each_backend, holds, native_row};

/// A small world of invented people: namesakes, surnames alone, unnamed sources, bodies under two
/// names, and words that several articles carry.
fn world() -> String {
    let row = |article: &str, n: usize, more: Value| native_row(article, &words(n), more);
    [
        row("a", 0, json!({"speaker": "Ada Quill", "role": "spokeswoman", "organisation": "Harbour Board"})),
        row("a", 1, json!({"speaker": "Quill"})),
        row("a", 2, json!({"role": "a spokesman for the UN"})),
        row("b", 0, json!({"speaker": "A. Quill", "role": "spokeswoman", "organisation": "Board of the Harbour"})),
        row("b", 3, json!({"speaker": "Bob Marsh", "role": "defence minister", "organisation": "Latvia"})),
        row("c", 1, json!({"speaker": "Quill"})),
        row("c", 4, json!({"speaker": "Bob Marsh", "role": "mayor of Dorvat"})),
        row("d", 5, json!({"role": "some officials", "organisation": "Harbour Board"})),
        row("d", 0, json!({"speaker": "Ada Quill", "wikidata": "Q1"})),
        row("e", 6, json!({"speaker": "Cleo Quill", "role": "spokeswoman", "organisation": "UNHCR"})),
        row("e", 1, json!({"speaker": "Quill"})),
        row("e", 7, json!({"speaker": "Bob Marsh", "organisation": "the Pentagon"})),
    ]
    .concat()
}

fn words(n: usize) -> String {
    [
        "We shall see.",
        "No more than that.",
        "It was agreed.",
        "They came by sea.",
        "Not today.",
        "Nobody asked us.",
        "The road is open.",
        "We are counting.",
    ][n]
        .to_owned()
}

/// One step, its numbers taken modulo what there is.
#[derive(Debug, Clone)]
enum Step {
    Merge(usize, usize, usize),
    Split(usize, usize, usize),
    AddAlias(usize, usize, usize),
    RemoveAlias(usize, usize, usize),
    Reassign(usize, usize),
    Unmask(usize, usize),
    Settle(usize, usize),
    KeepApart(usize, usize, usize),
    Undo(usize),
    ImportAgain,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let n = || 0..64usize;
    let step = prop_oneof![
        4 => (0..3usize, n(), n()).prop_map(|(k, a, b)| Step::Merge(k, a, b)),
        3 => (0..3usize, n(), n()).prop_map(|(k, a, b)| Step::Split(k, a, b)),
        2 => (0..2usize, n(), n()).prop_map(|(k, a, b)| Step::AddAlias(k, a, b)),
        2 => (0..2usize, n(), n()).prop_map(|(k, a, b)| Step::RemoveAlias(k, a, b)),
        2 => (n(), n()).prop_map(|(a, b)| Step::Reassign(a, b)),
        2 => (n(), n()).prop_map(|(a, b)| Step::Unmask(a, b)),
        1 => (n(), n()).prop_map(|(a, b)| Step::Settle(a, b)),
        1 => (0..3usize, n(), n()).prop_map(|(k, a, b)| Step::KeepApart(k, a, b)),
        4 => n().prop_map(Step::Undo),
        1 => Just(Step::ImportAgain),
    ];
    vec(step, 1..8)
}

const TABLES: [&str; 3] = ["speaker", "organisation", "role"];

struct World {
    /// One connection past dixit: to open one costs a server more than to ask.
    direct: RefCell<Direct>,
    database: Database,
    contents: String,
    printed: Vec<String>,
    ids: Vec<String>,
}

impl World {
    fn new(backend: Backend) -> Self {
        let database = Database::of(backend, &world());
        let direct = RefCell::new(database.direct());
        let (contents, printed, ids) = Default::default();
        let mut world = Self { direct, database, contents, printed, ids };
        world.contents = world.contents();
        world.printed = world.printed();
        world.ids = TABLES.iter().flat_map(|table| world.ids_of(table)).collect();
        world
    }

    /// Everything that is not itself the record of judgements.
    fn contents(&self) -> String {
        let mut direct = self.direct.borrow_mut();
        let mut tables = direct.tables();
        let records = ["judgement", "judgement_quote", "audit", "import"];
        tables.retain(|table| !records.contains(&table.as_str()));
        direct.dump_of(&tables)
    }

    fn column(&self, statement: &str) -> Vec<String> {
        self.direct.borrow_mut().column(statement)
    }

    fn printed(&self) -> Vec<String> {
        let text = |column: &str| format!("coalesce({column}, '-')");
        let columns = ["text", "printed_speaker", "printed_role", "printed_organisation"];
        let columns: Vec<String> = columns.iter().map(|column| text(column)).collect();
        let id = self.database.backend().hex("id");
        self.column(&format!(
            "SELECT {id} || {} AS value FROM quote ORDER BY id",
            columns.join(" || '|' || ")
        ))
    }

    fn ids_of(&self, table: &str) -> Vec<String> {
        let id = self.database.backend().hex("id");
        self.column(&format!("SELECT {id} AS value FROM {table} ORDER BY id"))
    }

    fn pick(&self, table: &str, n: usize) -> Id {
        let ids = self.ids_of(table);
        ids[n % ids.len()].parse().expect("an id")
    }

    /// Some quotes, those that have something in this column where there are any.
    fn quotes(&self, column: &str, of: Option<Id>, n: usize) -> Vec<Id> {
        let backend = self.database.backend();
        let (id, owner) = (backend.hex("id"), backend.hex(column));
        let meets = match of {
            Some(of) => format!("WHERE {owner} = '{}'", of.to_string().replace('-', "")),
            None => format!("WHERE {column} IS NULL"),
        };
        let query = format!("SELECT {id} AS value FROM quote {meets} ORDER BY id");
        let ids = self.column(&query);
        let count = ids.len().max(1);
        let some = ids.iter().enumerate().filter(|(at, _)| (at + n) % count <= n / count);
        some.map(|(_, id)| id.parse().expect("an id")).collect()
    }

    fn asked(&self, step: &Step) -> Option<Asked> {
        let column = |kind: usize| ["speaker_id", "organisation_id", "role_id"][kind];
        let names = ["Ada Quill", "Quill", "Harbour Board", "the Pentagon", "Dolores Fenn", "UN"];
        Some(match *step {
            Step::Merge(kind, a, b) => {
                Asked::Merge { from: self.pick(TABLES[kind], a), into: self.pick(TABLES[kind], b) }
            }
            Step::Split(kind, a, b) => {
                let from = self.pick(TABLES[kind], a);
                let into = match (b % 2, kind) {
                    (0, _) => Target::There(self.pick(TABLES[kind], b)),
                    (_, 0) => Target::Speaker { name: names[b % 6].into(), wikidata: None },
                    (_, 1) => Target::Organisation { name: names[b % 6].into() },
                    _ => Target::Role { title: "harbour master".into(), organisation: None },
                };
                Asked::Split { from, quotes: self.quotes(column(kind), Some(from), b), into }
            }
            Step::AddAlias(kind, a, b) => {
                Asked::AddAlias { to: self.pick(TABLES[kind], a), name: names[b % 6].into() }
            }
            Step::RemoveAlias(kind, a, b) => {
                Asked::RemoveAlias { of: self.pick(TABLES[kind], a), name: names[b % 6].into() }
            }
            Step::Reassign(a, b) => {
                let role = match b % 2 {
                    0 => Target::There(self.pick("role", b)),
                    _ => Target::Role {
                        title: "harbour master".into(),
                        organisation: Some(self.pick("organisation", b)),
                    },
                };
                let quotes = self.quotes("role_id", Some(self.pick("role", a)), b);
                Asked::Reassign { quotes, role }
            }
            Step::Unmask(a, b) => {
                let speaker = match b % 2 {
                    0 => Target::There(self.pick("speaker", b)),
                    _ => Target::Speaker { name: names[b % 6].into(), wikidata: None },
                };
                Asked::Unmask { quotes: self.quotes("speaker_id", None, a), speaker }
            }
            Step::Settle(a, b) => Asked::SettleWikidata {
                speaker: self.pick("speaker", a),
                wikidata: format!("Q{}", b % 3 + 1),
            },
            Step::KeepApart(kind, a, b) => Asked::KeepApart {
                one: self.pick(TABLES[kind], a),
                other: self.pick(TABLES[kind], b),
            },
            Step::Undo(_) | Step::ImportAgain => return None,
        })
    }

    /// Takes one step; what is refused has changed nothing.
    fn take(&self, step: &Step) {
        match (self.asked(step), step) {
            (Some(asked), _) => {
                let before = self.contents();
                let judged = self.database.store().write(|c| judge::judge(c, &deed(), asked));
                if judged.expect("a database").0.is_err() {
                    assert!(self.contents() == before, "refused, and changed: {step:?}");
                }
            }
            (None, Step::Undo(n)) => {
                let open = self.in_force();
                if !open.is_empty() {
                    self.undo(open[n % open.len()]);
                }
            }
            _ => {
                let before = self.contents();
                let report = self.database.import(&[&world()]);
                assert_eq!((report.accepted, report.changed), (0, 0));
                self.contains(&before, "imported again, and changed");
            }
        }
    }

    fn in_force(&self) -> Vec<Id> {
        let id = self.database.backend().hex("id");
        let ids = self.column(&format!(
            "SELECT {id} AS value FROM judgement WHERE undone_at IS NULL ORDER BY number"
        ));
        ids.iter().map(|id| id.parse().expect("an id")).collect()
    }

    fn undo(&self, id: Id) {
        let undone = self.database.store().write(|c| judge::undo(c, &deed(), id));
        assert!(undone.expect("a database").0.is_ok());
    }

    /// Takes back whatever is in force, in an order that `order` chooses; nothing may be left of it.
    fn take_all_back(&self, order: usize) {
        let mut open = self.in_force();
        while !open.is_empty() {
            self.undo(open.remove(order % open.len()));
        }
        self.contains(&self.contents, "taken back, and not as before");
    }

    /// Fails where the database is not as it was, and tells what differs.
    fn contains(&self, before: &str, what: &str) {
        let after = self.contents();
        if after != before {
            let gone = before.lines().filter(|line| !after.contains(line));
            let new = after.lines().filter(|line| !before.contains(line));
            panic!(
                "{what}\nwas {:#?}\nis {:#?}",
                gone.collect::<Vec<_>>(),
                new.collect::<Vec<_>>()
            );
        }
    }

    fn invariants_hold(&self) {
        assert_eq!(self.printed(), self.printed, "what was printed");
        let there: Vec<String> = TABLES.iter().flat_map(|table| self.ids_of(table)).collect();
        assert!(self.ids.iter().all(|id| there.contains(id)), "an old id leads nowhere");
        for (table, column) in TABLES.iter().zip(["speaker_id", "organisation_id", "role_id"]) {
            for rows in ["quote", "statement"] {
                let merged = self.column(&format!(
                    "SELECT 'merged' AS value FROM {rows} r JOIN {table} t ON t.id = r.{column} \
                     WHERE t.merged_into IS NOT NULL"
                ));
                assert!(merged.is_empty(), "a {rows} names a merged {table}");
            }
        }
        statements_agree(&self.database);
        let anew = self.database.store().resolve_all(true, &mut |_| {}).expect("a database");
        assert_eq!((anew.changed, anew.publishers), (0, 0), "{:#?}", anew.changes);
    }
}

fn deed() -> Deed {
    Deed { actor: Actor::command_line(), reason: Some("to see".to_owned()) }
}

/// How many sequences are tried on each database; `make judgements` asks for more.
fn sequences(backend: Backend) -> u32 {
    let asked = std::env::var("JUDGEMENT_SEQUENCES").ok().map(|n| n.parse().expect("a number"));
    asked.unwrap_or(match backend {
        Backend::Sqlite => 60,
        Backend::Postgres => 20,
    })
}

#[test]
fn whatever_is_judged_and_taken_back_leaves_no_trace() {
    traceless(Backend::Sqlite);
}

/// A test of its own, so that ten thousand sequences are tried on both at once.
#[test]
fn whatever_is_judged_and_taken_back_on_a_server_leaves_no_trace() {
    traceless(Backend::Postgres);
}

fn traceless(backend: Backend) {
    let world = RefCell::new(World::new(backend));
    holds(sequences(backend), (steps(), any::<u8>()), |(steps, order)| {
        // A failure before left its judgements behind.
        if world.borrow().contents() != world.borrow().contents {
            world.replace(World::new(backend));
        }
        let world = world.borrow();
        for step in steps {
            world.take(step);
        }
        world.invariants_hold();
        world.take_all_back(usize::from(*order));
    });
}

#[test]
fn a_merge_and_its_undoing_leave_the_same_export() {
    each_backend(|backend| {
        let world = World::new(backend);
        let export = || {
            use dixit::store::export::Part;
            let parts =
                [Part::Quotes, Part::Speakers, Part::Organisations, Part::Roles, Part::Judgements];
            let mut lines = String::new();
            let sink = &mut |line: &Value| {
                lines.push_str(&format!("{line}\n"));
                std::ops::ControlFlow::Continue(())
            };
            world.database.store().export(&parts, sink).expect("an export");
            lines
        };
        let before = export();
        let of = |name: &str| {
            let id = backend.hex("id");
            let query = format!("SELECT {id} AS value FROM speaker WHERE name = '{name}'");
            world.database.column(&query)[0].parse::<Id>().expect("an id")
        };
        let merge = Asked::Merge { from: of("A. Quill"), into: of("Cleo Quill") };
        let judged = world.database.store().write(|c| judge::judge(c, &deed(), merge));
        let judged = judged.expect("a database").0.expect("two speakers");
        assert_eq!(judged.row.action, JudgementAction::MergeSpeakers);
        assert_eq!(judged.changes.len(), 1);
        assert_ne!(export(), before);
        world.undo(judged.row.id);
        assert_eq!(export(), before);
    });
}

/// What is removed while a judgement is in force leaves no more behind, once that is taken back, than
/// where nobody ever judged.
#[test]
fn a_removal_between_a_judgement_and_its_undoing_leaves_nothing_behind() {
    let removed = ["Bob Marsh", "Ada Quill"];
    let delete = |world: &World| {
        for name in removed {
            let id = world.database.backend().hex("id");
            let query = format!(
                "SELECT {id} AS value FROM quote WHERE printed_speaker = '{name}' ORDER BY id"
            );
            for quote in world.database.column(&query) {
                let quote: Id = quote.parse().expect("an id");
                let deleted = world.database.store().write(|c| {
                    let row = store::quote::by_id(c, &[quote])?.pop().expect("a quote");
                    edit::delete(c, &deed(), quote, &row.fingerprint)
                });
                assert!(deleted.expect("a database").0.is_ok());
            }
        }
    };
    each_backend(|backend| {
        let never = World::new(backend);
        delete(&never);
        let steps = [
            Step::Merge(0, 1, 2),
            Step::Merge(0, 3, 1),
            Step::Merge(1, 3, 5),
            Step::Merge(1, 6, 2),
            Step::Merge(2, 1, 4),
            Step::Merge(2, 5, 2),
            Step::Split(0, 2, 63),
            Step::Split(1, 4, 63),
            Step::Split(2, 3, 63),
            Step::AddAlias(0, 1, 4),
            Step::Reassign(2, 63),
            Step::Settle(2, 1),
            Step::KeepApart(0, 2, 3),
            Step::KeepApart(2, 1, 3),
        ];
        let world = World::new(backend);
        for step in &steps {
            world.take(step);
        }
        assert!(!world.in_force().is_empty());
        delete(&world);
        for judgement in world.in_force() {
            world.undo(judgement);
        }
        let when = |contents: String| -> Vec<String> {
            let lines = contents.lines().filter(|line| !line.contains("'to see'"));
            lines.map(str::to_owned).collect()
        };
        let (with, without) = (when(world.contents()), when(never.contents()));
        let more: Vec<&String> = with.iter().filter(|line| !without.contains(line)).collect();
        let less: Vec<&String> = without.iter().filter(|line| !with.contains(line)).collect();
        assert!(more.is_empty() && less.is_empty(), "more {more:#?}\nless {less:#?}");
    });
}
