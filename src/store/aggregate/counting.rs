//! Statements that count: SQL written once for both databases, around predicates.

use std::borrow::Cow;
use std::marker::PhantomData;

use diesel::backend::Backend;
use diesel::prelude::*;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};

use crate::store::predicate::Predicate;

/// A statement whose rows have the columns `ST`.
pub struct Counting<ST> {
    parts: Vec<Part>,
    columns: PhantomData<ST>,
}

enum Part {
    Sql(Cow<'static, str>),
    Meets(Predicate),
}

impl<ST> Counting<ST> {
    /// The statement that begins so.
    pub fn new(sql: impl Into<Cow<'static, str>>) -> Self {
        Self { parts: vec![Part::Sql(sql.into())], columns: PhantomData }
    }

    /// Goes on with a predicate.
    pub fn meets(mut self, predicate: &Predicate) -> Self {
        self.parts.push(Part::Meets(predicate.clone()));
        self
    }

    /// Goes on with SQL, which holds nothing that a user gave.
    pub fn sql(mut self, sql: impl Into<Cow<'static, str>>) -> Self {
        self.parts.push(Part::Sql(sql.into()));
        self
    }
}

impl<ST, DB: Backend> QueryFragment<DB> for Counting<ST>
where
    Predicate: QueryFragment<DB>,
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        // To prepare it costs nothing beside running it, and users choose the shapes.
        out.unsafe_to_cache_prepared();
        for part in &self.parts {
            match part {
                Part::Sql(sql) => out.push_sql(sql),
                Part::Meets(predicate) => predicate.walk_ast(out.reborrow())?,
            }
        }
        Ok(())
    }
}

impl<ST> Query for Counting<ST> {
    type SqlType = ST;
}

impl<ST> QueryId for Counting<ST> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<ST, C> RunQueryDsl<C> for Counting<ST> {}
