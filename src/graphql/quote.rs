//! `Quote`: words as one article printed them, with the attribution printed there.

use async_graphql::{Context, Enum, ID, Object, Result, SimpleObject};

use super::article::Article;
use super::attribution::{Extractor, FurtherSpeaker, PrintedAttribution, QuoteReading};
use super::connection::{JudgementConnection, PageArguments, cost};
use super::date::DateInterval;
use super::judgement::judgements_of;
use super::organisation::Organisation;
use super::role::Role;
use super::speaker::Speaker;
use super::statement::Statement;
use crate::domain::date::rfc3339;
use crate::domain::quote::{Medium, QuoteKind, SpeakerKind};
use crate::domain::search::Query;
use crate::domain::tenure::Capacity;
use crate::domain::vocabulary::Domain;
use crate::store::page::Place;
use crate::store::quote::{Order, QuoteRow, place};
use crate::store::search::score;

/// That a quote was not found any more.
#[derive(SimpleObject)]
pub struct Vanished {
    /// When that was found out, RFC 3339 in UTC.
    at: String,
    /// The import that found it out.
    import_id: ID,
}

/// A quote with what the query asks for around it.
#[derive(Clone)]
pub struct Quote {
    pub(super) row: QuoteRow,
    pub(super) article: Option<Article>,
    pub(super) speaker: Option<Speaker>,
    pub(super) role: Option<Role>,
    pub(super) organisation: Option<Organisation>,
    pub(super) statement: Option<Box<Statement>>,
    pub(super) further_speakers: Vec<FurtherSpeaker>,
    pub(super) other_readings: Vec<QuoteReading>,
}

/// Words as one article printed them, with the attribution printed there. What was printed is
/// never rewritten; what it was resolved to stands beside it, and is null where the print does not
/// decide.
#[Object]
impl Quote {
    /// The id: the same after every rebuild from the same input.
    pub(super) async fn id(&self) -> ID {
        ID(self.row.id.to_string())
    }

    /// What the quote shows, in a word: another one whenever any of it was changed. `updateQuote`
    /// and `deleteQuote` want the version that you saw.
    async fn version(&self) -> String {
        data_encoding::HEXLOWER.encode(&self.row.fingerprint)
    }

    /// How the words are rendered: the speaker's own, the writer's, or a mixture.
    async fn kind(&self) -> QuoteKind {
        self.row.kind
    }

    /// The words, without outer quotation marks.
    async fn text(&self) -> &str {
        &self.row.text
    }

    /// The language of the words (BCP 47); the article's where the quote has none of its own.
    async fn language(&self) -> Option<&str> {
        self.row.language.as_deref()
    }

    /// What stands before the words in the article.
    async fn context_before(&self) -> Option<&str> {
        self.row.context_before.as_deref()
    }

    /// What stands behind the words in the article.
    async fn context_after(&self) -> Option<&str> {
        self.row.context_after.as_deref()
    }

    /// Where the words begin in the article's text, in Unicode scalar values from 0.
    async fn start(&self) -> Option<i64> {
        self.row.start_at
    }

    /// Where the words end in the article's text, in Unicode scalar values, exclusive.
    async fn end(&self) -> Option<i64> {
        self.row.end_at
    }

    /// The number of the quote in its article, as the extractor counts.
    async fn position(&self) -> Option<i64> {
        self.row.position
    }

    /// The reporting verb or phrase, for example `claims` or `according to`.
    async fn cue(&self) -> Option<&str> {
        self.row.cue.as_deref()
    }

    /// Where the words were first given, as far as the article says.
    async fn medium(&self) -> Option<Medium> {
        self.row.medium
    }

    /// Who passed the words on, where the article knows them only second-hand: `the United
    /// Nations` in "the UN said the Taliban had denied it".
    async fn via(&self) -> Option<&str> {
        self.row.via.as_deref()
    }

    /// The attribution exactly as the article prints it.
    async fn printed(&self) -> PrintedAttribution {
        PrintedAttribution::of(&self.row)
    }

    /// What sort of source the words are attributed to.
    async fn speaker_kind(&self) -> SpeakerKind {
        self.row.speaker_kind
    }

    /// The person; null where no name is printed. An unnamed source has a role and an
    /// organisation, and no speaker.
    async fn speaker(&self) -> Option<&Speaker> {
        self.speaker.as_ref()
    }

    /// The role that the article gives the source, at the time of the statement.
    async fn role(&self) -> Option<&Role> {
        self.role.as_ref()
    }

    /// How the printed role agrees with what is recorded of the speaker at the date of the
    /// statement. Nothing is corrected: `CONFLICT` says that the article and the record disagree.
    async fn capacity(&self) -> Capacity {
        self.row.capacity.unwrap_or(Capacity::Unknown)
    }

