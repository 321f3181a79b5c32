//! The history of a person, a role or an organisation: recorded tenures, and what quotes show of
//! who was in which role when, worked out when somebody asks.

use std::collections::HashMap;

use diesel::dsl::{count_star, max, sql};
use diesel::prelude::*;
use diesel::sql_types::BigInt;

use super::{TenureCondition, TenureRow, merged};
use crate::domain::id::{Id, Kind};
use crate::domain::tenure::Bound;
use crate::domain::vocabulary::{Domain, Function, Status};
use crate::store::dialect::{Connection, on};
use crate::store::error::Result;
use crate::store::organisation as organisations;
use crate::store::page::{Page, Place, Window};
use crate::store::predicate::{Predicate, column};
use crate::store::quote::{OrganisationMatch, QuoteRow};
use crate::store::role::{self, RoleRow};
use crate::store::schema::{quote, tenure};

/// How many holders of each sort are looked at: beyond, the last ones are left out.
const MOST: i64 = 10_000;

/// Whose history, or that of what.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Of {
    /// Which roles a speaker held.
    Speaker(Id),
    /// Who held a role.
    Role(Id),
    /// Who held which roles at an organisation, of these functions where some are given.
    Organisation(OrganisationMatch, Option<Vec<Function>>),
}

/// Somebody in a role.
#[derive(Debug, Clone)]
pub struct Holding {
    /// Made from the record, or from speaker and role.
    pub id: Id,
    /// Who.
    pub speaker_id: Id,
    /// In which role.
    pub role_id: Id,
    /// Where.
    pub organisation_id: Option<Id>,
    /// What the holder does.
    pub function: Function,
    /// The field of policy.
    pub domain: Domain,
    /// How the title stands to the office.
    pub status: Status,
    /// Since when.
    pub begin: Bound,
    /// Until when.
    pub end: Bound,
    /// The record that has it; none where it was sighted.
    pub recorded: Option<Box<TenureRow>>,
    /// How many quotes show it; 0 of a recorded one.
    pub quotes: i64,
    /// The first and the last of these quotes, or the only one.
    pub evidence: Vec<QuoteRow>,
    /// What it is ordered by.
    ordered_at: i64,
}

impl Holding {
    /// Its place in a history.
    pub fn place(&self) -> Place {
        Place::Time(self.ordered_at, self.id)
    }
}

impl From<TenureRow> for Holding {
    fn from(row: TenureRow) -> Self {
        Self {
            id: row.id,
            speaker_id: row.speaker_id,
            role_id: row.role_id,
            organisation_id: row.organisation_id,
            function: row.function,
            domain: row.domain,
            status: row.status,
            begin: row.begin(),
            end: row.end(),
            quotes: 0,
            evidence: Vec::new(),
            ordered_at: row.begin_earliest,
            recorded: Some(Box::new(row)),
        }
    }
}

/// Quotes that show a speaker in a role.
#[derive(Debug, Clone, Copy)]
struct Sighting {
    speaker_id: Id,
    role_id: Id,
    quotes: i64,
    since: i64,
    until: i64,
}

impl Sighting {
    fn holding(self, role: &RoleRow) -> Holding {
        let parts: [&[u8]; 3] = [b"sighted", self.speaker_id.as_bytes(), self.role_id.as_bytes()];
        Holding {
            id: Id::derive(Kind::Tenure, &parts),
            speaker_id: self.speaker_id,
            role_id: self.role_id,
            organisation_id: role.organisation_id,
            function: role.function,
            domain: role.domain,
            status: role.status,
            begin: Bound::Sighted(None),
            end: Bound::Sighted(None),
            recorded: None,
            quotes: self.quotes,
            evidence: Vec::new(),
            ordered_at: self.since,
        }
    }
}

