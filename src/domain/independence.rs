//! Which prints of one statement are copies of each other, and which seem to stand by themselves.
//!
//! Nothing here proves anything. A sign joins two prints; whatever shows no sign counts by itself, so
//! that a wire copy without credit, under a title of its own, is counted as independent: the number
//! is the most that can be claimed, and not what is known.

use std::collections::HashMap;

use super::id::Id;
use super::person::name_key;
use super::text::words;

/// How many words of text around a quote two prints must share to be one text.
const SHARED_WORDS: usize = 8;
/// How many words a title must have to be somebody's own.
const TITLE_WORDS: usize = 4;
/// How many longer words an address must have to tell a story from another.
const SLUG_WORDS: usize = 4;
/// How many letters a longer word has, and how many digits the number of a story.
const LONG_WORD: usize = 4;
const LONG_NUMBER: usize = 8;

/// What one article that prints a statement shows of where it has it from.
#[derive(Debug, Clone, Copy, Default)]
#[allow(missing_docs, reason = "the fields are those of the article and of the quote in it")]
pub struct Print<'a> {
    pub article: Option<Id>,
    pub publisher: Option<Id>,
    pub site: Option<&'a str>,
    pub url: Option<&'a str>,
    pub title: Option<&'a str>,
    pub authors: &'a [String],
    pub context_before: Option<&'a str>,
    pub context_after: Option<&'a str>,
}

/// A sign by which two prints have one source: those that share one do.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Sign {
    /// One article, which may print the words twice.
    Article(Id),
    /// One publisher.
    Publisher(Id),
    /// One site, all hosts of its domain together: `uk.reuters.com` and `in.reuters.com`.
    Site(String),
    /// The credit of one news agency: among the authors, in the address, or its own site.
    Agency(&'static str),
    /// One author.
    Author(String),
    /// One title.
    Title(String),
    /// The longer words of the address, numbers and dates aside: sites that reprint a story mostly
    /// keep them.
    Slug(String),
    /// A long number in the address that is no date: publishers of one house number their stories
    /// together.
    Number(String),
    /// The words before the quote.
    Before(String),
    /// The words behind it.
    After(String),
}

/// News agencies, each by the names that credits and addresses give it and by its own domain.
const AGENCIES: &[(&str, &[&str], &str)] = &[
    ("AAP", &["aap", "australian associated press"], "aap.com.au"),
    ("AFP", &["afp", "agence france presse"], "afp.com"),
    ("ANI", &["ani", "asian news international"], "aninews.in"),
    ("AP", &["ap", "associated press", "the associated press"], "apnews.com"),
    ("Bloomberg", &["bloomberg", "bloomberg news"], "bloomberg.com"),
    ("Canadian Press", &["canadian press", "the canadian press"], "thecanadianpress.com"),
    ("dpa", &["dpa", "deutsche presse agentur"], "dpa.com"),
    ("EFE", &["efe", "agencia efe"], "efe.com"),
    ("IANS", &["ians", "indo asian news service"], "ians.in"),
    ("PA", &["press association", "pa media"], "pressassociation.com"),
    ("PTI", &["pti", "press trust of india"], "ptinews.com"),
    ("Reuters", &["reuters", "thomson reuters"], "reuters.com"),
    ("TASS", &["tass", "itar tass"], "tass.com"),
    ("UPI", &["upi", "united press international"], "upi.com"),
    ("Xinhua", &["xinhua", "xinhua news agency"], "xinhuanet.com"),
];

/// What stands where an author would and is nobody.
const NOBODY: &[&str] = &[
    "admin",
    "administrator",
    "agencies",
    "agency",
    "contributor",
    "correspondent",
    "desk",
    "editor",
    "editorial",
    "editors",
    "guest",
    "news",
    "news desk",
    "newsroom",
    "our correspondent",
    "reporter",
    "reporters",
    "staff",
    "staff reporter",
    "staff writer",
    "unknown",
    "web desk",
    "wire",
    "wires",
];

/// Second-level domains under which a country registers names: `theherald.com.au` is one site.
const SECOND_LEVEL: &[&str] =
    &["ac", "asn", "co", "com", "edu", "go", "gob", "gov", "govt", "id", "ne", "net", "or", "org"];

