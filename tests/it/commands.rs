//! The command line as its own help tells it: every example runs as it stands, completions and manual
//! pages are made of it, colours stay out of pipes, and `dixit doctor` tells what it found.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::{Value, json};

use crate::support::{
    Backend, Home, Workplace, each_backend, finish, native_row, quotebank_row, read, repository,
    text,
};

/// The file of the database in examples, beside those that they read.
const FILE: &str = "sqlite://dixit.db";
/// The servers' databases in examples; each stands for one of the tests' own.
const SERVED: &str = "postgres://dixit@db.example/dixit";
const RESTORED: &str = "postgres://dixit@db.example/restored";

/// What `dixit COMMAND --help` tells.
fn help(of: &[&str]) -> String {
    let workplace = Workplace::new(Backend::Sqlite);
    let done = workplace.dixit(&[of, &["--help"]].concat());
    assert_eq!(done.code, 0, "{done:?}");
    done.out
}

/// Every command.
fn commands() -> Vec<String> {
    let names = below(&[]);
    assert!(names.len() > 18, "{names:?}");
    names
}

/// Every command with the words that lead to it: `token`, `token create`, ….
fn paths() -> Vec<Vec<String>> {
    fn walk(path: Vec<String>, found: &mut Vec<Vec<String>>) {
        let words: Vec<&str> = path.iter().map(String::as_str).collect();
        for name in below(&words) {
            let path = [&path[..], &[name]].concat();
            found.push(path.clone());
            walk(path, found);
        }
    }
    let mut found = Vec::new();
    walk(Vec::new(), &mut found);
    found
}

/// The commands below a command.
fn below(of: &[&str]) -> Vec<String> {
    let help = help(of);
    let Some(list) = help.split("Commands:\n").nth(1) else { return Vec::new() };
    let list = list.split("\n\n").next().unwrap();
    let names = list.lines().filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    let names: Vec<String> =
        names.filter_map(|line| line.split_whitespace().next()).map(str::to_owned).collect();
    names.into_iter().filter(|name| name != "help").collect()
}

/// The examples in a help text.
fn examples(help: &str) -> Vec<String> {
    let Some((_, list)) = help.split_once("\nExample") else { return Vec::new() };
    let lines = list.lines().skip(1).take_while(|line| line.starts_with("  "));
    lines.map(|line| line.trim().to_owned()).collect()
}

/// A workplace with every file that an example reads.
fn prepared() -> Workplace {
    let workplace = Workplace::new(Backend::Sqlite);
    let mut import = workplace.command(&["import"]);
    import.args([repository("sample/statements.jsonl")]).env("DATABASE_URL", FILE);
    let done = finish(import, b"");
    assert_eq!(done.code, 0, "{done:?}");
    let packed = |name: &str, text: String| {
        let file = std::fs::File::create(workplace.path(name)).unwrap();
        if name.ends_with("gz") {
            let mut to = flate2::write::GzEncoder::new(file, flate2::Compression::fast());
            to.write_all(text.as_bytes()).unwrap();
            to.finish().unwrap();
        } else {
            let mut to = bzip2::write::BzEncoder::new(file, bzip2::Compression::fast());
            to.write_all(text.as_bytes()).unwrap();
            to.finish().unwrap();
        }
    };
    packed(
        "night.jsonl.gz",
        native_row("night", "We shall see.", json!({ "speaker": "Ada Quill" })),
    );
    packed("quotes-2017.json.bz2", quotebank_row("2017-05-03-000001", "We shall see.", json!({})));
    let copies = [
        ("statements.jsonl", repository("sample/statements.jsonl")),
        ("ministers.csv", repository("sample/tenures.csv")),
        ("backup.db", workplace.path("dixit.db")),
    ];
    for (name, from) in copies {
        std::fs::copy(from, workplace.path(name)).unwrap();
    }
    let popolo = json!({
        "persons": [{ "id": "p1", "name": "Ada Quill" }],
        "organizations": [{ "id": "o1", "name": "House of Marenia" }],
        "memberships": [{ "person_id": "p1", "organization_id": "o1", "role": "member" }],
    });
    let question = json!({ "id": 1, "text": "Nobody will be left on the quay" });
    for (name, text) in [
        ("ep-popolo-v1.0.json", popolo.to_string()),
        ("questions.jsonl", format!("{question}\n")),
        ("speech.txt", "She said: \"Nobody will be left on the quay\".".to_owned()),
    ] {
        std::fs::write(workplace.path(name), text).unwrap();
    }
    workplace
}

