//! A temporary database, filled by the real importer and asked through the real schema.

use std::path::PathBuf;
use std::time::Duration;

use diesel::prelude::*;
use diesel::sql_types::Text;
use dixit::import::format::Format;
use dixit::import::{self, Progress, Rejection, Report, Source, SourceError};
use dixit::store::{Options, Store};
use tempfile::TempDir;

/// A kind of database that dixit runs on. What holds on one must hold on each.
#[derive(Debug, Clone, Copy)]
pub enum Backend {
    /// The embedded one.
    Sqlite,
}

impl Backend {
    /// Every kind.
    const ALL: &[Self] = &[Self::Sqlite];
}

/// Runs a test's body on every kind of database.
pub fn each_backend(body: impl Fn(Backend)) {
    for &backend in Backend::ALL {
        println!("on {backend:?}");
        body(backend);
    }
}

/// A database of its own, gone with the value.
pub struct Database {
    store: Store,
    schema: dixit::graphql::Schema,
    runtime: tokio::runtime::Runtime,
    url: String,
    directory: TempDir,
}

/// Collects what an import tells.
#[derive(Default)]
struct Told(Vec<String>);

impl Progress for Told {
    fn written(&mut self, _: &Report) {}
    fn rejected(&mut self, rejection: &Rejection) {
        self.0.push(format!("{rejection:?}"));
    }
    fn told(&mut self, _: &str, _: u64, _: &str) {}
    fn failed(&mut self, error: &SourceError) {
        self.0.push(error.to_string());
    }
}

impl Database {
    /// One without rows.
    pub fn empty(backend: Backend) -> Self {
        let directory = tempfile::tempdir().unwrap();
        let url = match backend {
            Backend::Sqlite => format!("sqlite://{}", directory.path().join("test.db").display()),
        };
        let options = Options {
            readers: 4,
            wait: Duration::from_secs(5),
            replicas: Vec::new(),
            max_replica_lag: Duration::from_secs(1),
        };
        let store = Store::open(&url, options).unwrap();
        let schema = dixit::graphql::schema(store.clone());
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        Self { store, schema, runtime, url, directory }
    }

    /// One that was filled from these rows of any format.
    pub fn of(backend: Backend, rows: &str) -> Self {
        let database = Self::empty(backend);
        database.import(&[rows]);
        database
    }

    /// One that was filled from these files.
    pub fn of_files(backend: Backend, files: &[PathBuf]) -> Self {
        let database = Self::empty(backend);
        database.import_files(files);
        database
    }

    /// Imports each text as a file of its own. Nothing of it may be rejected.
    pub fn import(&self, texts: &[&str]) -> Report {
        let place = tempfile::tempdir_in(self.directory.path()).unwrap();
        let write = |(number, text): (usize, &&str)| {
            let path = place.path().join(format!("{number}.jsonl"));
            std::fs::write(&path, text).unwrap();
            path
        };
        let files: Vec<PathBuf> = texts.iter().enumerate().map(write).collect();
        self.import_files(&files)
    }

    /// Imports files in one run. Nothing of them may be rejected.
    pub fn import_files(&self, files: &[PathBuf]) -> Report {
        let (report, told) = self.try_import(files, None);
        assert!(told.is_empty(), "{told:#?}");
        report
    }

    /// Imports files in one run; also answers what was rejected or failed.
    pub fn try_import(&self, files: &[PathBuf], format: Option<Format>) -> (Report, Vec<String>) {
        let sources = files.iter().map(|file| Source::File(file.clone())).collect();
        let options = import::Options { format, ..import::Options::default() };
        let mut told = Told::default();
        let report = import::run(&self.store, sources, &options, &mut told).unwrap();
        (report, told.0)
    }

    /// The whole answer to a document, with errors if there are any, as JSON text.
    pub fn answer(&self, document: &str, variables: Option<serde_json::Value>) -> String {
        let mut request = async_graphql::Request::new(document);
        if let Some(variables) = variables {
            request = request.variables(async_graphql::Variables::from_json(variables));
        }
        let response = self
            .runtime
            .block_on(async { dixit::graphql::execute(&self.schema, request, None).await });
        serde_json::to_string(&response).unwrap()
    }

    /// The answer to a document that must have no errors.
    pub fn ask(&self, document: &str) -> serde_json::Value {
        let answer: serde_json::Value = serde_json::from_str(&self.answer(document, None)).unwrap();
        assert!(answer.get("errors").is_none(), "{answer:#}\nto {document}");
        answer
    }

    /// Everything that the database holds, save the records of imports, in one text: equal dumps
    /// are equal databases.
    pub fn dump(&self) -> String {
        dump(&mut self.connection())
    }

    /// The texts that a statement answers in its column `value`.
    pub fn column(&self, statement: &str) -> Vec<String> {
        column(&mut self.connection(), statement)
    }

    fn connection(&self) -> SqliteConnection {
        let path = self.url.strip_prefix("sqlite://").unwrap();
        SqliteConnection::establish(path).unwrap()
    }
}

/// What [`Database::dump`] answers, of any database.
pub fn dump(connection: &mut SqliteConnection) -> String {
    let mut dump = String::new();
    for table in tables(connection) {
        let columns = column(
            connection,
            &format!("SELECT name AS value FROM pragma_table_info('{table}') ORDER BY cid"),
        );
        let values: Vec<String> = columns.iter().map(|name| format!("quote({name})")).collect();
        let rows = column(
            connection,
            &format!("SELECT {} AS value FROM {table} ORDER BY value", values.join(" || '|' || ")),
        );
        dump.push_str(&format!("{table} ({}): {} rows\n", columns.join("|"), rows.len()));
        for row in rows {
            dump.push_str(&row);
            dump.push('\n');
        }
    }
    dump
}

/// The tables with the data of users.
fn tables(connection: &mut SqliteConnection) -> Vec<String> {
    let tables = column(
        connection,
        "SELECT name AS value FROM sqlite_master WHERE type = 'table' \
         AND name NOT IN ('import', '__diesel_schema_migrations') ORDER BY name",
    );
    assert!(tables.iter().any(|table| table == "quote"), "no table of quotes in {tables:?}");
    tables
}

#[derive(QueryableByName)]
struct Cell {
    #[diesel(sql_type = Text)]
    value: String,
}

/// Runs a statement that answers texts in its column `value`.
pub fn column(connection: &mut SqliteConnection, statement: &str) -> Vec<String> {
    let cells: Vec<Cell> = diesel::sql_query(statement)
        .load(connection)
        .unwrap_or_else(|error| panic!("{error} in {statement}"));
    cells.into_iter().map(|cell| cell.value).collect()
}
