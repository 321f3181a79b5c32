//! What probes and scrapers ask: `/healthz`, `/readyz`, and the way to `/metrics`.

use actix_web::{FromRequest, Handler, HttpResponse, Resource, Responder, web};
use serde::Serialize;

use super::connections::Connections;
use super::metrics;
use crate::store::{ServerHealth, Store, chain};

/// Adds the pages.
pub fn routes(config: &mut web::ServiceConfig) {
    config
        .service(probe("/healthz", || async { HttpResponse::Ok().body("ok\n") }))
        .service(probe("/readyz", ready))
        .service(probe("/metrics", metrics::answer));
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

/// The servers by what they are, in the order of the settings.
pub fn named(servers: &[ServerHealth]) -> impl Iterator<Item = (String, &ServerHealth)> {
    (0..).map(server_name).zip(servers)
}

/// What the server at this place is called: `primary`, `replica-1` and so on. Anybody may ask here:
/// where it is, is for the log alone.
pub fn server_name(place: usize) -> String {
    if place == 0 { "primary".to_owned() } else { format!("replica-{place}") }
}
