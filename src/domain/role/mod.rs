//! Understanding of printed role titles: "UN spokesman", "former defence secretary",
//! "Parlamentarischer Staatssekretär im Bundesfinanzministerium".
//!
//! A title is split into items (`phrase`), its head noun is found, the words beside it give
//! status and rank (`status`), what surrounds it gives body, country and field (`context`);
//! from these follow function and kind (`resolve`), domain (`domain`), and the organisation
//! (`body`). The rules are those of `data/roles/GUIDE.md`; the vocabulary is in `data/`.

mod beside;
mod body;
mod context;
mod domain;
mod edges;
mod holder;
mod implied;
mod kind;
mod lead;
mod offices;
mod parts;
pub(crate) mod phrase;
mod resolve;
mod status;
mod told;
pub(crate) mod words;

use crate::domain::organisation::mention::Mention;
use crate::domain::organisation::tokens::{Case, Tokens};
use crate::domain::organisation::{self, OpenBody, Reading};
use crate::domain::vocabulary::{Domain, Function, OrganisationKind, Status, Voice};
use beside::Beside;
pub use lead::{behind_preposition, without_article};
use phrase::Phrase;
use resolve::Resolved;
pub use told::Employer;

/// What a printed title, with the organisation printed beside it, says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Understanding {
    /// What the holder does.
    pub function: Function,
    /// The field of policy of the post, else of the organisation; `UNKNOWN` where a post must
    /// have one and the print does not tell (convention 10).
    pub domain: Domain,
    /// How the speaker stands to the office.
    pub status: Status,
    /// In which voice the speaker is quoted.
    pub voice: Voice,
    /// The most specific organisation that is printed or implied (convention 14).
    pub organisation: Reading,
    /// The kind of that organisation, known even where the organisation is not.
    pub organisation_kind: OrganisationKind,
    /// The domain of which this is an official, if it is one.
    pub official_of: Option<Domain>,
    /// The generic body that is printed where the organisation is [`Reading::Nothing`]: "the
    /// ministry". [`organisation::settle`] may tell whose it is.
    pub open: Option<OpenBody>,
    /// The words that decided.
    pub because: Vec<String>,
}

/// Understands a printed title together with the organisation printed beside it.
///
/// Only the print counts (convention 1): nothing is known of persons, and what is not
/// understood is [`Function::Unknown`], never a guess. Without a title, or where the title is
/// an organisation, the organisation itself speaks (convention 13).
pub fn understand(title: Option<&str>, organisation: Option<&str>) -> Understanding {
    let beside = Beside::read(organisation.unwrap_or_default());
    let mut tokens = Tokens::of(title.unwrap_or_default());
    let mut parts = phrase::parts(&mut tokens);
    holder::free_names(&tokens, &mut parts);
    let phrase = Phrase::new(&tokens, parts);
    match phrase.main_head() {
        Some(head) => {
            let mut context = context::context(&phrase, head, 2);
            beside.join(&mut context);
            implied::by_title(&phrase, head, &mut context);
            let resolved = resolve::resolve_in(&phrase, head, context);
            post(&phrase, &resolved, beside)
        }
        None => without_head(&phrase, beside),
    }
}

/// A title with a head noun: a post.
fn post(phrase: &Phrase<'_>, resolved: &Resolved, beside: Beside) -> Understanding {
    let head = resolved.head;
    let word = phrase.spelling(head);
    let status = resolved.modifiers.status;
    if resolved.modifiers.denied && is_office(resolved.function) {
        return denied(phrase, head, status);
    }
    let contradicted = contradicts(resolved, &beside);
    let (reading, kind) = body::body(phrase, resolved, beside);
    let open = body::open(resolved).filter(|_| reading == Reading::Nothing);
    let domain = domain::domain(resolved, phrase.parts[head].head(), kind, &word);
    let mut because = vec![phrase.print(head).to_owned()];
    because.extend(resolved.modifiers.status_at.map(|at| phrase.print(at).to_owned()));
    because.extend(
        resolved
            .context
            .portfolio
            .filter(|portfolio| portfolio.at < phrase.parts.len() && portfolio.at != head)
            .map(|portfolio| phrase.print(portfolio.at).to_owned()),
    );
    Understanding {
        function: resolved.function,
        domain,
        status,
        voice: voice(resolved.function, status, kind),
        official_of: official_of(resolved.function, domain, status, kind, &reading)
            .filter(|_| !contradicted),
        open,
        because: explain(because, &reading),
        organisation: reading,
        organisation_kind: kind,
    }
}

