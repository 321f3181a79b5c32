//! What a personal name looks like.

use super::vocabulary::Class;
use crate::domain::organisation::tokens::{Case, Tokens};

/// Letters and numbers after a name: "Jr", "III", "M.D.".
pub(super) fn is_suffix(fold: &str) -> bool {
    Class::Generation.has(fold) || Class::Degree.has(fold)
}

/// How many words of a stretch are names in their own right: neither particle nor suffix.
pub(super) fn weight(tokens: &Tokens<'_>, start: usize, end: usize) -> usize {
    (start..end)
        .filter(|at| {
            let is_particle = |at: usize| {
                Class::Particle.has(tokens.fold(at)) && tokens.list[at].case == Case::Lower
            };
            // "Al-Khalili" is split at its hyphen but is one name, and so is "al-Khalili", of which
            // the particle does not count.
            let glued = *at > start && !is_particle(*at - 1) && {
                let gap = &tokens.text[tokens.list[*at - 1].at.end..tokens.list[*at].at.start];
                gap == "-" || gap == "'"
            };
            let particle = is_particle(*at);
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
                || Class::Particle.has(fold)
                || is_suffix(fold)
                // "Ki-moon": the second half of a hyphened name.
                || at > start && tokens.list[at - 1].at.end + 1 == tokens.list[at].at.start && tokens.text[tokens.list[at - 1].at.end..].starts_with('-')
                // "deGrasse": a capital inside.
                || tokens.print(at, at + 1).chars().any(char::is_uppercase)
        })
}
