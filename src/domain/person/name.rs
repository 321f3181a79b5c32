//! What a personal name looks like, and which title words are part of names.

use crate::domain::organisation::tokens::{Case, Tokens};

/// See [`is_particle`].
const PARTICLES: &[&str] = &[
    "van", "von", "der", "den", "de", "da", "di", "del", "della", "du", "la", "le", "al", "el",
    "bin", "ibn", "bint", "abu", "ben", "dos", "das", "do", "ter", "ten", "zu", "zur", "y", "e",
    "af", "av", "des", "ap", "o", "san", "st", "dal", "mac", "lo", "d", "l", "t", "het",
];

/// Small words inside names: "van der Linden", "bin Salman", "de León".
pub(super) fn is_particle(fold: &str) -> bool {
    PARTICLES.contains(&fold)
}

/// See [`is_regnal`].
const REGNALS: &[&str] = &[
    "pope",
    "queen",
    "king",
    "prince",
    "princess",
    "emperor",
    "empress",
    "sultan",
    "emir",
    "dalai",
    "duke",
    "duchess",
    "crown",
    "papst",
    "konig",
    "konigin",
    "prinz",
    "prinzessin",
    "pape",
    "roi",
    "reine",
    "papa",
    "rey",
    "reina",
    "patriarch",
    "countess",
    "archduke",
    "tsar",
    "kaiser",
    "infanta",
];

/// Titles that stay with the name: of monarchs, princes and popes, who are called by them.
pub(super) fn is_regnal(fold: &str) -> bool {
    REGNALS.contains(&fold)
}

/// See [`is_given_name`].
const GIVEN_NAMES: &[&str] = &[
    "dean",
    "earl",
    "duke",
    "page",
    "baron",
    "major",
    "bishop",
    "baker",
    "cook",
    "hunter",
    "miller",
    "porter",
    "chase",
    "king",
    "prince",
    "abbott",
    "marshal",
    "judge",
    "justice",
    "deacon",
    "abbot",
    "archer",
    "fisher",
    "sargent",
    "butcher",
    "gardener",
    "forward",
    "star",
    "guy",
    "art",
    "rich",
    "grant",
    "mark",
    "miner",
    "law",
    "butler",
    "christian",
    "master",
    "elder",
    "sonny",
    "noble",
    "driver",
    "rector",
    "singer",
    "lama",
    "sister",
    "brother",
    "father",
    "sheikh",
    "don",
    "sir",
    "coach",
    "ranger",
    "priest",
    "pastor",
    "guide",
    "young",
    "junior",
    "late",
    "lord",
    "lady",
    "madam",
    "da",
    "rep",
    "captain",
    "doctor",
];

/// Title words that are given names or surnames as often: "Major Garrett", "Dean Baker",
/// "Bishop Briggs", "Earl Grey". They are titles only before two further names or "of".
pub(super) fn is_given_name(fold: &str) -> bool {
    GIVEN_NAMES.contains(&fold)
}

/// See [`is_rarely_title`].
const RARELY_TITLES: &[&str] = &[
    "dean",
    "earl",
    "page",
    "baker",
    "cook",
    "hunter",
    "miller",
    "porter",
    "chase",
    "abbott",
    "archer",
    "fisher",
    "sargent",
    "duke",
    "baron",
    "don",
    "law",
    "butler",
    "miner",
    "da",
    "young",
    "junior",
    "star",
    "grant",
    "mark",
    "christian",
];

/// Given-name words that are hardly ever titles even before two names: "Earl Ray Tomblin".
pub(super) fn is_rarely_title(fold: &str) -> bool {
    RARELY_TITLES.contains(&fold)
}

/// See [`is_suffix`].
const SUFFIXS: &[&str] = &[
    "jr", "sr", "ii", "iii", "iv", "v", "vi", "phd", "md", "mbe", "obe", "cbe", "kbe", "dbe", "qc",
    "kc", "esq", "rn", "jd", "dds", "cpa", "mba", "frs", "do", "usn", "usmc", "ret", "msp", "mep",
    "mp", "xii", "xiii", "xiv", "xvi",
];

/// Letters and numbers after a name: "Jr", "III", "M.D.".
pub(super) fn is_suffix(fold: &str) -> bool {
    SUFFIXS.contains(&fold)
}

/// Degrees and honours, which are no part of the name; "Jr" and "III" are.
pub(super) fn is_degree(fold: &str) -> bool {
    is_suffix(fold)
        && !matches!(
            fold,
            "jr" | "sr" | "ii" | "iii" | "iv" | "v" | "vi" | "xii" | "xiii" | "xiv" | "xvi"
        )
}

/// How many words of a stretch are names in their own right: neither particle nor suffix.
pub(super) fn weight(tokens: &Tokens<'_>, start: usize, end: usize) -> usize {
    (start..end)
        .filter(|at| {
            // "Al-Khalili" is split at its hyphen but is one name.
            let glued = *at > start && {
                let gap = &tokens.text[tokens.list[*at - 1].at.end..tokens.list[*at].at.start];
                gap == "-" || gap == "'"
            };
            let particle = is_particle(tokens.fold(*at)) && tokens.list[*at].case == Case::Lower;
            !glued && !particle && !is_suffix(tokens.fold(*at))
        })
        .count()
}

/// Whether a stretch is printed like a name: capitals, particles and initials.
pub(super) fn looks_like_name(tokens: &Tokens<'_>, start: usize, end: usize, lower: bool) -> bool {
    start < end
        && end - start <= 8
        && (start..end).all(|at| {
            let fold = tokens.fold(at);
            lower
                || tokens.list[at].case != Case::Lower
                || is_particle(fold)
                || is_suffix(fold)
                // "Ki-moon": the second half of a hyphened name.
                || at > start && tokens.list[at - 1].at.end + 1 == tokens.list[at].at.start && tokens.text[tokens.list[at - 1].at.end..].starts_with('-')
                // "deGrasse": a capital inside.
                || tokens.print(at, at + 1).chars().any(char::is_uppercase)
        })
}
