//! A connection past dixit, to look at what it wrote.

use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;
use diesel::sql_types::Text;

/// What stands between the cells of a row while it is read: no text that was imported has it.
const BETWEEN: char = '\u{1F}';

/// A connection to either database.
pub enum Direct {
    /// To a file.
    Sqlite(SqliteConnection),
    /// To a server.
    Postgres(PgConnection),
}

/// How the tables begin that say nothing which another one does not.
const DERIVED: [&str; 4] = ["corpus", "derived_index", "quote_word", "statement_near"];

#[derive(QueryableByName)]
struct Cell {
    #[diesel(sql_type = Text)]
    value: String,
}

impl Direct {
    /// To the database of this URL; SQLite makes a file that is missing.
    pub fn to(url: &str) -> Self {
        match url.strip_prefix("sqlite://") {
            Some(file) => Self::Sqlite(SqliteConnection::establish(file).unwrap()),
            None => Self::Postgres(PgConnection::establish(url).unwrap()),
        }
    }

    /// The texts that a statement answers in its column `value`.
    pub fn column(&mut self, statement: &str) -> Vec<String> {
        self.try_column(statement).unwrap_or_else(|error| panic!("{error} in {statement}"))
    }

    /// The same, where it may fail.
    pub fn try_column(&mut self, statement: &str) -> QueryResult<Vec<String>> {
        let query = diesel::sql_query(statement);
        let cells: QueryResult<Vec<Cell>> = match self {
            Self::Sqlite(connection) => query.load(connection),
            Self::Postgres(connection) => query.load(connection),
        };
        Ok(cells?.into_iter().map(|cell| cell.value).collect())
    }

    /// Runs statements that answer nothing.
    pub fn run(&mut self, statements: &str) {
        let done = match self {
            Self::Sqlite(connection) => connection.batch_execute(statements),
            Self::Postgres(connection) => connection.batch_execute(statements),
        };
        done.unwrap_or_else(|error| panic!("{error} in {statements}"));
    }

    /// The tables, sorted; without the history of migrations and the indexes that are made of other
    /// tables, which each database has in its own way.
    pub fn tables(&mut self) -> Vec<String> {
        let catalogue = match self {
            Self::Sqlite(_) => "SELECT name AS value FROM sqlite_master WHERE type = 'table'",
            Self::Postgres(_) => {
                "SELECT tablename::text AS value FROM pg_tables WHERE schemaname = 'public'"
            }
        };
        let mut tables = self.column(catalogue);
        let derived = |table: &str| DERIVED.iter().any(|index| table.starts_with(index));
        tables.retain(|table| table != "__diesel_schema_migrations" && !derived(table));
        tables.sort();
        tables
    }

    /// Everything in the tables, save the records of imports and of who wrote when, in one text:
    /// equal dumps are equal contents, also of two kinds of database.
    pub fn dump(&mut self) -> String {
        let mut tables = self.tables();
        assert!(tables.iter().any(|table| table == "quote"), "no table of quotes in {tables:?}");
        let records = ["import", "import_rejection", "audit"];
        tables.retain(|table| !records.contains(&table.as_str()));
        self.dump_of(&tables)
    }

    /// Everything in these tables.
    pub fn dump_of(&mut self, tables: &[String]) -> String {
        let mut dump = String::new();
        for table in tables {
            let columns = self.columns(table);
            let cells: Vec<String> = columns.iter().map(|column| self.cell(column)).collect();
            let joint = format!(" || '{BETWEEN}' || ");
            let select = format!("SELECT {} AS value FROM {table}", cells.join(&joint));
            let mut rows: Vec<String> =
                self.column(&select).iter().map(|r| row(&columns, r)).collect();
            rows.sort();
            let names: Vec<&str> = columns.iter().map(|(name, _)| name.as_str()).collect();
            dump.push_str(&format!("{table} ({}): {} rows\n", names.join("|"), rows.len()));
            rows.iter().for_each(|row| dump.extend([row.as_str(), "\n"]));
        }
        dump
    }

    /// The columns of a table in order, each with its type in small letters.
    fn columns(&mut self, table: &str) -> Vec<(String, String)> {
        let catalogue = match self {
            Self::Sqlite(_) => format!(
                "SELECT name || ' ' || lower(type) AS value FROM pragma_table_info('{table}') \
                 ORDER BY cid"
            ),
            // Not the view of `information_schema`, which takes a hundred times as long.
            Self::Postgres(_) => format!(
                "SELECT attname || ' ' || format_type(atttypid, NULL) AS value FROM pg_attribute \
                 WHERE attrelid = '{table}'::regclass AND attnum > 0 AND NOT attisdropped \
                 ORDER BY attnum"
            ),
        };
        let columns = self.column(&catalogue);
        let pair = |column: &String| column.split_once(' ').map(|(n, t)| (n.into(), t.into()));
        columns.iter().filter_map(pair).collect()
    }

    /// The expression for one cell of a row as text: ids and bytes in hexadecimal digits, texts in
    /// quotes, so that NULL is neither.
    fn cell(&self, (name, kind): &(String, String)) -> String {
        let text = match (self, kind.as_str()) {
            (_, "text") => format!("'''' || replace(\"{name}\", '''', '''''') || ''''"),
            (_, "integer" | "bigint") => format!("CAST(\"{name}\" AS TEXT)"),
            (Self::Sqlite(_), "blob") => format!("lower(hex(\"{name}\"))"),
            (Self::Sqlite(_), "real") => format!("printf('%!.17g', \"{name}\")"),
            (Self::Postgres(_), "uuid") => format!("replace(\"{name}\"::text, '-', '')"),
            (Self::Postgres(_), "bytea") => format!("encode(\"{name}\", 'hex')"),
            (Self::Postgres(_), "double precision") => format!("\"{name}\"::text"),
            (_, other) => panic!("no text is known for {name} of type {other}"),
        };
        format!("CASE WHEN \"{name}\" IS NULL THEN 'NULL' ELSE {text} END")
    }
}

/// A row as it stands in a dump: numbers with a fraction by their value, however a database
/// spells them.
fn row(columns: &[(String, String)], read: &str) -> String {
    let cells: Vec<&str> = read.split(BETWEEN).collect();
    assert_eq!(cells.len(), columns.len(), "cells of {read:?}");
    let shown = cells.iter().zip(columns).map(|(cell, (_, kind))| match kind.as_str() {
        "real" | "double precision" if *cell != "NULL" => {
            format!("{:?}", cell.parse::<f64>().unwrap())
        }
        _ => (*cell).to_owned(),
    });
    shown.collect::<Vec<_>>().join("|")
}
