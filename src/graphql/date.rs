//! Dates with their precision.

use async_graphql::{InputValueError, InputValueResult, Object, Scalar, ScalarType, Value};

use crate::domain::date::{DatePrecision, FuzzyDate, NotADate, rfc3339};

/// A date as exactly as the source knows it, kept as the interval that it allows.
pub struct DateInterval(pub FuzzyDate);

/// A date as exactly as the source knows it, kept as the interval that it allows: "August 2021" is
/// everything from the first to the last microsecond of that month.
#[Object]
impl DateInterval {
    /// The first moment that the source allows, RFC 3339 in UTC; for example
    /// `2021-08-01T00:00:00Z` of `2021-08`.
    async fn earliest(&self) -> String {
        rfc3339(self.0.earliest)
    }

    /// The last moment that the source allows, RFC 3339 in UTC; for example
    /// `2021-08-31T23:59:59.999999Z` of `2021-08`.
    async fn latest(&self) -> String {
        rfc3339(self.0.latest)
    }

    /// How exactly it is known.
    async fn precision(&self) -> DatePrecision {
        self.0.precision
    }

    /// The date as the source has it: `2021`, `2021-08`, `2021-08-13` or RFC 3339.
    async fn text(&self) -> String {
        self.0.to_string()
    }
}

/// A date that a client gives, as exact as they like. What is no date is told by who knows the
/// argument: were it refused here, the engine would give up all that was asked or written beside it.
#[derive(Debug, Clone)]
pub struct FuzzyDateInput(pub Result<FuzzyDate, NotADate>);

/// A date, as exact as you like: `"2021"`, `"2021-08"`, `"2021-08-13"` or RFC 3339 such as
/// `"2021-08-13T09:30:00Z"`.
#[Scalar(name = "FuzzyDate")]
impl ScalarType for FuzzyDateInput {
    fn parse(value: Value) -> InputValueResult<Self> {
        match value {
            Value::String(text) => Ok(Self(text.parse())),
            other => Err(InputValueError::expected_type(other)),
        }
    }

    fn to_value(&self) -> Value {
        Value::String(match &self.0 {
            Ok(date) => date.to_string(),
            Err(NotADate(text)) => text.clone(),
        })
    }
}
