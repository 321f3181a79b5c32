//! `dixit backup`, and what is restored from it.

use std::os::unix::fs::PermissionsExt as _;
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use serde_json::Value;

use super::fixture::filled;
use super::{copy, digest, file_url};
use crate::support::{Backend, Direct, Workplace, read, text};

/// `dixit backup --json FILE` with the programs of this machine, which must succeed.
fn backup(workplace: &Workplace, file: &str) -> Value {
    let mut command = workplace.command(&["backup", "--json", file]);
    let output = command.env("PATH", std::env::var_os("PATH").unwrap()).output().unwrap();
    assert!(output.status.success(), "{output:?}");
    serde_json::from_slice(&output.stdout).unwrap()
}

/// `dixit backup FILE` with this shell script as `pg_dump`: the exit code and standard error.
fn backup_by(workplace: &Workplace, script: &str, file: &str) -> (i32, String) {
    let folder = workplace.path("programs");
    std::fs::create_dir_all(&folder).unwrap();
    let program = folder.join("pg_dump");
    std::fs::write(&program, format!("#!/bin/sh\n{script}\n")).unwrap();
    std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
    let output = workplace.command(&["backup", file]).env("PATH", folder).output().unwrap();
    (output.status.code().unwrap(), String::from_utf8(output.stderr).unwrap())
}

/// The names in a workplace, without what SQLite keeps beside the database.
fn names(workplace: &Workplace) -> Vec<String> {
    let entries = std::fs::read_dir(workplace.path(".")).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.retain(|name| !name.starts_with("work.db-"));
    names.sort();
    names
}

#[test]
fn a_backup_of_a_file_is_the_same_database() {
    let workplace = filled();
    let before = names(&workplace);
    let made = backup(&workplace, "night.db");
    assert_eq!(made["compared"], true);
    let restored = digest(&Workplace::at(file_url(&workplace, "night.db")));
    assert_eq!(restored["digest"], made["digest"]);
    assert_eq!(restored, digest(&workplace));
    let mut expected = before;
    expected.push("night.db".to_owned());
    expected.sort();
    assert_eq!(names(&workplace), expected);

    let kept = std::fs::read(workplace.path("night.db")).unwrap();
    let done = workplace.dixit(&["backup", "night.db"]);
    assert_eq!(done.code, 2, "{done:?}");
    assert!(done.err.contains("night.db is there already"), "{done:?}");
    assert!(std::fs::read(workplace.path("night.db")).unwrap() == kept);
    let done = workplace.dixit(&["backup", "nowhere/night.db"]);
    assert!(done.code == 2 && done.err.contains("cannot write nowhere/night.db"), "{done:?}");
    assert_eq!(names(&workplace), expected);
}

#[test]
fn there_is_no_backup_of_no_database() {
    let workplace = Workplace::new(Backend::Sqlite);
    let done = workplace.dixit(&["backup", "night.db"]);
    assert!(done.code == 2 && done.err.contains("does not exist"), "{done:?}");
    assert_eq!(names(&workplace), [""; 0]);
}

#[test]
fn a_backup_of_a_file_is_whole_while_it_is_written_to() {
    let workplace = filled();
    let stop = AtomicBool::new(false);
    let made = std::thread::scope(|scope| {
        scope.spawn(|| {
            let mut direct = workplace.direct().unwrap();
            direct.run("PRAGMA busy_timeout = 10000");
            while !stop.load(Ordering::Relaxed) {
                direct.run("UPDATE import SET changed_at = changed_at + 1");
            }
        });
        std::thread::sleep(Duration::from_millis(50));
        let made = backup(&workplace, "night.db");
        stop.store(true, Ordering::Relaxed);
        made
    });
    assert_eq!(made["compared"], false);
    let restored = digest(&Workplace::at(file_url(&workplace, "night.db")));
    assert_eq!(restored["digest"], made["digest"]);
}

#[test]
fn a_backup_of_a_server_is_restored_by_its_own_program() {
    let source = filled();
    let workplace = Workplace::new(Backend::Postgres);
    copy(&source, "sqlite://work.db", workplace.url());
    let stop = AtomicBool::new(false);
    // What is digested is what is dumped, whatever is written meanwhile.
    let made = std::thread::scope(|scope| {
        scope.spawn(|| {
            let mut direct = Direct::to(workplace.url());
            while !stop.load(Ordering::Relaxed) {
                direct.run("UPDATE import SET changed_at = changed_at + 1");
            }
        });
        let made = backup(&workplace, "night.dump");
        stop.store(true, Ordering::Relaxed);
        made
    });
    assert_eq!((text(&made, "/format"), &made["compared"]), ("pg_dump", &Value::Bool(true)));
    let restored = Workplace::new(Backend::Postgres);
    let output = Command::new("pg_restore")
        .args(["--exit-on-error", "--dbname", restored.url()])
        .arg(workplace.path("night.dump"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    assert_eq!(digest(&restored)["digest"], made["digest"]);
    assert_eq!(names(&workplace), ["night.dump"]);
}

#[test]
fn what_pg_dump_cannot_do_is_told() {
    let workplace = Workplace::new(Backend::Postgres);
    assert_eq!(workplace.dixit(&["migrate", "up"]).code, 0);
    let output =
        workplace.command(&["backup", "night.dump"]).env("PATH", "/nowhere").output().unwrap();
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.code() == Some(2) && told.contains("client programs"), "{told}");
    let old = backup_by(&workplace, "echo 'pg_dump (PostgreSQL) 9.6.24'", "night.dump");
    assert!(old.0 == 2 && old.1.contains("pg_dump is of PostgreSQL 9 and cannot"), "{old:?}");

    // A password is handed over where nobody else sees it; what was half written is not kept.
    let script = r#"case $1 in --version) echo 'pg_dump (PostgreSQL) 99.1'; exit;; esac
        echo "$*" > arguments; echo "$PGPASSWORD" > password
        while [ "$1" != --file ]; do shift; done
        echo half > "$2"; echo 'the disk is full' >&2; exit 1"#;
    let url = workplace.url();
    let workplace = Workplace::at(url.replace("dixit@", "dixit:s3cr%40t@"));
    let failed = backup_by(&workplace, script, "night.dump");
    assert!(failed.0 == 2 && failed.1.contains("pg_dump failed: the disk is full"), "{failed:?}");
    let arguments = read(workplace.path("arguments"));
    assert!(arguments.contains(url) && !arguments.contains("s3cr"), "{arguments}");
    assert_eq!(read(workplace.path("password")), "s3cr@t\n");
    assert_eq!(names(&workplace), ["arguments", "password", "programs"]);
}
