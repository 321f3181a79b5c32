//! The organisation printed beside a title: a body, a country, or only a portfolio.

use super::body::city_of;
use super::context::{Context, Portfolio};
use crate::domain::organisation::grammar::{Grammar, is_joint};
use crate::domain::organisation::items::items;
use crate::domain::organisation::mention::Mention;
use crate::domain::organisation::tables::tables;
use crate::domain::organisation::tokens::{Case, Tokens};
use crate::domain::organisation::{OpenBody, Reading, is_outgrown, read_items};
use crate::domain::vocabulary::{Domain, OrganisationKind};

/// What is printed beside a title.
#[derive(Debug)]
pub(crate) struct Beside {
    pub reading: Reading,
    mention: Option<Mention>,
    country: Option<usize>,
    region: Option<usize>,
    field: Option<usize>,
    /// A seat of government or an unknown name by itself, which may be a town's.
    town: Option<String>,
}

impl Beside {
    /// The generic body that it is: "the ministry".
    pub fn open(&self) -> Option<OpenBody> {
        self.mention.as_ref().and_then(Mention::open)
    }

    /// Reads the organisation column of a row; it may hold a portfolio or a country instead.
    pub fn read(printed: &str) -> Self {
        let mut tokens = Tokens::of(printed);
        let items = items(&mut tokens);
        let mentions = Grammar { tokens: &tokens, items: &items }.mentions();
        let outgrown =
            mentions.first().is_some_and(|mention| is_outgrown(&tokens, &items, mention));
        let reading = read_items(&tokens, &items);
        let mention = match &reading {
            // "Kremlin Watch": only the whole name counts.
            Reading::Unlisted { name, kind } if outgrown => Some(Mention::unlisted(name, *kind)),
            _ => mentions.into_iter().next(),
        };
        // "Brackwater Defence" is a name, not a portfolio.
        let strange = items.iter().any(|item| {
            item.is_strange() && item.case != Case::Lower && !is_joint(tokens.fold(item.start))
        });
        let field =
            items.iter().find_map(|item| item.field()).filter(|_| mention.is_none() && !strange);
        let place = items.iter().all(|item| item.is_place());
        let town = items.iter().all(|item| {
            item.capital().is_some() || item.is_strange() && item.case == Case::Capital
        });
        // "Wrong Org": of several unknown words only the first may tell that it is a town.
        let town = town
            && (items.len() == 1
                || items.iter().any(|item| item.capital().is_some())
                || items.first().is_some_and(|item| {
                    matches!(
                        tokens.fold(item.start),
                        "new"
                            | "san"
                            | "santa"
                            | "los"
                            | "las"
                            | "saint"
                            | "st"
                            | "el"
                            | "la"
                            | "fort"
                            | "port"
                    )
                }));
        let town = (town && (1..=3).contains(&items.len()))
            .then(|| tokens.print_bare(0, tokens.len()).to_owned());
        Beside {
            town,
            reading: if field.is_some() { Reading::Nothing } else { reading },
            country: items
                .iter()
                .find_map(|item| item.country())
                .filter(|_| place || mention.is_some()),
            region: items.iter().find_map(|item| item.region()).filter(|_| place),
            mention,
            field,
        }
    }

    /// Adds to what the title itself says; the title's own words go first.
    pub fn join(&self, context: &mut Context) {
        let rivals = std::mem::take(&mut context.rivals);
        match self.country {
            // "Congolese officials" beside one of the two countries: that one.
            Some(own) if rivals.contains(&own) => context.country = Some(own),
            own if context.country.is_none() || context.country == own => context.country = own,
            _ => context.rivals = rivals,
        }
        context.region = context.region.or(self.region);
        if let (None, Some(field)) = (&context.portfolio, self.field) {
            let domain = tables().fields[field].domain;
            context.portfolio = Some(Portfolio { field, domain, small: true, at: usize::MAX });
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

    /// The town of a mayor: "Kyiv" and the unknown "Halvik" beside the title.
    pub fn city(&self) -> Option<Reading> {
        self.town.as_deref().map(city_of)
    }

    /// The kind of the body, where it speaks itself.
    pub fn kind(&self) -> OrganisationKind {
        match &self.reading {
            Reading::Unlisted { kind, .. } => *kind,
            _ => self.mention.as_ref().map_or(OrganisationKind::Unknown, |mention| mention.kind),
        }
    }

    /// The domain of the body, where it speaks itself.
    pub fn domain(&self) -> Domain {
        self.mention.as_ref().map_or(Domain::None, |mention| mention.domain)
    }
}

/// Whether a body without a name may be the one that is printed beside the title.
fn fits(own: &Mention, beside: &Mention) -> bool {
    own.kind == beside.kind || own.domain == beside.domain
}
