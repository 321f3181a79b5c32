//! One tenure as a file gives it, checked: what all forms of files share.

use super::missing;
use super::people::Person;
use crate::domain::date::FuzzyDate;
use crate::domain::field::{self, MAX_NAME};
use crate::domain::person::name_key;
use crate::domain::tenure::Bound;
use crate::import::rejection::Fault;
use crate::store::write::TenureEntry;

/// A tenure, field by field; the names of fields are those that a fault is told with.
#[derive(Debug, Default)]
pub(super) struct Row<'a> {
    pub role: (&'static str, Option<&'a str>),
    pub organisation: Option<&'a str>,
    pub area: Option<&'a str>,
    pub on_behalf_of: Option<&'a str>,
    pub begin: (&'static str, Option<&'a str>),
    pub end: (&'static str, Option<&'a str>),
    pub source: &'a str,
}

impl Row<'_> {
    /// The tenure of a person.
    pub fn entry(self, person: &Person) -> Result<TenureEntry, Fault> {
        let text = |name: &str, text: Option<&str>| {
            field::optional(name, text.map(Into::into), MAX_NAME).map_err(Fault::from)
        };
        let (name, role) = self.role;
        let title = text(name, role)?.ok_or_else(|| missing(name))?.trim().to_owned();
        if name_key(&title).is_empty() {
            return Err(Fault::value(name, "holds no letter or digit"));
        }
        let (begin, end) = (bound(self.begin)?, bound(self.end)?);
        if end.ends().1 < begin.begins().0 {
            return Err(Fault::value(self.end.0, "the tenure would end before it begins"));
        }
        Ok(TenureEntry {
            speaker: person.speaker.clone(),
            other_names: person.other_names.clone(),
            title,
            organisation: text("organisation", self.organisation)?,
            area: text("area", self.area)?,
            on_behalf_of: text("on_behalf_of", self.on_behalf_of)?,
            begin,
            end,
            source: field::required("source", self.source, MAX_NAME)?,
            external_id: person.external_id.clone(),
        })
    }
}

/// A date, `open` or `present` where there is no bound, nothing where the record does not say.
fn bound((field, text): (&'static str, Option<&str>)) -> Result<Bound, Fault> {
    match text.map(str::trim).unwrap_or_default() {
        "" => Ok(Bound::Unknown),
        word if ["open", "present"].iter().any(|w| word.eq_ignore_ascii_case(w)) => Ok(Bound::Open),
        date => match date.parse::<FuzzyDate>() {
            Ok(date) => Ok(Bound::Known(date)),
            Err(error) => Err(Fault::value(field, error)),
        },
    }
}
