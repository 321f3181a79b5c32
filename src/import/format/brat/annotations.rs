//! The lines of brat's stand-off format, read one by one: a faulty one costs no other.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use crate::import::rejection::{Code, Fault};

/// All annotations of a document.
#[derive(Debug, Default)]
pub struct Annotations<'a> {
    /// Spans of text, by their ids.
    pub bounds: BTreeMap<&'a str, Bound<'a>>,
    /// Events, in order.
    pub events: Vec<Event<'a>>,
    /// What is related to what as what, in both directions, once each.
    pub related: BTreeMap<&'a str, Vec<Relation<'a>>>,
    /// Label and value of the attributes of an annotation, with the line that says so.
    pub attributes: BTreeMap<&'a str, Vec<Attribute<'a>>>,
    /// The ids of events.
    ids: BTreeSet<&'a str>,
    /// What is known to be related as what.
    pairs: HashSet<(&'a str, &'a str, &'a str)>,
    /// Lines that cannot be read: the id, the line, and why.
    pub faults: Vec<(&'a str, String, Fault)>,
    /// Ids that stand there more than once, with all their lines: nobody knows which one is meant.
    doubled: BTreeMap<&'a str, Vec<&'a str>>,
}

/// A span of text, perhaps in several fragments.
#[derive(Debug, Clone)]
pub struct Bound<'a> {
    /// Its id (`T3`).
    pub id: &'a str,
    /// Its label.
    pub label: &'a str,
    /// From where to before where.
    pub spans: Vec<(u64, u64)>,
    /// The words; of several fragments with a space between.
    pub text: &'a str,
    /// All of its line.
    pub line: &'a str,
}

/// An event: a trigger and what takes part.
#[derive(Debug)]
pub struct Event<'a> {
    /// Its id (`E1`).
    pub id: &'a str,
    /// Role and id of everything, the trigger first.
    pub parts: Vec<(&'a str, &'a str)>,
    /// All of its line.
    pub line: &'a str,
}

/// A relation, from one of its ends.
#[derive(Debug, Clone, Copy)]
pub struct Relation<'a> {
    /// Its label.
    pub label: &'a str,
    /// The id of its other end.
    pub other: &'a str,
    /// All of its line.
    pub line: &'a str,
}

/// An attribute.
#[derive(Debug, Clone, Copy)]
pub struct Attribute<'a> {
    /// Its label.
    pub label: &'a str,
    /// Its value, unless it is only there or not.
    pub value: Option<&'a str>,
    /// All of its line.
    pub line: &'a str,
}

impl<'a> Annotations<'a> {
    /// Reads a document.
    pub fn read(text: &'a str) -> Self {
        let mut found = Self::default();
        for line in text.lines().filter(|line| !line.trim().is_empty()) {
            let id = line.split('\t').next().unwrap_or_default();
            if let Err(reason) = found.take(id, line) {
                found.faults.push((id, line.to_owned(), fault(id, reason)));
            }
        }
        for (id, lines) in std::mem::take(&mut found.doubled) {
            let reason = format!("stands there {} times", lines.len());
            found.faults.push((id, lines.join("\n"), fault(id, reason)));
        }
        found
    }

    /// Whether this is the id of an event.
    pub fn is_event(&self, id: &str) -> bool {
        self.ids.contains(id)
    }

    /// Whether the id of this line stood there before: then none of its lines counts.
    fn doubles(&mut self, id: &'a str, line: &'a str) -> bool {
        if let Some(lines) = self.doubled.get_mut(id) {
            lines.push(line);
            return true;
        }
        let bound = self.bounds.remove(id).map(|bound| bound.line);
        let mut event = || {
            let at = self.events.iter().position(|event| event.id == id)?;
            Some(self.events.remove(at).line)
        };
        let first = match bound {
            None if self.ids.contains(id) => event(),
            bound => bound,
        };
        if let Some(first) = first {
            self.doubled.insert(id, vec![first, line]);
        }
        first.is_some()
    }

    fn take(&mut self, id: &'a str, line: &'a str) -> Result<(), String> {
        let mut fields = line.splitn(3, '\t').skip(1);
        let (first, text) = (fields.next(), fields.next());
        let mut words = first.unwrap_or_default().split(' ').filter(|word| !word.is_empty());
        match id.chars().next() {
            Some('T') => {
                let bound = bound(id, first.unwrap_or_default(), text, line)?;
                if !self.doubles(id, line) {
                    self.bounds.insert(id, bound);
                }
            }
            Some('E') => {
                let parts: Option<Vec<_>> = words.map(|word| word.split_once(':')).collect();
                let parts = parts.filter(|parts| !parts.is_empty());
                let parts = parts.ok_or("is no event such as `Attribution:T4 Content:T3`")?;
                if !self.doubles(id, line) {
                    self.ids.insert(id);
                    self.events.push(Event { id, parts, line });
                }
            }
            Some('R') => {
                let label = words.next();
                let mut ends = words.filter_map(|word| Some(word.split_once(':')?.1));
                let (Some(label), Some(one), Some(other)) = (label, ends.next(), ends.next())
                else {
                    return Err("is no relation such as `Spoke Arg1:T1 Arg2:T3`".to_owned());
                };
                for (one, other) in [(one, other), (other, one)] {
                    // What is said again says nothing more.
                    if self.pairs.insert((one, other, label)) {
                        let relation = Relation { label, other, line };
                        self.related.entry(one).or_default().push(relation);
                    }
                }
            }
            Some('A' | 'M') => {
                let (Some(label), Some(target)) = (words.next(), words.next()) else {
                    return Err("is no attribute such as `Kind T3 direct`".to_owned());
                };
                let attribute = Attribute { label, value: words.next(), line };
                self.attributes.entry(target).or_default().push(attribute);
            }
            // Notes, normalisations and equivalences say nothing of a quote.
            Some('#' | 'N' | '*') => {}
            _ => return Err("is no annotation of brat's".to_owned()),
        }
        Ok(())
    }
}

fn fault(id: &str, reason: String) -> Fault {
    Fault { field: Some(id.chars().take(80).collect()), code: Code::BadValue, reason }
}

fn bound<'a>(
    id: &'a str,
    head: &'a str,
    text: Option<&'a str>,
    line: &'a str,
) -> Result<Bound<'a>, String> {
    let shape = "is no span of text such as `Quote 10 20;30 40`, with its words behind a tab";
    let (label, spans) = head.split_once(' ').ok_or(shape)?;
    let span = |fragment: &str| {
        let (start, end) = fragment.trim().split_once(' ')?;
        Some((start.parse().ok()?, end.trim().parse().ok()?))
    };
    let spans: Option<Vec<(u64, u64)>> = spans.split(';').map(span).collect();
    let text = text.filter(|text| !text.trim().is_empty()).ok_or("has no words behind a tab")?;
    Ok(Bound { id, label, spans: spans.ok_or(shape)?, text, line })
}
