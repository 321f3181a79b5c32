//! dixit: a quote and speaker database. Who said exactly what, in which role, for which
//! organisation, in which source article.
//!
//! Layers, each depending only on those to its right (a test keeps it so):
//! `cli` → `server` → `graphql`, `import` → `store` → `domain`; `config` and `telemetry` are read
//! by `cli` and `server` alone; `limits` and `histogram` are plain numbers.
#![forbid(unsafe_code)]
#![cfg_attr(test, allow(clippy::unwrap_used, reason = "a test may panic"))]

pub mod cli;
pub mod config;
pub mod domain;
pub mod graphql;
pub mod histogram;
pub mod import;
pub mod limits;
pub mod server;
pub mod store;
pub mod telemetry;
