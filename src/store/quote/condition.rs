//! Conditions on quotes and articles, as a tree, and the predicate that they become.
//!
//! A condition on role or organisation speaks of the attribution of the quote itself, at the time
//! of the statement; never of what the speaker is today.

use std::sync::Arc;

use crate::domain::address::Address;
use crate::domain::date::FuzzyDate;
use crate::domain::id::{Id, Kind};
use crate::domain::person;
use crate::domain::quote::{Medium, QuoteKind, SpeakerKind};
use crate::domain::search::Query;
use crate::domain::tenure::Capacity;
use crate::domain::vocabulary::{Domain, Function, OrganisationKind, Status, Voice};
use crate::store::dialect::Connection;
use crate::store::dialect::words::{self, Reads};
use crate::store::error::Result;
use crate::store::predicate::{Predicate, column};
use crate::store::tenure::TenureCondition;
use crate::store::{merged, organisation as organisations, speaker as speakers};

/// `column IN (…)` for the words of a vocabulary.
macro_rules! words {
    ($table:ident . $column:ident, $words:expr) => {
        Predicate::words(column!($table.$column), $words.iter().map(|word| word.as_str()).collect())
    };
}

/// The record of a quote's speaker, or of whoever was merged into them, that surely covers the best
/// date known.
const HELD: &str = "SELECT 1 FROM tenure WHERE tenure.speaker_id IN (SELECT quote.speaker_id \
    UNION ALL SELECT other.id FROM speaker other WHERE other.merged_into = quote.speaker_id) \
    AND tenure.begin_latest <= coalesce(quote.said_earliest, quote.reported_earliest) \
    AND tenure.end_earliest >= coalesce(quote.said_latest, quote.reported_latest) AND ";

/// What a quote must be to stand in a list.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Condition {
    /// All of these; of none: every quote.
    All(Vec<Condition>),
    /// Any of these; of none: no quote.
    Any(Vec<Condition>),
    /// Not this.
    Not(Box<Condition>),
    /// One of these quotes.
    Id(Vec<Id>),
    /// Of one of these kinds.
    Kind(Vec<QuoteKind>),
    /// Attributed to one of these speakers.
    Speaker(Vec<Id>),
    /// Attributed to a speaker of this name, titles and spelling apart.
    SpeakerNamed(String),
    /// Attributed to the speaker with this Wikidata id.
    SpeakerWikidata(String),
    /// Attributed to one of these sorts of source.
    SpeakerKind(Vec<SpeakerKind>),
    /// By a source with one of these functions.
    Function(Vec<Function>),
    /// By a source whose role lies in one of these domains.
    Domain(Vec<Domain>),
    /// By a source whose role had one of these states.
    Status(Vec<Status>),
    /// By a source that speaks in one of these voices.
    Voice(Vec<Voice>),
    /// By an official of one of these domains.
    OfficialOf(Vec<Domain>),
    /// In this very role.
    Role(Vec<Id>),
    /// By a source whose printed role matches.
    RoleTitle(TextMatch),
    /// By a source at this organisation.
    Organisation(OrganisationMatch),
    /// By a source at one of these organisations.
    OrganisationId(Vec<Id>),
    /// At an organisation of one of these kinds.
    OrganisationKind(Vec<OrganisationKind>),
    /// At an organisation of this country (ISO 3166 alpha-2).
    OrganisationCountry(String),
    /// In an article that matches.
    Article(ArticleMatch),
    /// Behind one of these statements.
    Statement(Vec<Id>),
    /// In one of these languages (BCP 47).
    Language(Vec<String>),
    /// With a role that stands so to the record.
    Capacity(Vec<Capacity>),
    /// First given in one of these ways.
    Medium(Vec<Medium>),
    /// Said when.
    Said(DateMatch),
    /// First in print when.
    Reported(DateMatch),
    /// Known (or not) only through somebody else.
    SecondHand(bool),
    /// With one of these ids of the extractor's.
    ExternalId(Vec<String>),
    /// Not found any more (or still there) when its article was read again.
    Vanished(bool),
    /// By a speaker who, as the record has it, certainly held such a role at the best date known.
    Held(Box<TenureCondition>),
    /// Found by this search.
    Search(Arc<Query>),
}

