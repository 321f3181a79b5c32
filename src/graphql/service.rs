//! What this server is and what it takes, for clients that adapt to it.

use async_graphql::{Context, Enum, Object, Result, SimpleObject};

use crate::limits::{Limit, Limits, Profile, Serving, Unit};

/// How open a server is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(name = "ServiceProfile")]
pub enum ServiceProfile {
    /// Questions may come by GET, and the schema can be asked for.
    Public,
    /// No introspection, no playground, no GET.
    Locked,
}

/// What the value of a limit counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(name = "LimitUnit")]
pub enum LimitUnit {
    /// Things: fields, aliases, levels of nesting.
    Count,
    /// Bytes of a text or a body.
    Bytes,
    /// Milliseconds of time.
    Milliseconds,
}

/// A limit of this server. A request over it is refused with an error whose `extensions` have the
/// code `LIMIT` and this name.
#[derive(Debug, Clone, SimpleObject)]
pub struct ServiceLimit {
    /// Its name, for example `aliases`.
    name: &'static str,
    /// Its value on this server.
    value: i32,
    /// What the value counts.
    unit: LimitUnit,
    /// What it limits.
    description: &'static str,
}

/// What this server is and what it takes.
pub struct ServiceConfig;

/// What this server is and what it takes from one request.
#[Object]
impl ServiceConfig {
    /// The version of dixit that answers.
    async fn version(&self) -> &'static str {
        env!("CARGO_PKG_VERSION")
    }

    /// How open it is.
    async fn profile(&self, context: &Context<'_>) -> Result<ServiceProfile> {
        Ok(match context.data::<Serving>()?.profile {
            Profile::Public => ServiceProfile::Public,
            Profile::Locked => ServiceProfile::Locked,
        })
    }

    /// Every limit of a request, in the order in which a request meets them.
    async fn limits(&self, context: &Context<'_>) -> Result<Vec<ServiceLimit>> {
        let limits = context.data::<Serving>()?.limits;
        let limit = |limit: &Limit| ServiceLimit {
            name: limit.name,
            // Every bound is below 2³¹.
            value: i32::try_from((limit.of)(&limits)).unwrap_or(i32::MAX),
            unit: match limit.unit {
                Unit::Count => LimitUnit::Count,
                Unit::Bytes => LimitUnit::Bytes,
                Unit::Milliseconds => LimitUnit::Milliseconds,
            },
            description: limit.manual.trim(),
        };
        Ok(Limits::ALL.iter().map(limit).collect())
    }
}
