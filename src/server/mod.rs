//! The HTTP server: GraphQL, the pages for people and those to cite, health, and the way they start and stop.

mod accept;
mod access;
mod built;
mod connections;
mod descriptors;
mod drain;
mod graphql;
mod headers;
mod health;
mod import;
mod metrics;
mod observe;
mod pages;

use std::future::Future;
use std::net::TcpListener;
use std::sync::{Arc, LazyLock};
use std::time::Duration;

use actix_web::http::header;
use actix_web::middleware::from_fn;
use actix_web::{
    App, FromRequest, Handler, HttpRequest, HttpResponse, HttpServer, Resource, Responder, web,
};

use self::access::{Access, admit, admit_imports};
use self::connections::{Connections, Times, keep_time};
use self::graphql::Sockets;
use self::import::{Bounds, Jobs};
use crate::config;
use crate::store::Store;

/// What an answer may take beyond its body and its execution: waiting for the database, writing.
const ANSWER_GRACE: Duration = Duration::from_secs(15);
/// After how many seconds a request may be sent again that met a database which was away, or too many
/// others.
const RETRY_AFTER: u64 = 1;
/// How long a stopping server waits for the batch of an import that it is at; it is killed in the
/// middle of one at no loss.
const LAST_BATCH: Duration = Duration::from_secs(5);

/// A server on a bound address, to be awaited until SIGTERM or SIGINT has stopped it.
///
/// # Errors
/// Where the listener or signals cannot be used.
pub fn server(
    store: Store,
    listener: TcpListener,
    config: &config::Server,
) -> std::io::Result<impl Future<Output = std::io::Result<()>>> {
    let serving = config.serving;
    let limits = serving.limits;
    let head = Duration::from_millis(limits.head_ms);
    let keep_alive = Duration::from_millis(limits.keep_alive_ms);
    let connections = Connections::watch(Times {
        first_head: head,
        next_head: keep_alive + head,
        answer: Duration::from_millis(limits.body_ms + limits.execution_ms) + ANSWER_GRACE,
    });
    metrics::started();
    descriptors::provide(config);
    let (opened, watched) = (Arc::clone(&connections), web::Data::from(Arc::clone(&connections)));
    let sockets = web::Data::from(Sockets::new(config.sockets, connections.drained()));
    let access = Access::new(&config.access);
    let bounds = Bounds { most: config.imports.most, grace: Duration::from_millis(limits.body_ms) };
    let jobs = Jobs::start(store.clone(), &config.imports)?;
    let served = web::Data::from(Arc::clone(&jobs));
    let mut stopping = connections.drained();
    let door = listener.try_clone()?;
    let schema = crate::graphql::serving(store.clone(), serving);
    let api = pages::Api::of(store.clone(), serving);
    let site = pages::Site {
        base: config.public_url.clone(),
        has_front_end: serving.profile.tells_schema(),
        is_public: config.access.public_reads,
    };
    let mut server = HttpServer::new(move || {
        App::new()
            .app_data(web::Data::new(store.clone()))
            .app_data(web::Data::new(schema.clone()))
            .app_data(web::Data::new(serving))
            .app_data(web::Data::new(api.clone()))
            .app_data(web::Data::new(site.clone()))
            .app_data(watched.clone())
            .app_data(sockets.clone())
            .app_data(web::Data::from(Arc::clone(&access)))
            .app_data(served.clone())
            .app_data(web::Data::new(bounds))
            .wrap(headers::security())
            .wrap(from_fn(observe::observe))
            // Outermost: a connection's time begins with its request and ends with its answer.
            .wrap(from_fn(keep_time))
            .service(graphql::resource().wrap(from_fn(admit)).wrap(from_fn(headers::shared)))
            .service(import::uploads().wrap(from_fn(admit_imports)).wrap(from_fn(headers::shared)))
            .service(import::one().wrap(from_fn(admit_imports)).wrap(from_fn(headers::shared)))
            .service(import::rejects().wrap(from_fn(admit_imports)).wrap(from_fn(headers::shared)))
            .configure(pages::routes)
            .configure(health::routes)
            .configure(built::front_end)
            .configure(|routes| {
                // The locked profile tells the schema nowhere, and without it the playground is blind.
                if serving.profile.tells_schema() {
                    let schema = read("/schema.graphql", sdl);
                    routes
                        .service(schema.wrap(from_fn(admit)).wrap(from_fn(headers::shared)))
                        .configure(built::playground);
                }
            })
            .default_service(web::to(move |head| nothing(head, serving.profile.tells_schema())))
    })
    .on_connect(move |stream, data| opened.opened(stream, data))
    .max_connections(config.connections)
    .client_request_timeout(head)
    .keep_alive(keep_alive)
    .shutdown_timeout(config.shutdown_seconds)
    .disable_signals();
    if config.workers > 0 {
        server = server.workers(config.workers);
    }
    let times =
        drain::Times { drain: config.drain, most: Duration::from_secs(config.shutdown_seconds) };
    let served = drain::until_signal(server.listen(listener)?.run(), door, connections, times)?;
    let stopped = Arc::clone(&jobs);
    actix_web::rt::spawn(async move {
        // Who tells it is gone only with the server.
        let _ = stopping.wait_for(|draining| *draining).await;
        stopped.stop_all();
    });
    Ok(async move {
        let ended = served.await;
        jobs.stop_all();
        if !jobs.wait_for_end(LAST_BATCH) {
            tracing::warn!(
                "stopped in the middle of a batch: the import goes on behind the last one"
            );
        }
        ended
    })
}

/// What is read by GET, and asked about by HEAD: the same without its body.
fn read<F, Arguments>(path: &str, answer: F) -> Resource
where
    F: Handler<Arguments, Output: Responder + 'static>,
    Arguments: FromRequest + 'static,
{
    let heads = web::head().to(answer.clone());
    web::resource(path).route(web::get().to(answer)).route(heads)
}

fn redirect(to: &str) -> HttpResponse {
    HttpResponse::PermanentRedirect().insert_header((header::LOCATION, to)).finish()
}

async fn nothing(head: HttpRequest, playground: bool) -> HttpResponse {
    let message = if playground {
        "There is nothing here; the front end is at /, the playground at /graphiql/, the API at /graphql."
    } else {
        "There is nothing here; the front end is at /, the API at /graphql."
    };
    pages::nothing(&head, message)
}

async fn sdl() -> HttpResponse {
    static SDL: LazyLock<String> = LazyLock::new(crate::graphql::sdl);
    HttpResponse::Ok().content_type("text/plain; charset=utf-8").body(SDL.as_str())
}