/// How a folded text must match.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum TextMatch {
    /// Equal after folding.
    Equals(String),
    /// Holds this, after folding.
    Contains(String),
}

/// Which organisation is meant.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct OrganisationMatch {
    /// One of these, where given, …
    pub ids: Option<Vec<Id>>,
    /// … that goes by this name or alias, where given.
    pub name: Option<String>,
    /// And every organisation below.
    pub descendants: bool,
}

/// Which article is meant.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum ArticleMatch {
    /// One of these.
    Id(Vec<Id>),
    /// The one at this address, in any of its spellings.
    Url(String),
    /// Those that an importer knew by this id.
    DocumentId(String),
    /// Those of this publisher.
    Publisher(OrganisationMatch),
    /// Those on this site (host without `www.`).
    Site(String),
    /// Those in one of these languages.
    Language(Vec<String>),
    /// Those published when.
    Published(DateMatch),
}

/// How an interval must lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DateMatch {
    /// Certainly inside: the whole of it.
    Within(FuzzyDate),
    /// Possibly inside: some of it.
    Overlaps(FuzzyDate),
    /// Certainly at or after the beginning of this date.
    From(FuzzyDate),
    /// Certainly at or before the end of this date.
    Until(FuzzyDate),
    /// Known at all, or not.
    Known(bool),
}

impl Condition {
    /// The searches that every quote which meets it is found by.
    pub fn searches(&self) -> Vec<&Query> {
        match self {
            Self::Search(query) => vec![query],
            Self::All(conditions) => conditions.iter().flat_map(Self::searches).collect(),
            _ => Vec::new(),
        }
    }

    /// Whether every quote surely meets it.
    pub(in crate::store) fn is_everything(&self) -> bool {
        match self {
            Self::All(conditions) => conditions.iter().all(Self::is_everything),
            Self::Search(query) => query.is_everything(),
            _ => false,
        }
    }

    /// The search that it is, if it is nothing else.
    pub(in crate::store) fn as_search(&self) -> Option<&Query> {
        match self {
            Self::Search(query) => Some(query),
            Self::All(conditions) => match conditions.as_slice() {
                [condition] => condition.as_search(),
                _ => None,
            },
            _ => None,
        }
    }

    /// The predicate on `quote`, for the beginning of a list.
    pub(in crate::store) fn predicate(&self, connection: &mut Connection) -> Result<Predicate> {
        self.predicate_by(connection, Reads::Some)
    }

    /// The predicate on `quote`, for who reads every quote that meets it: to count, for one.
    pub(in crate::store) fn predicate_of_all(
        &self,
        connection: &mut Connection,
    ) -> Result<Predicate> {
        let reads = self.reads(connection)?;
        self.predicate_by(connection, reads)
    }

    /// How the searches of the condition are best answered to who reads all that meet it: the other
    /// conditions may leave few quotes, of which each is soon looked at.
    fn reads(&self, connection: &mut Connection) -> Result<Reads> {
        let Self::All(conditions) = self else { return Ok(Reads::All) };
        let others = conditions.iter().filter(|condition| condition.searches().is_empty());
        let others: Vec<Self> = others.cloned().collect();
        if others.is_empty() || others.len() == conditions.len() {
            return Ok(Reads::All);
        }
        let others = Self::All(others).predicate(connection)?;
        Ok(words::reads(connection, &others)?)
    }

    /// Whether it has a search that finds so much that each quote on the way is better looked at, and
    /// nothing else that leaves few of them.
    pub(in crate::store) fn is_common(&self, connection: &mut Connection) -> Result<bool> {
        for query in self.searches() {
            if !query.is_everything() && !words::finds_few(connection, query)? {
                return Ok(self.reads(connection)? == Reads::All);
            }
        }
        Ok(false)
    }

