//! What quotes and statements are counted by.

vocabulary! {
    /// What a facet counts by.
    FacetDimension {
        /// The speaker.
        Speaker = "SPEAKER",
        /// The organisation at the time of the statement.
        Organisation = "ORGANISATION",
        /// The function of the role at the time of the statement.
        Function = "FUNCTION",
        /// The field of public policy of that role.
        Domain = "DOMAIN",
        /// The organisation that published the article.
        Publisher = "PUBLISHER",
        /// How the words are rendered.
        Kind = "KIND",
        /// What sort of source it is.
        SpeakerKind = "SPEAKER_KIND",
        /// The language of the words (BCP 47).
        Language = "LANGUAGE",
        /// The year of the best date known, in UTC.
        Year = "YEAR",
    }
}

vocabulary! {
    /// What is counted.
    Counted {
        /// Quotes: each print counts.
        Quotes = "QUOTES",
        /// Statements: the same words by the same source count once, in however many articles.
        Statements = "STATEMENTS",
    }
}

impl FacetDimension {
    /// Whether its values are speakers or organisations, and not words.
    pub fn has_entities(self) -> bool {
        matches!(self, Self::Speaker | Self::Organisation | Self::Publisher)
    }

    /// One of its words for people to read: `UNNAMED_GROUP` is "unnamed group"; tags of languages and
    /// years stay what they are.
    pub fn label(self, word: &str) -> String {
        match self {
            Self::Language | Self::Year => word.to_owned(),
            _ => word.to_lowercase().replace('_', " "),
        }
    }
}
