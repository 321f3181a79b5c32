//! What the API answers to the documents of the pages, and what can be told of it at once.

use serde::Deserialize;

use crate::domain::date::FuzzyDate;
use crate::domain::id::Id;
use crate::domain::licence::OpenLicence;
use crate::domain::quote::{FurtherSpeakerMode, Medium, QuoteKind, SpeakerKind};
use crate::domain::statement::{
    FirstQuotePrecision, StatementRelationKind, StatementRelationState,
};
use crate::domain::tenure::{BoundKind, Capacity, TenureOrigin};
use crate::domain::vocabulary::OrganisationKind;

/// Writes structs that are read of answers; fields are the API's, documented there.
macro_rules! answers {
    ($($(#[doc = $doc:literal])+ $name:ident { $($field:ident: $type:ty,)+ })+) => {$(
        $(#[doc = $doc])+
        #[derive(Debug, Clone, Deserialize)]
        #[serde(rename_all = "camelCase")]
        #[allow(missing_docs, reason = "the fields are the API's, documented there")]
        pub struct $name { $(pub $field: $type,)+ }
    )+};
}

answers! {
    /// A page of a list.
    Nodes { nodes: Vec<Quote>, }
    /// A date.
    Date { text: FuzzyDate, }
    /// Somebody or something with a page of its own.
    Named { id: Id, name: String, }
    /// The same, with what it is on Wikidata.
    Identified { id: Id, name: String, wikidata_id: Option<String>, }
    /// A role.
    Role { title: String, }
    /// An attribution as printed.
    Printed {
        speaker: Option<String>,
        role: Option<String>,
        organisation: Option<String>,
        attribution: Option<String>,
    }
    /// Somebody to whom an extractor gives the words too.
    FurtherSpeaker { mode: FurtherSpeakerMode, name: Option<String>, }
    /// A program that found a quote.
    Extractor { name: String, version: Option<String>, }
    /// That a quote was not found any more.
    Vanished { at: String, }
    /// Another account of the same words.
    Reading { text: String, printed: Printed, extractor: Option<Extractor>, }
    /// An article.
    Article {
        id: Id,
        url: Option<String>,
        site: Option<String>,
        document_id: Option<String>,
        title: Option<String>,
        publisher: Option<Named>,
        printed_publisher: Option<String>,
        authors: Vec<String>,
        published_at: Option<Date>,
        language: Option<String>,
        licence: Option<String>,
        archive_url: Option<String>,
    }
    /// How one statement stands to another.
    Relation {
        kind: StatementRelationKind,
        state: StatementRelationState,
        statement: Other,
    }
    /// Another statement.
    Other {
        id: Id,
        text: String,
        speaker_kind: SpeakerKind,
        speaker: Option<Named>,
        organisation: Option<Named>,
    }
    /// How far the words of a quote went.
    Carried {
        id: Id,
        article_count: u64,
        publisher_count: u64,
        independent_count: Option<u64>,
        contradictions: Vec<Relation>,
    }
    /// A bound of a tenure.
    Bound { bound: BoundKind, date: Option<Date>, }
    /// A quote that shows a tenure.
    Evidence { id: Id, text: String, language: Option<String>, }
    /// Tenures, and how many there are.
    Tenures { total_count: u64, nodes: Vec<Tenure>, }
    /// A name of a speaker.
    SpeakerAlias { name: String, language: Option<String>, }
    /// A name of an organisation.
    OrganisationAlias { name: String, language: String, }
    /// A statement.
    Statement {
        id: Id,
        text: String,
        speaker_kind: SpeakerKind,
        speaker: Option<Identified>,
        role: Option<Role>,
        organisation: Option<Identified>,
        first_quote_precision: FirstQuotePrecision,
        first_quote_candidate_count: u64,
        first_quote: Option<First>,
        quote_count: u64,
        article_count: u64,
        publisher_count: u64,
        independent_count: Option<u64>,
        contradictions: Vec<Relation>,
        related: Vec<Relation>,
        quotes: Nodes,
    }
    /// The first quote of a statement.
    First { id: Id, }
    /// A speaker.
    Speaker {
        id: Id,
        name: String,
        known_as: Vec<SpeakerAlias>,
        wikidata_id: Option<String>,
        wikidata_candidates: Vec<String>,
        quote_count: u64,
        statement_count: u64,
        tenures: Tenures,
        quotes: Nodes,
    }
    /// An organisation.
    Organisation {
        id: Id,
        name: String,
        kind: OrganisationKind,
        country: Option<String>,
        wikidata_id: Option<String>,
        parent: Option<Named>,
        aliases: Vec<OrganisationAlias>,
        quote_count: u64,
        statement_count: u64,
        office_holders: Tenures,
        quotes: Nodes,
    }
}

/// A quote; each page asks for a part of it.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs, reason = "the fields are the API's, documented there")]
pub struct Quote {
    pub id: Id,
    pub version: Option<String>,
    pub kind: QuoteKind,
    pub text: String,
    pub language: Option<String>,
    pub context_before: Option<String>,
    pub context_after: Option<String>,
    pub cue: Option<String>,
    pub medium: Option<Medium>,
    pub via: Option<String>,
    pub printed: Printed,
    pub speaker_kind: SpeakerKind,
    pub speaker: Option<Identified>,
    pub role: Option<Role>,
    pub organisation: Option<Identified>,
    pub capacity: Option<Capacity>,
    #[serde(default)]
    pub further_speakers: Vec<FurtherSpeaker>,
    pub said_at: Option<Date>,
    pub reported_at: Option<Date>,
    pub confidence: Option<f64>,
    pub extractor: Option<Extractor>,
    pub vanished: Option<Vanished>,
    #[serde(default)]
    pub other_readings: Vec<Reading>,
    pub article: Option<Article>,
    pub statement: Option<Carried>,
}

/// Somebody in a role.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs, reason = "the fields are the API's, documented there")]
pub struct Tenure {
    pub origin: TenureOrigin,
    pub speaker: Option<Named>,
    pub role: Option<Role>,
    pub organisation: Option<Named>,
    pub begin: Bound,
    pub end: Bound,
    pub area: Option<String>,
    pub on_behalf_of: Option<String>,
    pub source: Option<String>,
    pub quote_count: u64,
    pub evidence: Vec<Evidence>,
}

impl Printed {
    /// To whom the article attributes the words, in its own words: the whole attribution, else speaker,
    /// role and organisation; `None` where nothing is printed.
    pub fn whole(&self) -> Option<String> {
        if let Some(attribution) = &self.attribution {
            return Some(attribution.clone());
        }
        let parts = [&self.speaker, &self.role, &self.organisation];
        let parts: Vec<&str> = parts.into_iter().flatten().map(String::as_str).collect();
        (!parts.is_empty()).then(|| parts.join(", "))
    }
}

impl Relation {
    /// Whose words the other statement has.
    pub fn source(&self) -> Option<&Named> {
        self.statement.speaker.as_ref().or(self.statement.organisation.as_ref())
    }
}

impl Article {
    /// Who printed it, in the best words that there are.
    pub fn printed_by(&self) -> Option<&str> {
        let publisher = self.publisher.as_ref().map(|publisher| publisher.name.as_str());
        self.printed_publisher.as_deref().or(publisher).or(self.site.as_deref())
    }

    /// When it was published.
    pub fn published(&self) -> Option<FuzzyDate> {
        self.published_at.as_ref().map(|date| date.text)
    }

    /// Its licence, where it lets everybody repeat the text.
    pub fn open_licence(&self) -> Option<OpenLicence> {
        self.licence.as_deref().and_then(OpenLicence::of)
    }

    /// What it is called where it is named.
    pub fn label(&self) -> &str {
        let named = self.title.as_deref().or(self.document_id.as_deref());
        named.or(self.url.as_deref()).unwrap_or("an article without a title")
    }

    /// An address for a link: of the web, or none. Whatever an import let in, a link runs no script.
    pub fn link(&self) -> Option<&str> {
        of_the_web(self.url.as_deref())
    }

    /// The same of the archive.
    pub fn archive(&self) -> Option<&str> {
        of_the_web(self.archive_url.as_deref())
    }
}

fn of_the_web(address: Option<&str>) -> Option<&str> {
    address.filter(|url| url.starts_with("https://") || url.starts_with("http://"))
}

impl Quote {
    /// To whom the article attributes the words, with those who said them too, as far as the printed
    /// attribution does not name them; `None` where nobody is printed.
    pub fn attributed(&self) -> Option<String> {
        match self.printed.whole() {
            Some(whole) => Some(self.together(whole)),
            None => {
                (self.joint().next().is_some()).then(|| self.joint().collect::<Vec<_>>().join(", "))
            }
        }
    }

    /// A source with those who said the words together with it.
    pub fn together(&self, source: String) -> String {
        let others: Vec<&str> = self.joint().filter(|name| !source.contains(name)).collect();
        if others.is_empty() {
            source
        } else {
            format!("{source}, together with {}", others.join(", "))
        }
    }

    /// Those who said the words together with the speaker, by the names that the article prints.
    pub fn joint(&self) -> impl Iterator<Item = &str> {
        self.further(FurtherSpeakerMode::Joint)
    }

    /// Those whom the extractor weighed instead of the speaker.
    pub fn weighed(&self) -> impl Iterator<Item = &str> {
        self.further(FurtherSpeakerMode::Alternative)
    }

    fn further(&self, mode: FurtherSpeakerMode) -> impl Iterator<Item = &str> {
        let of = self.further_speakers.iter().filter(move |further| further.mode == mode);
        of.filter_map(|further| further.name.as_deref())
    }

    /// Other statements whose sources cannot be right beside this one's.
    pub fn contradictions(&self) -> &[Relation] {
        self.statement.as_ref().map_or(&[], |statement| &statement.contradictions)
    }

    /// When the words were said.
    pub fn said(&self) -> Option<FuzzyDate> {
        self.said_at.as_ref().map(|date| date.text)
    }

    /// When they first stood in print.
    pub fn reported(&self) -> Option<FuzzyDate> {
        self.reported_at.as_ref().map(|date| date.text)
    }

    /// The language that the attribution is printed in: the article's, else that of the words.
    pub fn article_language(&self) -> Option<&str> {
        let article = self.article.as_ref().and_then(|article| article.language.as_deref());
        article.or(self.language.as_deref())
    }

    /// The role at the time: as printed, else as it was understood.
    pub fn role_then(&self) -> Option<&str> {
        let understood = self.role.as_ref().map(|role| role.title.as_str());
        self.printed.role.as_deref().or(understood)
    }
}
