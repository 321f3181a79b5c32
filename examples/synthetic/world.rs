//! Invented people, organisations and outlets, each following from its number.
#![allow(clippy::cast_possible_truncation, reason = "numbers below small ends")]

use super::words::{BODIES, FIRST, GIVEN, SECOND, TITLES};

/// Someone who speaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    pub name: String,
    /// Their item, of a number that Wikidata has not reached.
    pub item: String,
    pub title: &'static str,
    pub organisation: String,
}

/// Two people of different numbers have different names.
pub fn person(number: u64) -> Person {
    // Four share a surname.
    let (family, member) = (number / 4, number % 4);
    let name = format!("{} {}", at(GIVEN, member * 8 + family % 8), surname(family));
    let title = at(TITLES, number.wrapping_mul(0x9e37_79b9) >> 7);
    // Colleagues have neighbouring numbers.
    let organisation = organisation(number / 7);
    Person { name, item: format!("Q{}", 900_000_000 + number), title, organisation }
}

pub fn organisation(number: u64) -> String {
    format!("{} {}", surname(number / 10), at(BODIES, number))
}

/// The domain of an outlet, and its name.
pub fn outlet(number: u64) -> (String, String) {
    let place = surname(number);
    (format!("{}-post.example", place.to_lowercase()), format!("{place} Post"))
}

/// Different numbers make different names, of as many syllables as are needed.
fn surname(number: u64) -> String {
    let mut name = at(FIRST, number).to_owned();
    let mut left = number / 32;
    loop {
        name.push_str(at(SECOND, left));
        left /= 32;
        if left == 0 {
            return name;
        }
        left -= 1;
    }
}

fn at<'a>(of: &[&'a str], number: u64) -> &'a str {
    of[(number % of.len() as u64) as usize]
}
