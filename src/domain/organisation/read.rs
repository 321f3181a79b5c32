//! Reading of an organisation that is printed by itself.

use super::catalogue::catalogue;
use super::grammar::{Grammar, tidy};
use super::items::{Item, items};
use super::mention::{Mention, compose};
use super::tables::tables;
use super::tokens::{Case, Tokens};
use super::{Organisation, Reading};
use crate::domain::vocabulary::OrganisationKind;

/// See [`super::read`].
pub(super) fn read(printed: &str) -> Reading {
    let mut tokens = Tokens::of(printed);
    let items = items(&mut tokens);
    read_items(&tokens, &items)
}

/// Reads what is already split into items.
pub(crate) fn read_items(tokens: &Tokens<'_>, items: &[Item]) -> Reading {
    let first = items
        .iter()
        .position(|item| !is_article(tokens, item))
        .unwrap_or(items.len());
    let rest = &items[first..];
    if rest.is_empty() {
        return Reading::Nothing;
    }
    if let [only] = rest
        && let Some(reading) = place(only)
    {
        return reading;
    }
    let mentions = Grammar { tokens, items }.mentions();
    match mentions.first() {
        Some(mention) if mention.start <= first && mention.end >= items.len() => whole(mention),
        // "International Rescue Committee (IRC)": the same twice.
        Some(mention) if mentions.len() == 2 && same(mention, &mentions[1]) => whole(mention),
        _ => unlisted(tokens, rest, &mentions),
    }
}

fn is_article(tokens: &Tokens<'_>, item: &Item) -> bool {
    item.is_strange()
        && matches!(
            tokens.fold(item.start),
            "the"
                | "a"
                | "an"
                | "le"
                | "la"
                | "les"
                | "l"
                | "el"
                | "los"
                | "der"
                | "die"
                | "das"
                | "some"
        )
}

fn same(one: &Mention, other: &Mention) -> bool {
    one.organisation.is_some() && one.organisation == other.organisation
}

fn whole(mention: &Mention) -> Reading {
    match (mention.organisation, &mention.name) {
        (Some(organisation), _) if mention.rivals.is_empty() => Reading::Known(organisation),
        (Some(organisation), _) => {
            let mut all = vec![organisation];
            all.extend(&mention.rivals);
            Reading::Ambiguous(all)
        }
        (None, Some(name)) => Reading::Unlisted {
            name: name.clone(),
            kind: mention.kind,
        },
        (None, None) => Reading::Nothing,
    }
}

/// A country, region or capital that stands for its government.
fn place(item: &Item) -> Option<Reading> {
    if item.listed().is_some() || item.body().is_some() {
        return None;
    }
    let mut candidates: Vec<&'static Organisation> = Vec::new();
    let mut certain = true;
    if let Some(region) = item.region() {
        let key = format!("{}/government", tables().regions[region].slug);
        candidates.extend(catalogue().by_key(&key));
    }
    let government = tables()
        .bodies
        .iter()
        .position(|body| body.slug == "government")?;
    if let Some(country) = item.country() {
        candidates.extend(compose(country, government, None));
    } else if let Some((country, metonym)) = item.capital() {
        certain = metonym;
        candidates.extend(compose(country, government, None));
    }
    match (candidates.as_slice(), certain) {
        ([], _) => None,
        ([only], true) => Some(Reading::Known(only)),
        _ => Some(Reading::Ambiguous(candidates)),
    }
}

/// A proper name that is not listed, or generic words only.
fn unlisted(tokens: &Tokens<'_>, rest: &[Item], mentions: &[Mention]) -> Reading {
    let proper = rest.iter().any(|item| {
        item.case != Case::Lower
            && (item.is_strange()
                || item.is_place()
                || item.institution().is_some()
                || item.listed().is_some())
    });
    let print = tokens.print_bare(rest[0].start, rest[rest.len() - 1].end);
    if !proper || print.is_empty() {
        return Reading::Nothing;
    }
    let kind = mentions
        .iter()
        .map(|mention| mention.kind)
        .next_back()
        .unwrap_or(OrganisationKind::Unknown);
    Reading::Unlisted {
        name: tidy(print),
        kind,
    }
}

#[cfg(test)]
mod tests {
    use super::super::{by_key, read};
    use super::*;

    fn key(printed: &str) -> String {
        match read(printed) {
            Reading::Known(organisation) => organisation.key.to_owned(),
            Reading::Unlisted { name, kind } => format!("{name} [{kind}]"),
            Reading::Ambiguous(all) => format!("{} candidates", all.len()),
            Reading::Nothing => "nothing".to_owned(),
        }
    }

    #[test]
    fn aliases_and_metonyms() {
        assert_eq!(key("the Pentagon"), "us/defence-ministry");
        assert_eq!(key("UN"), "un");
        assert_eq!(key("The United Nations"), "un");
        assert_eq!(key("London"), "gb/government");
        assert_eq!(
            key("Foreign & Commonwealth Office"),
            "gb/foreign-and-commonwealth-office"
        );
    }

    #[test]
    fn bodies_are_composed_of_country_and_field() {
        for printed in [
            "UK Ministry of Defence",
            "Ministry of Defence (United Kingdom)",
            "British defence ministry",
        ] {
            assert_eq!(key(printed), "gb/defence-ministry", "{printed}");
        }
        for printed in [
            "Ministry of Defence (Latvia)",
            "Latvian defence ministry",
            "Latvia's Ministry of Defence",
            "lettisches Verteidigungsministerium",
        ] {
            assert_eq!(key(printed), "lv/defence-ministry", "{printed}");
        }
        assert_eq!(key("Afghan government"), "af/government");
        assert_eq!(key("Government of Afghanistan"), "af/government");
        assert_eq!(
            key("German embassy in Kabul"),
            "Embassy of Germany, Kabul [DIPLOMATIC_MISSION]"
        );
        assert_eq!(
            key("Embassy of Germany, Kabul"),
            "Embassy of Germany, Kabul [DIPLOMATIC_MISSION]"
        );
    }

    #[test]
    fn what_the_print_does_not_decide_stays_open() {
        assert_eq!(key("Washington"), "1 candidates");
        assert_eq!(key("the ministry"), "nothing");
        assert_eq!(key("MoD"), "nothing");
        assert_eq!(key(""), "nothing");
        assert_eq!(key("Massey University"), "Massey University [ACADEMIC]");
        assert_eq!(key("Congolese government"), "2 candidates");
    }

    #[test]
    fn every_parent_is_shipped() {
        for organisation in super::super::all() {
            if let Some(parent) = organisation.parent {
                assert!(
                    by_key(parent).is_some(),
                    "{} has parent {parent}",
                    organisation.key
                );
            }
        }
        let unhcr = by_key("un/unhcr")
            .map(Organisation::ancestors)
            .unwrap_or_default();
        assert_eq!(
            unhcr.iter().map(|parent| parent.key).collect::<Vec<_>>(),
            ["un"]
        );
    }
}
