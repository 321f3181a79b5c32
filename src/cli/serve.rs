//! `dixit serve`: the API over a database, until SIGINT or SIGTERM.

use std::process::ExitCode;

use super::{Failure, open, print};
use crate::config::Config;
use crate::store::Store;

/// Serves the configured database.
pub fn run(config: &Config) -> Result<ExitCode, Failure> {
    let store = open(&config.database)?;
    serve(store, config, "")
}

/// Serves a store; `more` is told once the server listens.
pub fn serve(store: Store, config: &Config, more: &str) -> Result<ExitCode, Failure> {
    actix_web::rt::System::new().block_on(async {
        let listen = config.server.listen;
        let (server, address) = crate::server::bind(store, &config.server)
            .map_err(|error| Failure(format!("cannot listen on {listen}: {error}")))?;
        print(&format!(
            "dixit listens on http://{address}\n\
             playground  http://{address}/graphiql/\n\
             API         http://{address}/graphql\n{more}"
        ))?;
        server.await?;
        Ok(ExitCode::SUCCESS)
    })
}
