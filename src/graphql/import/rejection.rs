//! `ImportRejection`: a row that was not taken; those of an import, batched.

use std::collections::{HashMap, HashSet};

use async_graphql::dataloader::{DataLoader, Loader};
use async_graphql::{Context, Error, Object, Result};

use crate::domain::access::Scope;
use crate::domain::id::Id;
use crate::graphql::caller::Caller;
use crate::graphql::connection::{ImportRejectionConnection, PageArguments, by_time};
use crate::graphql::loader::Lists;
use crate::graphql::wanted::Wanted;
use crate::store::imports;
use crate::store::page::{Page, Place, Window};
use crate::store::write::RejectionRow;

/// A row that was not taken.
#[derive(Clone)]
pub struct ImportRejection {
    row: RejectionRow,
}

/// A row of an import that was not taken: which one, what is wrong with which field, and the row
/// itself, to be mended and sent again.
#[Object]
impl ImportRejection {
    /// The line of the input on which the record begins, from 1; of a batch by `importQuotes` the
    /// place in the list, from 1.
    async fn line(&self) -> i64 {
        self.row.line
    }

    /// Where in that record the row stands, for example `quotes[3]`; null where the record is the row.
    async fn place(&self) -> Option<&str> {
        self.row.place.as_deref()
    }

    /// The field that is to blame, as a path (`article.url`); null where it is the whole row.
    async fn field(&self) -> Option<&str> {
        self.row.field.as_deref()
    }

    /// What sort of fault it is, for programs: a word of those in docs/import.md, such as
    /// `bad_value`.
    async fn code(&self) -> &str {
        &self.row.code
    }

    /// What is wrong and what to do, for a person.
    async fn reason(&self) -> &str {
        &self.row.reason
    }

    /// The format that reads the row again.
    async fn format(&self) -> &str {
        &self.row.format
    }

    /// The head of its table, where the row is one of a table.
    async fn head(&self) -> Option<&str> {
        self.row.head.as_deref()
    }

    /// The row as it was sent, save where `cut` says that it could not be kept so.
    async fn row(&self) -> &str {
        &self.row.row
    }

    /// Whether `row` is not what was sent: the beginning of a row that is too long, or one with U+FFFD
    /// for what is not UTF-8 or is NUL. Mend such a row where it comes from; sent back as it is, it is
    /// rejected again.
    async fn cut(&self) -> bool {
        self.row.cut != 0
    }
}

/// The rejected rows of one import.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct RejectionsBelow {
    import: Id,
    /// The token that must have begun the import; none for whoever may see all.
    token: Option<Id>,
    window: Window,
}

impl Loader<RejectionsBelow> for Lists {
    /// `None` where the token did not begin the import.
    type Value = Option<Page<RejectionRow>>;
    type Error = Error;

    async fn load(
        &self,
        keys: &[RejectionsBelow],
    ) -> Result<HashMap<RejectionsBelow, Self::Value>> {
        let keys = keys.to_vec();
        self.trip(move |connection| {
            let mut own = HashSet::new();
            // One request has one token.
            if let Some(token) = keys.iter().find_map(|key| key.token) {
                let imports: Vec<Id> = keys.iter().map(|key| key.import).collect();
                own.extend(imports::begun_by(connection, token, &imports)?);
            }
            let mut lists = HashMap::with_capacity(keys.len());
            for key in &keys {
                let may = key.token.is_none() || own.contains(&key.import);
                let page = match may {
                    true => Some(imports::rejections(connection, key.import, &key.window)?),
                    false => None,
                };
                lists.insert(key.clone(), page);
            }
            Ok(lists)
        })
        .await
    }
}

/// The rows of an import that were not taken, for whoever began it and whoever reads the audit.
pub async fn below(
    context: &Context<'_>,
    import: Id,
    page: PageArguments,
) -> Result<ImportRejectionConnection> {
    let wanted = Wanted::of(context);
    let window = page.window(&wanted, by_time)?;
    let token = match Caller::acting(context, Scope::Admin) {
        Ok(_) => None,
        Err(refused) => Some(Caller::acting(context, Scope::Import)?.token.ok_or(refused)?),
    };
    let key = RejectionsBelow { import, token, window };
    let lists = context.data::<DataLoader<Lists>>()?;
    let page = lists.load_one(key).await?.ok_or_else(|| Error::new("internal error"))?;
    let Some(Page { rows, has_next, has_previous, total }) = page else {
        // Of somebody else's import.
        Caller::acting(context, Scope::Admin)?;
        return Err(Error::new("internal error"));
    };
    let places = rows.iter().map(|row| Place::Time(row.number, row.import_id)).collect();
    let rows = rows.into_iter().map(|row| ImportRejection { row }).collect();
    Ok(ImportRejectionConnection::of(Page { rows, has_next, has_previous, total }, places))
}
