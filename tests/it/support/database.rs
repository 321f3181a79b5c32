//! A temporary database, filled by the real importer and asked through the real schema.

use std::path::{Path, PathBuf};
use std::time::Duration;

use dixit::domain::access::{Scope, Scopes};
use dixit::domain::id::{Id, Kind};
use dixit::graphql::{Asking, Caller, execute};
use dixit::import::format::Format;
use dixit::import::{self, Progress, Rejection, Report, Source, SourceError, tenures};
use dixit::store::write::Touched;
use dixit::store::{Options, Store};

use super::backend::Backend;
use super::direct::Direct;
use super::home::Home;

/// A database of its own, gone with the value.
pub struct Database {
    store: Store,
    schema: dixit::graphql::Schema,
    runtime: tokio::runtime::Runtime,
    backend: Backend,
    home: Home,
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
        Self::with_wait(backend, Duration::from_secs(2))
    }

    /// One without rows, of which a connection is waited for as long as this.
    pub fn with_wait(backend: Backend, wait: Duration) -> Self {
        let home = Home::migrated(backend);
        let options = Options {
            readers: 4,
            wait,
            statement: Duration::from_secs(30),
            replicas: Vec::new(),
            max_replica_lag: Duration::from_secs(1),
        };
        let store = Store::open(home.url(), options).unwrap();
        let schema = dixit::graphql::schema(store.clone());
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        Self { store, schema, runtime, backend, home }
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
        let place = tempfile::tempdir_in(self.home.directory()).unwrap();
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

    /// Imports a record of office-holders. Nothing of it may be rejected.
    pub fn import_tenures(&self, file: &Path) -> Touched {
        let source = Source::File(file.to_owned());
        let mut told = Vec::new();
        let mut rejected = |rejection: &Rejection| told.push(format!("{rejection:?}"));
        let (_, touched) =
            tenures::run(&self.store, &source, None, "record", &mut rejected).unwrap();
        assert!(told.is_empty(), "{told:#?}");
        touched
    }

    /// The store itself.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// The whole answer to a document, with errors if there are any, as JSON text.
    pub fn answer(&self, document: &str, variables: Option<serde_json::Value>) -> String {
        self.answer_to(Caller::Anybody, document, variables)
    }

    /// The same, to this caller.
    pub fn answer_to(
        &self,
        caller: Caller,
        document: &str,
        variables: Option<serde_json::Value>,
    ) -> String {
        let mut request = async_graphql::Request::new(document);
        if let Some(variables) = variables {
            request = request.variables(async_graphql::Variables::from_json(variables));
        }
        let asking = Asking { caller, since: None };
        let response =
            self.runtime.block_on(async { execute(&self.schema, request, asking).await });
        serde_json::to_string(&response).unwrap()
    }

    /// The answer to a document that must have no errors.
    pub fn ask(&self, document: &str) -> serde_json::Value {
        let answer: serde_json::Value = serde_json::from_str(&self.answer(document, None)).unwrap();
        assert!(answer.get("errors").is_none(), "{answer:#}\nto {document}");
        answer
    }

    /// A connection beside those of the program.
    pub fn direct(&self) -> Direct {
        self.home.direct()
    }

    /// A caller with these scopes, whose token is in the database.
    pub fn holder(&self, scopes: &[Scope]) -> Caller {
        let scopes = Scopes::new(scopes.iter().copied());
        let id = Id::derive(Kind::Token, &[scopes.to_string().as_bytes()]);
        let digits = id.to_string().replace('-', "");
        let id_in_sql = match self.backend {
            Backend::Sqlite => format!("x'{digits}'"),
            Backend::Postgres => format!("'{id}'"),
        };
        let digest = match self.backend {
            Backend::Sqlite => format!("x'{digits}'"),
            Backend::Postgres => format!("'\\x{digits}'"),
        };
        self.home.direct().run(&format!(
            "INSERT INTO token VALUES ({id_in_sql}, 'desk', {digest}, '{scopes}', 0, NULL, NULL) \
             ON CONFLICT DO NOTHING"
        ));
        Caller::Token { id, name: "desk".to_owned(), scopes }
    }

    /// Where it is.
    pub fn url(&self) -> &str {
        self.home.url()
    }

    /// Its kind.
    pub fn backend(&self) -> Backend {
        self.backend
    }

    /// Everything in the tables, save the records of imports, in one text: equal dumps are equal
    /// contents, also of two kinds of database.
    pub fn dump(&self) -> String {
        self.home.direct().dump()
    }

    /// The texts that a statement answers in its column `value`.
    pub fn column(&self, statement: &str) -> Vec<String> {
        self.home.direct().column(statement)
    }

    /// Runs statements past dixit.
    pub fn run(&self, statements: &str) {
        self.home.direct().run(statements);
    }
}
