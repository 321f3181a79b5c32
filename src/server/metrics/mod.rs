//! `/metrics`: what Prometheus scrapes. Counts stand where the work is done; here they get their
//! names and their form.

pub mod page;
mod process;

use std::time::Duration;

use actix_web::{HttpResponse, web};

use self::page::{Kind, Page};
use super::graphql::Sockets;
use super::health::{named, server_name};
use super::observe;
use crate::domain::import::ImportState;
use crate::store::imports::{self, Newest};
use crate::store::write::ImportRow;
use crate::store::{PoolHealth, Purpose, ServerHealth, ServerState, Store, chain};

pub use process::started;

/// How long a page waits for the database; without it everything else is told.
const PATIENCE: Duration = Duration::from_secs(3);

/// The page.
pub async fn answer(store: web::Data<Store>, sockets: web::Data<Sockets>) -> HttpResponse {
    let asked = store.clone();
    let newest = web::block(move || asked.read(imports::newest));
    let newest = match tokio::time::timeout(PATIENCE, newest).await {
        Ok(Ok(Ok(newest))) => Some(newest),
        Ok(Ok(Err(error))) => {
            tracing::warn!(error = chain(&error), "the imports are not known");
            None
        }
        // Shutting down, or too slow.
        Ok(Err(_)) | Err(_) => None,
    };
    let text = web::block(move || {
        let mut page = Page::default();
        process::write(&mut page);
        observe::write(&mut page);
        let help = "WebSockets that are open.";
        page.family("dixit_sockets_open", Kind::Gauge, help).sample(&[], sockets.open());
        database(&mut page, &store.servers(), newest.is_some());
        pools(&mut page, &store.pools());
        reads(&mut page, &store);
        if let Some(newest) = &newest {
            imports(&mut page, newest);
        }
        page.into_text()
    });
    match text.await {
        Ok(text) => HttpResponse::Ok().content_type(page::MEDIA).body(text),
        // Shutting down.
        Err(_) => HttpResponse::ServiceUnavailable().finish(),
    }
}

/// Whether the database answers, and which of its servers.
fn database(page: &mut Page, servers: &[ServerHealth], answers: bool) {
    let help = "1 where the database answered this page's own question, 0 where it did not.";
    page.family("dixit_database_up", Kind::Gauge, help).sample(&[], u8::from(answers));
    let mut metric = |name, kind, help: &str, value: &dyn Fn(&ServerHealth) -> Option<f64>| {
        let mut family = page.family(name, kind, help);
        for (server, health) in named(servers) {
            if let Some(value) = value(health) {
                family.sample(&[("server", &server)], value);
            }
        }
    };
    metric(
        "dixit_database_server_up",
        Kind::Gauge,
        "1 where reads may go to this server, 0 where it is down, lagging or foreign.",
        &|server| Some(if server.state == ServerState::Up { 1.0 } else { 0.0 }),
    );
    metric(
        "dixit_database_server_lag_seconds",
        Kind::Gauge,
        "How far a replica is behind its primary; absent where that is not known.",
        &|server| server.lag.map(|lag| lag.as_secs_f64()),
    );
    metric(
        "dixit_database_server_reads_total",
        Kind::Counter,
        "Reads that went to this server.",
        &|server| Some(server.reads as f64),
    );
}

fn pools(page: &mut Page, pools: &[PoolHealth]) {
    let labelled: Vec<_> = pools
        .iter()
        .map(|pool| {
            let purpose = match pool.purpose {
                Purpose::Reader => "reader",
                Purpose::Writer => "writer",
            };
            (purpose, server_name(pool.server), pool)
        })
        .collect();
    let mut metric = |name, kind, help: &str, value: &dyn Fn(&PoolHealth) -> u64| {
        let mut family = page.family(name, kind, help);
        for (purpose, server, pool) in &labelled {
            family.sample(&[("pool", purpose), ("server", server)], value(pool));
        }
    };
    metric(
        "dixit_pool_connections",
        Kind::Gauge,
        "Database connections that are open, in use or not.",
        &|pool| pool.open.into(),
    );
    metric(
        "dixit_pool_connections_idle",
        Kind::Gauge,
        "Database connections that nobody uses.",
        &|pool| pool.idle.into(),
    );
    metric(
        "dixit_pool_connections_in_use",
        Kind::Gauge,
        "Database connections that somebody uses.",
        &|pool| pool.open.saturating_sub(pool.idle).into(),
    );
    metric(
        "dixit_pool_connections_max",
        Kind::Gauge,
        "How many database connections there may be.",
        &|pool| pool.most.into(),
    );
    metric(
        "dixit_pool_timeouts_total",
        Kind::Counter,
        "Callers who got no database connection in time.",
        &|pool| pool.in_vain,
    );
    let help = "How long callers waited for a database connection, in vain or not.";
    let mut family = page.family("dixit_pool_wait_seconds", Kind::Histogram, help);
    for (purpose, server, pool) in &labelled {
        family.histogram(&[("pool", purpose), ("server", server)], &pool.waits);
    }
}

fn reads(page: &mut Page, store: &Store) {
    let help = "Trips to the database that read, by how they ended.";
    let mut family = page.family("dixit_store_reads_total", Kind::Counter, help);
    for (outcome, count) in store.reads().outcomes() {
        family.sample(&[("outcome", outcome.as_str())], count);
    }
    let help = "How long such trips took, with the wait for a connection and all attempts.";
    page.family("dixit_store_read_seconds", Kind::Histogram, help)
        .histogram(&[], &store.reads().times());
}

/// What the database tells of imports: they run in processes of their own.
fn imports(page: &mut Page, newest: &Newest) {
    let help = format!("Imports, of the {} that began last, by state.", imports::LOOKED_AT);
    let mut family = page.family("dixit_imports", Kind::Gauge, &help);
    for state in ImportState::ALL {
        let count = newest.states.get(state).copied().unwrap_or(0);
        family.sample(&[("state", &state.as_str().to_ascii_lowercase())], count);
    }
    let Some(last) = &newest.last else { return };
    let running = u8::from(last.state == ImportState::Running);
    let mut metric = |name, help: &str, value: &dyn Fn(&ImportRow) -> i64| {
        page.family(name, Kind::Gauge, help).sample(&[], value(last));
    };
    metric(
        "dixit_newest_import_running",
        "1 where the import that began last has not ended, by its record; a crash leaves it so.",
        &|_| running.into(),
    );
    metric("dixit_newest_import_lines", "Lines that it has read.", &|last| last.lines);
    let help = "The same lines by what became of them.";
    let mut family = page.family("dixit_newest_import_outcomes", Kind::Gauge, help);
    for (outcome, count) in [
        ("accepted", last.accepted),
        ("known", last.known),
        ("changed", last.changed),
        ("rejected", last.rejected),
    ] {
        family.sample(&[("outcome", outcome)], count);
    }
    let help = "Seconds since it wrote last, by this machine's clock and the importing one's.";
    let idle = (process::now() - last.changed_at as f64 / 1e6).max(0.0);
    page.family("dixit_newest_import_idle_seconds", Kind::Gauge, help).sample(&[], idle);
}
