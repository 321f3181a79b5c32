//! The head of anybody's table: which field stands in which column, by `--map` and by name. Where names
//! do not decide, the table is refused and nothing is guessed.

use std::collections::BTreeMap;

use super::columns::{AMBIGUOUS, EXPORTED, FIELDS, QUOTES, meant, plain};
use crate::import::record::Note;
use crate::import::rejection::{Code, Fault};

/// Which field stands in which column.
#[derive(Debug, Default)]
pub struct Head {
    /// The fields that are there, each with its column.
    pub fields: BTreeMap<&'static str, usize>,
    /// Whether the column of the text is said to hold words that somebody said.
    pub is_quoted: bool,
    /// Whether the columns are called as the native format's fields.
    pub is_native: bool,
    /// Whether dixit wrote the table.
    pub is_export: bool,
    /// The column of ids, where that may be what is left of an export.
    pub id: Option<usize>,
    /// The column that tells of quotes that have vanished.
    pub vanished: Option<usize>,
    /// What is to be told of columns that are not read, once.
    pub untold: Option<Note>,
}

impl Head {
    /// Reads the names of the columns.
    ///
    /// # Errors
    /// Where `map` names a field or a column that there is not, where two columns could hold one field,
    /// where a name may mean several, or where no column holds the words.
    pub fn read(names: &[&str], map: &BTreeMap<String, String>) -> Result<Self, Fault> {
        let plain_names: Vec<String> = names.iter().map(|name| plain(name)).collect();
        let there = |name: &str| plain_names.iter().any(|found| found == name);
        // Only the native format has these together, so that names are its own.
        let is_native = there("text") && there("kind");
        // Anybody may call columns as the first two.
        let is_export = there("article_id") && there("further_speakers")
            || there("vanished_at")
            || EXPORTED[2..].iter().any(|name| there(name));
        let id = plain_names.iter().position(|name| is_native && name == "id");
        let is_export = is_native && is_export;
        let mut head = Self { is_native, is_export, id, ..Self::default() };
        let mut read = vec![false; names.len()];
        for (said, column) in map {
            let field = mapped(said)?;
            let at = column_of(said, column, names, &plain_names)?;
            if head.fields.insert(field, at).is_some() {
                return Err(refused(format!("--map says twice which column holds `{field}`")));
            }
            head.is_quoted |= field == "text" && QUOTES.contains(&plain(said).as_str());
            read[at] = true;
        }
        let words = head.fields.get("text");
        let other = head.fields.iter().find(|(field, at)| **field != "text" && Some(*at) == words);
        if let Some((field, at)) = other {
            let column = names[*at];
            return Err(refused(format!("--map gives `{column}` to `text` and to `{field}`")));
        }
        let by_map: Vec<&str> = head.fields.keys().copied().collect();
        for (at, name) in plain_names.iter().enumerate().filter(|(at, _)| !read[*at]) {
            let is_vague = AMBIGUOUS.iter().any(|(vague, _)| vague == name) && !is_native;
            if head.is_export && EXPORTED.contains(&name.as_str()) || is_vague {
                continue;
            }
            let Some(field) = meant(name).map(|field| field.path) else { continue };
            if by_map.contains(&field) {
                continue;
            }
            if let Some(other) = head.fields.insert(field, at) {
                return Err(refused(format!(
                    "the columns `{}` and `{}` could both hold `{field}`: say which, as in \
                     --map {field}={}",
                    names[other], names[at], names[at],
                )));
            }
            head.is_quoted |= field == "text" && QUOTES.contains(&name.as_str());
        }
        if map.is_empty() && !is_native {
            head.refuse_vague(names, &plain_names)?;
        }
        if !head.fields.contains_key("text") {
            return Err(refused(format!(
                "no column is known to hold the words: say which, as in --map quote={}; the columns \
                 are {}",
                names.first().copied().unwrap_or("Text"),
                listed(names.iter().copied()),
            )));
        }
        head.vanished = plain_names.iter().position(|name| head.is_export && name == "vanished_at");
        head.tell_unread(names, &plain_names);
        Ok(head)
    }

    /// Refuses a name of which one meaning is not taken by another column.
    fn refuse_vague(&self, names: &[&str], plain_names: &[String]) -> Result<(), Fault> {
        for (name, vague) in names.iter().zip(plain_names) {
            let Some((_, meanings)) = AMBIGUOUS.iter().find(|(known, _)| known == vague) else {
                continue;
            };
            let mut open = meanings.iter().filter(|field| !self.fields.contains_key(**field));
            if let Some(first) = open.next() {
                let fields = listed(meanings.iter().copied());
                return Err(refused(format!(
                    "the column `{name}` may hold {fields}, or something else: say which columns hold \
                     what, as in --map {}; the columns are {}",
                    self.example(first, name, names),
                    listed(names.iter().copied()),
                )));
            }
        }
        Ok(())
    }

