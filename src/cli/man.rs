//! `dixit man`: manual pages, made of the commands and their help texts.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use clap_mangen::Man as Page;

use super::{Failure, print};

/// Print the manual page, or write one for each command.
///
/// In a directory `man1` on the way of MANPATH they are found by `man dixit-import`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    dixit man > dixit.1\n  \
    dixit man --dir share/man/man1")]
pub struct Man {
    /// Write a page for each command into this directory, as dixit-import.1; it is made where it is not
    /// there.
    #[arg(long, value_name = "DIRECTORY")]
    dir: Option<PathBuf>,
}

impl Man {
    /// Writes the pages of a command.
    pub fn run(self, command: clap::Command) -> Result<ExitCode, Failure> {
        match self.dir {
            Some(directory) => write(command, &directory)?,
            None => {
                let mut page = Vec::new();
                Page::new(command).render(&mut page)?;
                print(&String::from_utf8_lossy(&page))?;
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn write(command: clap::Command, directory: &Path) -> Result<(), Failure> {
    let told = |error| Failure(format!("{}: {error}", directory.display()));
    std::fs::create_dir_all(directory).map_err(told)?;
    clap_mangen::generate_to(command, directory).map_err(told)
}
