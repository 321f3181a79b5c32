//! Prometheus' text format, read strictly: whatever a scraper could stumble over is a failure.

use std::collections::{BTreeMap, BTreeSet};

/// A page that was read: each series, such as `name{label="value"}` as it stands there, with its
/// value.
#[derive(Debug)]
pub struct Scrape(BTreeMap<String, f64>);

/// A family as it goes.
struct Family {
    name: String,
    kind: String,
}

impl Scrape {
    /// Reads a page.
    pub fn of(text: &str) -> Self {
        assert!(text.ends_with('\n') && !text.contains('\r'), "ends of lines");
        let (mut series, mut seen) = (BTreeMap::new(), BTreeSet::new());
        let mut family: Option<Family> = None;
        let mut lines = text.lines();
        while let Some(line) = lines.next() {
            if let Some(help) = line.strip_prefix("# HELP ") {
                let (name, help) = help.split_once(' ').unwrap_or_else(|| panic!("{line}"));
                assert!(is_name(name) && !help.is_empty() && !help.contains('\\'), "{line}");
                assert!(seen.insert(name.to_owned()), "{name} comes twice");
                let kind = lines.next().and_then(|l| l.strip_prefix(&format!("# TYPE {name} ")));
                let kind = kind.unwrap_or_else(|| panic!("{name} has no type")).to_owned();
                assert!(["counter", "gauge", "histogram"].contains(&kind.as_str()), "{kind}");
                assert_eq!(name.ends_with("_total"), kind == "counter", "{name} is a {kind}");
                family = Some(Family { name: name.to_owned(), kind });
                continue;
            }
            let family = family.as_ref().unwrap_or_else(|| panic!("{line} before any family"));
            let (key, value) = line.rsplit_once(' ').unwrap_or_else(|| panic!("{line}"));
            let value: f64 = value.parse().unwrap_or_else(|error| panic!("{error}: {line}"));
            let name = name_of(key);
            let ending = name.strip_prefix(&family.name);
            let ending = ending.unwrap_or_else(|| panic!("{line} below {}", family.name));
            let endings: &[&str] = match family.kind.as_str() {
                "histogram" => &["_bucket", "_sum", "_count"],
                _ => &[""],
            };
            assert!(endings.contains(&ending), "{line} below {}", family.name);
            assert!(value.is_finite() && (family.kind == "gauge" || value >= 0.0), "{line}");
            assert!(series.insert(key.to_owned(), value).is_none(), "{key} comes twice");
        }
        let page = Self(series);
        page.check_histograms(text);
        page
    }

    /// Each histogram counts up to `+Inf`, which is its count.
    fn check_histograms(&self, text: &str) {
        let mut last: Option<(String, f64, f64)> = None;
        let mut histograms = 0;
        for line in text.lines().filter(|line| name_of(line).ends_with("_bucket")) {
            let (key, value) = line.rsplit_once(' ').unwrap();
            let (series, bound) = key.split_once("le=\"").unwrap_or_else(|| panic!("{line}"));
            let bound = bound.strip_suffix("\"}").unwrap_or_else(|| panic!("{line}"));
            let (bound, value): (f64, f64) = (bound.parse().unwrap(), value.parse().unwrap());
            if let Some((before, lower, fewer)) = &last
                && before == series
            {
                assert!(*lower < bound && *fewer <= value, "{line}");
            }
            last = Some((series.to_owned(), bound, value));
            if bound.is_infinite() {
                let count = series.replacen("_bucket", "_count", 1);
                let count = count.trim_end_matches(['{', ',']).to_owned();
                let count = if count.contains('{') { count + "}" } else { count };
                assert_eq!(self.value(&count), value, "{count}");
                self.value(&count.replacen("_count", "_sum", 1));
                histograms += 1;
            }
        }
        let counts = self.0.keys().filter(|key| name_of(key).ends_with("_count")).count();
        assert_eq!(histograms, counts, "a histogram without +Inf");
    }

    /// The value of a series, which must be there.
    pub fn value(&self, series: &str) -> f64 {
        let found = self.0.get(series).copied();
        found.unwrap_or_else(|| panic!("no {series} in {:#?}", self.0.keys()))
    }

    /// Whether any series of a family is there.
    pub fn has(&self, family: &str) -> bool {
        self.0.keys().any(|key| name_of(key) == family)
    }
}

/// The name in `name{label="value"}`; its labels must be well-formed.
fn name_of(series: &str) -> &str {
    let series = series.rsplit_once(' ').map_or(series, |(series, _)| series);
    let Some((name, labels)) = series.split_once('{') else { return series };
    let labels = labels.strip_suffix('}').unwrap_or_else(|| panic!("{series}"));
    let mut names = BTreeSet::new();
    for label in labels.split(',') {
        let (label, value) = label.split_once('=').unwrap_or_else(|| panic!("{series}"));
        let value = value.strip_prefix('"').and_then(|value| value.strip_suffix('"'));
        let value = value.unwrap_or_else(|| panic!("{series}"));
        assert!(is_name(label) && !value.contains(['"', '\\', '\n']), "{series}");
        assert!(names.insert(label), "{label} twice in {series}");
    }
    assert!(is_name(name), "{series}");
    name
}

fn is_name(text: &str) -> bool {
    !text.is_empty()
        && !text.starts_with(|c: char| c.is_ascii_digit())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}
