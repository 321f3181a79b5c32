//! Numbers in a text, however they are written.

use super::words::Words;

const SMALL: &[(&str, u32)] = &[
    ("zero", 0),
    ("one", 1),
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
    ("ten", 10),
    ("eleven", 11),
    ("twelve", 12),
    ("thirteen", 13),
    ("fourteen", 14),
    ("fifteen", 15),
    ("sixteen", 16),
    ("seventeen", 17),
    ("eighteen", 18),
    ("nineteen", 19),
    ("twenty", 20),
    ("thirty", 30),
    ("forty", 40),
    ("fifty", 50),
    ("sixty", 60),
    ("seventy", 70),
    ("eighty", 80),
    ("ninety", 90),
    // German, French, Spanish, where they are no English words.
    ("zwei", 2),
    ("drei", 3),
    ("vier", 4),
    ("fünf", 5),
    ("sechs", 6),
    ("sieben", 7),
    ("neun", 9),
    ("zehn", 10),
    ("deux", 2),
    ("trois", 3),
    ("quatre", 4),
    ("cinq", 5),
    ("huit", 8),
    ("neuf", 9),
    ("dix", 10),
    ("dos", 2),
    ("tres", 3),
    ("cuatro", 4),
    ("cinco", 5),
    ("siete", 7),
    ("ocho", 8),
    ("nueve", 9),
    ("diez", 10),
];

const SCALES: &[(&str, f64)] = &[
    ("hundred", 1e2),
    ("thousand", 1e3),
    ("million", 1e6),
    ("billion", 1e9),
    ("trillion", 1e12),
    ("millionen", 1e6),
    ("milliarden", 1e9),
    ("millions", 1e6),
    ("milliards", 1e9),
    ("millones", 1e6),
    ("hundreds", 1e2),
    ("thousands", 1e3),
    ("billions", 1e9),
    ("trillions", 1e12),
    ("dozen", 12.0),
    ("dozens", 12.0),
];

const ORDINALS: &[(&str, u32)] = &[
    ("first", 1),
    ("second", 2),
    ("third", 3),
    ("fourth", 4),
    ("fifth", 5),
    ("sixth", 6),
    ("seventh", 7),
    ("eighth", 8),
    ("ninth", 9),
    ("tenth", 10),
    ("eleventh", 11),
    ("twelfth", 12),
    ("thirteenth", 13),
    ("fourteenth", 14),
    ("fifteenth", 15),
    ("sixteenth", 16),
    ("seventeenth", 17),
    ("eighteenth", 18),
    ("nineteenth", 19),
    ("twentieth", 20),
    ("thirtieth", 30),
    ("fortieth", 40),
    ("fiftieth", 50),
    ("hundredth", 100),
];

/// Number words that are counted as they stand, each with what it is counted as.
const OTHERS: &[(&str, &str)] = &[
    ("half", "half"),
    ("halves", "half"),
    ("quarter", "quarter"),
    ("quarters", "quarter"),
    ("twice", "twice"),
    ("thrice", "thrice"),
    ("double", "double"),
    ("triple", "triple"),
];

/// The numbers that some words (rising, of a text) hold, in one writing: "twenty-five" and "25",
/// "1,500" and "1500", "2 million" and "two million", "first" and "1st" are the same. A word with a
/// digit in it ("100bn", "G20") counts as it stands.
pub(super) fn numbers(text: &str, words: &Words, kept: &[usize]) -> Vec<String> {
    let mut found = Found::default();
    let mut next = 0;
    while let Some(at) = kept.get(next).copied() {
        let fold = words.fold(at);
        let before = next;
        next += 1;
        if fold.contains(|c: char| c.is_numeric()) {
            let mut print = fold.to_owned();
            // "1,500" and "1.8" are cut into words at their marks.
            while let Some((mark, more)) = kept.get(next).and_then(|more| {
                let here = kept[next - 1];
                (*more == here + 1).then(|| joined(text, words, here))?
            }) {
                print.push_str(mark);
                print.push_str(more);
                next += 1;
            }
            found.digits(&print);
        } else if let Some((_, value)) = SMALL.iter().find(|(word, _)| *word == fold) {
            let neighbours = before > 0 && kept[before - 1] + 1 == at;
            found.small(f64::from(*value), neighbours);
        } else if let Some((_, scale)) = SCALES.iter().find(|(word, _)| *word == fold) {
            found.scale(*scale);
        } else if let Some(value) = ordinal(fold) {
            found.ordinal(value);
        } else {
            found.end();
            let other = OTHERS.iter().find(|(word, _)| *word == fold);
            found.list.extend(other.map(|(_, number)| (*number).to_owned()));
        }
    }
    found.end();
    found.list
}