/// Functions that are held by appointment, so that somebody may pretend to hold them.
fn is_office(function: Function) -> bool {
    use Function as F;
    !matches!(
        function,
        F::Lawyer
            | F::Academic
            | F::Expert
            | F::Journalist
            | F::Activist
            | F::Artist
            | F::Athlete
            | F::Worker
            | F::Witness
            | F::Resident
            | F::Victim
            | F::Relative
            | F::Unknown
    )
}

/// "would-be minister", "minister in exile": nobody's official.
fn denied(phrase: &Phrase<'_>, head: usize, status: Status) -> Understanding {
    Understanding {
        function: Function::Other,
        domain: Domain::None,
        status,
        voice: voice(Function::Other, status, OrganisationKind::Unknown),
        official_of: None,
        open: None,
        because: vec![phrase.print(head).to_owned()],
        organisation: Reading::Nothing,
        organisation_kind: OrganisationKind::Unknown,
    }
}

/// "Pentagon spokesman" beside "Taliban": title and column name bodies that have nothing to do
/// with each other.
fn contradicts(resolved: &Resolved, beside: &Beside) -> bool {
    let Reading::Known(printed) = beside.reading else { return false };
    if printed.kind == OrganisationKind::ArmedGroup {
        return true;
    }
    let own = resolved.context.mention.as_ref().and_then(|mention| mention.organisation);
    own.is_some_and(|own| {
        own.key != printed.key
            && (own.country.is_none() || own.country != printed.country)
            && own.ancestors().iter().all(|other| other.key != printed.key)
            && printed.ancestors().iter().all(|other| other.key != own.key)
    })
}

/// A title without a head noun: an organisation speaks, or nothing is understood.
fn without_head(phrase: &Phrase<'_>, beside: Beside) -> Understanding {
    let items: Vec<_> = phrase.parts.iter().map(|part| part.item).collect();
    let own = if phrase.mentions.is_empty()
        && !items.iter().all(|item| item.is_strange() || item.is_place())
    {
        Reading::Nothing
    } else {
        organisation::read_items(phrase.tokens, &items)
    };
    // An unknown proper name in the place of a title is more likely a person's.
    let is_body =
        !matches!(own, Reading::Unlisted { .. } | Reading::Nothing) || !phrase.mentions.is_empty();
    let open = match is_body {
        true => phrase.mentions.first().and_then(Mention::open),
        false => beside.open(),
    };
    let (reading, kind, domain) = if is_body {
        let mention = phrase.mentions.first();
        let kind = mention.map_or(OrganisationKind::Unknown, |mention| mention.kind);
        let domain = mention.map_or(Domain::None, |mention| mention.domain);
        named(own, kind, domain)
    } else {
        let (kind, domain) = (beside.kind(), beside.domain());
        named(beside.reading, kind, domain)
    };
    // "UN High Commissioner for Refugees": the office has the name of its organisation.
    if let Some(mention) = phrase.mentions.first()
        && mention.kind == OrganisationKind::Igo
        && phrase.print(mention.start).contains("Commissioner")
    {
        return Understanding {
            function: Function::HeadOfOrganisation,
            domain: mention.domain,
            status: Status::Current,
            voice: Voice::Principal,
            official_of: None,
            open: None,
            because: vec![phrase.print(mention.start).to_owned()],
            organisation: mention.organisation.map_or(Reading::Nothing, Reading::Known),
            organisation_kind: mention.kind,
        };
    }
    // "veteran of the army", "someone in the ministry": not the body itself.
    let person = phrase.is_description();
    let (kind, domain) =
        if person { (OrganisationKind::Unknown, Domain::None) } else { (kind, domain) };
    // "Pentagon contractor": one of many, not a body of that name.
    let one_of_many = phrase.tokens.list.last().is_some_and(|last| {
        last.case == Case::Lower
            && matches!(phrase.tokens.fold(phrase.tokens.len() - 1), "contractor" | "contractors")
    });
    let reading = if person || one_of_many { Reading::Nothing } else { reading };
    let itself = matches!(reading, Reading::Ambiguous(_))
        || phrase.parts.is_empty() && reading != Reading::Nothing;
    let voice = match kind {
        OrganisationKind::Unknown if !itself => Voice::Principal,
        _ => Voice::Representative,
    };
    Understanding {
        function: Function::Unknown,
        domain,
        status: Status::Current,
        voice,
        official_of: None,
        open: open.filter(|_| reading == Reading::Nothing && !person && !one_of_many),
        because: explain(Vec::new(), &reading),
        organisation: reading,
        organisation_kind: kind,
    }
}

