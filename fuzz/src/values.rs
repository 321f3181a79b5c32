//! Values that are read from text.

use std::borrow::Cow;

use dixit::domain::address::{Address, Rule};
use dixit::domain::date::FuzzyDate;
use dixit::domain::field;

use super::outcome;

/// What is read prints as something that reads the same. Every line is a value; each address is
/// compared with that before it.
pub fn check(text: &str) -> u64 {
    let mut outcomes = Vec::new();
    let mut before: Option<Address> = None;
    for line in text.lines().take(8) {
        let date = line.parse::<FuzzyDate>().ok();
        if let Some(date) = date {
            assert!(date.earliest <= date.latest, "{date:?}");
            assert_eq!(date.to_string().parse(), Ok(date), "{line:?}");
        }
        let address = Address::read(line);
        if let Ok(address) = &address {
            assert_eq!(Address::read(&address.printed).as_ref(), Ok(address));
            let itself = Address::united_by(&address.printed, &address.printed);
            assert_eq!(itself, Some(Rule::Identical));
        }
        let mut united = None;
        if let (Some(one), Ok(other)) = (&before, &address) {
            united = Address::united_by(&one.printed, &other.printed);
            assert_eq!(united, Address::united_by(&other.printed, &one.printed));
            assert_eq!(united.is_some(), one.key == other.key, "{} {}", one.printed, other.printed);
        }
        let some = || Some(Cow::Borrowed(line));
        let others = [field::language("x", some()), field::wikidata("x", some())];
        for value in others.iter().flatten().flatten() {
            let again = [
                field::language("x", Some(value.into())),
                field::wikidata("x", Some(value.into())),
            ];
            assert!(
                again.into_iter().flatten().flatten().any(|found| found == *value),
                "{value:?}"
            );
        }
        let is_value = others.map(|value| value.is_ok_and(|value| value.is_some()));
        outcomes.push((
            date.map(|date| date.precision.as_str()),
            united.map(Rule::as_str),
            is_value,
        ));
        outcomes.push((None, address.is_ok().then_some("address"), [false; 2]));
        before = address.ok().or(before);
    }
    outcome(outcomes)
}