/// An example of a shell, with the servers that it names.
fn shell(workplace: &Workplace, line: &str) -> Command {
    let directory = Path::new(env!("CARGO_BIN_EXE_dixit")).parent().unwrap().to_owned();
    let path = std::env::var("PATH").unwrap_or_default();
    let mut shell = Command::new("sh");
    shell.args(["-ec", line]).current_dir(workplace.path(""));
    shell.env_clear().env("PATH", format!("{}:{path}", directory.display()));
    shell.env("DATABASE_URL", FILE).env("DIXIT_LISTEN", "127.0.0.1:0");
    shell
}

#[test]
fn every_example_in_a_help_text_runs() {
    let mut ran = 0;
    for path in paths() {
        let words: Vec<&str> = path.iter().map(String::as_str).collect();
        let (name, command) = (path[0].clone(), path.join(" "));
        let examples = examples(&help(&words));
        assert!(!examples.is_empty(), "dixit {command} --help has no example");
        // It is this command that they show.
        let shown = |example: &String| example.contains(&format!("dixit {command}"));
        assert!(examples.iter().any(shown), "dixit {command} --help: {examples:?}");
        let workplace = prepared();
        if command == "token revoke" {
            let token = "dixit token create --name 'night import' --scope import";
            assert_eq!(finish(shell(&workplace, token), b"").code, 0);
        }
        let (served, restored) = (Home::new(Backend::Postgres), Home::new(Backend::Postgres));
        if name != "copy" {
            let copy = format!("dixit copy --from {FILE} --to {}", served.url());
            let done = finish(shell(&workplace, &copy), b"");
            assert_eq!(done.code, 0, "{done:?}");
        }
        for example in &examples {
            println!("{example}");
            // What is copied to is another one each time: it must hold nothing.
            let line = match example.split_once(&format!("--to {FILE}")) {
                Some((before, after)) => format!("{before}--to sqlite://empty.db{after}"),
                None => example.clone(),
            };
            let line = line.replace(SERVED, served.url()).replace(RESTORED, restored.url());
            if matches!(name.as_str(), "serve" | "demo") {
                serves(&workplace, &line);
            } else {
                let done = finish(shell(&workplace, &line), b"");
                // Words that are not on record, and quotations of a text, are an answer.
                let fine = done.code == 0 || (name == "verify" && done.code == 1);
                assert!(fine, "{example}: {done:?}");
            }
            ran += 1;
        }
    }
    assert!(ran > 50, "only {ran} examples");
}

/// A server that an example starts listens, and stops when it is told to.
fn serves(workplace: &Workplace, line: &str) {
    let mut command = shell(workplace, &format!("exec env {line}"));
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut first = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut first).unwrap();
    assert!(first.starts_with("dixit listens on http://127.0.0.1:"), "{line}: {first:?}");
    let pid = child.id().to_string();
    assert!(Command::new("kill").args(["-TERM", &pid]).status().unwrap().success());
    assert!(child.wait().unwrap().success(), "{line}");
}

#[test]
fn the_examples_of_dixit_itself_run() {
    let workplace = prepared();
    let examples = examples(&help(&[]));
    assert!(!examples.is_empty());
    for example in examples {
        let done = finish(shell(&workplace, &example), b"");
        assert!(done.code == 0 || example.contains("verify"), "{example}: {done:?}");
    }
}

