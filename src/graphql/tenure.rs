//! `Tenure`: somebody in a role, between two bounds; and the lists of them below other things.

use std::collections::HashMap;

use async_graphql::dataloader::{DataLoader, Loader};
use async_graphql::{Context, Error, ID, Object, Result, SimpleObject};

use super::connection::{PageArguments, RoleConnection, TenureConnection, by_name, by_time};
use super::date::DateInterval;
use super::load;
use super::loader::Lists;
use super::organisation::Organisation;
use super::quote::Quote;
use super::role::Role;
use super::speaker::Speaker;
use super::wanted::Wanted;
use crate::domain::tenure::{Bound, BoundKind, TenureOrigin};
use crate::domain::vocabulary::{Domain, Function, Status};
use crate::store::page::{Page, Place, Window};
use crate::store::role::{self, RoleCondition};
use crate::store::tenure::{Holding, Of, history};

/// A tenure with what the query asks for around it.
#[derive(Clone)]
pub struct Tenure {
    pub(super) holding: Holding,
    pub(super) speaker: Option<Speaker>,
    pub(super) role: Option<Role>,
    pub(super) organisation: Option<Organisation>,
    pub(super) evidence: Vec<Quote>,
}

/// A bound of a tenure: when it begins or ends, as far as the source tells.
#[derive(SimpleObject)]
pub struct TenureBound {
    /// How it is known.
    bound: BoundKind,
    /// The date; null where there is none. Of a `SIGHTED` bound it is that of a quote: the tenure
    /// began there or before, and ended there or later.
    date: Option<DateInterval>,
}

impl From<Bound> for TenureBound {
    fn from(bound: Bound) -> Self {
        Self { bound: bound.kind(), date: bound.date().map(DateInterval) }
    }
}

/// Somebody in a role, between two bounds: as an imported record has it, or as quotes show it. A
/// record and quotes of the same role stand beside each other, so that each can be looked at.
#[Object]
impl Tenure {
    /// The id: the same after every rebuild from the same input.
    async fn id(&self) -> ID {
        ID(self.holding.id.to_string())
    }

    /// Where it comes from.
    async fn origin(&self) -> TenureOrigin {
        match self.holding.recorded {
            Some(_) => TenureOrigin::Recorded,
            None => TenureOrigin::Sighted,
        }
    }

    /// Who held it.
    async fn speaker(&self) -> Option<&Speaker> {
        self.speaker.as_ref()
    }

    /// In which role. A record's words and an article's make one role where they are the same words
    /// at the same organisation.
    async fn role(&self) -> Option<&Role> {
        self.role.as_ref()
    }

    /// Where; null where that is not told.
    async fn organisation(&self) -> Option<&Organisation> {
        self.organisation.as_ref()
    }

    /// What the holder does.
    async fn function(&self) -> Function {
        self.holding.function
    }

    /// The field of public policy of the role.
    async fn domain(&self) -> Domain {
        self.holding.domain
    }

    /// How the title stands to the office: of an "acting minister" `ACTING`.
    async fn status(&self) -> Status {
        self.holding.status
    }

    /// When it begins.
    async fn begin(&self) -> TenureBound {
        self.holding.begin.into()
    }

    /// When it ends.
    async fn end(&self) -> TenureBound {
        self.holding.end.into()
    }

    /// The area that is represented, as a record names it.
    async fn area(&self) -> Option<&str> {
        self.holding.recorded.as_ref()?.area.as_deref()
    }

    /// The party or group for which it is held, as a record names it.
    async fn on_behalf_of(&self) -> Option<&str> {
        self.holding.recorded.as_ref()?.on_behalf_of.as_deref()
    }

    /// The record that has it: the name of a file or data set; null where quotes show it.
    async fn source(&self) -> Option<&str> {
        self.holding.recorded.as_ref().map(|row| row.source.as_str())
    }

    /// How many quotes show it; 0 of a recorded one.
    async fn quote_count(&self) -> i64 {
        self.holding.quotes
    }

    /// The first and the last of the quotes that show it, or the only one; none of a recorded one.
    async fn evidence(&self) -> &[Quote] {
        &self.evidence
    }
}

impl Tenure {
    /// Its place in a list.
    pub(super) fn place(&self) -> Place {
        self.holding.place()
    }
}

/// A nested list of tenures.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct TenuresBelow {
    of: Of,
    window: Window,
    wanted: Wanted,
}

impl Loader<TenuresBelow> for Lists {
    type Value = Page<Tenure>;
    type Error = Error;

    async fn load(&self, keys: &[TenuresBelow]) -> Result<HashMap<TenuresBelow, Page<Tenure>>> {
        self.each(keys, |connection, key| {
            let Page { rows, has_next, has_previous, total } =
                history(connection, &key.of, &key.window)?;
            let rows = load::tenures(connection, rows, &key.wanted)?;
            Ok(Page { rows, has_next, has_previous, total })
        })
        .await
    }
}

/// The tenures below something, as its field answers: recorded and sighted ones together.
pub async fn tenures_below(
    context: &Context<'_>,
    of: Of,
    page: PageArguments,
) -> Result<TenureConnection> {
    let wanted = Wanted::of(context);
    let window = page.window(&wanted, by_time)?;
    let key = TenuresBelow { of, window, wanted: wanted.nodes() };
    let lists = context.data::<DataLoader<Lists>>()?;
    let page = lists.load_one(key).await?.ok_or_else(|| Error::new("internal error"))?;
    let places = page.rows.iter().map(Tenure::place).collect();
    Ok(TenureConnection::of(page, places))
}

/// A nested list of roles.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct RolesBelow {
    condition: RoleCondition,
    window: Window,
    wanted: Wanted,
}

impl Loader<RolesBelow> for Lists {
    type Value = Page<Role>;
    type Error = Error;

    async fn load(&self, keys: &[RolesBelow]) -> Result<HashMap<RolesBelow, Page<Role>>> {
        self.each(keys, |connection, key| {
            let Page { rows, has_next, has_previous, total } =
                role::list(connection, &key.condition, &key.window)?;
            let rows = load::roles(connection, rows, &key.wanted)?;
            Ok(Page { rows, has_next, has_previous, total })
        })
        .await
    }
}

/// The roles that meet a condition, as a field below something answers.
pub async fn roles_below(
    context: &Context<'_>,
    condition: RoleCondition,
    page: PageArguments,
) -> Result<RoleConnection> {
    let wanted = Wanted::of(context);
    let window = page.window(&wanted, by_name)?;
    let key = RolesBelow { condition, window, wanted: wanted.nodes() };
    let lists = context.data::<DataLoader<Lists>>()?;
    let page = lists.load_one(key).await?.ok_or_else(|| Error::new("internal error"))?;
    let places = page.rows.iter().map(Role::place).collect();
    Ok(RoleConnection::of(page, places))
}
