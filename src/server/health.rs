//! What probes and scrapers ask: `/healthz`, `/readyz`, `/metrics`.

use std::fmt::Write as _;

use actix_web::{FromRequest, Handler, HttpResponse, Resource, Responder, web};
use serde::Serialize;

use super::connections::Connections;
use super::observe;
use crate::store::{ServerHealth, ServerState, Store, chain};

/// Adds the pages.
pub fn routes(config: &mut web::ServiceConfig) {
    config
        .service(probe("/healthz", || async { HttpResponse::Ok().body("ok\n") }))
        .service(probe("/readyz", ready))
        .service(probe("/metrics", metrics));
}

/// A page that probes ask with GET or HEAD.
fn probe<A: FromRequest + 'static, R: Responder + 'static>(
    path: &str,
    answer: impl Handler<A, Output = R>,
) -> Resource {
    web::resource(path).route(web::get().to(answer.clone())).route(web::head().to(answer))
}

/// Whether reads are answered, and by whom.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Readiness {
    ready: bool,
    /// The primary first; none for an embedded database.
    servers: Vec<Server>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Server {
    name: String,
    state: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    lag_ms: Option<u128>,
}

/// 200 where the database answers a read, 503 where it does not or the server is about to stop.
async fn ready(store: web::Data<Store>, connections: web::Data<Connections>) -> HttpResponse {
    let servers = store.servers();
    let ready = match web::block(move || store.ping()).await {
        Ok(Ok(())) => !connections.draining(),
        Ok(Err(error)) => {
            tracing::error!(error = chain(&error), "the database does not answer");
            false
        }
        // Shutting down.
        Err(_) => false,
    };
    let servers = named(&servers)
        .map(|(name, server)| Server {
            name,
            state: server.state.as_str(),
            lag_ms: server.lag.map(|lag| lag.as_millis()),
        })
        .collect();
    let mut answer = if ready { HttpResponse::Ok() } else { HttpResponse::ServiceUnavailable() };
    answer.json(Readiness { ready, servers })
}

/// The servers by what they are: `primary`, `replica-1` and so on, in the order of the settings.
/// Anybody may ask here: where they are is for the log alone.
fn named(servers: &[ServerHealth]) -> impl Iterator<Item = (String, &ServerHealth)> {
    let replicas = (1..).map(|number| format!("replica-{number}"));
    std::iter::once("primary".to_owned()).chain(replicas).zip(servers)
}

/// The same in Prometheus' text format.
async fn metrics(store: web::Data<Store>) -> HttpResponse {
    let servers = store.servers();
    let mut text = String::new();
    let mut metric =
        |name: &str, kind: &str, help: &str, value: &dyn Fn(&ServerHealth) -> Option<f64>| {
            // Writing to a String cannot fail.
            let _ = write!(text, "# HELP {name} {help}\n# TYPE {name} {kind}\n");
            for (server, health) in named(&servers) {
                if let Some(value) = value(health) {
                    let _ = writeln!(text, "{name}{{server=\"{server}\"}} {value}");
                }
            }
        };
    metric(
        "dixit_database_server_up",
        "gauge",
        "1 where reads may go to this server, 0 where it is down, lagging or foreign.",
        &|server| Some(if server.state == ServerState::Up { 1.0 } else { 0.0 }),
    );
    metric(
        "dixit_database_server_lag_seconds",
        "gauge",
        "How far a replica is behind its primary; absent where that is not known.",
        &|server| server.lag.map(|lag| lag.as_secs_f64()),
    );
    metric(
        "dixit_database_server_reads_total",
        "counter",
        "Reads that went to this server.",
        &|server| Some(server.reads as f64),
    );
    observe::write(&mut text);
    HttpResponse::Ok().content_type("text/plain; version=0.0.4; charset=utf-8").body(text)
}
