//! Reading of an organisation that is printed by itself.

use super::catalogue::catalogue;
use super::grammar::{Grammar, is_joint, tidy};
use super::items::{Item, items};
use super::key::is_leading_article;
use super::mention::{Mention, compose};
use super::tables::{Thing, tables};
use super::tokens::{Break, Case, Tokens};
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
    let first = items.iter().position(|item| !is_article(tokens, item)).unwrap_or(items.len());
    let rest = &items[first..];
    if rest.is_empty() || is_placeholder(tokens) {
        return Reading::Nothing;
    }
    if let [only] = rest
        && let Some(reading) = place(tokens, only)
    {
        return reading;
    }
    let mentions = Grammar { tokens, items }.mentions();
    match mentions.first() {
        Some(mention) if mention.start <= first && mention.end >= items.len() => {
            match whole(mention) {
                // "Dorvat hospital": a name and a word in small letters.
                Reading::Nothing => unlisted(tokens, items, first, &mentions),
                reading => named(tokens, items, first, reading),
            }
        }
        // "International Rescue Committee (IRC)": the same twice.
        Some(mention) if mentions.len() == 2 && same(mention, &mentions[1]) => whole(mention),
        _ => unlisted(tokens, items, first, &mentions),
    }
}

fn is_article(tokens: &Tokens<'_>, item: &Item) -> bool {
    let fold = tokens.fold(item.start);
    item.is_strange() && (is_leading_article(fold) || matches!(fold, "a" | "an" | "some"))
}

/// Whether bodies of this kind are parts of a state.
pub(crate) fn is_governmental(kind: OrganisationKind) -> bool {
    matches!(
        kind,
        OrganisationKind::NationalGovernment
            | OrganisationKind::SubnationalGovernment
            | OrganisationKind::Military
            | OrganisationKind::Legislature
    )
}

/// Whether a part of a longer name that is only known by its first words is named otherwise
/// as a whole: "Kremlin Watch" is not the Kremlin, "Army Times" no army.
pub(crate) fn is_outgrown(tokens: &Tokens<'_>, items: &[Item], mention: &Mention) -> bool {
    if mention.name.is_some() {
        return false;
    }
    if mention.kind == OrganisationKind::Igo {
        return friends_end(tokens, items, mention).is_some();
    }
    let Some(next) = items.get(mention.end) else {
        return false;
    };
    let adjacent = next.gap == Break::None
        && next.case != Case::Lower
        && !items[mention.end - 1].possessive
        && items[mention.start].case != Case::Lower;
    let outside =
        next.institution().is_some_and(|at| !is_governmental(tables().institutions[at].kind));
    let own = matches!(
        tokens.fold(next.start),
        "press"
            | "public"
            | "media"
            | "staff"
            | "headquarters"
            | "mission"
            | "secretariat"
            | "reserve"
            | "corps"
            | "north"
            | "south"
            | "east"
            | "west"
            | "central"
            | "special"
    );
    adjacent && !own && (outside || next.is_strange() && !is_joint(tokens.fold(next.start)))
}

/// Where the name of a body around an international organisation ends: "UN Foundation", "UN
/// Correspondents Association" and "UN Watch" are none of its own, which are called otherwise.
pub(crate) fn friends_end(tokens: &Tokens<'_>, items: &[Item], mention: &Mention) -> Option<usize> {
    let name = items[mention.end..].iter().take(4).take_while(|item| {
        item.gap == Break::None
            && item.case != Case::Lower
            && !items[mention.end - 1].possessive
            && items[mention.start].case != Case::Lower
    });
    let last = name.enumerate().find(|(_, item)| {
        matches!(
            tokens.fold(item.end - 1),
            "foundation" | "association" | "society" | "federation" | "watch" | "club" | "charity"
        )
    });
    last.map(|(more, _)| mention.end + more + 1)
}

/// What extractors write where nothing is printed.
fn is_placeholder(tokens: &Tokens<'_>) -> bool {
    let fold = |at: usize| if at < tokens.len() { tokens.fold(at) } else { "" };
    tokens.len() == 1 && matches!(fold(0), "none" | "unknown" | "null" | "na" | "nan")
        || tokens.len() == 2 && (fold(0), fold(1)) == ("n", "a")
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
        (None, Some(name)) => Reading::Unlisted { name: name.clone(), kind: mention.kind },
        (None, None) => Reading::Nothing,
    }
}

