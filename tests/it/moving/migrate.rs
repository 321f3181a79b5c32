//! `dixit migrate`, and databases of another version.

use serde_json::{Value, json};

use crate::support::{Backend, Workplace, cluster, each_backend, repository};

/// Every migration, the first one first.
fn names() -> Vec<String> {
    let folders = std::fs::read_dir(repository("migrations/sqlite")).unwrap();
    let mut names: Vec<String> =
        folders.map(|folder| folder.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    assert!(!names.is_empty());
    names
}

/// What `status` says where the first `applied` of them are.
fn states(applied: usize) -> Vec<Value> {
    let state = |at| if at < applied { "applied" } else { "pending" };
    let each = |(at, name)| json!({ "name": name, "state": state(at) });
    names().into_iter().enumerate().map(each).collect()
}

/// `dixit migrate status --json`: the exit code and the states.
fn status(workplace: &Workplace) -> (i32, Value) {
    let done = workplace.dixit(&["migrate", "status", "--json"]);
    let status: Value = serde_json::from_str(&done.out).unwrap_or_else(|_| panic!("{done:?}"));
    (done.code, status["migrations"].clone())
}

fn says(workplace: &Workplace, arguments: &[&str], code: i32, words: &str) {
    let done = workplace.dixit(arguments);
    assert_eq!(done.code, code, "{arguments:?}: {done:?}");
    assert!((done.out.clone() + &done.err).contains(words), "{arguments:?}: {done:?}");
}

#[test]
fn migrations_go_up_and_down_and_up_again_where_asked() {
    each_backend(|backend| {
        let workplace = &Workplace::new(backend);
        let names = names();
        let applied = |from: usize| -> String {
            names[from..].iter().map(|name| format!("applied {name}\n")).collect()
        };
        says(workplace, &["migrate", "up"], 0, &applied(0));
        assert_eq!(status(workplace), (0, json!(states(names.len()))));
        says(workplace, &["migrate", "up"], 0, "nothing was pending");
        for (at, name) in names.iter().enumerate().rev() {
            // What is deleted is named, and nothing is deleted by the way.
            says(workplace, &["migrate", "down"], 2, name);
            says(workplace, &["migrate", "down"], 2, "--yes");
            assert_eq!(status(workplace).1, json!(states(at + 1)));
            says(workplace, &["migrate", "down", "--yes"], 0, &format!("reverted {name}"));
            assert_eq!(status(workplace), (1, json!(states(at))));
            says(workplace, &["digest"], 2, "run `dixit migrate up`");
            // There and back again.
            says(workplace, &["migrate", "up"], 0, &applied(at));
            for name in names[at..].iter().rev() {
                says(workplace, &["migrate", "down", "--yes"], 0, &format!("reverted {name}"));
            }
        }
        says(workplace, &["migrate", "down", "--yes"], 0, "no migration is applied");
        says(workplace, &["migrate", "up"], 0, &applied(0));
        says(workplace, &["digest"], 0, "0  rows in all");
    });
}

#[test]
fn status_makes_nothing() {
    let workplace = Workplace::new(Backend::Sqlite);
    for command in [&["migrate", "status"][..], &["migrate", "down", "--yes"], &["digest"]] {
        says(&workplace, command, 2, "sqlite://work.db does not exist");
        assert!(!workplace.database_file().exists());
    }
    workplace.file("work.db", "");
    assert_eq!(status(&workplace).0, 1);
    assert_eq!(std::fs::read(workplace.database_file()).unwrap(), b"");
    workplace.file("work.db", "no database at all, but some text instead");
    says(&workplace, &["migrate", "status"], 2, "not a database");

    let server = Workplace::new(Backend::Postgres);
    assert_eq!(status(&server).0, 1);
    let tables = "SELECT tablename::text AS value FROM pg_tables WHERE schemaname = 'public'";
    assert_eq!(server.direct().unwrap().column(tables), [""; 0]);
    let nowhere = Workplace::at(cluster::shared().url("nowhere"));
    says(&nowhere, &["migrate", "status"], 2, "\"nowhere\" does not exist");
}

#[test]
fn a_database_of_a_newer_dixit_is_left_alone() {
    each_backend(|backend| {
        let workplace = &Workplace::new(backend);
        assert_eq!(workplace.dixit(&["migrate", "up"]).code, 0);
        let newer = "INSERT INTO __diesel_schema_migrations (version) VALUES ('20990101000001')";
        workplace.direct().unwrap().run(newer);
        let mut there = states(names().len());
        there.push(json!({ "name": "20990101000001", "state": "unknown" }));
        assert_eq!(status(workplace), (1, json!(there)));
        let rows = workplace.file("rows.jsonl", "");
        for command in [
            &["import", rows.as_str()][..],
            &["serve"],
            &["migrate", "up"],
            &["migrate", "down", "--yes"],
            &["digest"],
            &["backup", "file"],
        ] {
            says(workplace, command, 2, "written by a newer dixit (migrations 20990101000001");
        }
        assert_eq!(status(workplace), (1, json!(there)));
    });
}

#[test]
fn first_starts_do_not_race() {
    each_backend(|backend| {
        let workplace = &Workplace::new(backend);
        let children: Vec<_> = (0..4)
            .map(|_| {
                let mut command = workplace.command(&["migrate", "up"]);
                command.stdout(std::process::Stdio::piped()).spawn().unwrap()
            })
            .collect();
        let outputs = children.into_iter().map(|child| child.wait_with_output().unwrap());
        let texts: Vec<String> = outputs
            .map(|output| {
                assert!(output.status.success(), "{output:?}");
                String::from_utf8(output.stdout).unwrap()
            })
            .collect();
        let applied = texts.concat().matches("applied").count();
        assert_eq!(applied, names().len(), "{texts:?}");
    });
}

/// A restored backup of the embedded database is none in WAL mode.
#[test]
fn opening_a_database_makes_it_one_with_a_write_ahead_log() {
    let workplace = Workplace::new(Backend::Sqlite);
    assert_eq!(workplace.dixit(&["migrate", "up"]).code, 0);
    let mode = || {
        workplace.direct().unwrap().column("SELECT journal_mode AS value FROM pragma_journal_mode")
    };
    workplace.direct().unwrap().run("PRAGMA journal_mode = DELETE");
    assert_eq!(workplace.dixit(&["migrate", "status"]).code, 0);
    assert_eq!(mode(), ["delete"]);
    assert_eq!(workplace.dixit(&["digest"]).code, 0);
    assert_eq!(mode(), ["wal"]);
}
