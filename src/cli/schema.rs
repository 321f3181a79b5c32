//! `dixit schema`: the public API as SDL.

use std::process::ExitCode;

use super::{Failure, print};

/// Prints the schema; `schema.graphql` is this text.
pub fn print_sdl() -> Result<ExitCode, Failure> {
    print(&crate::graphql::sdl())?;
    Ok(ExitCode::SUCCESS)
}