/// A window of a history, the earliest beginning first: what has no date, or no beginning, stands
/// before everything else.
pub fn history(connection: &mut Connection, of: &Of, window: &Window) -> Result<Page<Holding>> {
    let (recorded, quoted) = predicates(connection, of)?;
    let rows =
        tenure::table.filter(recorded).order((tenure::begin_earliest, tenure::id)).limit(MOST);
    let rows = on!(connection, |c| rows.select(TenureRow::as_select()).load(c))?;
    let mut holdings: Vec<Holding> = rows.into_iter().map(Holding::from).collect();

    let mut seen = HashMap::new();
    let sightings = sightings(connection, quoted)?;
    let mut roles: Vec<Id> = sightings.iter().map(|sighting| sighting.role_id).collect();
    roles.sort_unstable();
    roles.dedup();
    let mut facets = HashMap::new();
    for ids in roles.chunks(super::ASKED_AT_ONCE) {
        facets.extend(role::by_id(connection, ids)?.into_iter().map(|role| (role.id, role)));
    }
    for sighting in sightings {
        let Some(role) = facets.get(&sighting.role_id) else { continue };
        let holding = sighting.holding(role);
        seen.insert(holding.id, sighting);
        holdings.push(holding);
    }
    holdings.sort_by_key(|holding| (holding.ordered_at, holding.id));
    let mut page = window.cut(holdings, Holding::place);
    let shown: Vec<Sighting> =
        page.rows.iter().filter_map(|holding| seen.get(&holding.id).copied()).collect();
    let mut evidence = evidence(connection, &shown)?;
    for holding in &mut page.rows {
        let Some(sighting) = seen.get(&holding.id) else { continue };
        let quotes = evidence.remove(&(sighting.speaker_id, sighting.role_id)).unwrap_or_default();
        let date = |quote: Option<&QuoteRow>| {
            Bound::Sighted(quote.and_then(|quote| quote.said_at().or(quote.reported_at())))
        };
        // Undated ones come first in the order of quotes and tell no bound.
        holding.begin = date(quotes.first());
        holding.end = date(quotes.last());
        holding.evidence = quotes;
    }
    Ok(page)
}

/// What recorded tenures and quotes of a history meet.
fn predicates(connection: &mut Connection, of: &Of) -> Result<(Predicate, Predicate)> {
    let mut quoted = vec![
        Predicate::Known(column!(quote.speaker_id), true),
        Predicate::Known(column!(quote.role_id), true),
    ];
    let mut recorded = TenureCondition::default();
    match of {
        Of::Speaker(id) => {
            let ids = merged(connection, [*id])?.into_keys().collect();
            quoted.push(Predicate::ids(column!(quote.speaker_id), ids));
            recorded.speaker = Some(vec![*id]);
        }
        Of::Role(id) => {
            quoted.push(Predicate::ids(column!(quote.role_id), vec![*id]));
            recorded.role = Some(vec![*id]);
        }
        Of::Organisation(wanted, functions) => {
            let ids = organisations::ids(connection, wanted)?;
            quoted.push(Predicate::ids(column!(quote.organisation_id), ids));
            if let Some(functions) = functions {
                let words = functions.iter().map(|function| function.as_str()).collect();
                quoted.push(Predicate::words(column!(quote.function), words));
            }
            recorded.organisation = Some(wanted.clone());
            recorded.function = functions.clone();
        }
    }
    Ok((recorded.predicate(connection)?, Predicate::all(quoted)))
}

fn sightings(connection: &mut Connection, quoted: Predicate) -> Result<Vec<Sighting>> {
    let since = "coalesce(min(CASE WHEN quote.ordered_at > -9223372036854775807 \
                 THEN quote.ordered_at END), min(quote.ordered_at))";
    let groups = quote::table
        .filter(quoted)
        .group_by((quote::speaker_id, quote::role_id))
        .select((
            quote::speaker_id.assume_not_null(),
            quote::role_id.assume_not_null(),
            count_star(),
            sql::<BigInt>(since),
            max(quote::ordered_at).assume_not_null(),
        ))
        .order(sql::<BigInt>("4, 1, 2"))
        .limit(MOST);
    let rows: Vec<(Id, Id, i64, i64, i64)> = on!(connection, |c| groups.load(c))?;
    let sighting = |(speaker_id, role_id, quotes, since, until)| Sighting {
        speaker_id,
        role_id,
        quotes,
        since,
        until,
    };
    Ok(rows.into_iter().map(sighting).collect())
}

/// The first and the last quote of each of these, by speaker and role.
fn evidence(
    connection: &mut Connection,
    shown: &[Sighting],
) -> Result<HashMap<(Id, Id), Vec<QuoteRow>>> {
    let at = |sighting: &Sighting, moment: i64| {
        Predicate::All(vec![
            Predicate::ids(column!(quote.speaker_id), vec![sighting.speaker_id]),
            Predicate::ids(column!(quote.role_id), vec![sighting.role_id]),
            Predicate::AtLeast(column!(quote.ordered_at), moment),
            Predicate::AtMost(column!(quote.ordered_at), moment),
        ])
    };
    let ends = shown.iter().flat_map(|one| [at(one, one.since), at(one, one.until)]).collect();
    if shown.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = quote::table.filter(Predicate::Any(ends)).order((quote::ordered_at, quote::id));
    let rows = on!(connection, |c| rows.select(QuoteRow::as_select()).load(c))?;
    let mut found: HashMap<(Id, Id), Vec<QuoteRow>> = HashMap::new();
    for row in rows {
        let (Some(speaker), Some(role)) = (row.speaker_id, row.role_id) else { continue };
        let quotes = found.entry((speaker, role)).or_default();
        // The first one, and whichever is the last so far.
        quotes.truncate(1);
        quotes.push(row);
    }
    Ok(found)
}
