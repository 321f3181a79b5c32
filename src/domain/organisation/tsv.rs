//! Reading of the shipped vocabulary files: tab-separated, `;` between several values.

use crate::domain::vocabulary::{Domain, OrganisationKind};

/// Every vocabulary file by its name.
pub(crate) const FILES: &[(&str, &str)] = &[
    ("organisations", include_str!("../data/organisations.tsv")),
    ("states", include_str!("../data/states.tsv")),
    ("countries", include_str!("../data/countries.tsv")),
    ("regions", include_str!("../data/regions.tsv")),
    ("bodies", include_str!("../data/bodies.tsv")),
    ("fields", include_str!("../data/fields.tsv")),
    ("institutions", include_str!("../data/institutions.tsv")),
    ("heads", include_str!("../data/heads.tsv")),
    ("modifiers", include_str!("../data/modifiers.tsv")),
];

/// The version that the first line of a file states.
pub(crate) fn version(file: &'static str) -> &'static str {
    let line = file.lines().next().unwrap_or_default();
    let rest = line.split_once("version ").map_or("", |(_, rest)| rest);
    rest.split(['.', ' ']).next().unwrap_or_default()
}

/// No file has more columns.
const COLUMNS: usize = 12;

/// The rows of a vocabulary file: neither comments nor empty lines.
pub(crate) fn rows(file: &'static str) -> impl Iterator<Item = Row> {
    file.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).map(|line| {
        let mut columns = [""; COLUMNS];
        columns.iter_mut().zip(line.split('\t')).for_each(|(column, text)| *column = text.trim());
        Row { columns }
    })
}

/// One row of a vocabulary file.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Row {
    columns: [&'static str; COLUMNS],
}

impl Row {
    /// A column; a missing one is empty.
    pub fn column(self, index: usize) -> &'static str {
        self.columns.get(index).copied().unwrap_or_default()
    }

    /// A column, or nothing where it is empty.
    pub fn optional(self, index: usize) -> Option<&'static str> {
        Some(self.column(index)).filter(|text| !text.is_empty())
    }

    /// The values of a column, each with its language (English where none is written).
    pub fn values(self, index: usize) -> impl Iterator<Item = (&'static str, &'static str)> {
        self.column(index).split(';').map(str::trim).filter(|text| !text.is_empty()).map(language)
    }

    /// A column that holds a kind.
    pub fn kind(self, index: usize) -> OrganisationKind {
        self.column(index).parse().unwrap_or(OrganisationKind::Unknown)
    }

    /// A column that holds a domain.
    pub fn domain(self, index: usize) -> Domain {
        self.column(index).parse().unwrap_or(Domain::Unknown)
    }
}

/// Splits `fr:ONU` into its language and its text.
fn language(value: &'static str) -> (&'static str, &'static str) {
    match value.split_once(':') {
        Some((language, text)) if language.len() == 2 => (language, text),
        _ => ("en", value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_and_domain_of_the_files_is_in_the_vocabulary() {
        for row in rows(include_str!("../data/organisations.tsv")) {
            assert!(row.column(2).parse::<OrganisationKind>().is_ok(), "{row:?}");
            assert!(row.column(3).parse::<Domain>().is_ok(), "{row:?}");
        }
        for row in rows(include_str!("../data/institutions.tsv")) {
            assert!(row.column(0).parse::<OrganisationKind>().is_ok(), "{row:?}");
            assert!(row.column(1).parse::<Domain>().is_ok(), "{row:?}");
        }
        for row in rows(include_str!("../data/fields.tsv")) {
            assert!(row.column(1).parse::<Domain>().is_ok(), "{row:?}");
        }
        for row in rows(include_str!("../data/countries.tsv")) {
            assert_eq!(row.column(0).len(), 2, "{row:?}");
        }
    }
}
