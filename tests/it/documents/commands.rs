//! The commands that the pages print are run in a shell, as a reader runs them, beside `sample/` and
//! `docs/`; what stands behind one as text is what it prints.

use std::path::Path;
use std::process::Command;

use super::{Block, blocks};
use crate::support::{Workplace, each_backend, finish, read, repository};

#[test]
fn the_commands_of_the_cookbook_and_the_readme_run() {
    for page in ["docs/cookbook.md", "README.md"] {
        let text = read(repository(page));
        each_backend(|backend| {
            let place = Workplace::new(backend);
            for folder in ["sample", "docs"] {
                std::os::unix::fs::symlink(repository(folder), place.path(folder)).unwrap();
            }
            let mut run = 0;
            let mut printed = String::new();
            for Block { language, file, content } in blocks(&text) {
                match (language, file) {
                    // A server runs until it is stopped; tests of servers are elsewhere.
                    ("sh", None) if content.contains("dixit ") && !content.contains("serve") => {
                        printed = in_a_shell(&place, &content);
                        run += 1;
                    }
                    ("text", None) => assert!(printed.contains(&content), "{page}: {printed}"),
                    _ => {}
                }
            }
            assert!(run > 0, "{page} has no command");
        });
    }
}

/// What the commands print. They end with 0, or 1 for an answer such as "not on record".
fn in_a_shell(place: &Workplace, commands: &str) -> String {
    let programs = Path::new(env!("CARGO_BIN_EXE_dixit")).parent().unwrap().display();
    let mut shell = Command::new("sh");
    shell.args(["-ec", commands]).current_dir(place.path("")).env_clear();
    shell.env("DATABASE_URL", place.url()).env("PATH", format!("{programs}:/usr/bin:/bin"));
    let done = finish(shell, b"");
    assert!(done.code <= 1 && !done.err.contains("dixit: "), "{commands}: {done:?}");
    done.out
}
