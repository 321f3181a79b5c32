//! `QuoteFilter`: what a quote must be.

use std::sync::Arc;

use async_graphql::{ID, InputObject, Result};

use super::article::ArticleFilter;
use super::tenure::QuoteTenureFilter;
use super::{
    DateFilter, MAX_VALUES, OneOf, TextFilter, add, add_ids, ids, languages, organisation_match,
};
use crate::domain::quote::{Medium, QuoteKind, SpeakerKind};
use crate::domain::search::Query;
use crate::domain::tenure::Capacity;
use crate::domain::vocabulary::{Domain, Function, OrganisationKind, Status, Voice};
use crate::graphql::error::bad_input;
use crate::store::quote::Condition;

/// How deep filters may nest.
const MAX_NESTING: usize = 8;

/// Which speaker is meant.
#[derive(InputObject, Debug, Clone)]
pub struct QuoteSpeakerFilter {
    /// The speaker's id.
    pub(super) id: Option<OneOf<ID>>,
    /// The speaker's name in any spelling, with or without titles, accents and case apart:
    /// `"Stéphane Dujarric"`.
    pub(super) name: Option<String>,
    /// The settled Wikidata id, for example `"Q42"`.
    pub(super) wikidata_id: Option<String>,
}

/// Which role is meant. It is the role at the time of the statement, as the article gives it, never
/// what the speaker is today.
#[derive(InputObject, Debug, Clone)]
pub struct RoleFilter {
    /// The role's id.
    id: Option<OneOf<ID>>,
    /// What its holder does: `{ eq: SPOKESPERSON }`.
    function: Option<OneOf<Function>>,
    /// The field of public policy that it belongs to. A defence analyst has the domain `DEFENCE`
    /// and is no official: see `officialOf`.
    domain: Option<OneOf<Domain>>,
    /// Whether its holder was in office.
    status: Option<OneOf<Status>>,
    /// For whom its holder speaks.
    voice: Option<OneOf<Voice>>,
    /// Officials of this domain, of any country, named or not: a minister, deputy minister, senior
    /// or other official, adviser, spokesperson, commander or officer, in office or acting, at a
    /// national or subnational government, an armed force or a military alliance, whose post or
    /// organisation belongs to the domain. Not: former, shadow or designate office-holders, heads
    /// of international organisations, members of parliament and its committees, analysts,
    /// correspondents, contractors, lawyers, armed groups, and organisations speaking as such.
    official_of: Option<Domain>,
    /// The title as printed.
    title: Option<TextFilter>,
}

/// Which organisation is meant.
#[derive(InputObject, Debug, Clone)]
pub struct QuoteOrganisationFilter {
    /// The organisation's id.
    id: Option<OneOf<ID>>,
    /// A name or alias, case and accents apart: `"UN"`, `"the Pentagon"`, `"Taliban"`. An
    /// ambiguous alias means every organisation that goes by it.
    name: Option<String>,
    /// Also every organisation below it: of the UN also UNHCR and WHO.
    #[graphql(default = false)]
    include_descendants: bool,
    /// What kind of body it is.
    kind: Option<OneOf<OrganisationKind>>,
    /// The country that it belongs to (ISO 3166 alpha-2), for example `"AF"`.
    country: Option<String>,
}

// Boxed, since filters nest and each level of reading one holds all of its fields.
/// What a quote must be. All fields must hold. What a field asks about must be known: a quote
/// without a speaker is not "by Ada Quill", and it *is* "not by Ada Quill".
#[derive(InputObject, Debug, Clone)]
pub struct QuoteFilter {
    /// All of these, at most 100; an empty list excludes nothing.
    and: Option<Vec<QuoteFilter>>,
    /// Any of these, at most 100; an empty list matches nothing.
    or: Option<Vec<QuoteFilter>>,
    /// Not this.
    not: Option<Box<QuoteFilter>>,
    /// Words that the quote has. Case, accents, quotation marks, dashes, blanks and apostrophes do not
    /// count.
    ///
    /// - `climate change`: both words, anywhere in it. Words of one stem count as one (`negotiate`
    ///   finds "negotiations"), in quotes whose language is known or sure by their words.
    /// - `"wait until it's too late"`: exactly these words side by side; so is `short-term`, and a
    ///   word in a script without blanks.
    /// - `-summit`, `-"cold war"` or `NOT summit`: without these.
    /// - `negotiat*`: words that begin so, with at least two characters.
    /// - `tariff OR duty`: either, closer than a blank: `war tariff OR duty` is `war (tariff OR duty)`.
    ///
    /// There is no wrong search: what makes no sense counts for nothing, and operators alone are words.
    /// One without a word restricts nothing, one of `-words` alone finds the others. The first 256
    /// characters are read, and of them 12 words and phrases: `QuoteConnection.search` tells how it was
    /// read. Every database finds the same.
    search: Option<String>,
    /// The quote's id.
    id: Option<OneOf<ID>>,
    /// How the words are rendered.
    kind: Option<OneOf<QuoteKind>>,
    /// The person.
    speaker: Option<Box<QuoteSpeakerFilter>>,
    /// What sort of source it is.
    speaker_kind: Option<OneOf<SpeakerKind>>,
    /// The role at the time of the statement.
    role: Option<Box<RoleFilter>>,
    /// How the printed role agrees with what is recorded of the speaker: `{ eq: CONFLICT }`.
    capacity: Option<OneOf<Capacity>>,
    /// The organisation at the time of the statement.
    organisation: Option<Box<QuoteOrganisationFilter>>,
    /// The role that the speaker held at that time by the record, printed or not.
    tenure: Option<Box<QuoteTenureFilter>>,
    /// The article that printed the words.
    article: Option<Box<ArticleFilter>>,
    /// The language of the words (BCP 47).
    language: Option<OneOf<String>>,
    /// Where the words were first given.
    medium: Option<OneOf<Medium>>,
    /// When the words were said.
    said_at: Option<Box<DateFilter>>,
    /// When the words first stood in print.
    reported_at: Option<Box<DateFilter>>,
    /// Whether the words are known only through somebody else (`via`).
    second_hand: Option<bool>,
    /// Whether the only extractor that had found the quote did not find it any more when it read the
    /// article again (`Quote.vanished`).
    vanished: Option<bool>,
    /// The extractor's own id.
    external_id: Option<OneOf<String>>,
}

