//! Settling by context what a print leaves open: an ambiguous name, or a generic body such as
//! "the ministry".

use super::catalogue::{catalogue, slug_of};
use super::grammar::{Grammar, is_joint};
use super::items::{Item, items};
use super::tables::{Thing, tables};
use super::tokens::{Break, Case, Tokens};
use super::{Organisation, Reading};
use crate::domain::vocabulary::OrganisationKind;

/// A body that is printed without saying whose: "the ministry", "the defence ministry", "the army".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OpenBody {
    /// The slug of the body: `defence-ministry`, `army`; `ministry` where not even the field is
    /// printed.
    pub slug: &'static str,
}

impl OpenBody {
    /// The generic body that a print names, if it names nothing else.
    pub fn read(printed: &str) -> Option<Self> {
        let mut tokens = Tokens::of(printed);
        let items = items(&mut tokens);
        Grammar { tokens: &tokens, items: &items }.mentions().first()?.open()
    }

    /// Whether an organisation is a body of this sort.
    fn fits(self, organisation: &Organisation) -> bool {
        let slug = slug_of(organisation);
        match self.slug {
            "ministry" => {
                slug.is_some_and(|slug| slug.ends_with("-ministry"))
                    || ["Ministry", "Department"].iter().any(|word| {
                        organisation.kind == OrganisationKind::NationalGovernment
                            && organisation.name.starts_with(word)
                    })
            }
            own => {
                let body = organisation.country.and_then(|code| catalogue().body(code, own));
                slug == Some(own) || body.is_some_and(|body| body.key == organisation.key)
            }
        }
    }

    /// Whether parts of a country have such bodies as well.
    fn is_one_of_a_part(self) -> bool {
        matches!(
            self.slug,
            "government" | "parliament" | "senate" | "lower-house" | "supreme-court"
        )
    }

    /// Whether a country has one such body, so that its name says which is meant. Police,
    /// prosecutors and missions are many.
    fn is_one_of_a_country(self) -> bool {
        !matches!(
            self.slug,
            "ministry" | "police" | "prosecution" | "embassy" | "consulate" | "mission" | "marines"
        )
    }
}

/// What the words around an attribution name: organisations, countries, regions.
#[derive(Debug, Clone, Default)]
pub struct Words {
    organisations: Vec<&'static Organisation>,
    /// Kinds of the organisations that the vocabulary does not list.
    unlisted: Vec<OrganisationKind>,
    countries: Vec<usize>,
    /// Countries that may as well be parts of names: "Michael Jordan", "Paris Hilton".
    doubtful: Vec<usize>,
    /// Whether a part of a country is named.
    region: bool,
}

impl Words {
    /// What names these organisations and nothing else; of those that the vocabulary does not list,
    /// their kinds.
    pub fn naming(
        organisations: impl IntoIterator<Item = &'static Organisation>,
        unlisted: impl IntoIterator<Item = OrganisationKind>,
    ) -> Self {
        let mut words = Self { unlisted: unlisted.into_iter().collect(), ..Self::default() };
        organisations.into_iter().for_each(|one| push(&mut words.organisations, one));
        words
    }

    /// Reads one print: a speaker, a role, an organisation, or an attribution as a whole.
    pub fn add(&mut self, printed: &str) {
        let mut tokens = Tokens::of(printed);
        let items = items(&mut tokens);
        for mention in (Grammar { tokens: &tokens, items: &items }).mentions() {
            match (mention.organisation, &mention.name) {
                (Some(one), _) if mention.rivals.is_empty() => {
                    push(&mut self.organisations, one);
                    self.region |= one.kind == OrganisationKind::SubnationalGovernment;
                }
                (None, Some(_)) => self.unlisted.push(mention.kind),
                _ => {}
            }
        }
        for at in 0..items.len() {
            self.place(&tokens, &items, at);
        }
        match super::read_items(&tokens, &items) {
            Reading::Known(one) => push(&mut self.organisations, one),
            Reading::Unlisted { kind, .. } => self.unlisted.push(kind),
            _ => {}
        }
    }