/// A country, region or capital that stands for its government.
fn place(tokens: &Tokens<'_>, item: &Item) -> Option<Reading> {
    if item.listed().is_some() || item.body().is_some() {
        return None;
    }
    let government = tables().bodies.iter().position(|body| body.slug == "government")?;
    let mut candidates: Vec<&'static Organisation> = Vec::new();
    let mut certain = true;
    for thing in item.things() {
        let found = match thing {
            Thing::Region(at) => region_government(usize::from(at)),
            Thing::Country(at) | Thing::Adjective(at) => compose(at.into(), government, None),
            Thing::Capital(at, metonym) => {
                certain &= metonym;
                compose(at.into(), government, None)
            }
            _ => None,
        };
        candidates.extend(found.filter(|found| !candidates.contains(found)));
    }
    if !certain && tokens.fold(item.start) == "washington" {
        // The state of the same name is listed as "Washington state".
        candidates.extend(catalogue().by_key("us-washington-state/government"));
    }
    match (candidates.as_slice(), certain) {
        ([], _) => None,
        ([only], true) => Some(Reading::Known(only)),
        _ => Some(Reading::Ambiguous(candidates)),
    }
}

fn region_government(region: usize) -> Option<&'static Organisation> {
    catalogue().by_key(&format!("{}/government", tables().regions[region].slug))
}

/// A proper name that is not listed, or generic words only.
fn unlisted(tokens: &Tokens<'_>, items: &[Item], first: usize, mentions: &[Mention]) -> Reading {
    let rest = &items[first..];
    let proper = rest.iter().any(|item| {
        item.is_strange() && tokens.is_uncased(item.start)
            || item.case != Case::Lower
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
        .rev()
        .find(|mention| !is_outgrown(tokens, items, mention))
        .map(|mention| mention.kind)
        .unwrap_or(OrganisationKind::Unknown);
    named(tokens, items, first, Reading::Unlisted { name: tidy(print), kind })
}

/// Puts back the article that a proper name begins with: "The Harbour Gazette", "Die Zeit".
fn named(tokens: &Tokens<'_>, items: &[Item], first: usize, reading: Reading) -> Reading {
    match reading {
        Reading::Unlisted { name, kind }
            if first > 0
                && matches!(
                    kind,
                    OrganisationKind::Media | OrganisationKind::Company | OrganisationKind::Unknown
                )
                && items[first - 1].case != Case::Lower
                && items[first].case != Case::Lower
                && is_leading_article(tokens.fold(items[first - 1].start)) =>
        {
            let article = tokens.upto(items[first - 1].start, items[first].start);
            Reading::Unlisted { name: format!("{article}{name}"), kind }
        }
        other => other,
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
        assert_eq!(key("Foreign & Commonwealth Office"), "gb/foreign-and-commonwealth-office");
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
        assert_eq!(key("Washington"), "2 candidates");
        assert_eq!(key("the ministry"), "nothing");
        assert_eq!(key("MoD"), "nothing");
        assert_eq!(key(""), "nothing");
        assert_eq!(key("Massey University"), "Massey University [ACADEMIC]");
        assert_eq!(key("Congolese government"), "2 candidates");
    }

    #[test]
    fn names_that_are_not_listed_stay_as_printed() {
        assert_eq!(
            key("Ministry of Defence (Marenia)"),
            "Ministry of Defence (Marenia) [NATIONAL_GOVERNMENT]"
        );
        assert_eq!(key("Marenian Armed Forces"), "Marenian Armed Forces [MILITARY]");
        assert_eq!(
            key("the Marenian Defence Ministry"),
            "Marenian Defence Ministry [NATIONAL_GOVERNMENT]"
        );
        assert_eq!(key("Brackwater Marine"), "Brackwater Marine [UNKNOWN]");
        assert_eq!(key("Martyrs Brigade"), "Martyrs Brigade [UNKNOWN]");
        assert_eq!(key("3rd Brigade"), "3rd Brigade [MILITARY]");
        assert_eq!(key("Dorvat hospital"), "Dorvat hospital [OTHER]");
        assert_eq!(key("Deutsche Marine"), key("German Navy"));
    }

    #[test]
    fn a_leading_article_in_capitals_stays() {
        assert_eq!(key("The Harbour Gazette"), "The Harbour Gazette [MEDIA]");
        assert_eq!(key("the Harbour Gazette"), "Harbour Gazette [MEDIA]");
        assert_eq!(key("La Gaceta del Farallón"), "La Gaceta del Farallón [UNKNOWN]");
        assert_eq!(key("The Quillon Institute"), "Quillon Institute [NGO]");
    }

    #[test]
    fn every_parent_is_shipped() {
        for organisation in super::super::all() {
            if let Some(parent) = organisation.parent {
                assert!(by_key(parent).is_some(), "{} has parent {parent}", organisation.key);
            }
        }
        let unhcr = by_key("un/unhcr").map(Organisation::ancestors).unwrap_or_default();
        assert_eq!(unhcr.iter().map(|parent| parent.key).collect::<Vec<_>>(), ["un"]);
    }
}
