//! The kinds of questions, by the verdict that they must have; named as in the verification cases.

use super::altered::{AUXILIARIES, MODALS, NAMES, NUMBERS, Of};
use super::{Maker, Mutant, Random};

/// Makes a question, or nothing where the quote that was drawn does not allow it.
pub type Kind = fn(&mut Maker<'_>) -> Option<Mutant>;

/// Every kind.
pub const KINDS: &[(&str, &[(&str, Kind)])] = &[
    (
        "VERBATIM",
        &[
            ("identity", |m| m.verbatim(str::to_owned)),
            ("upper_case", |m| m.verbatim(str::to_uppercase)),
            ("lower_case", |m| m.verbatim(str::to_lowercase)),
            ("title_case", |m| m.verbatim(title)),
            ("curly_apostrophe", |m| m.verbatim(|t| t.replace('\'', "’").replace('`', "‘"))),
            ("line_wrap", |m| m.verbatim(|t| t.replace(' ', "\n"))),
            ("dash_style", |m| m.verbatim(|t| t.replace(" -- ", "—").replace('-', "\u{2011}"))),
            ("bracket_spacing", |m| m.verbatim(|t| t.replace("[ ", "[").replace(" ]", "]"))),
            ("inner_punctuation", |m| m.verbatim(|t| t.replace(", ", " - ").replace(". ", "; "))),
            ("trailing_punctuation", |m| {
                m.verbatim(|t| format!("{}!", t.trim_end_matches(['.', ',', '!'])))
            }),
            ("nested_quote_marks", |m| m.verbatim(|t| t.replace('`', "\"").replace("' ", "\" "))),
        ],
    ),
    (
        "EXCERPT",
        &[
            ("prefix", |m| m.excerpt(8, |_, _, l| (0, l))),
            ("suffix", |m| m.excerpt(8, |_, n, l| (n - l, l))),
            ("middle", |m| m.excerpt(7, |r, n, l| (r.below(n - l + 1), l))),
            ("short_5_7", |m| m.excerpt(5, short)),
            ("edge_ellipsis", |m| m.excerpt(8, |r, n, l| (r.below(n - l + 1), l)).map(cut)),
            ("two_parts", |m| m.parts(2)),
            ("three_parts", |m| m.parts(3)),
        ],
    ),
    (
        "ALTERED",
        &[
            ("word_substituted", |m| m.altered(Of::Whole, |m, w| m.substitute(w))),
            ("word_substituted_in_excerpt", |m| m.altered(Of::Excerpt, |m, w| m.substitute(w))),
            ("word_substituted_short", |m| m.altered(Of::Short, |m, w| m.substitute(w))),
            ("words_deleted", |m| {
                m.altered(Of::Whole, |m, w| {
                    let n = m.random.within(1, 3);
                    let at = m.random.between(3, w.len().checked_sub(n + 3)?)?;
                    w.drain(at..at + n);
                    Some(None)
                })
            }),
            ("clause_deleted", |m| {
                m.altered(Of::Whole, |m, w| {
                    let n = m.random.within(6, 12);
                    let at = m.random.between(5, w.len().checked_sub(n + 5)?)?;
                    w.drain(at..at + n);
                    Some(None)
                })
            }),
            ("words_inserted", |m| {
                m.altered(Of::Whole, |m, w| {
                    let n = m.random.within(1, 3);
                    let at = m.random.within(2, w.len() - 2);
                    for _ in 0..n {
                        let word = m.word();
                        w.insert(at, word);
                    }
                    Some(None)
                })
            }),
            ("words_swapped", |m| {
                m.altered(Of::Whole, |m, w| {
                    let at = m.random.within(1, w.len() - 3);
                    w.swap(at, at + 1);
                    Some(None)
                })
            }),
            ("multiple_edits", |m| {
                m.altered(Of::Whole, |m, w| {
                    if w.len() < 14 {
                        return None;
                    }
                    let edits = m.random.within(2, 4);
                    for _ in 0..edits {
                        match m.random.below(3) {
                            0 => {
                                m.substitute(w)?;
                            }
                            1 => {
                                let at = m.random.within(1, w.len() - 2);
                                w.remove(at);
                            }
                            _ => {
                                let at = m.random.within(1, w.len() - 2);
                                let word = m.word();
                                w.insert(at, word);
                            }
                        }
                    }
                    Some(None)
                })
            }),
            ("plural_changed", |m| {
                m.altered(Of::Whole, |m, w| {
                    let at = m.random.below(w.len());
                    (w[at].len() > 4 && w[at].chars().all(char::is_alphabetic))
                        .then(|| w[at].push('s'))?;
                    Some(None)
                })
            }),
            ("negation_inserted", |m| {
                m.altered(Of::Whole, |_, w| {
                    let at = w.iter().position(|x| AUXILIARIES.contains(&x.as_str()))?;
                    w.insert(at + 1, "not".into());
                    Some(Some(true))
                })
            }),
            ("negation_removed", |m| {
                m.altered(Of::Whole, |_, w| {
                    let at = w.iter().position(|x| {
                        x == "not"
                            || x == "never"
                            || (x.ends_with("n't") && x != "can't" && x != "won't")
                    })?;
                    if w[at].ends_with("n't") {
                        w[at] = w[at].trim_end_matches("n't").to_owned();
                    } else {
                        w.remove(at);
                    }
                    Some(Some(true))
                })
            }),
            ("number_changed", |m| {
                m.altered(Of::Whole, |m, w| {
                    let at = w.iter().position(|x| {
                        NUMBERS.contains(&x.as_str()) || x.chars().any(|c| c.is_ascii_digit())
                    })?;
                    w[at] = m.other_number(&w[at]);
                    Some(Some(true))
                })
            }),
            ("modal_changed", |m| {
                m.altered(Of::Whole, |m, w| {
                    let at = w.iter().position(|x| MODALS.contains(&x.as_str()))?;
                    let old = w[at].clone();
                    w[at] = loop {
                        let new = m.random.pick(MODALS);
                        if new != old {
                            break new.to_owned();
                        }
                    };
                    Some(Some(true))
                })
            }),
            ("name_swapped", |m| {
                m.altered(Of::Whole, |m, w| {
                    let at = (1..w.len()).find(|at| {
                        w[*at].len() > 3
                            && w[*at].chars().all(char::is_alphabetic)
                            && w[*at].starts_with(char::is_uppercase)
                            && w[*at - 1].chars().all(char::is_alphabetic)
                    })?;
                    w[at] = m.random.pick(NAMES).to_owned();
                    Some(Some(true))
                })
            }),
            ("editorial_insertion", |m| {
                m.altered(Of::Whole, |m, w| {
                    let at = m.random.within(2, w.len() - 2);
                    let word = m.word();
                    w.insert(at, format!("[{word}]"));
                    Some(Some(false))
                })
            }),
            ("editorial_replacement", |m| {
                m.altered(Of::Whole, |m, w| {
                    let at = m.random.within(2, w.len() - 2);
                    w[at] = "[the team]".into();
                    Some(Some(false))
                })
            }),
        ],
    ),
    (
        "SPLICED",
        &[
            ("diff_speakers", |m| m.spliced(&[8, 8], false, " ")),
            ("diff_speakers_ellipsis", |m| m.spliced(&[8, 8], false, "...")),
            ("same_speaker", |m| m.spliced(&[8, 8], true, " ")),
            ("same_speaker_ellipsis", |m| m.spliced(&[8, 8], true, "...")),
            ("three_same_speaker", |m| m.spliced(&[8, 8, 8], true, " ")),
            ("unbalanced", |m| m.spliced(&[6, 24], false, " ")),
            ("reversed", |m| m.reversed(" ")),
            ("reversed_ellipsis", |m| m.reversed("...")),
            ("sandwich", |m| m.sandwich()),
        ],
    ),
    (
        "MISATTRIBUTED",
        &[
            ("verbatim_random", |m| m.verbatim(str::to_owned).and_then(|x| m.misattributed(x))),
            ("excerpt_random", |m| {
                m.excerpt(7, |r, n, l| (r.below(n - l + 1), l)).and_then(|x| m.misattributed(x))
            }),
            ("short_random", |m| m.excerpt(5, short).and_then(|x| m.misattributed(x))),
            ("ellipsis_random", |m| m.parts(2).and_then(|x| m.misattributed(x))),
        ],
    ),
    (
        "NOT_FOUND",
        &[
            ("heldout_quote", |m| m.heldout()),
            ("markov", |m| m.markov()),
            ("paraphrase", |m| m.paraphrase()),
        ],
    ),
];

fn title(text: &str) -> String {
    let mut begins = true;
    text.chars()
        .flat_map(|c| {
            let upper = begins && c.is_alphabetic();
            begins = c.is_whitespace();
            if upper { c.to_uppercase().collect::<Vec<_>>() } else { vec![c] }
        })
        .collect()
}

/// Ellipses before and behind, which are decoration.
fn cut(mutant: Mutant) -> Mutant {
    Mutant { text: format!("...{}...", mutant.text), ..mutant }
}

/// Five to seven words anywhere.
fn short(random: &mut Random, words: usize, _: usize) -> (usize, usize) {
    let length = random.within(5, 7).min(words - 1);
    (random.below(words - length + 1), length)
}
