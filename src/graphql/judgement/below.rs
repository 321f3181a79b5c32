//! The judgements about a speaker, an organisation, a role or a quote, batched.

use std::collections::HashMap;

use async_graphql::dataloader::{DataLoader, Loader};
use async_graphql::{Context, Error, Result};

use super::{Judgement, judgements};
use crate::domain::id::Id;
use crate::graphql::connection::{JudgementConnection, PageArguments, by_time};
use crate::graphql::loader::Lists;
use crate::graphql::wanted::Wanted;
use crate::store::judgement::{self, JudgementCondition};
use crate::store::page::{Page, Place, Window};

/// A nested list of judgements.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct JudgementsBelow {
    condition: JudgementCondition,
    window: Window,
    wanted: Wanted,
}

impl Loader<JudgementsBelow> for Lists {
    type Value = Page<Judgement>;
    type Error = Error;

    async fn load(
        &self,
        keys: &[JudgementsBelow],
    ) -> Result<HashMap<JudgementsBelow, Page<Judgement>>> {
        let keys = keys.to_vec();
        self.trip(move |connection| {
            let mut lists = HashMap::with_capacity(keys.len());
            for key in &keys {
                let page = judgement::list(connection, &key.condition, &key.window)?;
                let Page { rows, has_next, has_previous, total } = page;
                let rows = judgements(connection, rows, &key.wanted)?;
                lists.insert(key.clone(), Page { rows, has_next, has_previous, total });
            }
            Ok(lists)
        })
        .await
    }
}

/// The judgements in force about a speaker, an organisation or a role.
pub async fn judgements_about(
    context: &Context<'_>,
    id: Id,
    page: PageArguments,
) -> Result<JudgementConnection> {
    below(context, JudgementCondition { about: Some(id), ..in_force() }, page).await
}

/// The judgements in force about a quote by itself.
pub async fn judgements_of(
    context: &Context<'_>,
    quote: Id,
    page: PageArguments,
) -> Result<JudgementConnection> {
    below(context, JudgementCondition { quote: Some(quote), ..in_force() }, page).await
}

fn in_force() -> JudgementCondition {
    JudgementCondition { in_force: Some(true), ..JudgementCondition::default() }
}

async fn below(
    context: &Context<'_>,
    condition: JudgementCondition,
    page: PageArguments,
) -> Result<JudgementConnection> {
    let wanted = Wanted::of(context);
    let window = page.window(&wanted, by_time)?;
    let key = JudgementsBelow { condition, window, wanted: wanted.nodes() };
    let lists = context.data::<DataLoader<Lists>>()?;
    let page = lists.load_one(key).await?.ok_or_else(|| Error::new("internal error"))?;
    Ok(connection(page))
}

/// The connection of a page of judgements.
pub fn connection(page: Page<Judgement>) -> JudgementConnection {
    let places = page.rows.iter().map(|node| Place::Time(node.row.number, node.row.id)).collect();
    JudgementConnection::of(page, places)
}