impl Print<'_> {
    /// Every sign that it shows.
    pub fn signs(&self) -> Vec<Sign> {
        let mut signs = Vec::new();
        signs.extend(self.article.map(Sign::Article));
        signs.extend(self.publisher.map(Sign::Publisher));
        let site = self.site.map(domain);
        for author in self.authors {
            // "By Ada Quill"; "Ada Quill, The Associated Press".
            for part in author.split([',', '/', '|', ';']) {
                let name = name_key(part);
                let name = name.strip_prefix("by ").unwrap_or(&name);
                match agency_named(name) {
                    Some(agency) => signs.push(Sign::Agency(agency)),
                    // A single word may be anybody's.
                    None if name.contains(' ') && !NOBODY.contains(&name) => {
                        signs.push(Sign::Author(name.to_owned()));
                    }
                    None => {}
                }
            }
        }
        if let Some(site) = site {
            let own = AGENCIES.iter().find(|(_, _, home)| *home == site);
            signs.extend(own.map(|(agency, _, _)| Sign::Agency(agency)));
            signs.push(Sign::Site(site));
        }
        if let Some(title) = self.title.map(words)
            && title.split(' ').count() >= TITLE_WORDS
        {
            signs.push(Sign::Title(title));
        }
        if let Some(url) = self.url {
            address_signs(url, &mut signs);
        }
        let around = |text: Option<&str>, last: bool| {
            let text = words(text?);
            let all: Vec<&str> = text.split(' ').collect();
            let from = if last { all.len().checked_sub(SHARED_WORDS)? } else { 0 };
            Some(all.get(from..from + SHARED_WORDS)?.join(" "))
        };
        signs.extend(around(self.context_before, true).map(Sign::Before));
        signs.extend(around(self.context_after, false).map(Sign::After));
        signs
    }
}

/// How many of these prints seem to stand by themselves: at most so many sources, those that show a
/// common sign counted once, however long the chain of signs.
pub fn independent(prints: &[Print<'_>]) -> usize {
    let mut source: Vec<usize> = (0..prints.len()).collect();
    let mut first: HashMap<Sign, usize> = HashMap::new();
    for (at, print) in prints.iter().enumerate() {
        for sign in print.signs() {
            let other = *first.entry(sign).or_insert(at);
            let (one, other) = (root(&mut source, at), root(&mut source, other));
            if let Some(joined) = source.get_mut(one) {
                *joined = other;
            }
        }
    }
    source.iter().enumerate().filter(|(at, source)| at == *source).count()
}

/// The print that stands for the source of this one.
fn root(source: &mut [usize], mut at: usize) -> usize {
    while let Some(&next) = source.get(at).filter(|next| **next != at) {
        let beyond = source.get(next).copied().unwrap_or(next);
        if let Some(link) = source.get_mut(at) {
            *link = beyond;
        }
        at = beyond;
    }
    at
}

/// The domain that somebody registered, as far as names of hosts show it.
fn domain(site: &str) -> String {
    let labels: Vec<&str> = site.split('.').collect();
    let kept = match labels.as_slice() {
        [.., second, country] if country.len() == 2 && SECOND_LEVEL.contains(second) => 3,
        _ => 2,
    };
    labels[labels.len().saturating_sub(kept)..].join(".")
}

fn agency_named(name: &str) -> Option<&'static str> {
    let named = AGENCIES.iter().find(|(_, names, _)| names.contains(&name));
    named.map(|(agency, _, _)| *agency)
}

/// What the path of an address shows.
fn address_signs(url: &str, signs: &mut Vec<Sign>) {
    let path = url.split_once("://").map_or(url, |(_, rest)| rest);
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let segments: Vec<&str> = path.split('/').skip(1).filter(|part| !part.is_empty()).collect();
    for segment in &segments {
        // `/wires/afp/`, `/canadian-press/`; a word in a title ("reuters-reporter-held") says nothing.
        let name = segment.to_ascii_lowercase().replace(['-', '_'], " ");
        signs.extend(agency_named(&name).map(Sign::Agency));
    }
    // The title mostly stands last; else before a number or `story.html`.
    let slug = segments.iter().rev().find_map(|segment| slug(segment));
    signs.extend(slug.map(Sign::Slug));
    for segment in &segments {
        let numbers = segment.split(|c: char| !c.is_ascii_digit());
        let long = numbers.filter(|digits| digits.len() >= LONG_NUMBER && !is_moment(digits));
        signs.extend(long.map(|digits| Sign::Number(digits.to_owned())));
    }
}

/// The longer words of a part of a path, where they are enough to be a title.
fn slug(segment: &str) -> Option<String> {
    let segment = segment.to_lowercase();
    let long = |word: &&str| {
        word.chars().count() >= LONG_WORD
            && word.chars().all(char::is_alphabetic)
            && *word != "html"
    };
    let mut longer: Vec<&str> =
        segment.split(|c: char| !c.is_alphanumeric()).filter(long).collect();
    longer.sort_unstable();
    longer.dedup();
    (longer.len() >= SLUG_WORDS).then(|| longer.join(" "))
}