/// The value of an ordinal or of a fraction ("two thirds"); "seconds" are a time.
fn ordinal(fold: &str) -> Option<u32> {
    let one = fold.strip_suffix('s').filter(|one| !matches!(*one, "first" | "second"));
    let found = ORDINALS.iter().find(|(word, _)| *word == fold || Some(*word) == one);
    found.map(|(_, value)| *value)
}

/// The digits behind a word that are part of its number, and the decimal mark, if it is one.
fn joined<'w>(text: &str, words: &'w Words, at: usize) -> Option<(&'static str, &'w str)> {
    let gap = text.get(words.place(at).end..words.place(at + 1).start)?;
    let (here, next) = (words.fold(at), words.fold(at + 1));
    let digits = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(here) || !next.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    match gap {
        "," | "\u{a0}" | "\u{202f}" | "\u{2009}" | "'" | "\u{2019}"
            if next.len() == 3 && digits(next) =>
        {
            Some(("", next))
        }
        "." | "," => Some((".", next)),
        _ => None,
    }
}

/// Numbers found so far, and the one that is being read.
#[derive(Default)]
struct Found {
    list: Vec<String>,
    /// What is read: finished thousands, and what is below them.
    open: Option<(f64, f64)>,
}

impl Found {
    fn end(&mut self) {
        if let Some((thousands, rest)) = self.open.take() {
            self.list.push(format!("{}", thousands + rest));
        }
    }

    fn digits(&mut self, print: &str) {
        self.end();
        let ordinal = ["st", "nd", "rd", "th"].iter().find_map(|end| print.strip_suffix(end));
        match (print.parse::<f64>(), ordinal.and_then(|digits| digits.parse::<u32>().ok())) {
            (_, Some(value)) => self.list.push(format!("{value}.")),
            (Ok(value), _) if value.is_finite() => self.open = Some((0.0, value)),
            _ => self.list.push(print.to_owned()),
        }
    }

    fn small(&mut self, value: f64, neighbours: bool) {
        match &mut self.open {
            // "twenty five", "two hundred five".
            Some((_, rest)) if neighbours && fits(*rest, value) => *rest += value,
            _ => {
                self.end();
                self.open = Some((0.0, value));
            }
        }
    }

    fn scale(&mut self, scale: f64) {
        let (thousands, rest) = self.open.take().unwrap_or((0.0, 1.0));
        self.open = Some(match scale < 1e3 {
            true => (thousands, rest * scale),
            false => (thousands + rest * scale, 0.0),
        });
    }

    fn ordinal(&mut self, value: u32) {
        let open = self.open.filter(|(_, rest)| fits(*rest, f64::from(value)));
        let before = open.map_or(0.0, |(thousands, rest)| thousands + rest);
        match open {
            Some(_) => self.open = None,
            None => self.end(),
        }
        self.list.push(format!("{}.", before + f64::from(value)));
    }
}

/// Whether a smaller number word goes on what stands before it: "twenty" "five", but not "five"
/// "six".
fn fits(rest: f64, value: f64) -> bool {
    let room = if value < 10.0 { 10.0 } else { 100.0 };
    rest == 0.0 || rest >= 20.0 && rest % room == 0.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<String> {
        let words = Words::of(text);
        numbers(text, &words, &(0..words.len()).collect::<Vec<_>>())
    }

    #[test]
    fn one_number_in_many_writings() {
        for (one, other) in [
            ("twenty-five", "25"),
            ("1,500 of them", "1500"),
            ("two million", "2 million"),
            ("a million", "1,000,000"),
            ("two hundred five", "205"),
            ("the twenty-first", "the 21st"),
            ("1.8 per cent", "1.80"),
        ] {
            assert_eq!(read(one), read(other), "{one}");
            assert_eq!(read(one).len(), 1, "{one}");
        }
        assert_ne!(read("1.8"), read("18"));
        assert_eq!(read("five, six or 7"), ["5", "6", "7"]);
        assert_eq!(read("in 2016 and the 1980s"), ["2016", "1980s"]);
        assert!(read("nobody came").is_empty());
    }

    #[test]
    fn fractions_are_numbers() {
        assert_eq!(read("a quarter of them"), ["quarter"]);
        assert_eq!(read("three quarters"), ["3", "quarter"]);
        assert_ne!(read("two-thirds of them"), read("two-fifths of them"));
        assert!(read("a few seconds").is_empty());
    }
}
