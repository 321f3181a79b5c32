//! What a root field was asked by: ids, exactly one of several arguments, the only one found.

use async_graphql::{ID, Result};

use super::error::bad_input;
use crate::domain::id::Id;

/// An id that was given for this argument.
pub fn read_id(argument: &str, id: &ID) -> Result<Id> {
    id.parse().map_err(|error| bad_input(argument, error))
}

/// Refuses none, and more than one, of these arguments.
pub fn exactly_one(arguments: &str, given: &[bool]) -> Result<()> {
    match given.iter().filter(|given| **given).count() {
        1 => Ok(()),
        _ => Err(bad_input(arguments, "give exactly one of these")),
    }
}

/// The only one found; several are an error, since none of them is the answer.
pub fn only<T>(field: &str, list: &str, mut found: Vec<T>) -> Result<Option<T>> {
    if found.len() > 1 {
        let problem = format!("several go by this; list them with `{list}` and ask by id");
        return Err(bad_input(field, problem));
    }
    Ok(found.pop())
}
