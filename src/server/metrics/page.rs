//! Prometheus' text format, version 0.0.4: families of samples.

use std::fmt::{Display, Write as _};

use crate::histogram::Counted;

/// The media type of a page.
pub const MEDIA: &str = "text/plain; version=0.0.4; charset=utf-8";

/// What a family's values are.
#[derive(Debug, Clone, Copy)]
pub enum Kind {
    /// They only grow, until the process ends.
    Counter,
    /// They go up and down.
    Gauge,
    /// Times, by upper bounds.
    Histogram,
}

/// A page in the making.
#[derive(Default)]
pub struct Page(String);

/// The samples of one metric.
pub struct Family<'p> {
    text: &'p mut String,
    name: &'static str,
}

/// Names and values that tell a sample from its siblings: our own words, which need no escaping.
pub type Labels<'l> = &'l [(&'l str, &'l str)];

impl Page {
    /// Begins a family; all of its samples follow.
    pub fn family(&mut self, name: &'static str, kind: Kind, help: &str) -> Family<'_> {
        let kind = match kind {
            Kind::Counter => "counter",
            Kind::Gauge => "gauge",
            Kind::Histogram => "histogram",
        };
        // Writing to a String cannot fail.
        let _ = write!(self.0, "# HELP {name} {help}\n# TYPE {name} {kind}\n");
        Family { text: &mut self.0, name }
    }

    /// The whole text.
    pub fn into_text(self) -> String {
        self.0
    }
}

impl Family<'_> {
    /// Adds a sample.
    pub fn sample(&mut self, labels: Labels<'_>, value: impl Display) {
        self.line("", labels, None, value);
    }

    /// Adds a histogram.
    pub fn histogram(&mut self, labels: Labels<'_>, counted: &Counted) {
        for (bound, count) in &counted.within {
            self.line("_bucket", labels, Some(&bound.to_string()), count);
        }
        self.line("_bucket", labels, Some("+Inf"), counted.count);
        self.line("_sum", labels, None, counted.seconds);
        self.line("_count", labels, None, counted.count);
    }

    fn line(&mut self, ending: &str, labels: Labels<'_>, bound: Option<&str>, value: impl Display) {
        let bound = bound.map(|bound| ("le", bound));
        let mut labels = labels.iter().copied().chain(bound).peekable();
        self.text.push_str(self.name);
        self.text.push_str(ending);
        let mut before = '{';
        let labelled = labels.peek().is_some();
        for (name, value) in labels {
            // Writing to a String cannot fail.
            let _ = write!(self.text, "{before}{name}=\"{value}\"");
            before = ',';
        }
        let _ = writeln!(self.text, "{} {value}", if labelled { "}" } else { "" });
    }
}
