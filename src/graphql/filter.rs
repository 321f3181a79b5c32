//! Filters: what a client may ask of quotes, statements, speakers, organisations and articles.
//!
//! Inside one filter object all fields must hold; `and`, `or` and `not` nest.

use async_graphql::{ID, InputObject, InputType, Result};

use super::date::FuzzyDateInput;
use super::error::bad_input;
use crate::domain::address::Address;
use crate::domain::id::Id;
use crate::domain::language::tag;
use crate::domain::quote::{Medium, QuoteKind, SpeakerKind};
use crate::domain::vocabulary::{Domain, Function, OrganisationKind, Status, Voice};
use crate::store::organisation::OrganisationCondition;
use crate::store::quote::{ArticleMatch, Condition, DateMatch, OrganisationMatch, TextMatch};
use crate::store::speaker::SpeakerCondition;
use crate::store::statement::StatementCondition;

/// How deep filters may nest.
const MAX_NESTING: usize = 8;
/// How many values an `in` may list, and how many filters an `and` or `or`.
const MAX_VALUES: usize = 100;

/// One of the values given.
#[derive(InputObject, Debug, Clone)]
#[graphql(
    concrete(name = "QuoteKindFilter", params(QuoteKind)),
    concrete(name = "SpeakerKindFilter", params(SpeakerKind)),
    concrete(name = "MediumFilter", params(Medium)),
    concrete(name = "RoleFunctionFilter", params(Function)),
    concrete(name = "RoleDomainFilter", params(Domain)),
    concrete(name = "RoleStatusFilter", params(Status)),
    concrete(name = "VoiceFilter", params(Voice)),
    concrete(name = "OrganisationKindFilter", params(OrganisationKind)),
    concrete(name = "ExactFilter", params(String)),
    concrete(name = "IdFilter", params(ID))
)]
pub struct OneOf<T: InputType> {
    /// Equal to this.
    eq: Option<T>,
    /// Equal to one of these, at most 100; an empty list matches nothing.
    r#in: Option<Vec<T>>,
}

impl<T: InputType + PartialEq> OneOf<T> {
    /// The values allowed; `None` where nothing is said.
    fn values(self, argument: &str) -> Result<Option<Vec<T>>> {
        match (self.eq, self.r#in) {
            (_, Some(values)) if values.len() > MAX_VALUES => {
                Err(bad_input(argument, format!("`in` lists more than {MAX_VALUES} values")))
            }
            (Some(one), Some(values)) => {
                Ok(Some(values.into_iter().filter(|v| *v == one).collect()))
            }
            (Some(one), None) => Ok(Some(vec![one])),
            (None, values) => Ok(values),
        }
    }
}

/// A text, compared without case, accents and punctuation.
#[derive(InputObject, Debug, Clone)]
pub struct TextFilter {
    /// Equal to this.
    eq: Option<String>,
    /// Holds this anywhere.
    contains: Option<String>,
}

impl TextFilter {
    fn matches(self, argument: &str) -> Result<Option<TextMatch>> {
        match (self.eq, self.contains) {
            (Some(_), Some(_)) => {
                Err(bad_input(argument, "`eq` and `contains` exclude each other"))
            }
            (Some(text), None) => Ok(Some(TextMatch::Equals(text))),
            (None, Some(part)) if crate::domain::person::name_key(&part).is_empty() => {
                Err(bad_input(argument, "`contains` holds no letter or digit"))
            }
            (None, Some(part)) => Ok(Some(TextMatch::Contains(part))),
            (None, None) => Ok(None),
        }
    }
}

/// How a date must lie. Dates are intervals ("August 2021"): say whether the whole of it must lie
/// inside, or whether it is enough that it may.
#[derive(InputObject, Debug, Clone)]
pub struct DateFilter {
    /// Certainly inside: `"2021-08"` takes what is dated `2021-08` or `2021-08-13`, not `2021`.
    within: Option<FuzzyDateInput>,
    /// Possibly inside: `"2021-08"` takes what is dated `2021` too.
    overlaps: Option<FuzzyDateInput>,
    /// Certainly not before the beginning of this.
    from: Option<FuzzyDateInput>,
    /// Certainly not behind the end of this.
    to: Option<FuzzyDateInput>,
    /// Whether a date is known at all. Every other field takes known dates only.
    known: Option<bool>,
}

impl DateFilter {
    fn matches(self) -> impl Iterator<Item = DateMatch> {
        let date = |input: Option<FuzzyDateInput>| input.map(|input| input.0);
        [
            date(self.within).map(DateMatch::Within),
            date(self.overlaps).map(DateMatch::Overlaps),
            date(self.from).map(DateMatch::From),
            date(self.to).map(DateMatch::Until),
            self.known.map(DateMatch::Known),
        ]
        .into_iter()
        .flatten()
    }
}

