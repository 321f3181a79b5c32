//! The answer: a verdict, findings, and the stored texts with what differs.

use std::ops::Range;

/// How many stored texts are looked at closely for one question.
pub const SOURCES: usize = 64;

/// How many matches are told at most.
pub const MATCHES: usize = 20;

vocabulary! {
    /// What is found about a text that somebody is said to have said.
    Verdict {
        /// The same words as a stored quote once case, punctuation, quotation marks, dashes, white
        /// space and Unicode form are folded, said by the attributed speaker, or no speaker given.
        Verbatim = "VERBATIM",
        /// A contiguous part of a stored quote, of five words or more, or several parts of one
        /// stored quote in order, joined by an ellipsis.
        Excerpt = "EXCERPT",
        /// Plainly from a stored quote, but with words changed, dropped without an ellipsis,
        /// inserted, or replaced in brackets.
        Altered = "ALTERED",
        /// Parts of two or more stored quotes, or of one out of order, presented as one. An
        /// ellipsis between them does not make it honest.
        Spliced = "SPLICED",
        /// Words on record, whole or as an excerpt, but by somebody else than the attributed
        /// speaker.
        Misattributed = "MISATTRIBUTED",
        /// Not on record: made up, paraphrased beyond recognition, or merely on the subject.
        NotFound = "NOT_FOUND",
    }
}

vocabulary! {
    /// What was noticed beside the verdict.
    Finding {
        /// Punctuation, quotation marks, dashes, case or blanks differ from the stored print.
        Typography = "TYPOGRAPHY",
        /// Words in square brackets that are not the speaker's.
        EditorialInsertion = "EDITORIAL_INSERTION",
        /// Words are left out where an ellipsis stands.
        Ellipsis = "ELLIPSIS",
        /// A negation was added, dropped or changed, or stands right before where a sentence was cut.
        NegationChanged = "NEGATION_CHANGED",
        /// A number was added, dropped or changed: digits, number words or ordinals.
        NumberChanged = "NUMBER_CHANGED",
        /// A name was added, dropped or changed.
        NameChanged = "NAME_CHANGED",
        /// A modal verb (will, would, can, must …) was added, dropped or changed.
        ModalChanged = "MODAL_CHANGED",
        /// The speaker is on record, but not in the role that the question names.
        WrongRole = "WRONG_ROLE",
        /// The words are on record, but not for the date that the question names.
        WrongDate = "WRONG_DATE",
        /// The stored words go on, right after the cut, with a turn: but, however, unless.
        CutBeforeBut = "CUT_BEFORE_BUT",
        /// The same words are on record by different speakers.
        DisputedAttribution = "DISPUTED_ATTRIBUTION",
        /// A speaker is named in the question and nobody in what is on record ("residents said"): the
        /// words are, and whose they are is not known.
        SpeakerUnknown = "SPEAKER_UNKNOWN",
        /// The words are on record by somebody who may be meant, and may not: the question names a surname
        /// or a first name alone, or nobody ("she", "a spokesman").
        SpeakerUnsure = "SPEAKER_UNSURE",
        /// What the words were altered or spliced from is on record by somebody else than who is named.
        OtherSpeaker = "OTHER_SPEAKER",
        /// The quotations of a narrative are on record by different speakers.
        SeveralSpeakers = "SEVERAL_SPEAKERS",
        /// The words are on record, but not in the article that the question names.
        NotInArticle = "NOT_IN_ARTICLE",
    }
}

vocabulary! {
    /// What happened to a stretch of stored text on the way to the question.
    Op {
        /// The same words in both, printed as in the question.
        Equal = "EQUAL",
        /// Words of the question that the stored text has not.
        Insert = "INSERT",
        /// Words of the stored text that the question has not.
        Delete = "DELETE",
    }
}

/// A stretch of the difference between the stored words and the question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What happened.
    pub op: Op,
    /// The stretch: of the question for EQUAL and INSERT, of the stored text for DELETE.
    pub text: String,
}

/// A stored text that the question has words of.
#[derive(Debug, Clone, PartialEq)]
pub struct Match {
    /// The key of its [`super::Source`].
    pub source: usize,
    /// How much of the question's part is this text's, from 0 to 1: 1 for the same words in the
    /// same order without a gap.
    pub score: f64,
    /// The bytes of the question that it is compared with: all, save where several texts are
    /// spliced or the question has quotation marks of its own.
    pub part: Range<usize>,
    /// The bytes of the stored text, from the first word of it in the question to the last.
    pub stored: Range<usize>,
    /// Stored words turned into the question's. EQUAL and INSERT, joined, are the part of the
    /// question exactly; EQUAL and DELETE have all words of `stored`.
    pub diff: Vec<Change>,
    /// Whether a negation, modal, number or name was added, dropped or changed. Words in square
    /// brackets never count.
    pub meaning_bearing: bool,
}

/// The whole answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Verification {
    /// The verdict.
    pub verdict: Verdict,
    /// What was noticed, each once, in the order of [`Finding`].
    pub findings: Vec<Finding>,
    /// The stored texts that the verdict rests on, best first; of `SPLICED` all that are needed, in
    /// the order of the question. Empty for `NOT_FOUND`, save where a narrative has several
    /// quotations, of which some are on record.
    pub matches: Vec<Match>,
    /// For `NOT_FOUND` the stored text that came nearest, if any shares words.
    pub nearest: Option<Match>,
}

impl Verification {
    /// An answer with its findings in order, each once.
    pub(super) fn of(verdict: Verdict, mut findings: Vec<Finding>, matches: Vec<Match>) -> Self {
        findings.sort_unstable();
        findings.dedup();
        Self { verdict, findings, matches, nearest: None }
    }
}

impl Default for Verification {
    fn default() -> Self {
        let (findings, matches) = (Vec::new(), Vec::new());
        Self { verdict: Verdict::NotFound, findings, matches, nearest: None }
    }
}
