//! Whether a question is put together of stored runs.

use super::runs::Run;

/// The shortest run that a splice is made of, in words.
pub(super) const PIECE: usize = 6;

/// A run of a question with the source that it is taken from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Piece {
    /// Which of the sources.
    pub source: usize,
    /// Where.
    pub run: Run,
}

/// The fewest pieces that together hold every word of a question, in its order; `None` where a word
/// stands in no run that is long enough. Of runs that reach equally far, that of a source in use or,
/// else, the one first in `pieces` is taken. They may overlap at their ends.
pub(super) fn cover(
    words: usize,
    skipped: impl Fn(usize) -> bool,
    pieces: &[Piece],
) -> Option<Vec<Piece>> {
    let mut pieces: Vec<&Piece> = pieces.iter().filter(|piece| piece.run.len >= PIECE).collect();
    pieces.sort_by_key(|piece| piece.run.asked);
    let mut left = pieces.into_iter().peekable();
    let mut open: Vec<&Piece> = Vec::new();
    let mut taken: Vec<Piece> = Vec::new();
    let mut at = 0;
    while at < words {
        while let Some(piece) = left.next_if(|piece| piece.run.asked <= at) {
            open.push(piece);
        }
        let reach = open.iter().map(|piece| piece.run.asked + piece.run.len).max().unwrap_or(0);
        if reach <= at {
            if skipped(at) {
                at += 1;
                continue;
            }
            return None;
        }
        let is_used = |piece: &Piece| taken.iter().any(|taken| taken.source == piece.source);
        let farthest = open.iter().filter(|piece| piece.run.asked + piece.run.len == reach);
        taken.push(**farthest.min_by_key(|piece| !is_used(piece))?);
        at = reach;
    }
    Some(taken)
}
