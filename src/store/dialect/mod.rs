//! Everything that differs between databases: opening, pools, transactions, migrations.
//!
//! Nothing above this module names a database. PostgreSQL's file will stand beside `sqlite.rs`.

pub mod sqlite;

pub use sqlite::{Backend, Connection, Pools};
