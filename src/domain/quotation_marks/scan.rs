//! Where a text has quotation marks, and which of them are pairs.

use std::ops::Range;

/// The marks of a text, as places in bytes.
#[derive(Debug, Default)]
pub(super) struct Marks {
    /// Pairs: the opening and the closing mark.
    pub spans: Vec<(Range<usize>, Range<usize>)>,
    /// Opening marks without a closing one.
    pub open: Vec<Range<usize>>,
    /// Closing marks without an opening one.
    pub closed: Vec<Range<usize>>,
}

/// A mark, and what it is beside others.
struct Mark {
    print: &'static str,
    /// What closes it where it opens; nothing, where it only closes.
    closed_by: &'static [&'static str],
    /// Whether it closes others as well, so that what stands beside it decides.
    both: bool,
    /// Whether it may be an apostrophe, so that without a counterpart it is none of ours.
    single: bool,
}

const fn mark(print: &'static str, closed_by: &'static [&'static str], both: bool) -> Mark {
    Mark { print, closed_by, both, single: false }
}

const fn single(print: &'static str, closed_by: &'static [&'static str], both: bool) -> Mark {
    Mark { print, closed_by, both, single: true }
}

/// Longer marks before those they begin with.
const MARKS: [Mark; 19] = [
    mark("``", &["''", "\""], false),
    mark("''", &["''"], true),
    mark("\"", &["\""], true),
    mark("\u{201c}", &["\u{201d}", "\u{201c}"], true),
    mark("\u{201d}", &["\u{201d}"], true),
    mark("\u{201e}", &["\u{201c}", "\u{201d}"], false),
    mark("\u{201f}", &["\u{201d}"], false),
    mark("\u{ab}", &["\u{bb}"], true),
    mark("\u{bb}", &["\u{ab}", "\u{bb}"], true),
    mark("\u{300c}", &["\u{300d}"], false),
    mark("\u{300e}", &["\u{300f}"], false),
    single("\u{2018}", &["\u{2019}", "\u{2018}"], true),
    single("\u{201a}", &["\u{2018}", "\u{2019}"], false),
    single("\u{2039}", &["\u{203a}"], true),
    single("\u{203a}", &["\u{2039}"], true),
    single("'", &["'"], true),
    single("\u{2019}", &[], false),
    mark("\u{300d}", &[], false),
    mark("\u{300f}", &[], false),
];

/// Finds the marks of a text.
pub(super) fn scan(text: &str) -> Marks {
    let mut found = Marks::default();
    let mut stack: Vec<(&Mark, Range<usize>)> = Vec::new();
    let mut at = 0;
    while let Some(next) = text[at..].chars().next() {
        let Some(mark) = MARKS.iter().find(|mark| text[at..].starts_with(mark.print)) else {
            at += next.len_utf8();
            continue;
        };
        let place = at..at + mark.print.len();
        at = place.end;
        let beside = Beside::of(text, &place);
        if mark.single && beside.is_inside_word() {
            continue;
        }
        let opener = stack.iter().rposition(|(open, _)| open.closed_by.contains(&mark.print));
        let nests = mark.both && beside.opens();
        let may_close = !nests && (!mark.single || beside.closes());
        if let Some(opener) = opener.filter(|_| may_close) {
            let mut above = stack.drain(opener..);
            let open = above.next().map(|(_, open)| open);
            // Two apostrophes: "rock 'n' roll".
            let is_n = |open: &Range<usize>| {
                mark.single && text[open.end..place.start].eq_ignore_ascii_case("n")
            };
            let open = open.filter(|open| !is_n(open));
            found.spans.extend(open.map(|open| (open, place)));
            found.open.extend(unpaired(above));
        } else if beside.line && opener.is_some_and(|at| stack[at].0.print == mark.print) {
            // Newspapers open each paragraph of a quote anew, and close the last one.
        } else if mark.may_open(&beside) {
            stack.push((mark, place));
        } else if !mark.single && !beside.is_inch() {
            found.closed.push(place);
        }
    }
    found.open.extend(unpaired(stack.into_iter()));
    found
}

/// Marks that were opened and not closed; single ones were apostrophes.
fn unpaired<'a>(
    open: impl Iterator<Item = (&'a Mark, Range<usize>)>,
) -> impl Iterator<Item = Range<usize>> {
    open.filter(|(mark, _)| !mark.single).map(|(_, place)| place)
}

impl Mark {
    fn may_open(&self, beside: &Beside) -> bool {
        // French sets a blank inside its marks.
        let is_french = self.print == "\u{ab}" && beside.is_before_blank();
        let free = beside.opens() || is_french || !self.single && (!self.both || beside.first);
        !self.closed_by.is_empty() && free && !(self.single && beside.digit)
    }
}

/// What stands beside a mark.
struct Beside {
    before: Option<char>,
    after: Option<char>,
    /// It is the first thing in the text.
    first: bool,
    /// It is the first thing in a line, but not in the text.
    line: bool,
    /// A digit follows: "the '90s".
    digit: bool,
}

impl Beside {
    fn of(text: &str, place: &Range<usize>) -> Self {
        let (head, tail) = (&text[..place.start], &text[place.end..]);
        let after = tail.chars().next();
        let first = head.trim().is_empty();
        let blank = head.trim_end_matches([' ', '\t', '\u{a0}']);
        Self {
            before: head.chars().next_back(),
            after,
            first,
            line: !first && blank.ends_with(['\n', '\r']),
            digit: after.is_some_and(|c| c.is_ascii_digit()),
        }
    }

    /// An apostrophe: "don't".
    fn is_inside_word(&self) -> bool {
        let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        letter(self.before) && letter(self.after)
    }

    /// Space, a dash, a bracket or another mark before it, or nothing.
    fn is_free(&self) -> bool {
        let free = |c: char| {
            c.is_whitespace()
                || "([{-\u{2013}\u{2014}/\"'\u{201c}\u{2018}\u{201e}\u{ab}`，：、。；（".contains(c)
        };
        self.before.is_none_or(free)
    }

    /// Behind a digit, where nothing was opened: 12".
    fn is_inch(&self) -> bool {
        self.before.is_some_and(|c| c.is_ascii_digit())
    }

    /// Free before it, and a blank behind it.
    fn is_before_blank(&self) -> bool {
        self.is_free() && self.after.is_some_and(char::is_whitespace)
    }

    /// Free before it, and something behind it.
    fn opens(&self) -> bool {
        self.is_free()
            && self.after.is_some_and(|c| {
                c.is_alphanumeric() || "\"'\u{201c}\u{2018}[($\u{2026}".contains(c)
            })
    }

    /// No letter behind it, and no space before it.
    fn closes(&self) -> bool {
        !self.after.is_some_and(char::is_alphanumeric)
            && self.before.is_some_and(|c| !c.is_whitespace())
    }
}
