//! `--map`: which column of a table holds which field.

use std::collections::BTreeMap;
use std::str::FromStr;

/// Fields and their columns, as one `--map` gives them: `quote=Text,speaker=Who`.
#[derive(Debug, Clone)]
pub(super) struct Mapped(Vec<(String, String)>);

impl FromStr for Mapped {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let mut mapped: Vec<(String, String)> = Vec::new();
        for part in text.split(',') {
            match (part.split_once('='), mapped.last_mut()) {
                (Some((field, column)), _) => {
                    mapped.push((field.trim().to_owned(), column.to_owned()));
                }
                // The name of a column may hold a comma.
                (None, Some((_, column))) => {
                    column.push(',');
                    column.push_str(part);
                }
                (None, None) => return Err(format!("`{part}` is not of the form field=column")),
            }
        }
        for (field, column) in &mut mapped {
            *column = column.trim().to_owned();
            if field.is_empty() || column.is_empty() {
                return Err(format!("`{field}={column}` is not of the form field=column"));
            }
        }
        Ok(Self(mapped))
    }
}

/// The columns of all that was given, by their fields.
///
/// # Errors
/// Where a field is given two columns: says which.
pub(super) fn columns(given: &[Mapped]) -> Result<BTreeMap<String, String>, String> {
    let mut columns: BTreeMap<String, String> = BTreeMap::new();
    for (field, column) in given.iter().flat_map(|Mapped(mapped)| mapped) {
        if let Some(other) = columns.insert(field.clone(), column.clone())
            && other != *column
        {
            return Err(format!("--map gives both `{other}` and `{column}` to `{field}`"));
        }
    }
    Ok(columns)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(given: &[&str]) -> Result<Vec<(String, String)>, String> {
        let given: Vec<Mapped> = given.iter().map(|text| text.parse()).collect::<Result<_, _>>()?;
        Ok(columns(&given)?.into_iter().collect())
    }

    #[test]
    fn the_name_of_a_column_may_hold_commas_and_blanks() {
        let pair = |field: &str, column: &str| (field.to_owned(), column.to_owned());
        let all = [pair("quote", "Text, in full"), pair("speaker", "Who")];
        assert_eq!(read(&["quote=Text, in full,speaker=Who"]), Ok(all.to_vec()));
        assert_eq!(read(&["speaker = Who", "quote=Text, in full"]), Ok(all.to_vec()));
    }

    #[test]
    fn what_gives_no_column_or_two_is_refused() {
        for text in ["", "Text", "=Text", "quote=", "quote=Text,speaker="] {
            assert!(read(&[text]).is_err(), "{text}");
        }
        let why = "--map gives both `a` and `b` to `quote`".to_owned();
        assert_eq!(read(&["quote=a", "quote=b"]), Err(why));
    }
}
