//! A surname alone and the full name that the same article prints for it.
//!
//! "Kirby said" means the John Kirby of that article, and nobody of another one. Where more than
//! one bearer of the surname is printed, or something printed speaks against the only one, the
//! surname stays what it is.

use super::name_key;
use super::parts::{Gender, NameParts};
use crate::domain::role::words::Head;

/// A name that an article prints, and a title that it prints with it there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Printed<'a> {
    /// As [`super::read_speaker`] gives it.
    pub name: &'a str,
    /// The title before, after or beside the name.
    pub title: Option<&'a str>,
}

impl<'a> From<&'a str> for Printed<'a> {
    fn from(name: &'a str) -> Self {
        Self { name, title: None }
    }
}

/// What the names of an article say of a surname.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FullName<'a> {
    /// One person bears it: the fullest spelling that is printed.
    Only(&'a str),
    /// More than one person may be meant.
    Several,
    /// Nobody bears it, or what is printed speaks against the only one who does.
    None,
}

/// Whether a name, as [`super::read_speaker`] gives it, is a surname alone, perhaps with a title:
/// "Kirby", "Mr Kirby", "President Trump", "von der Leyen". A name of one word that is not a
/// surname ("Pelé") cannot be told from one. Monarchs and popes have no surname: "Pope Francis" is
/// a full name.
pub fn is_short(name: &str) -> bool {
    NameParts::read(name).is_some_and(|parts| parts.is_short())
}

/// The full name that a short one means among the names of the same article, in any order.
///
/// - The family name must be the same, with the particles and the generation ("Jr.") that the
///   short one prints. Of Chinese and Korean names it stands first.
/// - A title must be printed with the full name too: "President Quill" is not the Bob Quill of the
///   same article of whom nobody says that he is a president.
/// - "Mrs Quill" is no Bob, and "Herr Quill" no Ada.
/// - Spellings that differ by initials, middle names or nicknames are one person.
/// - A first name alone ("Ada") is nobody's: children and victims go by theirs beside others.
pub fn full_name<'a, P>(short: &str, printed: impl IntoIterator<Item = P>) -> FullName<'a>
where
    P: Into<Printed<'a>>,
{
    let Some(short) = NameParts::read(short).filter(NameParts::is_short) else {
        return FullName::None;
    };
    let mut bearers: Vec<Bearer<'a>> = Vec::new();
    for Printed { name, title } in printed.into_iter().map(Into::into) {
        let Some(parts) = NameParts::read(name).filter(|parts| parts.bears(&short)) else {
            continue;
        };
        let offices = title.map(NameParts::offices).unwrap_or_default();
        let key = name_key(name);
        match bearers.iter_mut().find(|bearer| bearer.key == key) {
            Some(known) => {
                known.offices.extend(offices);
                known.name = known.name.min(name);
            }
            None => bearers.push(Bearer { name, key, parts, offices }),
        }
    }
    // An office is of the person, whatever spelling it is printed with.
    let one = bearers.iter().enumerate().all(|(at, one)| {
        bearers[at + 1..].iter().all(|other| one.parts.is_spelling_of(&other.parts))
    });
    if !one {
        return FullName::Several;
    }
    let held = |office: &Head| bearers.iter().any(|bearer| bearer.holds(*office));
    let Some(fullest) = bearers.iter().max_by_key(|bearer| (bearer.key.len(), &bearer.key)) else {
        return FullName::None;
    };
    let fits = short.titles.iter().all(held)
        && bearers.iter().all(|bearer| !contradicts(short.gender, bearer.parts.given_gender()));
    if fits { FullName::Only(fullest.name) } else { FullName::None }
}

struct Bearer<'a> {
    name: &'a str,
    key: String,
    parts: NameParts,
    offices: Vec<Head>,
}

impl Bearer<'_> {
    /// Whether a title with this head noun is printed with the name.
    fn holds(&self, office: Head) -> bool {
        let rank = |head| matches!(head, Head::Rank | Head::RankOrOther);
        let mut own = self.offices.iter().chain(&self.parts.titles);
        own.any(|own| *own == office || rank(*own) && rank(office))
    }
}

fn contradicts(said: Option<Gender>, given: Option<Gender>) -> bool {
    matches!((said, given), (Some(said), Some(given)) if said != given)
}

#[cfg(test)]
mod tests {
    use super::FullName::{None as Nobody, Only, Several};
    use super::*;
    use proptest::prelude::*;

