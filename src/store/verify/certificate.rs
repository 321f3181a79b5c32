//! The certificate: what was searched for what, so that an answer, above all that there is nothing,
//! can be cited and repeated.

use data_encoding::HEXLOWER;
use sha2::{Digest as _, Sha256};

use super::super::corpus::{self, Corpus};
use super::super::dialect::Connection;
use super::super::error::Result;
use super::Asked;
use crate::domain::text::words;
use crate::domain::verification::{Question, RULES};

/// What was searched for what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certificate {
    /// What the corpus held.
    pub corpus: Corpus,
    /// The folded words that were looked for, ` … ` where the text has an ellipsis.
    pub normal_form: String,
    /// SHA-256 in hexadecimal of the state of the corpus, the rules and the question.
    pub digest: String,
}

/// How far the corpus reaches; counted only when somebody asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Reach {
    /// The best dates known of the first and the last dated quote, in microseconds since 1970 (UTC).
    pub dates: Option<(i64, i64)>,
    /// Organisations that articles name as their publishers.
    pub publishers: i64,
    /// Sites that articles stand at.
    pub sites: i64,
}

impl Certificate {
    /// The certificate of a question, as the open transaction sees the corpus.
    pub fn of(
        connection: &mut Connection,
        asked: &Asked,
        question: &Question<'_>,
    ) -> Result<Self> {
        let corpus = corpus::read(connection)?;
        let part = |part: &std::ops::Range<usize>| {
            part.clone().map(|word| question.words().fold(word)).collect::<Vec<_>>().join(" ")
        };
        let parts: Vec<String> = question.parts().iter().map(part).collect();
        let normal_form = parts.join(" … ");
        let said = |value: Option<String>| value.unwrap_or_default();
        // A line for each thing; none of them holds an end of line.
        let lines = [
            format!("dixit verification, rules {RULES}"),
            format!("corpus {}", corpus.state()),
            format!("{} {} {}", corpus.quotes, corpus.statements, corpus.articles),
            // As given: findings tell of its typography.
            format!("text {}", HEXLOWER.encode(&Sha256::digest(asked.text.as_bytes()))),
            format!("by {}", said(asked.attributed_to.as_deref().map(words))),
            format!("on {}", said(asked.said_on.map(|date| date.to_string()))),
            format!("in {}", said(asked.article.map(|id| id.to_string()))),
        ];
        let digest = HEXLOWER.encode(&Sha256::digest(lines.join("\n").as_bytes()));
        Ok(Self { corpus, normal_form, digest })
    }
}

impl Reach {
    /// How far the corpus reaches now, of what is `wanted`: dates, publishers and sites.
    pub fn of(connection: &mut Connection, wanted: [bool; 3]) -> Result<Self> {
        let mut reach = Self::default();
        if wanted[0] {
            reach.dates = corpus::dates(connection)?;
        }
        if wanted[1] {
            reach.publishers = corpus::publishers(connection)?;
        }
        if wanted[2] {
            reach.sites = corpus::sites(connection)?;
        }
        Ok(reach)
    }
}
