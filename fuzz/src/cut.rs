//! Inputs cut into records: every record's end is a place to go on from.

use std::io::{BufReader, Cursor};

use dixit::import::{Body, Digest, Record, Shape, Tape, cutter};

use super::outcome;

/// How far an input is read, on which line, and the digest of what was read.
type Place = (u64, u64, Digest);

/// Of how many ends it is tried whether reading goes on there.
const TRIED: usize = 12;

/// In every shape: what is read in small pieces, or from the end of any record on, is the same.
pub fn check(data: &[u8]) -> u64 {
    let shapes = [Shape::Lines, Shape::Elements, Shape::Table, Shape::Document];
    outcome(shapes.map(|shape| {
        let delimiters: &[u8] = if shape == Shape::Table { b",;\t" } else { b"," };
        delimiters.iter().map(|&delimiter| check_shape(shape, delimiter, data)).collect::<Vec<_>>()
    }))
}

fn check_shape(shape: Shape, delimiter: u8, data: &[u8]) -> (usize, usize, bool) {
    let cut = |behind: u64, piece: usize| all(shape, delimiter, data, behind, piece);
    let (records, places, error) = cut(0, 64 << 10);
    let kinds = records.iter().filter(|record| matches!(record.body, Body::Cells(..))).count();
    let answer = (records.len().min(20), kinds.min(20), error.is_some());
    assert_eq!(cut(0, 3), (records.clone(), places.clone(), error.clone()), "in small pieces");
    assert!(places.is_sorted_by_key(|place| place.0));
    assert!(error.is_some() || places.last().is_none_or(|last| last.0 <= data.len() as u64));
    // What does not belong into an array is one record to the end of the input.
    let is_whole = |place: &Place| shape == Shape::Elements && place.0 == data.len() as u64;
    let step = places.len().div_ceil(TRIED).max(1);
    for (at, place) in places.iter().enumerate().step_by(step) {
        if is_whole(place) {
            continue;
        }
        let rest = cut(place.0, 64 << 10);
        let expected = (records[at + 1..].to_vec(), places[at + 1..].to_vec(), error.clone());
        assert_eq!(rest, expected, "{shape:?} behind {place:?}");
    }
    answer
}

/// The records behind so many bytes, where each one ends, and why reading stopped.
fn all(
    shape: Shape,
    delimiter: u8,
    data: &[u8],
    behind: u64,
    piece: usize,
) -> (Vec<Record>, Vec<Place>, Option<String>) {
    let reader = BufReader::with_capacity(piece, Cursor::new(data.to_vec()));
    let mut tape = Tape::new(Box::new(reader));
    assert!(tape.skip_to(behind).unwrap());
    let mut cut = cutter(shape, tape, delimiter);
    let (mut records, mut places) = (Vec::new(), Vec::new());
    loop {
        match cut.next() {
            Ok(Some(record)) => records.push(record),
            Ok(None) => return (records, places, None),
            Err(error) => return (records, places, Some(error.to_string())),
        }
        let tape = cut.tape();
        places.push((tape.offset(), tape.line(), tape.place().digest()));
    }
}
