//! A target and many inputs: each one checked, the first that fails made small and kept.

use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Instant;

use super::mutate::Mutator;
use super::properties::Target;
use crate::support::repository;

/// How many inputs are mutated further.
const CORPUS: usize = 2_000;

/// What a target says of an input that it fails on.
fn failure(target: Target, data: &[u8]) -> Option<String> {
    let panicked = catch_unwind(AssertUnwindSafe(|| target.check(data))).err()?;
    let words = panicked.downcast_ref::<String>().map(String::as_str);
    Some(words.or_else(|| panicked.downcast_ref().copied()).unwrap_or("it panicked").to_owned())
}

/// The same failing input without whatever can be left out of it.
fn smallest(target: Target, mut data: Vec<u8>) -> Vec<u8> {
    let mut piece = data.len() / 2;
    while piece > 0 {
        let mut at = 0;
        while at < data.len() {
            let end = data.len().min(at + piece);
            let shorter = [&data[..at], &data[end..]].concat();
            match failure(target, &shorter) {
                Some(_) => data = shorter,
                None => at = end,
            }
        }
        piece /= 2;
    }
    data
}

/// Gives a target so many inputs; answers what was found.
pub fn fuzz(target: Target, seed: u64, inputs: u64) -> Result<(), String> {
    let (name, began) = (target.name(), Instant::now());
    let seeds: Vec<_> = target.seeds().iter().map(|path| std::fs::read(path).unwrap()).collect();
    let (mut corpus, mut seen) = (seeds.clone(), HashSet::new());
    let mut mutator = Mutator::new(seed, &name);
    let mut seeds = seeds.into_iter();
    for number in 0..inputs {
        let data = seeds.next().unwrap_or_else(|| mutator.mutate(&corpus));
        match catch_unwind(AssertUnwindSafe(|| target.check(&data))) {
            Ok(outcome) => {
                if seen.insert(outcome) && corpus.len() < CORPUS {
                    corpus.push(data);
                }
            }
            Err(_) => {
                let data = smallest(target, data);
                let why = failure(target, &data).unwrap_or_default();
                let path = repository("target/fuzz").join(format!("{name}-{seed}-{number}"));
                std::fs::create_dir_all(path.parent().unwrap()).unwrap();
                std::fs::write(&path, &data).unwrap();
                let shown = data.escape_ascii().to_string();
                let shown: String = shown.chars().take(2_000).collect();
                return Err(format!(
                    "{name}, FUZZ_SEED={seed}, input {number}, as {}:\n{shown}\n{why}",
                    path.display()
                ));
            }
        }
    }
    println!(
        "{name}: {inputs} inputs of FUZZ_SEED={seed}, {} sorts of answers, {:.0} s",
        seen.len(),
        began.elapsed().as_secs_f64()
    );
    Ok(())
}
