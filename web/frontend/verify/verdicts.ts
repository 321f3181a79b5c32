// The six verdicts and what is noticed beside them, in words for people.
import type { FindingKind, Verdict } from "./documents";

export type Tone = "good" | "warn" | "bad" | "none";

export interface VerdictWords {
  word: string;
  says: string;
  tone: Tone;
}

export const VERDICTS: Record<Verdict, VerdictWords> = {
  VERBATIM: { word: "Verbatim", says: "These words are on record as given.", tone: "good" },
  EXCERPT: { word: "Excerpt", says: "These words are part of a longer quote on record.", tone: "good" },
  ALTERED: { word: "Altered", says: "A quote on record has nearly these words: some were changed.", tone: "warn" },
  SPLICED: {
    word: "Spliced",
    says: "Parts of several quotes, or of one out of order, are given here as one.",
    tone: "warn",
  },
  MISATTRIBUTED: { word: "Misattributed", says: "These words are on record, by somebody else.", tone: "bad" },
  NOT_FOUND: {
    word: "Not found",
    says: "No quote on record here has these words. That does not mean that nobody said them.",
    tone: "none",
  },
};

export const FINDINGS: Record<FindingKind, string> = {
  CUT_BEFORE_BUT: "The quote on record goes on, right after the cut, with a turn: but, however, unless …",
  DISPUTED_ATTRIBUTION: "The same words are on record by different speakers.",
  EDITORIAL_INSERTION: "Words in square brackets are not the speaker’s.",
  ELLIPSIS: "Words are left out where an ellipsis stands.",
  MODAL_CHANGED: "A word such as will, would, can or must was added, dropped or changed.",
  NAME_CHANGED: "A name was added, dropped or changed.",
  NEGATION_CHANGED: "A negation was added, dropped or changed: the sense may be reversed.",
  NOT_IN_ARTICLE: "The words are on record, but not in the article that you named.",
  NUMBER_CHANGED: "A number was added, dropped or changed.",
  OTHER_SPEAKER: "What your text was made of is on record by somebody else than the one whom you name.",
  SEVERAL_SPEAKERS: "The quotations of your text stand on record by different people.",
  SPEAKER_UNKNOWN: "You name a speaker, and what is on record names nobody: whose words they are is not known.",
  SPEAKER_UNSURE: "You name one who may be meant, but the record does not settle whose words they are.",
  TYPOGRAPHY: "Only punctuation, quotation marks, case or blanks differ, which does not count.",
  WRONG_DATE: "The words are on record, but not for the date that you named.",
  WRONG_ROLE: "The speaker is on record, but not in the role that you named.",
};

/** What is held against words that are on record: something that was given with them is not so, or not sure. */
export const RESERVATIONS: ReadonlySet<FindingKind> = new Set<FindingKind>([
  "CUT_BEFORE_BUT",
  "DISPUTED_ATTRIBUTION",
  "NOT_IN_ARTICLE",
  "SEVERAL_SPEAKERS",
  "SPEAKER_UNKNOWN",
  "SPEAKER_UNSURE",
  "WRONG_DATE",
  "WRONG_ROLE",
]);
