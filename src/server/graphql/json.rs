//! How deep JSON nests and how much it holds, found out before anything is built of it.

use crate::domain::json::{Mark, marks};
use crate::limits::Limits;

/// Why JSON is not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Over {
    /// The limit that it is over.
    pub name: &'static str,
    /// Its value.
    pub limit: u64,
    /// What is wrong with the JSON: "nests deeper than …".
    pub problem: String,
}

/// How deep JSON may nest, and how many values it may hold.
#[derive(Debug, Clone, Copy)]
pub struct Most {
    depth: u64,
    values: u64,
    /// How much of both is not the request's own.
    around: (u64, u64),
}

impl Most {
    /// What a request may have.
    pub fn of(limits: &Limits) -> Self {
        Self { depth: limits.json_depth, values: limits.json_values, around: (0, 0) }
    }

    /// The same of JSON that holds a request this many levels down, beside this many values.
    pub fn around(self, levels: u64, values: u64) -> Self {
        Self { around: (levels, values), ..self }
    }

    /// Looks at JSON. What is none is counted somehow, and is for the parser to refuse.
    pub fn check(self, json: &[u8]) -> Result<(), Over> {
        let Self { depth: most_depth, values: most_values, around: (levels, values) } = self;
        let (mut depth, mut count) = (0u64, 0u64);
        for mark in marks(json) {
            match mark {
                Mark::Open => (depth, count) = (depth + 1, count + 1),
                Mark::Close => depth = depth.saturating_sub(1),
                Mark::String | Mark::Word => count += 1,
                // What stood before it was a key.
                Mark::Colon => count = count.saturating_sub(1),
            }
            if depth > most_depth + levels {
                return Err(over("jsonDepth", most_depth, "nests deeper than", "levels"));
            }
            if count > most_values + values {
                return Err(over("jsonValues", most_values, "holds more than", "values"));
            }
        }
        Ok(())
    }
}

fn over(name: &'static str, limit: u64, what: &str, unit: &str) -> Over {
    Over { name, limit, problem: format!("{what} {limit} {unit}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(json: &str, depth: u64, values: u64) -> Option<&'static str> {
        Most { depth, values, around: (0, 0) }.check(json.as_bytes()).err().map(|over| over.name)
    }

    #[test]
    fn every_value_counts_and_no_key_does() {
        for (json, depth, values) in [
            ("null", 0, 1),
            ("-1.5e+3", 0, 1),
            (r#""{[1, 2]}: \" ,""#, 0, 1),
            ("[]", 1, 1),
            ("[1, true,[ null ], {} ]", 2, 6),
            (r#"{"a": 1, "b" : "c", "d": {"e":[2,3]}}"#, 3, 7),
            (r#"[{"a":""},{"":""}]"#, 2, 5),
        ] {
            assert_eq!(refusal(json, depth, values), None, "{json}");
            assert_eq!(refusal(json, depth, values - 1), Some("jsonValues"), "{json}");
            if depth > 0 {
                assert_eq!(refusal(json, depth - 1, values), Some("jsonDepth"), "{json}");
            }
        }
    }

    #[test]
    fn what_follows_is_no_excuse() {
        let colons = format!("[{}{}", "{},".repeat(11), ":".repeat(100));
        assert_eq!(refusal(&colons, 32, 10), Some("jsonValues"));
        assert_eq!(refusal(&"[".repeat(33), 32, 1_000), Some("jsonDepth"));
    }
}