    fn means<'a>(short: &str, names: &[&'a str]) -> FullName<'a> {
        full_name(short, names.iter().copied())
    }

    #[test]
    fn a_surname_means_its_only_bearer() {
        for (short, full) in [
            ("Kirby", "John Kirby"),
            ("KIRBY", "John Kirby"),
            ("Mr Kirby", "John Kirby"),
            ("Dr. Quill", "Ada Quill"),
            ("Frau Quill", "Ada Quill"),
            ("Dujarric", "Stéphane Dujarric"),
            ("von der Leyen", "Ursula von der Leyen"),
            ("Leyen", "Ursula von der Leyen"),
            ("Van Hollow", "Chris Van Hollow"),
            ("de Quill", "Ada de Quill"),
            ("al-Khalili", "Jim Al-Khalili"),
            ("Khalili", "Jim Al-Khalili"),
            ("O\u{2019}Quill", "Ada O'Quill"),
            ("Quill-Stone", "Ada Quill-Stone"),
            ("Le Drian", "Jean-Yves Le Drian"),
            ("Quill Jr.", "Bob Quill Jr."),
            ("Quill", "Bob Quill III"),
            ("Quill", "A. B. Quill"),
            ("Quill", "Ada \"Dolly\" Quill"),
            ("Xi", "Xi Jinping"),
            ("Moon", "Moon Jae-in"),
            ("Kim", "Kim Jong-un"),
            ("Mr Ban", "Ban Ki-moon"),
        ] {
            let others = ["Bob Stone", full, "Carl Reed", "Marine"];
            assert_eq!(means(short, &others), Only(full), "{short}");
        }
    }

    #[test]
    fn who_bears_another_name_is_not_meant() {
        for (short, other) in [
            ("Kirby", "Kirby Stone"),
            ("Ada", "Ada Quill"),
            ("Stone", "Ada Quill-Stone"),
            ("van Quill", "Ada von Quill"),
            ("Quill Jr.", "Bob Quill"),
            ("Kim", "Kim Quill"),
            ("Lee", "Lee Harvey Quill"),
            ("Francis", "Pope Francis"),
            ("Quill", "Quill"),
            ("Quill", "Mr Quill"),
            ("Quill", "President Quill"),
            ("Mrs Quill", "Bob Quill"),
            ("Herr Quill", "Julia Quill"),
            ("President Quill", "Ada Quill"),
            ("Pope Francis", "Ada Francis"),
            ("Ada Quill", "Ada Quill"),
            ("a spokesman", "Ada Quill"),
            ("", "Ada Quill"),
        ] {
            assert_eq!(means(short, &[other]), Nobody, "{short} of {other}");
        }
        assert_eq!(means("Quill", &[]), Nobody);
    }

    #[test]
    fn an_office_must_be_printed_with_the_full_name_too() {
        let printed = |title| [Printed { name: "Ada Quill", title }, "Bob Stone".into()];
        for (short, title) in [
            ("President Quill", "president"),
            ("Gen. Quill", "Army Lt. Gen."),
            ("Sen. Quill", "Democratic senator from Dorvat"),
            ("Kanzlerin Quill", "deutsche Kanzlerin"),
            ("Mr Quill", "president"),
        ] {
            assert_eq!(full_name(short, printed(Some(title))), Only("Ada Quill"), "{short}");
        }
        for title in [None, Some("first lady"), Some("governor")] {
            assert_eq!(full_name("President Quill", printed(title)), Nobody, "{title:?}");
        }
    }

    #[test]
    fn two_bearers_settle_nothing_and_two_spellings_are_one() {
        assert_eq!(means("Quill", &["Ada Quill", "Bob Quill"]), Several);
        assert_eq!(means("Quill", &["Bob Quill", "Bob Quill Jr."]), Several);
        assert_eq!(means("Quill", &["Ada B. Quill", "Ada C. Quill", "Ada Quill"]), Several);
        assert_eq!(means("Moon", &["Moon Jae-in", "Ada Moon"]), Several);
        let spellings = ["Ada Quill", "ADA QUILL", "Ada B. Quill", "A. B. Quill"];
        assert_eq!(means("Quill", &spellings), Only("Ada B. Quill"));
    }

    #[test]
    fn a_surname_alone_is_short_and_a_monarch_is_not() {
        for short in ["Kirby", "Mr Kirby", "President Trump", "Gen. Quill", "von der Leyen", "Pelé"]
        {
            assert!(is_short(short), "{short}");
        }
        for full in ["Ada Quill", "Pope Francis", "Queen Elizabeth II", "J. Quill", "习近平", ""]
        {
            assert!(!is_short(full), "{full}");
        }
    }

    fn names() -> impl Strategy<Value = Vec<String>> {
        let given =
            prop::sample::select(vec!["Ada", "A.", "Bob", "Ada B.", "Kim", "Mr", "Gen.", ""]);
        let particle = prop::sample::select(vec!["", "", "von ", "al-"]);
        let family = prop::sample::select(vec!["Quill", "QUILL", "Stone", "Kim", "Jong-un"]);
        let end = prop::sample::select(vec!["", "", " Jr."]);
        let name = (given, particle, family, end).prop_map(|(given, particle, family, end)| {
            format!("{given} {particle}{family}{end}").trim().to_owned()
        });
        prop::collection::vec(name, 0..6)
    }

    proptest! {
        #[test]
        fn order_never_matters_and_what_is_found_was_printed_in_full(
            (names, shuffled) in names().prop_flat_map(|names| {
                (Just(names.clone()), Just(names).prop_shuffle())
            }),
            short in prop::sample::select(vec!["Quill", "von Quill", "Mr Stone", "Kim", "Gen. Quill"]),
        ) {
            let found = full_name(short, names.iter().map(String::as_str));
            prop_assert_eq!(found, full_name(short, shuffled.iter().map(String::as_str)));
            if let Only(name) = found {
                prop_assert!(names.iter().any(|printed| printed == name) && !is_short(name));
            }
        }
    }
}