    /// The organisation that the source speaks for or belongs to; null where the print does not
    /// decide which.
    async fn organisation(&self) -> Option<&Organisation> {
        self.organisation.as_ref()
    }

    /// The domain of which the source is an official, if it is one: see `RoleFilter.officialOf`.
    async fn official_of(&self) -> Option<Domain> {
        self.row.official_of
    }

    /// Others to whom the extractor gives the words, together with or instead of the speaker, in
    /// its own order.
    async fn further_speakers(&self) -> &[FurtherSpeaker] {
        &self.further_speakers
    }

    /// When the words were said, as far as the source tells; null where it does not. When an
    /// article was published is not when a thing was said.
    async fn said_at(&self) -> Option<DateInterval> {
        self.row.said_at().map(DateInterval)
    }

    /// When the words first stood in print, as far as the source tells: they were said no later.
    async fn reported_at(&self) -> Option<DateInterval> {
        self.row.reported_at().map(DateInterval)
    }

    /// How sure the extractor is of quote and attribution, from 0 to 1.
    async fn confidence(&self) -> Option<f64> {
        self.row.confidence
    }

    /// The program that found the quote.
    async fn extractor(&self) -> Option<Extractor> {
        Extractor::of(&self.row)
    }

    /// The extractor's own id, for example Quotebank's `quoteID`.
    async fn external_id(&self) -> Option<&str> {
        self.row.external_id.as_deref()
    }

    /// When the only extractor that had found the quote read its article again and did not find it
    /// any more; null for a quote that stands. A quote that vanished stays, with its id and what was
    /// known of it last; lists show it unless their filter says otherwise.
    async fn vanished(&self) -> Option<Vanished> {
        let (at, import) = (self.row.vanished_at?, self.row.vanished_by?);
        Some(Vanished { at: rfc3339(at), import_id: ID(import.to_string()) })
    }

    /// How many other readings of these words in this place contradict the one shown. Rows that
    /// contradict each other are all kept; the one to show is chosen by confidence, then fullness.
    async fn contradicting_readings(&self) -> i64 {
        i64::try_from(self.other_readings.len()).unwrap_or(i64::MAX)
    }

    /// The readings that contradict the one shown; most quotes have none.
    async fn other_readings(&self) -> &[QuoteReading] {
        &self.other_readings
    }

    /// The article that printed the words.
    async fn article(&self) -> Option<&Article> {
        self.article.as_ref()
    }

    /// The utterance behind the words: the same words by the same source, in all articles.
    async fn statement(&self) -> Option<&Statement> {
        self.statement.as_deref()
    }

    /// The judgements in force about this quote by itself, the newest first: why it is shown as it is.
    #[graphql(complexity = "cost(first, last, child_complexity)")]
    async fn judgements(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "How many from the beginning, 1 to 100; 20 where nothing is said.")]
        first: Option<i32>,
        #[graphql(desc = "Only those behind this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only those before this cursor.")] before: Option<String>,
    ) -> Result<JudgementConnection> {
        let page = PageArguments { first, after, last, before };
        judgements_of(context, self.row.id, page).await
    }
}

/// The order of a list of quotes. Each order ends in the id, so that no two quotes are tied.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub enum QuoteOrder {
    /// By the best date known (`saidAt`, else `reportedAt`), newest first; undated quotes last.
    Newest,
    /// By the best date known (`saidAt`, else `reportedAt`), oldest first; undated quotes first.
    Oldest,
    /// By article, then in reading order: by `start`, then quotes that have only a `position`, then
    /// those without a place.
    ArticlePosition,
    /// By how well they answer the search (`QuoteEdge.score`), best first; of equal ones the newest
    /// first. Only the 1,000 newest quotes that are found stand in this list: to see older ones, ask
    /// for `NEWEST`, or filter by date. Refused where nothing is searched for.
    Relevance,
}

impl QuoteOrder {
    /// The store's order.
    pub fn order(self) -> Order {
        match self {
            Self::Newest => Order::Newest,
            Self::Oldest => Order::Oldest,
            Self::ArticlePosition => Order::ArticlePosition,
            Self::Relevance => Order::Relevance,
        }
    }

    /// Tells a cursor of this order from another's.
    pub fn fits(self) -> fn(&Place) -> bool {
        match self {
            Self::Newest | Self::Oldest => super::connection::by_time,
            Self::ArticlePosition => super::connection::by_position,
            Self::Relevance => super::connection::by_rank,
        }
    }
}

impl Quote {
    /// The place of this quote in an order, of a list that was searched for this.
    pub fn place(&self, order: Order, searches: &[Query]) -> Place {
        let score = || score(searches, &self.row);
        place(&self.row, order, (order == Order::Relevance).then(score).flatten())
    }
}