/// Whether digits look like a date, or a date with a time: `20170905`, `20170905123000`.
fn is_moment(digits: &str) -> bool {
    let part =
        |range: std::ops::Range<usize>| digits.get(range).and_then(|d| d.parse::<u16>().ok());
    let is_date = |year, month, day| {
        matches!(
            (part(year), part(month), part(day)),
            (Some(1900..=2099), Some(1..=12), Some(1..=31))
        )
    };
    matches!(digits.len(), 8 | 12 | 14) && is_date(0..4, 4..6, 6..8)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// How many sources articles at these addresses are.
    fn at(urls: &[&str]) -> usize {
        let print = |url: &&'static str| {
            let host = url.split('/').nth(2).unwrap_or_default();
            let site = Some(host.strip_prefix("www.").unwrap_or(host));
            Print { url: Some(url), site, ..Print::default() }
        };
        // The tests' addresses live for ever.
        let urls: Vec<&'static str> =
            urls.iter().map(|url| &*Box::leak(url.to_string().into_boxed_str())).collect();
        independent(&urls.iter().map(print).collect::<Vec<_>>())
    }

    #[test]
    fn one_site_is_one_source_under_all_its_hosts() {
        assert_eq!(at(&["http://uk.wire.example/a", "https://in.wire.example/b"]), 1);
        assert_eq!(at(&["http://herald.com.au/a", "http://mail.com.au/b"]), 2);
        assert_eq!(at(&["http://sport.herald.com.au/a", "http://herald.com.au/b"]), 1);
    }

    #[test]
    fn a_reprint_keeps_the_words_of_the_address() {
        assert_eq!(
            at(&[
                "http://one.example/news/article/Governor-returns-to-coast-after-storm-12168454.php",
                "http://two.example/2017/09/governor-returns-to-the-coast-after-storm/",
                "http://three.example/story/36189896/governor-returns-coast-after-storm",
                "http://four.example/opinion/what-the-governor-did-not-say-about-storms",
            ]),
            2
        );
        // Few words are anybody's.
        assert_eq!(at(&["http://one.example/storm-coast", "http://two.example/storm-coast"]), 2);
    }

    #[test]
    fn papers_of_one_house_number_their_stories_together() {
        assert_eq!(
            at(&[
                "http://one.example/news/nation-world/article171632462.html",
                "http://two.example/news/nation-world/article171632462.html#storylink=rss",
            ]),
            1
        );
        assert_eq!(at(&["http://one.example/20170905", "http://two.example/20170905"]), 2);
    }

    #[test]
    fn an_agency_is_one_source_wherever_it_is_credited() {
        let credited =
            |names: &[&str]| -> Vec<String> { names.iter().map(|n| (*n).into()).collect() };
        let (one, two, three) = (
            credited(&["Ada Quill", "Associated Press"]),
            credited(&["By The Associated Press"]),
            credited(&["Tobit Marsh", "Staff"]),
        );
        let print = |authors, site| Print { authors, site: Some(site), ..Print::default() };
        let prints = [
            print(&one, "one.example"),
            print(&two, "two.example"),
            print(&three, "three.example"),
        ];
        assert_eq!(independent(&prints), 2);
        let own = Print { site: Some("apnews.com"), ..Print::default() };
        assert_eq!(independent(&[prints[0], own]), 1);
        assert_eq!(at(&["http://a.example/wires/afp/article-1/x", "http://b.example/afp/y"]), 1);
    }

    #[test]
    fn the_same_text_around_is_a_copy() {
        let before = "The council met late on Tuesday, and its chair told reporters: ";
        let longer = format!("By our staff. {before}");
        let print = |context_before, site| Print { context_before, site, ..Print::default() };
        let (one, two) = (Some("one.example"), Some("two.example"));
        assert_eq!(independent(&[print(Some(before), one), print(Some(&longer), two)]), 1);
        assert_eq!(independent(&[print(Some("she said"), one), print(Some("she said"), two)]), 2);
    }

    #[test]
    fn what_shows_nothing_stands_by_itself() {
        assert_eq!(independent(&[]), 0);
        assert_eq!(independent(&[Print::default(), Print::default()]), 2);
    }

    proptest! {
        #[test]
        fn the_order_does_not_matter_and_more_signs_never_make_more_sources(
            signs in prop::collection::vec((0_u8..5, 0_u8..5), 0..9)
        ) {
            let sites: Vec<(String, String)> = signs
                .iter()
                .map(|(site, title)| (format!("{site}.example.{site}"), format!("a b c {title}")))
                .collect();
            let print = |(site, title): &'_ (String, String)| (site.clone(), title.clone());
            let owned: Vec<_> = sites.iter().map(print).collect();
            fn of(owned: &[(String, String)], titled: bool) -> usize {
                let prints: Vec<Print<'_>> = owned
                    .iter()
                    .map(|(site, title)| Print {
                        site: Some(site),
                        title: titled.then_some(title.as_str()),
                        ..Print::default()
                    })
                    .collect();
                independent(&prints)
            }
            let mut reversed = owned.clone();
            reversed.reverse();
            prop_assert_eq!(of(&owned, true), of(&reversed, true));
            prop_assert!(of(&owned, true) <= of(&owned, false));
            prop_assert!(of(&owned, true) <= owned.len());
        }
    }
}