    /// The predicate on `quote`. Names become the ids that they have in this database, so that an
    /// index can be entered by them.
    fn predicate_by(&self, connection: &mut Connection, reads: Reads) -> Result<Predicate> {
        let mut each = |conditions: &[Self]| -> Result<Vec<Predicate>> {
            conditions.iter().map(|condition| condition.predicate_by(connection, reads)).collect()
        };
        let speaker = |ids| Predicate::ids(column!(quote.speaker_id), ids);
        let organisation = |ids| Predicate::ids(column!(quote.organisation_id), ids);
        Ok(match self {
            Self::All(conditions) => Predicate::all(each(conditions)?),
            Self::Any(conditions) => Predicate::Any(each(conditions)?),
            Self::Not(condition) => {
                Predicate::Not(Box::new(condition.predicate_by(connection, reads)?))
            }
            Self::Id(ids) => Predicate::ids(column!(quote.id), ids.clone()),
            Self::Kind(kinds) => words!(quote.kind, kinds),
            Self::Speaker(ids) => speaker(merged::roots(connection, ids.clone())?),
            Self::SpeakerNamed(name) => speaker(speakers::ids_by_name(connection, name)?),
            Self::SpeakerWikidata(item) => speaker(speakers::ids_by_wikidata(connection, item)?),
            Self::SpeakerKind(kinds) => words!(quote.speaker_kind, kinds),
            Self::Function(functions) => words!(quote.function, functions),
            Self::Domain(domains) => words!(quote.domain, domains),
            Self::Status(states) => words!(quote.status, states),
            Self::OfficialOf(domains) => words!(quote.official_of, domains),
            Self::Role(ids) => {
                let ids = merged::roots(connection, ids.clone())?;
                Predicate::ids(column!(quote.role_id), ids)
            }
            Self::Statement(ids) => Predicate::ids(column!(quote.statement_id), ids.clone()),
            Self::Language(tags) => Predicate::texts(column!(quote.language), tags.clone()),
            Self::Capacity(wanted) => {
                let mut any = vec![words!(quote.capacity, wanted)];
                // What is not known stands there as nothing.
                if wanted.contains(&Capacity::Unknown) {
                    any.push(Predicate::Known(column!(quote.capacity), false));
                }
                if any.len() == 1 { any.swap_remove(0) } else { Predicate::Any(any) }
            }
            Self::Medium(media) => words!(quote.medium, media),
            Self::ExternalId(ids) => Predicate::texts(column!(quote.external_id), ids.clone()),
            Self::OrganisationId(ids) => organisation(merged::roots(connection, ids.clone())?),
            Self::Organisation(wanted) => organisation(organisations::ids(connection, wanted)?),
            Self::SecondHand(known) => Predicate::Known(column!(quote.via), *known),
            Self::Vanished(known) => Predicate::Known(column!(quote.vanished_at), *known),
            Self::Said(date) => {
                date.predicate(column!(quote.said_earliest), column!(quote.said_latest))
            }
            Self::Reported(date) => {
                date.predicate(column!(quote.reported_earliest), column!(quote.reported_latest))
            }
            Self::Voice(voices) => of_a_role(words!(role.voice, voices)),
            Self::RoleTitle(wanted) => of_a_role(wanted.predicate(column!(role.title_key))),
            Self::OrganisationKind(kinds) => at_an_organisation(words!(organisation.kind, kinds)),
            Self::OrganisationCountry(code) => at_an_organisation(Predicate::texts(
                column!(organisation.country),
                vec![code.to_ascii_uppercase()],
            )),
            Self::Search(query) if query.is_everything() => Predicate::all(Vec::new()),
            Self::Search(query) => words::predicate(connection, query, reads)?,
            Self::Held(tenure) => {
                let meet = tenure.predicate(connection)?;
                let ids = "SELECT coalesce(person.merged_into, person.id) FROM tenure \
                           JOIN speaker person ON person.id = tenure.speaker_id WHERE ";
                // Those who ever did are few, and an index leads to their quotes.
                let ever = Predicate::Below {
                    column: column!(quote.speaker_id),
                    ids,
                    meet: Box::new(meet.clone()),
                };
                Predicate::all(vec![ever, Predicate::Exists { rows: HELD, meet: Box::new(meet) }])
            }
            Self::Article(ArticleMatch::Id(ids)) => {
                Predicate::ids(column!(quote.article_id), ids.clone())
            }
            Self::Article(wanted) => Predicate::Below {
                column: column!(quote.article_id),
                ids: "SELECT article.id FROM article WHERE ",
                meet: Box::new(wanted.predicate(connection)?),
            },
        })
    }
}

