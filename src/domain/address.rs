//! Addresses of articles: which printed URLs are one and the same article, and by which rule.

use std::fmt;

use url::Url;

/// A rule by which two different URLs name one article, in the order in which they are applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Rule {
    /// The same URL, printed twice.
    Identical,
    /// `http` and `https`, default ports, case and percent-encoding as the URL standard unites them.
    Scheme,
    /// A leading `www.` of the host.
    Www,
    /// The fragment after `#`.
    Fragment,
    /// Parameters that only track a reader ([`TRACKING`]).
    Tracking,
    /// A slash at the end of the path.
    TrailingSlash,
}

impl Rule {
    /// Every rule, in the order of application.
    pub const ALL: [Self; 6] = [
        Self::Identical,
        Self::Scheme,
        Self::Www,
        Self::Fragment,
        Self::Tracking,
        Self::TrailingSlash,
    ];

    /// The name used in reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Identical => "identical",
            Self::Scheme => "scheme",
            Self::Www => "www",
            Self::Fragment => "fragment",
            Self::Tracking => "tracking",
            Self::TrailingSlash => "trailing_slash",
        }
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}

/// Query parameters that carry no article, beside everything that starts with `utm_`. A parameter
/// that some publisher uses as the article's number (`id`, `p`, `cid`, …) must not stand here: two
/// articles taken for one would put words under a source that never printed them.
pub const TRACKING: [&str; 17] = [
    "_ga", "cmp", "cmpid", "dclid", "fbclid", "feedname", "feedtype", "gclid", "gclsrc", "igshid",
    "mc_cid", "mc_eid", "msclkid", "ncid", "smid", "twclid", "yclid",
];

/// A text that cannot be an article's address.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotAnAddress {
    /// It does not parse as an absolute URL.
    #[error("is not a URL: {0}")]
    Malformed(url::ParseError),
    /// `javascript:`, `data:`, `file:` and the like.
    #[error("has the scheme `{0}`, only http and https are taken")]
    Scheme(String),
    /// A name or password inside the URL.
    #[error("carries a user name or password")]
    Credentials,
    /// A host longer than a domain name can be (RFC 1035).
    #[error("has a host of more than {LONGEST_HOST} characters")]
    Host,
}

/// The longest name that a host can have, in ASCII characters.
const LONGEST_HOST: usize = 253;

/// The address of an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// The URL as printed, save white space around it.
    pub printed: String,
    /// Equal keys are the same article; this, not the URL, is the article's identity.
    pub key: String,
    /// The host without `www.`, for example `news.example`.
    pub site: String,
}

impl Address {
    /// Reads a printed URL.
    pub fn read(printed: &str) -> Result<Self, NotAnAddress> {
        let url = parse(printed)?;
        let site = host(&url).strip_prefix("www.").unwrap_or(host(&url)).to_owned();
        Ok(Self { printed: printed.trim().to_owned(), key: key(&url, Rule::TrailingSlash), site })
    }

    /// The first rule by which the two become one; `None` where they stay two articles.
    pub fn united_by(one: &str, other: &str) -> Option<Rule> {
        if one.trim() == other.trim() {
            return Some(Rule::Identical);
        }
        let (one, other) = (parse(one).ok()?, parse(other).ok()?);
        Rule::ALL.into_iter().skip(1).find(|rule| key(&one, *rule) == key(&other, *rule))
    }

    /// Orders printed URLs of one article, best first, by a total order: `https` before `http`,
    /// then the shorter, then by bytes.
    pub fn rank(printed: &str) -> String {
        let secure = if printed.starts_with("https:") { 0 } else { 1 };
        format!("{secure}{:06}{printed}", printed.len())
    }
}

fn parse(printed: &str) -> Result<Url, NotAnAddress> {
    let url = Url::parse(printed.trim()).map_err(NotAnAddress::Malformed)?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(NotAnAddress::Scheme(url.scheme().to_owned()));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(NotAnAddress::Credentials);
    }
    if host(&url).len() > LONGEST_HOST {
        return Err(NotAnAddress::Host);
    }
    Ok(url)
}

fn host(url: &Url) -> &str {
    url.host_str().unwrap_or_default()
}

/// The URL under every rule up to `rule`.
fn key(url: &Url, rule: Rule) -> String {
    let mut host = host(url);
    if rule >= Rule::Www {
        host = host.strip_prefix("www.").unwrap_or(host);
    }
    let mut key = host.to_owned();
    if let Some(port) = url.port() {
        key.push_str(&format!(":{port}"));
    }
    let path = url.path();
    key.push_str(if rule >= Rule::TrailingSlash { path.trim_end_matches('/') } else { path });
    let kept = url
        .query()
        .into_iter()
        .flat_map(|query| query.split('&'))
        .filter(|pair| rule < Rule::Tracking || !pair.is_empty() && !is_tracking(pair));
    for (at, pair) in kept.enumerate() {
        key.push(if at == 0 { '?' } else { '&' });
        key.push_str(pair);
    }
    if let Some(fragment) = url.fragment().filter(|_| rule < Rule::Fragment) {
        key.push('#');
        key.push_str(fragment);
    }
    key
}

fn is_tracking(pair: &str) -> bool {
    let name = pair.split('=').next().unwrap_or(pair).to_ascii_lowercase();
    name.starts_with("utm_") || TRACKING.binary_search(&name.as_str()).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_article_under_many_urls() {
        let by = |one, other| Address::united_by(one, other);
        let plain = "https://news.example/2021/a";
        assert_eq!(by(plain, plain), Some(Rule::Identical));
        assert_eq!(by(plain, "http://NEWS.example:80/2021/a"), Some(Rule::Scheme));
        assert_eq!(by(plain, "http://www.news.example/2021/a"), Some(Rule::Www));
        assert_eq!(by(plain, "https://news.example/2021/a#comments"), Some(Rule::Fragment));
        assert_eq!(
            by(plain, "https://news.example/2021/a?utm_source=x&fbclid=1"),
            Some(Rule::Tracking)
        );
        assert_eq!(
            by(plain, "https://www.news.example/2021/a/?utm_medium=rss"),
            Some(Rule::TrailingSlash)
        );
    }

    #[test]
    fn different_articles_stay_apart() {
        assert_eq!(Address::united_by("https://n.example/?p=1", "https://n.example/?p=2"), None);
        assert_eq!(Address::united_by("https://n.example/A", "https://n.example/a"), None);
        assert_eq!(Address::united_by("https://m.n.example/a", "https://n.example/a"), None);
    }

    #[test]
    fn only_the_web_is_an_address() {
        assert!(matches!(Address::read("javascript:alert(1)"), Err(NotAnAddress::Scheme(_))));
        assert!(matches!(Address::read("news"), Err(NotAnAddress::Malformed(_))));
        assert_eq!(Address::read("https://a:b@n.example/"), Err(NotAnAddress::Credentials));
        assert_eq!(
            Address::read(" https://www.n.example ").map(|a| a.site),
            Ok("n.example".into())
        );
    }

    #[test]
    fn tracking_parameters_are_sorted_for_the_search() {
        assert!(TRACKING.is_sorted());
    }
}
