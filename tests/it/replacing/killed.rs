//! An import of whole articles that is killed between two batches, on the level of the store.

use std::sync::Arc;

use dixit::domain::address::Address;
use dixit::domain::article::Article;
use dixit::domain::id::{Id, Kind};
use dixit::domain::reading::Reading;
use dixit::store::audit::Actor;
use dixit::store::write::{Account, Entry, ImportAccount, ImportRow, Writer};
use serde_json::{Value, json};

use super::{AFTER, BEFORE, Press, found};
use crate::support::each_backend;

fn entries(rows: &str) -> Vec<Entry> {
    let entry = |line: &str| {
        let mut row: Value = serde_json::from_str(line).unwrap();
        row["kind"] = json!("DIRECT");
        let article = row.as_object_mut().unwrap().remove("article").unwrap();
        let address = Some(Address::read(article["url"].as_str().unwrap()).unwrap());
        let article = Article { address, ..Article::default() };
        let reading: Reading = serde_json::from_value(row).unwrap();
        Entry::new(article, Arc::new(Account::new(reading, Vec::new()))).unwrap()
    };
    rows.lines().map(entry).collect()
}

fn record(import: Id, moment: i64) -> ImportAccount {
    let begun = ImportRow::begin("rows", "native");
    let row = ImportRow { id: import, changed_at: moment, ..begun };
    ImportAccount { row, rejections: Vec::new() }
}

/// Writes these batches and looks for what is gone, each step by a program of its own that is killed
/// behind it.
fn in_steps(press: &Press, batches: &[&[Entry]]) {
    let import = Id::derive(Kind::Import, &[b"killed"]);
    let mut last: Option<ImportRow> = None;
    let mut moment = 0;
    let mut step = |work: &mut dyn FnMut(&mut Writer, Option<&ImportRow>, i64) -> ImportRow| {
        moment += 1;
        let mut writer = press.0.store().writer(false).unwrap();
        writer.replace_articles(import);
        last = Some(work(&mut writer, last.as_ref(), moment));
    };
    let actor = Actor::command_line();
    for batch in batches {
        step(&mut |writer, before, moment| {
            writer.write(batch, &actor, before, |_| Ok(record(import, moment))).unwrap()
        });
    }
    let mut more = true;
    while more {
        step(&mut |writer, before, moment| {
            let account = |swept: &dixit::store::write::Swept| {
                more = swept.more;
                Ok(record(import, moment))
            };
            writer.sweep((7, false), &actor, before, account).unwrap()
        });
    }
}

#[test]
fn wherever_it_is_killed_the_end_is_the_same() {
    each_backend(|backend| {
        let before = [found("1", "a", &BEFORE), found("1", "b", &BEFORE)].concat();
        let after = entries(&[found("2", "a", &AFTER), found("2", "b", &AFTER[1..])].concat());
        let whole = Press::of(backend, &before);
        in_steps(&whole, &[&after]);
        let dump = whole.0.dump();
        assert!(dump.contains("import_seen"), "the dump has every table");
        assert_eq!(whole.standing().iter().filter(|quote| quote.1).count(), 2);
        for size in 1..after.len() {
            let press = Press::of(backend, &before);
            let batches: Vec<&[Entry]> = after.chunks(size).collect();
            in_steps(&press, &batches);
            assert!(press.0.dump() == dump, "in batches of {size}");
        }
    });
}
