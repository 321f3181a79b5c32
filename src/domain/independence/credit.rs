//! Who is credited with a text: news agencies, authors, and what stands in their place.

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

/// The agency that goes by a folded name.
pub fn agency_named(name: &str) -> Option<&'static str> {
    let named = AGENCIES.iter().find(|(_, names, _)| names.contains(&name));
    named.map(|(agency, _, _)| *agency)
}

/// The agency whose own domain this is.
pub fn agency_of(domain: &str) -> Option<&'static str> {
    let own = AGENCIES.iter().find(|(_, _, home)| *home == domain);
    own.map(|(agency, _, _)| *agency)
}

/// Whether a folded name is a person's, as far as can be told: a single word may be anybody's.
pub fn is_author(name: &str) -> bool {
    name.contains(' ') && !NOBODY.contains(&name)
}
