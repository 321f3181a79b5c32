//! Statements: the utterance behind quotes of the same words by the same source.

mod first;
mod relation;
mod sources;

pub use first::{CANDIDATES, First, candidates, firsts};
pub use relation::{Related, RelatedCondition, related};
pub use sources::independent;

use diesel::prelude::*;
use diesel::sql_types::BigInt;

use crate::domain::id::Id;
use crate::domain::quote::SpeakerKind;
use crate::store::dialect::{Connection, on};
use crate::store::error::Result;
use crate::store::page::{Page, Window, page};
use crate::store::predicate::{Predicate, column};
use crate::store::schema::{article, quote, statement};
use crate::store::types::SqlId;
use crate::store::{
    merged, organisation as organisations, quote::Condition, quote::OrganisationMatch,
    speaker as speakers,
};

/// A statement.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = statement)]
#[allow(missing_docs, reason = "the columns are explained in the migration")]
pub struct StatementRow {
    pub id: Id,
    pub speaker_kind: SpeakerKind,
    pub speaker_id: Option<Id>,
    pub organisation_id: Option<Id>,
    pub role_id: Option<Id>,
    pub first_quote_id: Id,
    pub text: String,
    pub ordered_at: i64,
}

/// How far a statement was carried.
#[derive(Debug, Clone, Copy, QueryableByName)]
pub struct Reach {
    /// The statement.
    #[diesel(sql_type = SqlId)]
    pub statement_id: Id,
    /// Quotes of it.
    #[diesel(sql_type = BigInt)]
    pub quotes: i64,
    /// Articles that carry it.
    #[diesel(sql_type = BigInt)]
    pub articles: i64,
    /// Publishers that carry it; an article without a printed publisher counts by its site, and
    /// one without either by itself.
    #[diesel(sql_type = BigInt)]
    pub publishers: i64,
}

/// What a statement must be to stand in a list.
#[derive(Debug, Clone, Default)]
pub struct StatementCondition {
    /// By one of these speakers.
    pub speaker: Option<Vec<Id>>,
    /// By a speaker of this name.
    pub speaker_name: Option<String>,
    /// By the speaker with this Wikidata id.
    pub speaker_wikidata: Option<String>,
    /// At this organisation.
    pub organisation: Option<OrganisationMatch>,
    /// By one of these sorts of source.
    pub speaker_kind: Option<Vec<SpeakerKind>>,
    /// Some quote of it meets this.
    pub quotes: Option<Condition>,
}

/// The statements of these ids that exist, in no order.
pub fn by_id(connection: &mut Connection, ids: &[Id]) -> Result<Vec<StatementRow>> {
    let query = statement::table.filter(statement::id.eq_any(ids));
    Ok(on!(connection, |c| query.select(StatementRow::as_select()).load(c))?)
}

/// How far these statements were carried.
pub fn reach(connection: &mut Connection, ids: &[Id]) -> Result<Vec<Reach>> {
    use diesel::dsl::{count_star, sql};
    let counts = quote::table
        .inner_join(article::table.on(article::id.eq(quote::article_id)))
        .filter(quote::statement_id.eq_any(ids))
        .group_by(quote::statement_id)
        .select((
            quote::statement_id,
            count_star(),
            sql::<BigInt>("count(DISTINCT quote.article_id)"),
            sql::<BigInt>(
                "count(DISTINCT article.publisher_id) \
                + count(DISTINCT CASE WHEN article.publisher_id IS NULL THEN article.site END) \
                + count(DISTINCT CASE WHEN article.publisher_id IS NULL AND article.site IS NULL \
                    THEN article.id END)",
            ),
        ));
    let rows: Vec<(Id, i64, i64, i64)> = on!(connection, |c| counts.load(c))?;
    let reach = |(statement_id, quotes, articles, publishers)| Reach {
        statement_id,
        quotes,
        articles,
        publishers,
    };
    Ok(rows.into_iter().map(reach).collect())
}

impl StatementCondition {
    /// What statements meet themselves; some quote of theirs meets another condition. Names become the
    /// ids that they have in this database.
    pub(in crate::store) fn own_predicate(&self, connection: &mut Connection) -> Result<Predicate> {
        let given = self.speaker.clone();
        let mut speaker = given.map(|ids| merged::roots(connection, ids)).transpose()?;
        let mut narrow = |ids: Vec<Id>| {
            speaker = Some(match speaker.take() {
                Some(before) => before.into_iter().filter(|id| ids.contains(id)).collect(),
                None => ids,
            });
        };
        if let Some(name) = &self.speaker_name {
            narrow(speakers::ids_by_name(connection, name)?);
        }
        if let Some(item) = &self.speaker_wikidata {
            narrow(speakers::ids_by_wikidata(connection, item)?);
        }
        let mut meets = Vec::new();
        if let Some(ids) = speaker {
            meets.push(Predicate::ids(column!(statement.speaker_id), ids));
        }
        if let Some(wanted) = &self.organisation {
            let ids = organisations::ids(connection, wanted)?;
            meets.push(Predicate::ids(column!(statement.organisation_id), ids));
        }
        if let Some(kinds) = &self.speaker_kind {
            let kinds = kinds.iter().map(|kind| kind.as_str()).collect();
            meets.push(Predicate::words(column!(statement.speaker_kind), kinds));
        }
        Ok(Predicate::all(meets))
    }
}

/// Statements that meet a condition, newest first.
pub fn list(
    connection: &mut Connection,
    condition: &StatementCondition,
    window: &Window,
) -> Result<Page<StatementRow>> {
    let mut meets = vec![condition.own_predicate(connection)?];
    // Every statement has a quote.
    if let Some(quotes) = condition.quotes.as_ref().filter(|quotes| !quotes.is_everything()) {
        meets.push(match quotes.is_common(connection)? && !window.count {
            // So common that it is met among the statements that come first.
            true => Predicate::Scanned(Box::new(Predicate::Exists {
                rows: "SELECT 1 FROM quote WHERE quote.statement_id = statement.id AND ",
                meet: Box::new(quotes.predicate(connection)?),
            })),
            false => Predicate::Below {
                column: column!(statement.id),
                ids: "SELECT quote.statement_id FROM quote WHERE ",
                meet: Box::new(quotes.predicate_of_all(connection)?),
            },
        });
    }
    let meets = Predicate::all(meets);
    page!(
        connection,
        statement as StatementRow,
        meets,
        window,
        true,
        statement::ordered_at,
        statement::id,
        Time
    )
}