/// Which speaker is meant.
#[derive(InputObject, Debug, Clone)]
pub struct QuoteSpeakerFilter {
    /// The speaker's id.
    id: Option<OneOf<ID>>,
    /// The speaker's name in any spelling, with or without titles, accents and case apart:
    /// `"Stéphane Dujarric"`.
    name: Option<String>,
    /// The settled Wikidata id, for example `"Q42"`.
    wikidata_id: Option<String>,
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

/// Which publisher is meant.
#[derive(InputObject, Debug, Clone)]
pub struct PublisherFilter {
    /// The publisher's id.
    id: Option<OneOf<ID>>,
    /// The publisher's name or alias, case and accents apart.
    name: Option<String>,
}

/// Which article is meant.
#[derive(InputObject, Debug, Clone)]
pub struct ArticleFilter {
    /// The article's id.
    id: Option<OneOf<ID>>,
    /// Its address in any of its spellings: scheme, `www.`, tracking parameters and a trailing
    /// slash do not matter.
    url: Option<String>,
    /// The id under which the importer knew it.
    document_id: Option<String>,
    /// The organisation that published it.
    publisher: Option<PublisherFilter>,
    /// The host of its address without `www.`, for example `"news.example"`.
    site: Option<String>,
    /// Its language (BCP 47).
    language: Option<OneOf<String>>,
    /// When it was published.
    published_at: Option<DateFilter>,
}

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
    /// The quote's id.
    id: Option<OneOf<ID>>,
    /// How the words are rendered.
    kind: Option<OneOf<QuoteKind>>,
    /// The person.
    speaker: Option<QuoteSpeakerFilter>,
    /// What sort of source it is.
    speaker_kind: Option<OneOf<SpeakerKind>>,
    /// The role at the time of the statement.
    role: Option<RoleFilter>,
    /// The organisation at the time of the statement.
    organisation: Option<QuoteOrganisationFilter>,
    /// The article that printed the words.
    article: Option<ArticleFilter>,
    /// The language of the words (BCP 47).
    language: Option<OneOf<String>>,
    /// Where the words were first given.
    medium: Option<OneOf<Medium>>,
    /// When the words were said.
    said_at: Option<DateFilter>,
    /// When the words first stood in print.
    reported_at: Option<DateFilter>,
    /// Whether the words are known only through somebody else (`via`).
    second_hand: Option<bool>,
    /// The extractor's own id.
    external_id: Option<OneOf<String>>,
}

/// Language tags in the case in which they are stored.
fn languages(argument: &str, filter: OneOf<String>) -> Result<Option<Vec<String>>> {
    let Some(values) = filter.values(argument)? else { return Ok(None) };
    let read = |text: String| {
        let problem = || format!("`{text}` is not a language tag such as en or pt-BR");
        tag(&text).ok_or_else(|| bad_input(argument, problem()))
    };
    values.into_iter().map(read).collect::<Result<_>>().map(Some)
}

fn ids(argument: &str, filter: OneOf<ID>) -> Result<Option<Vec<Id>>> {
    let Some(values) = filter.values(argument)? else { return Ok(None) };
    let read = |id: ID| id.parse().map_err(|error| bad_input(argument, error));
    values.into_iter().map(read).collect::<Result<_>>().map(Some)
}

/// Adds `condition(values)` where the filter says something.
macro_rules! add {
    ($all:expr, $argument:literal, $filter:expr, $condition:expr) => {
        if let Some(filter) = $filter {
            $all.extend(filter.values($argument)?.map($condition));
        }
    };
}

/// [`add!`] for ids.
macro_rules! add_ids {
    ($all:expr, $argument:literal, $filter:expr, $condition:expr) => {
        if let Some(filter) = $filter {
            $all.extend(ids($argument, filter)?.map($condition));
        }
    };
}

impl QuoteFilter {
    /// The store's condition for a filter that may be absent.
    pub fn condition_of(filter: Option<Self>) -> Result<Condition> {
        match filter {
            Some(filter) => filter.condition(0),
            None => Ok(Condition::All(Vec::new())),
        }
    }

