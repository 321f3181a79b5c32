//! Databases as a whole: migrations, copies from one kind to the other, digests, backups.

mod backup;
mod fixture;
mod migrate;

use serde_json::Value;

use crate::support::{Backend, Direct, Workplace, cluster, repository, strings};
use fixture::{Column, columns, filled};

/// `dixit digest --json` of a workplace's database.
fn digest(workplace: &Workplace) -> Value {
    let done = workplace.dixit(&["digest", "--json"]);
    assert_eq!(done.code, 0, "{done:?}");
    serde_json::from_str(&done.out).unwrap()
}

/// The URL of a file of a workplace, for whoever is elsewhere.
fn file_url(workplace: &Workplace, name: &str) -> String {
    format!("sqlite://{}", workplace.path(name).display())
}

/// Everything in the database at a URL, the records of imports too.
fn dump(url: &str) -> String {
    let mut direct = Direct::to(url);
    let tables = direct.tables();
    direct.dump_of(&tables)
}

/// `dixit copy`, which must succeed; answers what it says.
fn copy(workplace: &Workplace, from: &str, to: &str) -> Value {
    let done = workplace.dixit(&["copy", "--from", from, "--to", to, "--json"]);
    assert_eq!((done.code, done.err.as_str()), (0, ""), "{from} to {to}: {}", done.out);
    serde_json::from_str(&done.out).unwrap()
}

/// Copies to a server and back; everything must be as it was. Answers the server's database.
fn goes_there_and_back(workplace: &Workplace) -> Workplace {
    let server = Workplace::new(Backend::Postgres);
    let there = copy(workplace, workplace.url(), server.url());
    let back = copy(workplace, server.url(), "sqlite://back.db");
    assert_eq!(there["tables"], back["tables"]);
    let original = dump(&file_url(workplace, "work.db"));
    assert!(dump(server.url()) == original, "the server's dump differs");
    assert!(dump(&file_url(workplace, "back.db")) == original, "the returned dump differs");
    server
}

#[test]
fn a_copy_to_a_server_and_back_is_the_same_database() {
    let workplace = filled();
    let server = goes_there_and_back(&workplace);
    let returned = Workplace::at(file_url(&workplace, "back.db"));
    assert_eq!(digest(&server), digest(&workplace));
    assert_eq!(digest(&returned), digest(&workplace));
    let children = "SELECT count(*)::text AS value FROM organisation \
                    WHERE id < parent_id AND id < merged_into";
    assert_ne!(Direct::to(server.url()).column(children), ["0"]);
}

#[test]
fn the_quotebank_year_goes_to_a_server_and_back() {
    let workplace = Workplace::new(Backend::Sqlite);
    let year = repository("../shared/data/quotebank/quotes-2017.json.bz2");
    assert_eq!(workplace.import(&[&year.to_string_lossy()]).0, 0);
    goes_there_and_back(&workplace);
}

#[test]
fn the_digest_takes_in_every_table() {
    let workplace = filled();
    let digest = digest(&workplace);
    let mut tables = strings(&digest, "/tables", "/table");
    tables.sort();
    assert_eq!(tables, workplace.direct().unwrap().tables());
    let rows = |table: &Value| table["rows"].as_u64().unwrap();
    let tables = digest["tables"].as_array().unwrap();
    assert!(tables.iter().all(|table| rows(table) > 0), "{tables:#?}");
    assert_eq!(tables.iter().map(rows).sum::<u64>(), rows(&digest));
}

/// Every single change of a column shows in the digest, and no two of them look the same.
#[test]
fn the_digest_changes_with_every_column() {
    let workplace = filled();
    let whole = format!("VACUUM INTO '{}'", workplace.path("whole.db").display());
    workplace.direct().unwrap().run(&whole);
    let original = fixture::digest(&file_url(&workplace, "work.db"));
    let mut changed = 0;
    for Column { table, name, .. } in &columns(&workplace) {
        let mut digests = vec![original.clone()];
        for value in fixture::values(table, name) {
            let file = format!("{changed}.db");
            std::fs::copy(workplace.path("whole.db"), workplace.path(&file)).unwrap();
            let url = file_url(&workplace, &file);
            if fixture::change_first_row(&mut Direct::to(&url), table, name, &value) {
                digests.push(fixture::digest(&url));
                changed += 1;
            }
        }
        let count = digests.len();
        assert!(count > 1, "no value of {table}.{name} was changed");
        digests.sort();
        digests.dedup();
        assert_eq!(digests.len(), count, "{table}.{name} can change unseen");
    }
    assert!(changed > 200, "only {changed} changes were tried");
}

#[test]
fn a_copy_is_refused_before_anything_is_made() {
    let workplace = filled();
    let server = Workplace::new(Backend::Postgres);
    let refused = |from: &str, to: &str, because: &str| {
        let done = workplace.dixit(&["copy", "--from", from, "--to", to]);
        assert_eq!((done.code, done.out.as_str()), (2, ""), "{done:?}");
        assert!(done.err.contains(because), "{from} to {to}: {}", done.err);
    };
    let (here, there) = ("sqlite://work.db", server.url());
    refused("sqlite://wrok.db", there, "sqlite://wrok.db does not exist");
    refused("sqlite://wrok.db", "sqlite://new.db", "sqlite://wrok.db does not exist");
    refused("work.db", there, "--from work.db: it has no scheme");
    refused(here, "mysql://u:secret@h/d", "--to mysql://u:***@h/d: unknown scheme");
    refused(&cluster::shared().url("nowhere"), "sqlite://new.db", "\"nowhere\" does not exist");
    refused(there, "sqlite://new.db", "run `dixit migrate up`");
    workplace.file("empty.db", "");
    refused("sqlite://empty.db", "sqlite://new.db", "run `dixit migrate up`");

    refused(here, here, "are the same database");
    std::os::unix::fs::symlink(workplace.database_file(), workplace.path("link.db")).unwrap();
    refused(here, "sqlite://link.db", "are the same database");
    assert_eq!(server.dixit(&["migrate", "up"]).code, 0);
    refused(there, &there.replace("127.0.0.1", "localhost"), "are the same database");
    Direct::to(there).run(
        "INSERT INTO import VALUES ('00000000-0000-0000-0000-000000000000', '', '', '', \
         0, 0, 0, 0, 0, 0, 0, NULL, 0, NULL, '{}', NULL, NULL)",
    );
    refused(here, there, "holds rows already (in its table `import`)");
    assert!(!workplace.path("wrok.db").exists() && !workplace.path("new.db").exists());
}

#[test]
fn a_copy_that_fails_leaves_nothing() {
    let workplace = filled();
    let server = Workplace::new(Backend::Postgres);
    // A character that PostgreSQL's texts cannot have, in the last table but two.
    let spoil = "UPDATE quote SET text = 'a' || char(0) WHERE id = (SELECT max(id) FROM quote)";
    workplace.direct().unwrap().run(spoil);
    let done = workplace.dixit(&["copy", "--from", "sqlite://work.db", "--to", server.url()]);
    assert_eq!((done.code, done.out.as_str()), (2, ""), "{done:?}");
    assert_eq!(digest(&server)["rows"], 0);
}