impl ArticleMatch {
    /// The predicate on `article`.
    pub(in crate::store) fn predicate(&self, connection: &mut Connection) -> Result<Predicate> {
        Ok(match self {
            Self::Id(ids) => Predicate::ids(column!(article.id), ids.clone()),
            Self::Url(url) => match Address::read(url) {
                Ok(address) => Predicate::ids(column!(article.id), vec![at_address(&address)]),
                // What is no address is the address of no article.
                Err(_) => Predicate::NEVER,
            },
            Self::DocumentId(document) => {
                Predicate::texts(column!(article.document_id), vec![document.clone()])
            }
            Self::Publisher(wanted) => {
                let mut ids = organisations::ids(connection, wanted)?;
                // Articles keep the publisher that they print.
                ids.extend(merged::members(connection, &ids)?.into_iter().map(|(id, _)| id));
                Predicate::ids(column!(article.publisher_id), ids)
            }
            Self::Site(site) => Predicate::texts(column!(article.site), vec![site.clone()]),
            Self::Language(tags) => Predicate::texts(column!(article.language), tags.clone()),
            Self::Published(date) => date
                .predicate(column!(article.published_earliest), column!(article.published_latest)),
        })
    }
}

impl TextMatch {
    /// The predicate on a folded name.
    pub(in crate::store) fn predicate(&self, key: &'static str) -> Predicate {
        match self {
            Self::Equals(name) => Predicate::texts(key, vec![person::name_key(name)]),
            Self::Contains(part) => Predicate::Like(key, containing(part)),
        }
    }
}

impl DateMatch {
    /// How `[earliest, latest]` must lie; unknown dates match `Known(false)` alone.
    fn predicate(self, earliest: &'static str, latest: &'static str) -> Predicate {
        use Predicate::{All, AtLeast, AtMost, Known};
        match self {
            Self::Within(date) => {
                All(vec![AtLeast(earliest, date.earliest), AtMost(latest, date.latest)])
            }
            Self::Overlaps(date) => {
                All(vec![AtMost(earliest, date.latest), AtLeast(latest, date.earliest)])
            }
            Self::From(date) => AtLeast(earliest, date.earliest),
            Self::Until(date) => AtMost(latest, date.latest),
            Self::Known(known) => Known(earliest, known),
        }
    }
}

fn of_a_role(meet: Predicate) -> Predicate {
    Predicate::Below {
        column: column!(quote.role_id),
        ids: "SELECT role.id FROM role WHERE ",
        meet: Box::new(meet),
    }
}

fn at_an_organisation(meet: Predicate) -> Predicate {
    Predicate::Below {
        column: column!(quote.organisation_id),
        ids: "SELECT organisation.id FROM organisation WHERE ",
        meet: Box::new(meet),
    }
}

/// The id of the article at an address.
pub(in crate::store) fn at_address(address: &Address) -> Id {
    Id::derive(Kind::Article, &[b"url", address.key.as_bytes()])
}

/// The LIKE pattern of "holds these folded words"; nothing in them is a wildcard.
pub(in crate::store) fn containing(part: &str) -> String {
    let key = person::name_key(part);
    let escaped = key.replace('!', "!!").replace('%', "!%").replace('_', "!_");
    format!("%{escaped}%")
}