    fn condition(self, depth: usize) -> Result<Condition> {
        if depth > MAX_NESTING {
            let problem = format!("filters nest deeper than {MAX_NESTING} levels");
            return Err(bad_input("filter", problem));
        }
        let each = |argument: &str, filters: Vec<Self>| -> Result<Vec<Condition>> {
            if filters.len() > MAX_VALUES {
                let problem = format!("lists more than {MAX_VALUES} filters");
                return Err(bad_input(argument, problem));
            }
            filters.into_iter().map(|filter| filter.condition(depth + 1)).collect()
        };
        let mut all = Vec::new();
        if let Some(filters) = self.and {
            all.extend(each("filter.and", filters)?);
        }
        if let Some(filters) = self.or {
            all.push(Condition::Any(each("filter.or", filters)?));
        }
        if let Some(filter) = self.not {
            all.push(Condition::Not(Box::new(filter.condition(depth + 1)?)));
        }
        add_ids!(all, "filter.id", self.id, Condition::Id);
        add!(all, "filter.kind", self.kind, Condition::Kind);
        add!(all, "filter.speakerKind", self.speaker_kind, Condition::SpeakerKind);
        if let Some(language) = self.language {
            all.extend(languages("filter.language", language)?.map(Condition::Language));
        }
        add!(all, "filter.medium", self.medium, Condition::Medium);
        add!(all, "filter.externalId", self.external_id, Condition::ExternalId);
        all.extend(self.second_hand.map(Condition::SecondHand));
        let said = self.said_at.into_iter().flat_map(DateFilter::matches);
        all.extend(said.map(Condition::Said));
        let reported = self.reported_at.into_iter().flat_map(DateFilter::matches);
        all.extend(reported.map(Condition::Reported));
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

/// The organisation that an id filter and a name mean together; `None` where neither says anything.
fn organisation_match(
    argument: &str,
    id: Option<OneOf<ID>>,
    name: Option<String>,
    descendants: bool,
) -> Result<Option<OrganisationMatch>> {
    let ids = match id {
        Some(filter) => ids(argument, filter)?,
        None => None,
    };
    Ok((ids.is_some() || name.is_some()).then_some(OrganisationMatch { ids, name, descendants }))
}

impl ArticleFilter {
    /// The store's conditions; all must hold.
    pub fn matches(self) -> Result<Vec<ArticleMatch>> {
        let mut all = Vec::new();
        add_ids!(all, "filter.article.id", self.id, ArticleMatch::Id);
        if let Some(url) = self.url {
            Address::read(&url).map_err(|error| bad_input("filter.article.url", error))?;
            all.push(ArticleMatch::Url(url));
        }
        all.extend(self.document_id.map(ArticleMatch::DocumentId));
        if let Some(publisher) = self.publisher {
            let argument = "filter.article.publisher.id";
            let wanted = organisation_match(argument, publisher.id, publisher.name, false)?;
            all.extend(wanted.map(ArticleMatch::Publisher));
        }
        all.extend(self.site.map(ArticleMatch::Site));
        if let Some(language) = self.language {
            all.extend(languages("filter.article.language", language)?.map(ArticleMatch::Language));
        }
        let published = self.published_at.into_iter().flat_map(DateFilter::matches);
        all.extend(published.map(ArticleMatch::Published));
        Ok(all)
    }
}

/// What a statement must be. All fields must hold.
#[derive(InputObject, Debug, Clone, Default)]
pub struct StatementFilter {
    /// The person.
    speaker: Option<QuoteSpeakerFilter>,
    /// What sort of source the first quote has.
    speaker_kind: Option<OneOf<SpeakerKind>>,
    /// The organisation of the first quote.
    organisation: Option<StatementOrganisationFilter>,
}

/// Which organisation is meant.
#[derive(InputObject, Debug, Clone)]
pub struct StatementOrganisationFilter {
    /// The organisation's id.
    id: Option<OneOf<ID>>,
    /// A name or alias, case and accents apart.
    name: Option<String>,
    /// Also every organisation below it.
    #[graphql(default = false)]
    include_descendants: bool,
}

impl StatementFilter {
    /// The store's condition.
    pub fn condition(self) -> Result<StatementCondition> {
        let mut condition = StatementCondition::default();
        if let Some(speaker) = self.speaker {
            if let Some(filter) = speaker.id {
                condition.speaker = ids("filter.speaker.id", filter)?;
            }
            condition.speaker_name = speaker.name;
            condition.speaker_wikidata = speaker.wikidata_id;
        }
        if let Some(filter) = self.speaker_kind {
            condition.speaker_kind = filter.values("filter.speakerKind")?;
        }
        if let Some(wanted) = self.organisation {
            condition.organisation = organisation_match(
                "filter.organisation.id",
                wanted.id,
                wanted.name,
                wanted.include_descendants,
            )?;
        }
        Ok(condition)
    }
}

/// What a speaker must be. All fields must hold.
#[derive(InputObject, Debug, Clone, Default)]
pub struct SpeakerFilter {
    /// The name; `eq` also takes every spelling that was printed, titles included.
    name: Option<TextFilter>,
    /// The settled Wikidata id, for example `"Q42"`.
    wikidata_id: Option<String>,
}

impl SpeakerFilter {
    /// The store's condition.
    pub fn condition(self) -> Result<SpeakerCondition> {
        let name = match self.name {
            Some(name) => name.matches("filter.name")?,
            None => None,
        };
        Ok(SpeakerCondition { name, wikidata: self.wikidata_id })
    }
}

/// What an organisation must be. All fields must hold.
#[derive(InputObject, Debug, Clone, Default)]
pub struct OrganisationFilter {
    /// The name; `eq` also takes every alias.
    name: Option<TextFilter>,
    /// What kind of body it is.
    kind: Option<OneOf<OrganisationKind>>,
    /// The country that it belongs to (ISO 3166 alpha-2), for example `"AF"`.
    country: Option<String>,
    /// Directly below one of these.
    parent: Option<OneOf<ID>>,
}

impl OrganisationFilter {
    /// The store's condition.
    pub fn condition(self) -> Result<OrganisationCondition> {
        Ok(OrganisationCondition {
            name: match self.name {
                Some(name) => name.matches("filter.name")?,
                None => None,
            },
            kind: match self.kind {
                Some(kind) => kind.values("filter.kind")?,
                None => None,
            },
            country: self.country,
            parent: match self.parent {
                Some(parent) => ids("filter.parent", parent)?,
                None => None,
            },
        })
    }
}