    /// `quote=Text,speaker=Who`, with what is known already.
    fn example(&self, field: &str, name: &str, names: &[&str]) -> String {
        let known = self.fields.iter().map(|(field, at)| (*field, names[*at]));
        let pairs = known.chain([(field, name)]);
        pairs.map(|(field, name)| format!("{field}={name}")).collect::<Vec<_>>().join(",")
    }

    fn tell_unread(&mut self, names: &[&str], plain_names: &[String]) {
        let is_known = |at: usize| {
            self.fields.values().any(|column| *column == at)
                || [self.vanished, self.id].contains(&Some(at))
                || self.is_export && EXPORTED.contains(&plain_names[at].as_str())
        };
        let unread: Vec<&str> =
            (0..names.len()).filter(|at| !is_known(*at)).map(|at| names[at]).collect();
        self.untold = (!unread.is_empty()).then(|| {
            let columns =
                listed(unread.iter().map(|name| if name.is_empty() { "" } else { *name }));
            Note::Unread(format!("the columns {columns}; --map gives a column to a field"))
        });
    }
}

/// The field that `--map` names.
fn mapped(said: &str) -> Result<&'static str, Fault> {
    meant(&plain(said)).map(|field| field.path).ok_or_else(|| {
        let fields = listed(FIELDS.iter().map(|field| field.path));
        refused(format!(
            "--map names the field `{said}`, which there is not; the fields are {fields}"
        ))
    })
}

/// The column that `--map` names.
fn column_of(
    said: &str,
    column: &str,
    names: &[&str],
    plain_names: &[String],
) -> Result<usize, Fault> {
    let exact = names.iter().position(|name| *name == column);
    let like = || {
        let wanted = plain(column);
        let mut alike = (0..names.len()).filter(|at| plain_names[*at] == wanted);
        alike.next().filter(|_| alike.next().is_none())
    };
    exact.or_else(like).ok_or_else(|| {
        let columns = listed(names.iter().copied());
        refused(format!(
            "--map gives the column `{column}` to `{said}`, and the table has no such column; it has \
             {columns}"
        ))
    })
}

fn listed<'a>(names: impl Iterator<Item = &'a str>) -> String {
    names.map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

fn refused(reason: String) -> Fault {
    Fault::line(Code::BadCells, reason)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(names: &[&str], map: &[(&str, &str)]) -> Result<Head, String> {
        let own = |(field, column): &(&str, &str)| ((*field).to_owned(), (*column).to_owned());
        Head::read(names, &map.iter().map(own).collect()).map_err(|fault| fault.reason)
    }

    #[test]
    fn columns_are_known_by_their_names_and_by_the_map() {
        let head =
            read(&["Quotation", "Who", "Link", "Published At", "mood"], &[]).expect("a head");
        let fields: Vec<_> = head.fields.iter().map(|(field, at)| (*field, *at)).collect();
        let expected =
            [("article.published_at", 3), ("article.url", 2), ("speaker", 1), ("text", 0)];
        assert_eq!(fields, expected);
        assert!(head.is_quoted && format!("{:?}", head.untold).contains("`mood`"));
        let map = [("quote", "Text"), ("url", "where"), ("article.title", "Title")];
        let head = read(&["Text", "Title", "Where"], &map).expect("a head");
        assert_eq!(head.fields.get("article.url"), Some(&2));
        assert!(head.is_quoted && head.untold.is_none());
    }

    #[test]
    fn what_a_name_does_not_decide_is_refused_with_what_to_do() {
        for (names, map, why) in [
            (&["quote", "title"][..], &[][..], "--map text=quote,article.title=title"),
            (&["text", "speaker"], &[], "the column `text` may hold `text`, or something else"),
            (&["quote", "source"], &[], "`speaker`, `article.publisher`, `article.url`"),
            (&["quote", "quotation"], &[], "the columns `quote` and `quotation` could both"),
            (&["speaker", "url"], &[], "no column is known to hold the words"),
            (&["quote"], &[("speeker", "Who")], "the field `speeker`, which there is not"),
            (&["quote"], &[("speaker", "Who")], "the column `Who` to `speaker`"),
            (&["a"], &[("quote", "a"), ("text", "a")], "says twice"),
            (&["a"], &[("quote", "a"), ("speaker", "a")], "gives `a` to `text` and to `speaker`"),
        ] {
            let told = read(names, map).expect_err(why);
            assert!(told.contains(why), "{told}");
        }
    }

    #[test]
    fn a_vague_name_is_left_where_all_that_it_may_mean_is_elsewhere() {
        let names = ["quote", "speaker", "role", "headline", "title", "text"];
        let head = read(&names, &[]).expect("a head");
        assert_eq!((head.fields["article.title"], head.fields["text"]), (3, 0));
        assert!(format!("{:?}", head.untold).contains("`title`, `text`"));
    }
}
