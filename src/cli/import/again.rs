//! The command that goes on with an import that stopped in the middle.

use std::borrow::Cow;

/// How these arguments of the program, which begin with its name, are typed to go on behind what they
/// wrote.
pub(super) fn command(arguments: impl IntoIterator<Item = String>) -> String {
    let mut arguments: Vec<String> =
        arguments.into_iter().filter(|argument| argument != "--from-start").collect();
    let has = |word: &str| arguments.iter().any(|argument| argument == word);
    // Standard input may be anything each time: it goes on only where that is said.
    if has("-") && !has("--resume") {
        let behind =
            arguments.iter().position(|argument| argument == "import").map_or(1, |at| at + 1);
        arguments.insert(behind.min(arguments.len()), "--resume".to_owned());
    }
    let quoted: Vec<Cow<'_, str>> = arguments.iter().map(|argument| quoted(argument)).collect();
    quoted.join(" ")
}

/// A word as a shell takes it.
fn quoted(word: &str) -> Cow<'_, str> {
    let plain = |c: char| c.is_alphanumeric() || "-_=+,./:@%".contains(c);
    match !word.is_empty() && word.chars().all(plain) {
        true => word.into(),
        false => format!("'{}'", word.replace('\'', r"'\''")).into(),
    }
}

#[cfg(test)]
mod tests {
    use super::command;

    #[test]
    fn the_same_command_goes_on() {
        for (typed, again) in [
            (&["dixit", "import", "a.jsonl"][..], "dixit import a.jsonl"),
            (&["dixit", "import", "--from-start", "it's.csv"], r"dixit import 'it'\''s.csv'"),
            (&["dixit", "import", "--json", "-"], "dixit import --resume --json -"),
            (&["dixit", "import", "--resume", "-"], "dixit import --resume -"),
        ] {
            let typed = typed.iter().map(|word| (*word).to_owned());
            assert_eq!(command(typed), again);
        }
    }
}
