//! The thin binary over the library.
#![forbid(unsafe_code)]

fn main() -> std::process::ExitCode {
    dixit::cli::main()
}
