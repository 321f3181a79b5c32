//! How the domain's values stand in columns: ids as 16 bytes, vocabularies as their words.

use std::io::Write as _;

use diesel::backend::Backend;
use diesel::deserialize::{self, FromSql, Queryable};
use diesel::expression::AsExpression;
use diesel::internal::derives::as_expression::Bound;
use diesel::pg::{Pg, PgValue};
use diesel::serialize::{self, IsNull, Output, ToSql};
use diesel::sql_types::{Binary, Nullable, SingleValue, Text};
use diesel::sqlite::Sqlite;

use crate::domain::access::AuditAction;
use crate::domain::date::DatePrecision;
use crate::domain::id::Id;
use crate::domain::import::ImportState;
use crate::domain::judgement::JudgementAction;
use crate::domain::quote::{FurtherSpeakerMode, Medium, QuoteKind, SpeakerKind, Unsettled};
use crate::domain::tenure::{BoundKind, Capacity};
use crate::domain::vocabulary::{AliasKind, Domain, Function, OrganisationKind, Status, Voice};

/// The SQL type of an [`Id`]: a 16-byte blob on SQLite, `uuid` on PostgreSQL; both sort by bytes.
#[derive(
    Debug, Clone, Copy, Default, diesel::sql_types::SqlType, diesel::query_builder::QueryId,
)]
#[diesel(sqlite_type(name = "Binary"))]
#[diesel(postgres_type(oid = 2950, array_oid = 2951))]
pub struct SqlId;

impl ToSql<SqlId, Sqlite> for Id {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> serialize::Result {
        <[u8] as ToSql<Binary, Sqlite>>::to_sql(self.as_bytes().as_slice(), out)
    }
}

impl FromSql<SqlId, Sqlite> for Id {
    fn from_sql(value: <Sqlite as Backend>::RawValue<'_>) -> deserialize::Result<Self> {
        let bytes = <Vec<u8> as FromSql<Binary, Sqlite>>::from_sql(value)?;
        let bytes: [u8; 16] = bytes.try_into().map_err(|_| "an id of other than 16 bytes")?;
        Ok(Self::from_bytes(bytes))
    }
}

impl ToSql<SqlId, Pg> for Id {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        out.write_all(self.as_bytes())?;
        Ok(IsNull::No)
    }
}

impl FromSql<SqlId, Pg> for Id {
    fn from_sql(value: PgValue<'_>) -> deserialize::Result<Self> {
        let bytes = value.as_bytes().try_into().map_err(|_| "an id of other than 16 bytes")?;
        Ok(Self::from_bytes(bytes))
    }
}

/// What `#[derive(AsExpression, FromSqlRow)]` would write, for types of a layer that does not know diesel.
macro_rules! column_value {
    ($type:ty as $sql:ty) => {
        impl AsExpression<$sql> for $type {
            type Expression = Bound<$sql, Self>;
            fn as_expression(self) -> Self::Expression {
                Bound::new(self)
            }
        }
        impl AsExpression<Nullable<$sql>> for $type {
            type Expression = Bound<Nullable<$sql>, Self>;
            fn as_expression(self) -> Self::Expression {
                Bound::new(self)
            }
        }
        impl<'e> AsExpression<$sql> for &'e $type {
            type Expression = Bound<$sql, Self>;
            fn as_expression(self) -> Self::Expression {
                Bound::new(self)
            }
        }
        impl<'e> AsExpression<Nullable<$sql>> for &'e $type {
            type Expression = Bound<Nullable<$sql>, Self>;
            fn as_expression(self) -> Self::Expression {
                Bound::new(self)
            }
        }
        impl<DB: Backend> ToSql<Nullable<$sql>, DB> for $type
        where
            Self: ToSql<$sql, DB>,
        {
            fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> serialize::Result {
                <Self as ToSql<$sql, DB>>::to_sql(self, out)
            }
        }
        impl<ST, DB> Queryable<ST, DB> for $type
        where
            ST: SingleValue,
            DB: Backend,
            Self: FromSql<ST, DB>,
        {
            type Row = Self;
            fn build(row: Self) -> deserialize::Result<Self> {
                Ok(row)
            }
        }
    };
}

/// A closed vocabulary stands in the database as its word.
macro_rules! vocabulary_column {
    ($($type:ty),+) => { $(
        column_value!($type as Text);

        impl<DB: Backend> ToSql<Text, DB> for $type
        where
            str: ToSql<Text, DB>,
        {
            fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> serialize::Result {
                <str as ToSql<Text, DB>>::to_sql(self.as_str(), out)
            }
        }

        impl<DB: Backend> FromSql<Text, DB> for $type
        where
            String: FromSql<Text, DB>,
        {
            fn from_sql(value: DB::RawValue<'_>) -> deserialize::Result<Self> {
                Ok(String::from_sql(value)?.parse()?)
            }
        }
    )+ };
}

column_value!(Id as SqlId);
vocabulary_column!(
    AliasKind,
    AuditAction,
    BoundKind,
    Capacity,
    DatePrecision,
    Domain,
    FurtherSpeakerMode,
    Function,
    ImportState,
    JudgementAction,
    Medium,
    OrganisationKind,
    QuoteKind,
    SpeakerKind,
    Status,
    Unsettled,
    Voice
);