impl QuoteFilter {
    /// The store's condition for a filter that may be absent.
    pub fn condition_of(filter: Option<Self>) -> Result<Condition> {
        match filter {
            Some(filter) => filter.condition(0, &mut 0),
            None => Ok(Condition::All(Vec::new())),
        }
    }

    fn condition(self, depth: usize, filters_seen: &mut usize) -> Result<Condition> {
        *filters_seen += 1;
        if *filters_seen > MAX_VALUES {
            let problem = format!("holds more than {MAX_VALUES} filters in all");
            return Err(bad_input("filter", problem));
        }
        if depth > MAX_NESTING {
            let problem = format!("filters nest deeper than {MAX_NESTING} levels");
            return Err(bad_input("filter", problem));
        }
        let mut each = |argument: &str, filters: Vec<Self>| -> Result<Vec<Condition>> {
            if filters.len() > MAX_VALUES {
                let problem = format!("lists more than {MAX_VALUES} filters");
                return Err(bad_input(argument, problem));
            }
            filters.into_iter().map(|filter| filter.condition(depth + 1, filters_seen)).collect()
        };
        let mut all = Vec::new();
        if let Some(filters) = self.and {
            all.extend(each("filter.and", filters)?);
        }
        if let Some(filters) = self.or {
            all.push(Condition::Any(each("filter.or", filters)?));
        }
        if let Some(filter) = self.not {
            all.push(Condition::Not(Box::new(filter.condition(depth + 1, filters_seen)?)));
        }
        all.extend(self.search.map(|text| Condition::Search(Arc::new(Query::read(&text)))));
        add_ids!(all, "filter.id", self.id, Condition::Id);
        add!(all, "filter.kind", self.kind, Condition::Kind);
        add!(all, "filter.speakerKind", self.speaker_kind, Condition::SpeakerKind);
        if let Some(language) = self.language {
            all.extend(languages("filter.language", language)?.map(Condition::Language));
        }
        add!(all, "filter.medium", self.medium, Condition::Medium);
        add!(all, "filter.capacity", self.capacity, Condition::Capacity);
        add!(all, "filter.externalId", self.external_id, Condition::ExternalId);
        all.extend(self.second_hand.map(Condition::SecondHand));
        all.extend(self.vanished.map(Condition::Vanished));
        if let Some(said) = self.said_at {
            all.extend(said.matches("filter.saidAt")?.map(Condition::Said));
        }
        if let Some(reported) = self.reported_at {
            all.extend(reported.matches("filter.reportedAt")?.map(Condition::Reported));
        }
        if let Some(speaker) = self.speaker {
            add_ids!(all, "filter.speaker.id", speaker.id, Condition::Speaker);
            all.extend(speaker.name.map(Condition::SpeakerNamed));
            all.extend(speaker.wikidata_id.map(Condition::SpeakerWikidata));
        }
        if let Some(role) = self.role {
            role.conditions(&mut all)?;
        }
        if let Some(organisation) = self.organisation {
            organisation.conditions(&mut all)?;
        }
        if let Some(tenure) = self.tenure {
            all.push(Condition::Held(Box::new(tenure.condition()?)));
        }
        if let Some(article) = self.article {
            all.extend(article.matches()?.into_iter().map(Condition::Article));
        }
        Ok(match all.len() {
            1 => all.swap_remove(0),
            _ => Condition::All(all),
        })
    }
}

impl RoleFilter {
    fn conditions(self, all: &mut Vec<Condition>) -> Result<()> {
        add_ids!(all, "filter.role.id", self.id, Condition::Role);
        add!(all, "filter.role.function", self.function, Condition::Function);
        add!(all, "filter.role.domain", self.domain, Condition::Domain);
        add!(all, "filter.role.status", self.status, Condition::Status);
        add!(all, "filter.role.voice", self.voice, Condition::Voice);
        all.extend(self.official_of.map(|domain| Condition::OfficialOf(vec![domain])));
        if let Some(title) = self.title {
            all.extend(title.matches("filter.role.title")?.map(Condition::RoleTitle));
        }
        Ok(())
    }
}

impl QuoteOrganisationFilter {
    fn conditions(self, all: &mut Vec<Condition>) -> Result<()> {
        let wanted = organisation_match(
            "filter.organisation.id",
            self.id,
            self.name,
            self.include_descendants,
        )?;
        all.extend(wanted.map(Condition::Organisation));
        add!(all, "filter.organisation.kind", self.kind, Condition::OrganisationKind);
        all.extend(self.country.map(Condition::OrganisationCountry));
        Ok(())
    }
}
