//! Somebody in a role at an organisation: `OrganizationRole`.

use serde_json::Value;

use super::Thing;
use crate::domain::tenure::BoundKind;
use crate::server::pages::data::{Bound, Tenure};

/// The role around the other end of a property. A date is one only where a record has it: when somebody
/// was first quoted in a role is not when it began, and is told in words.
pub fn tenure(held: &Tenure, property: &str, other: Thing) -> Value {
    let date = |bound: &Bound| match (bound.bound, &bound.date) {
        (BoundKind::Known, Some(date)) => Some(date.text.to_string()),
        _ => None,
    };
    Thing::of("OrganizationRole")
        .with("roleName", held.role.as_ref().map(|role| role.title.as_str()))
        .with("startDate", date(&held.begin))
        .with("endDate", date(&held.end))
        .with("description", sighted(held))
        .with(property, other)
        .into()
}

fn sighted(held: &Tenure) -> Option<String> {
    let seen = |bound: &Bound| match (bound.bound, &bound.date) {
        (BoundKind::Sighted, Some(date)) => Some(date.text.to_string()),
        _ => None,
    };
    let (first, last) = (seen(&held.begin)?, seen(&held.end)?);
    Some(format!(
        "Quoted in this role between {first} and {last}; it may have begun before and ended later."
    ))
}
