//! What the corpus holds, and a number for its state: kept in one row, in step with each write.
//!
//! The state is the sum of a digest of each quote, so that it follows from the quotes alone, whatever
//! order they came in and whichever database holds them: the same quotes with the same meaning have
//! the same state. It tells states apart, it proves nothing to who doubts the operator.

use diesel::prelude::*;
use sha2::{Digest as _, Sha256};

use super::dialect::{Connection, on, whole};
use super::error::Result;
use super::index::{Compared, Index};
use super::schema::{article, corpus, quote, statement};
use super::table::each_chunk;
use super::write::QuoteValues;

/// How much there is.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = corpus)]
pub struct Corpus {
    /// Quotes.
    pub quotes: i64,
    /// Statements.
    pub statements: i64,
    /// Articles.
    pub articles: i64,
    /// The sum of the quotes' digests, 32 bytes.
    pub state: Vec<u8>,
}

/// What a write adds to the corpus and takes from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Delta {
    quotes: i64,
    statements: i64,
    articles: i64,
    state: State,
}

/// Four numbers, each a sum of its own.
type State = [u64; 4];

impl Delta {
    /// Of so many more statements.
    pub fn statements(statements: i64) -> Self {
        Self { statements, ..Self::default() }
    }

    /// Of so many more articles.
    pub fn articles(articles: i64) -> Self {
        Self { articles, ..Self::default() }
    }

    /// A quote comes.
    pub fn add(&mut self, row: &QuoteValues) {
        self.quotes += 1;
        for (sum, part) in self.state.iter_mut().zip(digest(row)) {
            *sum = sum.wrapping_add(part);
        }
    }

    /// A quote goes as it was stored.
    pub fn take(&mut self, row: &QuoteValues) {
        self.quotes -= 1;
        for (sum, part) in self.state.iter_mut().zip(digest(row)) {
            *sum = sum.wrapping_sub(part);
        }
    }

    /// A quote that was stored so vanishes.
    pub fn vanish(&mut self, row: &QuoteValues) {
        let mut after = row.clone();
        after.vanished_at.get_or_insert_default();
        self.take(row);
        self.add(&after);
    }

    /// Writes it, in the transaction that is open on the connection.
    pub fn write(self, connection: &mut Connection) -> QueryResult<()> {
        if self == Self::default() {
            return Ok(());
        }
        let bytes: Vec<u8> = on!(connection, |c| corpus::table.select(corpus::state).first(c))?;
        let parts = state(&bytes).into_iter().zip(self.state);
        let sum: Vec<u8> =
            parts.flat_map(|(one, more)| one.wrapping_add(more).to_be_bytes()).collect();
        let now = (
            corpus::quotes.eq(corpus::quotes + self.quotes),
            corpus::statements.eq(corpus::statements + self.statements),
            corpus::articles.eq(corpus::articles + self.articles),
            corpus::state.eq(sum),
        );
        on!(connection, |c| diesel::update(corpus::table).set(now).execute(c)).map(drop)
    }
}

fn state(bytes: &[u8]) -> State {
    let mut state = State::default();
    for (part, bytes) in state.iter_mut().zip(bytes.chunks_exact(8)) {
        *part = bytes.iter().fold(0, |part, byte| part << 8 | u64::from(*byte));
    }
    state
}

/// What a quote is: its words and what was printed around them, what it was resolved to, and whether
/// it vanished; not when.
fn digest(row: &QuoteValues) -> State {
    let mut sha = Sha256::new();
    for id in [row.article_id, row.id, row.statement_id] {
        sha.update(id.as_bytes());
    }
    for id in [row.speaker_id, row.role_id, row.organisation_id] {
        sha.update(id.map_or([0; 16], |id| *id.as_bytes()));
    }
    sha.update(&row.fingerprint);
    sha.update([u8::from(row.vanished_at.is_some())]);
    state(&sha.finalize())
}

impl Corpus {
    /// The state in hexadecimal.
    pub fn state(&self) -> String {
        data_encoding::HEXLOWER.encode(&self.state)
    }
}

/// The row, which can be made anew.
pub const INDEX: Index = Index { name: "corpus", version: 1, clear: |_| Ok(()), fill, compare };

/// Counts everything, in one transaction: a count has no place behind which it could go on while
/// others write.
fn fill(connection: &mut Connection, _: Option<&[u8]>) -> Result<Option<Vec<u8>>> {
    whole::lift_limits(connection)?;
    let delta = count(connection)?;
    on!(connection, |c| {
        let nothing = (
            corpus::quotes.eq(0),
            corpus::statements.eq(0),
            corpus::articles.eq(0),
            corpus::state.eq(vec![0_u8; 32]),
        );
        diesel::update(corpus::table).set(nothing).execute(c)
    })?;
    delta.write(connection)?;
    Ok(None)
}

/// What there is, counted.
fn count(connection: &mut Connection) -> Result<Delta> {
    let mut delta = Delta::default();
    each_chunk::<QuoteValues>(connection, |rows| {
        rows.iter().for_each(|row| delta.add(row));
        Ok(())
    })?;
    on!(connection, |c| {
        delta.statements = statement::table.count().get_result(c)?;
        delta.articles = article::table.count().get_result(c)?;
    });
    Ok(delta)
}

/// Whether the row says what there is.
fn compare(connection: &mut Connection) -> Result<Compared> {
    let Delta { quotes, statements, articles, state } = count(connection)?;
    let row = read(connection)?;
    let told = (row.quotes, row.statements, row.articles, self::state(&row.state));
    let wrong = u64::from(told != (quotes, statements, articles, state));
    Ok(Compared { rows: u64::try_from(quotes).unwrap_or_default(), wrong, ..Compared::default() })
}

/// How much there is, as the open transaction sees it.
pub fn read(connection: &mut Connection) -> Result<Corpus> {
    Ok(on!(connection, |c| corpus::table.select(Corpus::as_select()).first(c))?)
}

/// The best dates known of the first and the last dated quote, in microseconds since 1970 (UTC).
pub fn dates(connection: &mut Connection) -> Result<Option<(i64, i64)>> {
    let dated = || quote::table.filter(quote::ordered_at.gt(i64::MIN)).select(quote::ordered_at);
    let first = dated().order(quote::ordered_at).limit(1);
    let last = dated().order(quote::ordered_at.desc()).limit(1);
    let (first, last) = on!(connection, |c| {
        (first.first::<i64>(c).optional()?, last.first::<i64>(c).optional()?)
    });
    Ok(first.zip(last))
}

/// How many different values a column of articles has: its index is entered once for each, however
/// many articles have it.
macro_rules! different {
    ($connection:expr, $column:literal) => {{
        let next = |behind: &str| {
            format!(
                "(SELECT {0} FROM article WHERE {0} IS NOT NULL{behind} ORDER BY {0} LIMIT 1)",
                $column
            )
        };
        let (first, next) = (next(""), next(concat!(" AND article.", $column, " > last.value")));
        let query = format!(
            "WITH RECURSIVE last (value) AS (SELECT {first} UNION ALL SELECT {next} FROM last \
             WHERE last.value IS NOT NULL) SELECT count(value) AS count FROM last"
        );
        let count: Count = on!($connection, |c| diesel::sql_query(query).get_result(c))?;
        Ok(count.count)
    }};
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = diesel::sql_types::BigInt)]
    count: i64,
}

/// How many organisations articles name as their publishers.
pub fn publishers(connection: &mut Connection) -> Result<i64> {
    different!(connection, "publisher_id")
}

/// How many sites articles stand at.
pub fn sites(connection: &mut Connection) -> Result<i64> {
    different!(connection, "site")
}
