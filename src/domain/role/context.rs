//! What surrounds a head noun: the body it belongs to, the country, the field, another office.

use super::implied::expertise;
use super::phrase::Phrase;
use super::resolve::{self, Resolved};
use super::words::{Head, Word};
use crate::domain::organisation::is_demonym;
use crate::domain::organisation::mention::Mention;
use crate::domain::organisation::tables::{Thing, tables};
use crate::domain::organisation::tokens::{Break, Case};
use crate::domain::vocabulary::{Domain, Function, OrganisationKind};

/// A field of policy as it is printed beside a head noun.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Portfolio {
    pub field: usize,
    pub domain: Domain,
    /// Printed in small letters, so that it is no part of a name (convention 10).
    pub small: bool,
    /// The part it stands at.
    pub at: usize,
}

impl Portfolio {
    /// A field in small letters.
    pub fn new(field: usize, at: usize) -> Self {
        Portfolio { field, domain: tables().fields[field].domain, small: true, at }
    }
}

/// What surrounds a head noun.
#[derive(Debug, Default)]
pub(crate) struct Context {
    /// The body, from the tail, else from the left, else printed beside the title.
    pub mention: Option<Mention>,
    /// A second body that only tells the kind ("Hamas military spokesman").
    pub country: Option<usize>,
    /// Other countries that the same word means: "Congolese", "Korean".
    pub rivals: Vec<usize>,
    pub region: Option<usize>,
    /// A town or an unknown proper name: "mayor of Kyiv", "Addex Therapeutics".
    pub name: Option<(usize, usize)>,
    /// Whether the name stands before the head like the adjective of an unknown country:
    /// "Marenian colonel".
    pub name_is_adjective: bool,
    /// Whether the name stands after "the", as those of associations do.
    pub name_has_article: bool,
    pub portfolio: Option<Portfolio>,
    /// The office that the head noun serves: "the minister's spokesman".
    pub principal: Option<Box<Resolved>>,
    /// The preposition directly after the head.
    pub preposition: Option<Joint>,
}

/// The prepositions that tell posts apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Joint {
    Of,
    For,
    To,
    Other,
}

/// Collects what surrounds a head noun. `depth` bounds the chain of offices.
pub(crate) fn context(phrase: &Phrase<'_>, head: usize, depth: u8) -> Context {
    let start = phrase.segment_start(head);
    let end = phrase.segment_end(head);
    let mut context = Context { preposition: joint(phrase, head + 1), ..Context::default() };
    context.portfolio = own_field(phrase, head)
        .or_else(|| portfolio(phrase, start, head))
        .or_else(|| portfolio(phrase, head + 1, end))
        .or_else(|| in_brackets(phrase, end));
    // "minister for Europe" is a portfolio, "WHO director for Europe" is not.
    let ministerial = matches!(
        phrase.parts[head].head(),
        Some(
            Head::Minister
                | Head::SecretaryOfState
                | Head::Secretary
                | Head::Is(Function::Minister | Function::DeputyMinister | Function::Spokesperson)
        )
    );
    context.mention = body(phrase, start, head, end);
    expertise(phrase, head, &mut context);
    // "Minister of Defence and Veterans Affairs": a second portfolio is no body (convention 6).
    context.mention = context.mention.filter(|body| {
        !(ministerial
            && context.portfolio.is_some_and(|first| first.at < body.start)
            && body.start > 0
            && phrase.parts[body.start - 1].word == Some(Word::And))
    });
    let ministerial = ministerial
        && !matches!(context.kind(), OrganisationKind::Military | OrganisationKind::Igo);
    context.portfolio = context.portfolio.filter(|portfolio| {
        ministerial
            || portfolio.at == head
            || !matches!(phrase.fold(portfolio.at), "europe" | "europa" | "middle" | "brexit")
    });
    places(phrase, start, head, end, &mut context);
    delegation(phrase, start, &mut context);
    names(phrase, start, head, end, &mut context);
    if depth > 0 {
        context.principal = principal(phrase, start, head, end, depth).map(Box::new);
    }
    context
}

fn joint(phrase: &Phrase<'_>, at: usize) -> Option<Joint> {
    let part = phrase.parts.get(at)?;
    if part.item.gap == Break::Hard || !phrase.is_preposition(at) {
        return None;
    }
    Some(match phrase.fold(at) {
        "of" | "de" | "du" | "des" | "der" | "d" | "del" | "von" | "vom" => Joint::Of,
        "for" | "fur" | "pour" | "para" => Joint::For,
        "to" => Joint::To,
        _ => Joint::Other,
    })
}

/// "Parliamentary Under-Secretary (Health)".
fn in_brackets(phrase: &Phrase<'_>, at: usize) -> Option<Portfolio> {
    let bracket = phrase.parts.get(at)?.item.gap == Break::Hard;
    let end = phrase.segment_end(at);
    (bracket && phrase.heads_in(at, end).next().is_none()).then(|| portfolio(phrase, at, end))?
}

