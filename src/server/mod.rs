//! The HTTP server: GraphQL, the playground, health, and the way they start and stop.

mod graphql;
mod health;
mod playground;

use std::net::TcpListener;
use std::time::Duration;

use actix_web::dev::Server;
use actix_web::http::header;
use actix_web::middleware::DefaultHeaders;
use actix_web::{App, HttpResponse, HttpServer, web};

use crate::config;
use crate::store::Store;

/// How long a client may take to send the head of a request.
const HEAD_WAIT: Duration = Duration::from_secs(5);
/// How long an idle connection is kept.
const KEEP_ALIVE: Duration = Duration::from_secs(15);

/// A server on a bound address, to be awaited.
///
/// # Errors
/// Where the listener cannot be used.
pub fn server(
    store: Store,
    listener: TcpListener,
    config: &config::Server,
) -> std::io::Result<Server> {
    let serving = config.serving;
    let schema = crate::graphql::serving(store.clone(), serving);
    let mut server = HttpServer::new(move || {
        App::new()
            .app_data(web::Data::new(store.clone()))
            .app_data(web::Data::new(schema.clone()))
            .app_data(web::Data::new(serving))
            .wrap(headers())
            .service(graphql::resource())
            .service(
                web::resource("/").get(|| async { redirect("/graphiql/") }),
            )
            .configure(health::routes)
            .service(web::resource("/schema.graphql").get(sdl))
            .configure(playground::routes)
            .default_service(web::to(|| async {
                let body = "There is nothing here; the playground is at /graphiql/, the API at /graphql.\n";
                HttpResponse::NotFound().content_type("text/plain; charset=utf-8").body(body)
            }))
    })
    .client_request_timeout(HEAD_WAIT)
    .keep_alive(KEEP_ALIVE)
    .shutdown_timeout(config.shutdown_seconds);
    if config.workers > 0 {
        server = server.workers(config.workers);
    }
    Ok(server.listen(listener)?.run())
}

fn headers() -> DefaultHeaders {
    DefaultHeaders::new()
        .add((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .add((header::X_FRAME_OPTIONS, "DENY"))
        .add((header::REFERRER_POLICY, "no-referrer"))
}

fn redirect(to: &str) -> HttpResponse {
    HttpResponse::PermanentRedirect().insert_header((header::LOCATION, to)).finish()
}

async fn sdl() -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain; charset=utf-8").body(crate::graphql::sdl())
}
