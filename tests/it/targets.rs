//! What must hold whatever bytes come in (`fuzz/src`), tried here with inputs that a mutator makes of
//! the seeds in `fuzz/seeds/`; those that did something new are mutated further.
//!
//! `make fuzz` tries a million a target. A failure tells its seed and leaves its input in
//! `target/fuzz/`: put into `fuzz/seeds/`, it is tried in every run.

mod mutate;
#[path = "../../fuzz/src/lib.rs"]
mod properties;
mod run;

use std::collections::HashSet;
use std::sync::Mutex;

use dixit::import::format::Format;
use toml::Value;

use crate::support::{read, repository};
use properties::Target;
use run::fuzz;

/// How many inputs a target is given in the suite.
const INPUTS: u64 = 300;

/// A number from the environment, or another.
fn setting(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).map_or(otherwise, |value| value.parse().unwrap())
}

#[test]
fn every_target_holds_for_every_input() {
    let (seed, inputs) = (setting("FUZZ_SEED", 1), setting("FUZZ_INPUTS", INPUTS));
    let wanted = std::env::var("FUZZ_TARGET").ok();
    let is_wanted = |target: &Target| wanted.as_ref().is_none_or(|name| *name == target.name());
    let waiting = Mutex::new(Target::all().filter(is_wanted).collect::<Vec<_>>());
    let found = Mutex::new(Vec::new());
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let Some(target) = waiting.lock().unwrap().pop() else { return };
                    if let Err(failure) = fuzz(target, seed, inputs) {
                        println!("{failure}");
                        found.lock().unwrap().push(failure);
                    }
                }
            });
        }
    });
    let found = found.into_inner().unwrap();
    assert!(found.is_empty(), "{}", found.join("\n\n"));
}

#[test]
fn every_format_has_a_seed_with_good_rows() {
    for format in Format::all() {
        let good = Target::Format(format).seeds().into_iter().filter(|path| {
            let data = std::fs::read(path).unwrap();
            properties::rows(format, &data) > 0
        });
        assert!(good.count() > 0, "no seed of {format} has a row that is taken");
    }
}

#[test]
fn every_target_is_one_of_libfuzzers() {
    let package: Value = toml::from_str(&read(repository("fuzz/Cargo.toml"))).unwrap();
    let programs: HashSet<String> = package["bin"]
        .as_array()
        .unwrap()
        .iter()
        .map(|program| program["name"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(programs, Target::all().map(Target::name).collect());
    for name in programs {
        let program = read(repository(&format!("fuzz/fuzz_targets/{name}.rs")));
        assert!(program.contains(&format!("{name:?}")), "{name}");
    }
}