#[test]
fn every_shell_completes_and_every_command_has_its_manual_page() {
    let workplace = Workplace::new(Backend::Sqlite);
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let done = workplace.dixit(&["completions", shell]);
        assert_eq!(done.code, 0, "{done:?}");
        for name in commands() {
            assert!(done.out.contains(&name), "{shell} does not complete {name}");
        }
    }
    // A reader that goes away is no failure.
    let cut = finish(shell(&workplace, "dixit completions bash | head -n 1"), b"");
    assert_eq!((cut.code, cut.err.as_str()), (0, ""));

    let page = workplace.dixit(&["man"]);
    assert!(page.code == 0 && page.out.contains(".TH dixit 1"), "{page:?}");
    assert_eq!(workplace.dixit(&["man", "--dir", "share/man/man1"]).code, 0);
    for name in commands() {
        let page = read(workplace.path(&format!("share/man/man1/dixit-{name}.1")));
        assert!(page.contains(".SH SYNOPSIS") && page.contains("Example"), "{name}: {page}");
    }
    assert!(read(workplace.path("share/man/man1/dixit-token-create.1")).contains("SYNOPSIS"));
}

#[test]
fn colours_are_for_terminals_and_for_who_asks_for_them() {
    let workplace = prepared();
    let verify = "dixit verify 'Nobody will be left on the quay'";
    let coloured = |settings: &str| {
        let done = finish(shell(&workplace, &format!("env {settings} {verify}")), b"");
        assert!(done.out.contains("VERBATIM"), "{done:?}");
        done.out.contains('\u{1b}')
    };
    assert!(!coloured("TERM=xterm"));
    assert!(coloured("CLICOLOR_FORCE=1"));
    assert!(!coloured("CLICOLOR_FORCE=1 NO_COLOR=1"));
    // On a terminal, which `script` has.
    let on_a_terminal = |settings: &str| {
        let line = format!("TERM=xterm {settings} script -qec \"{verify}\" /dev/null");
        let done = finish(shell(&workplace, &line), b"");
        assert!(done.out.contains("VERBATIM"), "{done:?}");
        done.out.contains("\u{1b}[1;32m")
    };
    assert!(on_a_terminal(""));
    assert!(!on_a_terminal("NO_COLOR=1"));
    assert!(!on_a_terminal("CLICOLOR=0"));
}

#[test]
fn the_doctor_tells_settings_database_and_vocabulary_and_no_password() {
    each_backend(|backend| {
        let workplace = Workplace::new(backend);
        let file = workplace.file("a.jsonl", native_row("a", "We shall see.", json!({})));
        assert_eq!(workplace.import(&[&file]).0, 0);
        workplace.file(".env", "DIXIT_READERS=3\nDIXIT_LOG=warn\n");
        let mut command = workplace.command(&["doctor", "--json"]);
        command.env("DIXIT_LOG", "error");
        let done = finish(command, b"");
        assert_eq!(done.code, 0, "{done:?}");
        let told: Value = serde_json::from_str(&done.out).unwrap();
        let checks = told["checks"].as_array().unwrap();
        let of = |name: &str| {
            let found = checks.iter().find(|check| check["check"] == name);
            text(found.unwrap_or_else(|| panic!("no {name} in {told:#}")), "/told").to_owned()
        };
        assert_eq!(of("settings"), "read; 3 are set");
        assert_eq!(of("setting DIXIT_READERS"), "3, in .env");
        assert_eq!(of("setting DIXIT_LOG"), "error, by the environment");
        assert!(of("setting DATABASE_URL").ends_with(", by the environment"));
        let kind = match backend {
            Backend::Sqlite => "SQLite 3.",
            Backend::Postgres => "PostgreSQL ",
        };
        let version = of("database version");
        assert!(version.starts_with(kind) && version.ends_with(" bytes"), "{version}");
        assert!(of("vocabulary").contains("organisations 2"), "{}", of("vocabulary"));
        assert!(of("migrations").ends_with(" applied"));
    });
    let workplace = Workplace::new(Backend::Sqlite);
    let mut command = workplace.command(&["doctor"]);
    command.env("DATABASE_URL", "postgres://dixit:s3cret@127.0.0.1:1/dixit");
    let replicas =
        "postgres://dixit:s3cret@a.example/dixit,postgres://dixit:s3cret@b.example/dixit";
    command.env("DIXIT_REPLICA_URLS", replicas);
    let done = finish(command, b"");
    assert_eq!(done.code, 1, "{done:?}");
    assert!(!done.out.contains("s3cret") && !done.err.contains("s3cret"), "{done:?}");
    assert!(done.out.contains("b.example"), "{done:?}");
}