    fn place(&mut self, tokens: &Tokens<'_>, items: &[Item], at: usize) {
        let item = &items[at];
        let places: Vec<Thing> = item
            .things()
            .filter(|thing| {
                matches!(
                    thing,
                    Thing::Country(_) | Thing::Adjective(_) | Thing::Capital(..) | Thing::Region(_)
                )
            })
            .collect();
        let mut countries = Vec::new();
        for place in &places {
            match place {
                Thing::Adjective(country)
                | Thing::Country(country)
                | Thing::Capital(country, true) => push(&mut countries, usize::from(*country)),
                _ => {}
            }
        }
        let is_adjective = places.iter().any(|place| matches!(place, Thing::Adjective(_)));
        let is_whole = !places
            .iter()
            .any(|place| matches!(place, Thing::Capital(_, false) | Thing::Region(_)));
        match countries.as_slice() {
            [country] if is_whole => {
                let list = match !is_adjective && is_in_a_name(tokens, items, at) {
                    true => &mut self.doubtful,
                    false => &mut self.countries,
                };
                push(list, *country);
            }
            [] => self.region |= places.iter().any(|place| matches!(place, Thing::Region(_))),
            // "Congo", "Georgia": what has two meanings tells nothing.
            _ => {}
        }
    }

    /// The countries that are named, by themselves or by their bodies.
    fn all_countries(&self) -> Vec<usize> {
        let mut all = self.countries.clone();
        for one in &self.organisations {
            if let Some(country) = one.country.and_then(|code| tables().country(code)) {
                push(&mut all, country);
            }
        }
        all
    }
}

fn push<T: PartialEq>(list: &mut Vec<T>, one: T) {
    if !list.contains(&one) {
        list.push(one);
    }
}

/// Whether a country may be somebody's name: it stands beside an unknown capitalised word.
fn is_in_a_name(tokens: &Tokens<'_>, items: &[Item], at: usize) -> bool {
    let name = |other: &Item| {
        other.is_strange() && other.case == Case::Capital && !is_joint(tokens.fold(other.start))
    };
    let item = &items[at];
    let after = items.get(at + 1).is_some_and(|next| next.gap == Break::None && name(next));
    let before = at > 0 && item.gap == Break::None && name(&items[at - 1]);
    !item.possessive && (after || before)
}

/// The context of an attribution: its own printed words, and the article's other attributions.
#[derive(Debug, Clone, Default)]
pub struct Context {
    /// What the quote's own speaker, role and organisation say.
    pub own: Words,
    /// What the attributions of the article's other quotes say.
    pub others: Words,
}

impl Context {
    /// The context of a quote with these printed words, in an article with these others.
    pub fn of(own: &[&str], others: &[&str]) -> Self {
        let mut context = Context::default();
        own.iter().for_each(|printed| context.own.add(printed));
        others.iter().for_each(|printed| context.others.add(printed));
        context
    }
}

/// What one set of words says of the candidates.
enum Found {
    One(&'static Organisation),
    /// Several fit: it stays open.
    Several,
    Nothing,
}

/// Settles an ambiguous name or a generic body by its context; `None` where it stays open.
///
/// The quote's own words count first: a candidate that is itself named is meant; else the country
/// that is named decides. In the article's other attributions only a candidate itself counts, never
/// its country: any article names countries, and "the ministry" beside a Syrian refugee is not
/// Syria's. Exactly one must fit: nothing is ever chosen for being better known.
pub fn settle(
    reading: &Reading,
    open: Option<OpenBody>,
    context: &Context,
) -> Option<&'static Organisation> {
    let weigh = |words: &Words, own: bool| match (reading, open) {
        (Reading::Ambiguous(all), _) => among(all, words, own),
        (Reading::Nothing, Some(open)) => of_sort(open, words, context, own),
        _ => Found::Nothing,
    };
    for (words, own) in [(&context.own, true), (&context.others, false)] {
        match weigh(words, own) {
            Found::One(one) => return Some(one),
            Found::Several => return None,
            Found::Nothing => {}
        }
    }
    None
}

