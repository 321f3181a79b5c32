//! The integration tests: one binary, a module for each area. Each module reads as examples of use;
//! what they share stands in `support`.
#![allow(missing_docs, reason = "tests are documented by their names")]
#![allow(clippy::unwrap_used, reason = "a test may panic")]
#![allow(clippy::print_stdout, reason = "a failing test shows on which database it ran")]

mod support;

mod aggregates;
mod attribution;
mod browser;
mod built;
mod citus;
mod commands;
mod contract;
mod crash;
mod dependencies;
mod differential;
mod documents;
mod drain;
mod edge;
mod exporting;
mod fuzz;
mod generated;
mod golden;
mod headers;
mod import_cases;
mod import_properties;
mod imports;
mod judgements;
mod judging;
mod layers;
mod lifecycle;
mod logs;
mod metrics;
mod moving;
mod names;
mod outage;
mod pages;
mod paging;
mod quotebank;
mod rate;
mod replacing;
mod replicas;
mod roles;
mod schemas;
mod searching;
mod server;
mod settling;
mod socket;
mod statements;
mod synthetic;
mod targets;
mod tenures;
mod tokens;
#[cfg(feature = "otel")]
mod traces;
mod uploads;
mod verification;
mod verifying;
mod vocabulary;
mod writing;