/// A reading with its kind and domain, which a known organisation tells itself.
fn named(
    reading: Reading,
    kind: OrganisationKind,
    domain: Domain,
) -> (Reading, OrganisationKind, Domain) {
    match &reading {
        Reading::Known(known) => (reading.clone(), known.kind, known.domain),
        // "Washington": what all of them have in common is known.
        Reading::Ambiguous(all) => {
            let kind = common(all.iter().map(|one| one.kind));
            let domain = common(all.iter().map(|one| one.domain));
            let domain = domain.unwrap_or(Domain::Unknown);
            (reading, kind.unwrap_or(OrganisationKind::Unknown), domain)
        }
        Reading::Unlisted { kind: own, .. } if *own != kind => {
            let kind = *own;
            (reading, kind, Domain::None)
        }
        _ => (reading, kind, domain),
    }
}

/// What all are, if they agree.
fn common<T: PartialEq>(mut all: impl Iterator<Item = T>) -> Option<T> {
    let first = all.next()?;
    all.all(|other| other == first).then_some(first)
}

fn explain(mut because: Vec<String>, reading: &Reading) -> Vec<String> {
    // Two members of one compound are one word.
    because.dedup();
    match reading {
        Reading::Known(known) => because.push(known.name.to_owned()),
        Reading::Unlisted { name, .. } => because.push(name.clone()),
        Reading::Ambiguous(_) | Reading::Nothing => {}
    }
    because
}

/// The voice by function (convention 11): any former office-holder informs.
fn voice(function: Function, status: Status, kind: OrganisationKind) -> Voice {
    if status == Status::Former {
        return Voice::Informational;
    }
    match function {
        Function::Spokesperson | Function::Lawyer => Voice::Representative,
        Function::Expert
        | Function::Academic
        | Function::Journalist
        | Function::HealthProfessional => Voice::Informational,
        Function::Witness | Function::Resident | Function::Victim | Function::Relative => {
            Voice::Witness
        }
        Function::Unknown if kind != OrganisationKind::Unknown => Voice::Representative,
        _ => Voice::Principal,
    }
}

/// The domain whose official this is: the guide's `defence_official`, for any domain.
///
/// Of a body that no vocabulary lists, its own name must say that it is a government's: who
/// commands the "Northern Front" is nobody's official.
fn official_of(
    function: Function,
    domain: Domain,
    status: Status,
    kind: OrganisationKind,
    reading: &Reading,
) -> Option<Domain> {
    use Function as F;
    use OrganisationKind as K;
    let governs = |kind| {
        matches!(
            kind,
            K::NationalGovernment | K::SubnationalGovernment | K::Military | K::MilitaryAlliance
        )
    };
    let named = match reading {
        // "Elite Model Agency": an agency without a field may be anyone's.
        Reading::Unlisted { kind: K::NationalGovernment, .. } => domain != Domain::General,
        Reading::Unlisted { kind, .. } => governs(*kind),
        _ => true,
    };
    let official = !matches!(domain, Domain::None | Domain::Unknown)
        && governs(kind)
        && named
        && matches!(
            function,
            F::Minister
                | F::DeputyMinister
                | F::SeniorOfficial
                | F::Official
                | F::Adviser
                | F::Spokesperson
                | F::MilitaryCommander
                | F::MilitaryOfficer
        )
        && matches!(status, Status::Current | Status::Acting);
    official.then_some(domain)
}

#[cfg(test)]
mod tests;