/// Which of several candidates the words name, or the country of which one.
fn among(all: &[&'static Organisation], words: &Words, own: bool) -> Found {
    let named: Vec<_> = all.iter().filter(|one| words.organisations.contains(one)).collect();
    match named.as_slice() {
        [one] => return Found::One(one),
        [] => {}
        _ => return Found::Several,
    }
    if !own {
        return Found::Nothing;
    }
    let country_of = |one: &Organisation| one.country.and_then(|code| tables().country(code));
    let has = |list: &[usize], one: &Organisation| {
        country_of(one).is_some_and(|country| list.contains(&country))
    };
    if all.iter().any(|one| has(&words.doubtful, one)) {
        return Found::Several;
    }
    let countries = words.all_countries();
    let fit: Vec<_> = all.iter().filter(|one| has(&countries, one)).collect();
    let Some(first) = fit.first() else { return Found::Nothing };
    if fit.iter().any(|one| one.country != first.country) {
        return Found::Several;
    }
    // "US" names the federal government, not the State of Washington; of Georgia it is the state.
    let national: Vec<_> = fit.iter().filter(|one| !is_local(one)).collect();
    match (national.as_slice(), fit.as_slice()) {
        ([one], _) => Found::One(one),
        ([], [one]) => Found::One(one),
        _ => Found::Several,
    }
}

fn is_local(organisation: &Organisation) -> bool {
    organisation.kind == OrganisationKind::SubnationalGovernment
}

/// The one body of a sort that the words name, or that the one named country has.
fn of_sort(open: OpenBody, words: &Words, context: &Context, own: bool) -> Found {
    // A part of a country has a government, a parliament and courts, too.
    if words.region && open.is_one_of_a_part() {
        return Found::Several;
    }
    // What the quote itself says of the country binds what the article says of bodies.
    let bound = context.own.all_countries();
    let fits = |one: &&&'static Organisation| {
        open.fits(one)
            && (bound.is_empty()
                || one
                    .country
                    .and_then(|code| tables().country(code))
                    .is_some_and(|country| bound.contains(&country)))
    };
    let named: Vec<_> = words.organisations.iter().filter(fits).collect();
    match named.as_slice() {
        [one] if !words.has_unlisted_like(one) => return Found::One(one),
        [] => {}
        _ => return Found::Several,
    }
    if !own || !open.is_one_of_a_country() {
        return Found::Nothing;
    }
    match words.all_countries().as_slice() {
        [] => Found::Nothing,
        [country] if words.doubtful.is_empty() => {
            match catalogue().body(tables().countries[*country].code, open.slug) {
                Some(one) => Found::One(one),
                None => Found::Nothing,
            }
        }
        _ => Found::Several,
    }
}

impl Words {
    /// Whether an unlisted body is named that may be of the same sort.
    fn has_unlisted_like(&self, organisation: &Organisation) -> bool {
        self.unlisted.contains(&organisation.kind)
    }
}

#[cfg(test)]
mod tests {
    use super::super::read;
    use super::*;