/// A field inside a head of several words: "foreign secretary", "defence attaché".
fn own_field(phrase: &Phrase<'_>, head: usize) -> Option<Portfolio> {
    let item = &phrase.parts[head].item;
    let communications = matches!(
        phrase.parts[head].head(),
        Some(Head::Is(Function::Spokesperson | Function::Lawyer | Function::Prosecutor))
    );
    if item.end < item.start + 2 || communications {
        return None;
    }
    let lexicon = &tables().lexicon;
    let words = lexicon.number(phrase.tokens);
    (item.start..item.end).find_map(|at| {
        let found = lexicon.longest(&phrase.tokens.list, &words[..item.end], at, true)?;
        found.senses().find_map(|thing| match thing {
            Thing::Field(at) | Thing::Ministry(at) => Some(Portfolio::new(at.into(), head)),
            // "military analyst": the armed forces are a field of expertise.
            Thing::Body(at) if tables().bodies[usize::from(at)].slug == "armed-forces" => {
                let field = tables().fields.iter().position(|field| field.slug == "defence")?;
                Some(Portfolio::new(field, head))
            }
            _ => None,
        })
    })
}

/// The first field printed in a stretch, outside proper names.
fn portfolio(phrase: &Phrase<'_>, start: usize, end: usize) -> Option<Portfolio> {
    (start..end).find_map(|at| {
        let part = &phrase.parts[at];
        let field = part.item.field()?;
        if phrase.mention_at(at).is_some() || phrase.is_head(at) {
            return None;
        }
        // An adjective of a country may be spelled like a field; the country is likelier.
        Some(Portfolio {
            field,
            domain: tables().fields[field].domain,
            // "Defence analyst": only the first letter of the title is a capital.
            small: part.item.case == Case::Lower
                || phrase.is_first_member(at)
                || at == 0
                    && part.item.case == Case::Capital
                    && phrase.parts[1..].iter().all(|other| other.item.case == Case::Lower)
                    && phrase.parts.len() > 1,
            at,
        })
    })
}

/// The body a head noun belongs to: the tail gives the organisation (convention 2); a proper
/// name goes before a common word for a body, and what stands in the same segment goes first.
fn body(phrase: &Phrase<'_>, start: usize, head: usize, end: usize) -> Option<Mention> {
    let within = |from: usize, to: usize| {
        phrase.mentions.iter().filter(move |mention| mention.start >= from && mention.end <= to)
    };
    let tail = || within(head + 1, end);
    let left = || within(start, head);
    let after = || within(end, phrase.parts.len());
    let all = [
        tail().next(),
        left().find(|mention| mention.is_proper()),
        left().next_back(),
        after().next(),
        within(0, start).next_back(),
    ];
    let proper = all.iter().flatten().find(|mention| mention.is_proper());
    let near = all.iter().flatten().next();
    // "the Commons defence committee": the house is named, the committee has the field.
    if let Some(house) = proper.filter(|house| house.kind == OrganisationKind::Legislature)
        && let Some(committee) =
            phrase.mentions.iter().find(|other| other.kind == house.kind && other.field.is_some())
    {
        return Some(Mention {
            domain: committee.domain,
            field: committee.field,
            ..(*house).clone()
        });
    }
    match (near, proper) {
        // "spokesman for the army, BBC reports": the near one, unless it is no more than a word.
        (Some(near), Some(proper)) if near.start < end && proper.start >= end => {
            Some((*near).clone())
        }
        (_, Some(proper)) => Some((*proper).clone()),
        (near, None) => near.map(|mention| (*mention).clone()),
    }
}

fn places(phrase: &Phrase<'_>, start: usize, head: usize, end: usize, context: &mut Context) {
    // "Georgia secretary of state": of the two places of one name that which has the office.
    let of_states = matches!(
        phrase.spelling(head).as_str(),
        "secretary of state" | "state senator" | "state representative" | "state lawmaker"
    );
    for at in start..end {
        let item = &phrase.parts[at].item;
        let helping = phrase.parts.get(at + 1).is_some_and(|next| next.word == Some(Word::Backed));
        if phrase.mention_at(at).is_some() || item.is_strange() || helping {
            continue;
        }
        if of_states && item.country().is_some() && item.region().is_some() {
            context.region = context.region.or(item.region());
            continue;
        }
        if context.country.is_none() {
            context.country = item.country();
            for other in item.countries() {
                if Some(other) != context.country && !context.rivals.contains(&other) {
                    context.rivals.push(other);
                }
            }
        }
        if item.country().is_none() {
            context.region = context.region.or(item.region());
        }
    }
    if context.country.is_none() {
        context.country = context.mention.as_ref().and_then(|mention| mention.country);
    }
    // "Minister of Defence, Latvia": a place by itself behind the post.
    if context.country.is_none() && context.region.is_none() && end + 1 == phrase.parts.len() {
        let item = &phrase.parts[end].item;
        let place = item.is_place() && phrase.mention_at(end).is_none();
        context.country = item.countries().next().filter(|_| place);
    }
}

