//! The organisation printed beside a title: a body, a country, or only a portfolio.

use super::context::{Context, Portfolio};
use crate::domain::organisation::grammar::Grammar;
use crate::domain::organisation::items::items;
use crate::domain::organisation::mention::Mention;
use crate::domain::organisation::tables::tables;
use crate::domain::organisation::tokens::Tokens;
use crate::domain::organisation::{Reading, read_items};
use crate::domain::vocabulary::{Domain, OrganisationKind};

/// What is printed beside a title.
#[derive(Debug)]
pub(crate) struct Beside {
    pub reading: Reading,
    mention: Option<Mention>,
    country: Option<usize>,
    region: Option<usize>,
    field: Option<usize>,
}

impl Beside {
    /// Reads the organisation column of a row; it may hold a portfolio or a country instead.
    pub fn read(printed: &str) -> Self {
        let mut tokens = Tokens::of(printed);
        let items = items(&mut tokens);
        let mention = Grammar {
            tokens: &tokens,
            items: &items,
        }
        .mentions()
        .into_iter()
        .next();
        let field = items
            .iter()
            .find_map(|item| item.field())
            .filter(|_| mention.is_none());
        let place = items.iter().all(|item| item.is_place());
        Beside {
            reading: if field.is_some() {
                Reading::Nothing
            } else {
                read_items(&tokens, &items)
            },
            country: items
                .iter()
                .find_map(|item| item.country())
                .filter(|_| place || mention.is_some()),
            region: items
                .iter()
                .find_map(|item| item.region())
                .filter(|_| place),
            mention,
            field,
        }
    }

    /// Adds to what the title itself says; the title's own words go first.
    pub fn join(&self, context: &mut Context) {
        context.country = context.country.or(self.country);
        context.region = context.region.or(self.region);
        if let (None, Some(field)) = (&context.portfolio, self.field) {
            let domain = tables().fields[field].domain;
            context.portfolio = Some(Portfolio {
                field,
                domain,
                small: true,
                at: usize::MAX,
            });
        }
        if let Some(country) = self.country
            && let Some(mention) = &mut context.mention
        {
            mention.settle(country);
        }
        let Some(mention) = &self.mention else { return };
        match &context.mention {
            Some(own) if own.is_proper() || !fits(own, mention) => {}
            _ => {
                context.mention = Some(mention.clone());
                context.country = mention.country.or(context.country);
            }
        }
    }

    /// The kind of the body, where it speaks itself.
    pub fn kind(&self) -> OrganisationKind {
        match &self.reading {
            Reading::Unlisted { kind, .. } => *kind,
            _ => self
                .mention
                .as_ref()
                .map_or(OrganisationKind::Unknown, |mention| mention.kind),
        }
    }

    /// The domain of the body, where it speaks itself.
    pub fn domain(&self) -> Domain {
        self.mention
            .as_ref()
            .map_or(Domain::None, |mention| mention.domain)
    }
}

/// Whether a body without a name may be the one that is printed beside the title.
fn fits(own: &Mention, beside: &Mention) -> bool {
    own.kind == beside.kind || own.domain == beside.domain
}