    /// What a print means in an article that quotes these others as well.
    fn settled(printed: &str, own: &[&str], others: &[&str]) -> &'static str {
        let mut words = vec![printed];
        words.extend(own);
        settle(&read(printed), OpenBody::read(printed), &Context::of(&words, others))
            .map_or("open", |one| one.key)
    }

    #[test]
    fn the_quotes_own_words_settle() {
        assert_eq!(settled("Washington", &["US official"], &[]), "us/government");
        assert_eq!(settled("the ministry", &["Israeli spokesman"], &[]), "open");
        assert_eq!(settled("MoD", &["British official"], &[]), "gb/defence-ministry");
        assert_eq!(settled("the army", &["Israeli spokesman"], &[]), "il/armed-forces");
        assert_eq!(settled("Congo", &["spokesman in Kinshasa"], &[]), "cd/government");
        assert_eq!(settled("Georgia", &["official in Tbilisi"], &[]), "ge/government");
        assert_eq!(settled("Georgia", &["US official"], &[]), "us-georgia/government");
        assert_eq!(settled("Korea", &["official in Seoul"], &[]), "kr/government");
        assert_eq!(settled("Congress", &["Peruvian lawmaker"], &[]), "pe/parliament");
        // Own words go before the article's.
        assert_eq!(
            settled("MoD", &["Ukrainian official"], &["UK Ministry of Defence"]),
            "ua/defence-ministry"
        );
    }

    #[test]
    fn a_body_that_the_article_names_elsewhere_settles() {
        let article = ["Latvian foreign ministry", "residents"];
        assert_eq!(settled("the ministry", &[], &article), "lv/foreign-ministry");
        assert_eq!(settled("the foreign ministry", &[], &article), "lv/foreign-ministry");
        assert_eq!(settled("MoD", &[], &["UK Ministry of Defence"]), "gb/defence-ministry");
        assert_eq!(settled("the department", &[], &["State Department"]), "us/foreign-ministry");
        assert_eq!(settled("Washington", &[], &["the United States"]), "us/government");
        assert_eq!(
            settled("Washington", &[], &["Washington state government"]),
            "us-washington-state/government"
        );
        assert_eq!(settled("the central bank", &[], &["Bank of Ghana"]), "gh/central-bank");
        assert_eq!(settled("the army", &[], &["IDF", "Hamas"]), "il/armed-forces");
        assert_eq!(settled("Labour Party", &[], &["UK Labour Party"]), "gb/labour-party");
    }

    #[test]
    fn a_country_that_the_article_names_elsewhere_settles_nothing() {
        for (printed, other) in [
            ("the defence ministry", "Latvian officials"),
            ("the interior ministry", "a Syrian refugee"),
            ("the interior ministry", "US officials"),
            ("Parliament", "Polish government"),
            ("Supreme Court", "Indian government"),
            ("House of Representatives", "Tokyo"),
            ("Congress", "Pentagon"),
        ] {
            assert_eq!(settled(printed, &[], &[other]), "open", "{printed} beside {other}");
        }
        assert_eq!(settled("the Senate", &[], &["Philippine Senate"]), "ph/senate");
    }

    #[test]
    fn two_that_fit_stay_open() {
        let two = ["Latvian foreign ministry", "Estonian foreign ministry"];
        assert_eq!(settled("the ministry", &[], &two), "open");
        assert_eq!(settled("the foreign ministry", &[], &two), "open");
        let field = ["Latvian foreign ministry", "Latvian health ministry"];
        assert_eq!(settled("the ministry", &[], &field), "open");
        assert_eq!(settled("the foreign ministry", &[], &field), "lv/foreign-ministry");
        assert_eq!(settled("MoD", &[], &["UK government", "Ukrainian government"]), "open");
        assert_eq!(settled("Congo", &[], &["Kinshasa", "Brazzaville"]), "open");
        assert_eq!(settled("Congress", &[], &["Indian official", "US official"]), "open");
        assert_eq!(settled("Parliament", &[], &["Berlin", "Paris"]), "open");
    }

    #[test]
    fn nothing_settles_what_nothing_tells() {
        for printed in ["Washington", "the ministry", "MoD", "the defence ministry", "Parliament"] {
            assert_eq!(settled(printed, &[], &[]), "open", "{printed}");
            assert_eq!(settled(printed, &[], &["residents", "Ann Roe", "UN"]), "open", "{printed}");
        }
        // The name itself is no evidence for itself.
        assert_eq!(settled("Georgia", &["Georgia"], &["Georgia"]), "open");
        // The country elsewhere does not make it a state of that country.
        assert_eq!(settled("Georgia", &[], &["US State Department"]), "open");
        // Police is everywhere, a person may be called like a country.
        assert_eq!(settled("police", &[], &["Indian government"]), "open");
        assert_eq!(settled("the army", &[], &["Michael Jordan"]), "open");
        assert_eq!(settled("the government", &[], &["Texas Department of Health", "US"]), "open");
        // An unlisted ministry may be the one that is meant.
        let strange = ["Ministry of Defence (Marenia)", "Latvian health ministry"];
        assert_eq!(settled("the ministry", &[], &strange), "open");
        // What is known needs no settling.
        assert_eq!(settled("Pentagon", &[], &["UK Ministry of Defence"]), "open");
    }
}
