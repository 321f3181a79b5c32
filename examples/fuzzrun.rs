#![allow(missing_docs, dead_code)]
mod fuzz {
    #[path = "/tmp/w/fuzz/tests/it/fuzz/random.rs"]
    pub mod random;
}
mod support {
    pub fn repository(p: &str) -> std::path::PathBuf {
        std::path::Path::new("/tmp/w/fuzz").join(p)
    }
}
#[path = "/tmp/w/fuzz/tests/it/targets/mutate.rs"]
mod mutate;
#[path = "/tmp/w/fuzz/tests/it/targets/run.rs"]
mod run;
#[path = "/tmp/w/fuzz/fuzz/src/lib.rs"]
mod targets;
fn main() {
    let a: Vec<String> = std::env::args().collect();
    let (seed, inputs) = (a[1].parse().unwrap(), a[2].parse().unwrap());
    for t in targets::Target::all().filter(|t| a.len() < 4 || a[3..].contains(&t.name())) {
        if let Err(e) = run::fuzz(t, seed, inputs) {
            println!("FOUND {e}");
        }
    }
}