/// "Israel's UN mission", "US spokesman at the UN": the country's mission, not the United Nations.
fn delegation(phrase: &Phrase<'_>, start: usize, context: &mut Context) {
    let Some(host) = context
        .mention
        .as_ref()
        .filter(|body| body.organisation.is_some_and(|host| host.key == "un"))
    else {
        return;
    };
    let (first, end) = (host.start, host.end);
    let country = (start..first).rev().find_map(|at| {
        let item = &phrase.parts[at].item;
        item.country().map(|country| (at, country))
    });
    let Some((at, country)) = country.filter(|(at, _)| phrase.mention_at(*at).is_none()) else {
        return;
    };
    let mission = phrase.parts.get(end).is_some_and(|next| {
        next.item.gap == Break::None && matches!(phrase.fold(end), "mission" | "delegation")
    });
    let sent = (at + 1..first).any(|joint| matches!(phrase.fold(joint), "at" | "to"));
    let own = phrase.parts[at].item.possessive
        || phrase.parts[at].item.things().any(|thing| matches!(thing, Thing::Adjective(_)));
    if sent || mission && own && at + 1 == first {
        let name = format!(
            "Permanent Mission of {} to the United Nations",
            tables().countries[country].of
        );
        context.country = Some(country);
        context.mention = Some(Mention {
            start: first,
            end,
            domain: Domain::ForeignAffairs,
            ..Mention::unlisted(&name, OrganisationKind::DiplomaticMission)
        });
    }
}

/// An unknown proper name: in the tail, else possessive or directly before the head.
fn names(phrase: &Phrase<'_>, start: usize, head: usize, end: usize, context: &mut Context) {
    let is_name = |at: usize| {
        let part = &phrase.parts[at];
        (part.is_name()
            || part.item.capital().is_some()
            || part.item.region().is_some()
            // "Los Angeles", "Des Moines": a foreign article with a capital.
            || (matches!(part.word, Some(Word::Article | Word::Preposition))
                && part.item.case != Case::Lower
                && phrase.fold(at) != "the"
                && phrase.parts.get(at + 1).is_some_and(|next| next.is_name()))
            || (part.word.is_some()
                && part.item.case != Case::Lower
                && !phrase.is_preposition(at)
                && at > 0
                && phrase.parts[at - 1].is_name()
                && part.head().is_none()))
            && phrase.mention_at(at).is_none()
    };
    // "Commander Jane Doe of the Northern Front": the tail begins behind the person's name.
    let person = (head + 1..end).take_while(|at| is_name(*at)).count();
    let tail = head + 1 + if head + 1 + person < end { person } else { 0 };
    let mut at = tail;
    let mut article = false;
    while at < end
        && !is_name(at)
        && (phrase.is_preposition(at) || phrase.parts[at].word == Some(Word::Article))
    {
        article |= matches!(phrase.fold(at), "the" | "du" | "des" | "del" | "der");
        at += 1;
    }
    if at > tail && at < end && is_name(at) {
        let mut stop = at + 1;
        while stop < end
            && (is_name(stop)
                || phrase.parts[stop].item.case != Case::Lower
                    && phrase.mention_at(stop).is_none()
                    && phrase.parts[stop].head().is_none())
        {
            stop += 1;
        }
        context.name = Some((at, stop));
        context.name_has_article = article;
        return;
    }
    let mut stop = head;
    while stop > start
        && !is_name(stop - 1)
        && matches!(
            phrase.parts[stop - 1].word,
            Some(Word::Skip | Word::Local | Word::Deputy | Word::Senior | Word::Status(_))
        )
    {
        stop -= 1;
    }
    let mut first = stop;
    while first > start && is_name(first - 1) {
        first -= 1;
    }
    if first < stop {
        context.name = Some((first, stop));
        context.name_is_adjective = first + 1 == stop && is_demonym(phrase.fold(first));
        context.name_has_article = first > start && phrase.fold(first - 1) == "the";
    }
}

/// The office that the head noun serves, printed before it ("the minister's spokesman") or in
/// its tail ("spokesman for the interior minister").
fn principal(
    phrase: &Phrase<'_>,
    start: usize,
    head: usize,
    end: usize,
    depth: u8,
) -> Option<Resolved> {
    let before = phrase.heads_in(start, head).last();
    let after = phrase.heads_in(head + 1, end).next();
    let other = after.or(before)?;
    if let Some(Head::Is(Function::Relative | Function::Victim)) = phrase.parts[other].head() {
        return None;
    }
    Some(resolve::resolve(phrase, other, depth - 1))
}

impl Context {
    /// The kind of the body, where one is printed.
    pub fn kind(&self) -> OrganisationKind {
        self.mention.as_ref().map_or(OrganisationKind::Unknown, |mention| mention.kind)
    }

    /// The kind of body of a country it is, such as `police`.
    pub fn body_slug(&self) -> &'static str {
        self.mention.as_ref().map_or("", Mention::body_slug)
    }

    /// The domain of the body, where one is printed.
    pub fn body_domain(&self) -> Option<Domain> {
        self.mention.as_ref().map(|mention| mention.domain)
    }
}
