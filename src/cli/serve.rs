//! `dixit serve`: the API over a database, until SIGINT or SIGTERM.

use std::net::TcpListener;
use std::process::ExitCode;

use super::{Failure, open, print};
use crate::config::Config;
use crate::store::Store;

/// Serves the configured database.
pub fn run(config: &Config) -> Result<ExitCode, Failure> {
    serve(config, || Ok((open(&config.database)?, String::new())))
}

/// Serves the store that `prepare` answers, once the address is bound: a port in use must not leave
/// a new database behind. What else it answers is told when the server listens.
pub fn serve(
    config: &Config,
    prepare: impl FnOnce() -> Result<(Store, String), Failure>,
) -> Result<ExitCode, Failure> {
    let listen = config.server.listen;
    let listener = TcpListener::bind(listen)
        .map_err(|error| Failure(format!("cannot listen on {listen}: {error}")))?;
    let address = listener.local_addr()?;
    let (store, more) = prepare()?;
    actix_web::rt::System::new().block_on(async {
        let server = crate::server::server(store, listener, &config.server)?;
        let playground = if config.server.serving.profile.tells_schema() {
            format!("playground  http://{address}/graphiql/\n")
        } else {
            String::new()
        };
        print(&format!(
            "dixit listens on http://{address}\n\
             front end   http://{address}/\n{playground}\
             API         http://{address}/graphql\n{more}"
        ))?;
        server.await?;
        Ok(ExitCode::SUCCESS)
    })
}
