//! What a content can be asked about, read from the content itself.

use std::collections::BTreeSet;

use dixit::domain::id::{Id, Kind};
use serde_json::Value;

use super::Twins;
use super::inputs::Values;
use super::rows::NAMES;

/// What filters and look-ups are asked with: what is there, in other spellings too, and what is not.
pub fn values(twins: &Twins) -> Values {
    let of = |list: &str, shown: &str, pointers: &[&str]| -> Vec<String> {
        let answer =
            twins.ask(&format!("{{ list: {list}(first: 100) {{ nodes {{ {shown} }} }} }}"));
        let nodes = answer["data"]["list"]["nodes"].as_array().unwrap();
        let texts = nodes.iter().flat_map(|node| pointers.iter().map(|p| node.pointer(p)));
        let texts = texts.flatten().filter_map(Value::as_str).map(str::to_owned);
        texts.collect::<BTreeSet<_>>().into_iter().collect()
    };
    let quotes = of("quotes", "id", &["/id"]);
    let texts = of("quotes", "text", &["/text"]);
    let word = |text: &String| text.split(' ').nth(1).unwrap_or(text).to_owned();
    let phrase = |text: &String| {
        let words: Vec<&str> = text.split(' ').take(3).collect();
        format!("\"{}\"", words.join(" "))
    };
    let mut searches: Vec<String> = texts.iter().map(word).collect();
    searches.extend(texts.iter().map(phrase));
    searches.extend(texts.iter().map(|text| text.chars().take(2).collect::<String>() + "*"));
    searches.extend(texts.iter().map(|text| format!("-{} the OR a", word(text))));
    let external = of("quotes", "externalId", &["/externalId"]);
    let roles = of("quotes", "role { id }", &["/role/id"]);
    let titles = of("quotes", "printed { role }", &["/printed/role"]);
    let printed = of("quotes", "printed { organisation }", &["/printed/organisation"]);
    let speakers = of("speakers", "id", &["/id"]);
    let names = of("speakers", "name aliases", &["/name", "/aliases/0", "/aliases/1"]);
    let organisations = of("organisations", "id", &["/id"]);
    let bodies = of("organisations", "name aliases { name }", &["/name", "/aliases/0/name"]);
    let parents = of("organisations", "parent { id }", &["/parent/id"]);
    let countries = of("organisations", "country", &["/country"]);
    let articles = of("articles", "id", &["/id"]);
    let urls = of("articles", "url", &["/url"]);
    let documents = of("articles", "documentId", &["/documentId"]);
    let sites = of("articles", "site", &["/site"]);
    let publishers = of("articles", "publisher { id }", &["/publisher/id"]);
    let published = of("articles", "printedPublisher", &["/printedPublisher"]);

    let owned = |texts: &[&str]| texts.iter().map(|&text| text.to_owned()).collect::<Vec<_>>();
    let nobody = vec![Id::derive(Kind::Quote, &[b"nobody"]).to_string()];
    let spelt = |texts: &[Vec<String>]| {
        let texts = texts.concat();
        let cases = texts.iter().flat_map(|t| [t.clone(), t.to_uppercase(), t.to_lowercase()]);
        cases.collect::<BTreeSet<_>>().into_iter().collect::<Vec<_>>()
    };
    let parts = |texts: &[Vec<String>]| {
        let part = |text: &String| text.chars().skip(1).take(4).collect::<String>();
        let mut parts = spelt(&[texts.concat().iter().map(part).collect()]);
        parts.extend(owned(&["a%", "_q", "100%", "\\\\ b", "ß", "ss", "ς", "i", "İ", "'"]));
        parts
    };
    let languages = owned(&["en", "EN", "de", "pt-br", "tr", "zh-Hant", "xx"]);
    let wikidata = owned(&["Q1", "Q42", "Q7259", "q1", "Q0"]);
    let countries = [countries, owned(&["gb", "XX"])].concat();
    let any_name = [names.clone(), NAMES.map(str::to_owned).to_vec()];
    let any_body = [bodies.clone(), printed];
    let pairs = [
        ("QuoteFilter.id", [quotes, nobody.clone()].concat()),
        ("QuoteFilter.search", searches),
        ("QuoteFilter.externalId", [external, owned(&["e2", ""])].concat()),
        ("QuoteFilter.language", languages.clone()),
        ("QuoteSpeakerFilter.id", [speakers, nobody.clone()].concat()),
        ("QuoteSpeakerFilter.name", spelt(&any_name)),
        ("QuoteSpeakerFilter.wikidataId", wikidata.clone()),
        ("RoleFilter.id", [roles, nobody.clone()].concat()),
        ("RoleFilter.title", spelt(std::slice::from_ref(&titles))),
        ("RoleFilter.title.contains", parts(std::slice::from_ref(&titles))),
        ("RoleListFilter.title", spelt(std::slice::from_ref(&titles))),
        ("RoleListFilter.title.contains", parts(&[titles])),
        ("TenureFilter.source", owned(&["record", "list", "LIST"])),
        ("QuoteTenureFilter.source", owned(&["record", "list", "LIST"])),
        ("QuoteOrganisationFilter.id", organisations.clone()),
        ("QuoteOrganisationFilter.name", spelt(&any_body)),
        ("QuoteOrganisationFilter.country", countries.clone()),
        ("StatementOrganisationFilter.id", organisations),
        ("StatementOrganisationFilter.name", spelt(&any_body)),
        ("ArticleFilter.id", [articles, nobody].concat()),
        ("ArticleFilter.url", urls),
        ("ArticleFilter.documentId", spelt(&[documents])),
        ("ArticleFilter.site", spelt(&[sites])),
        ("ArticleFilter.language", languages),
        ("PublisherFilter.id", publishers),
        ("PublisherFilter.name", spelt(&[published])),
        ("SpeakerFilter.name", spelt(&any_name)),
        ("SpeakerFilter.name.contains", parts(&any_name)),
        ("SpeakerFilter.wikidataId", wikidata),
        ("OrganisationFilter.name", spelt(&any_body)),
        ("OrganisationFilter.name.contains", parts(&any_body)),
        ("OrganisationFilter.country", countries),
        ("OrganisationFilter.parent", parents),
    ];
    let quoted = |texts: Vec<String>| -> Vec<String> {
        // And what no database holds, and one of them takes no parameter of.
        let texts = texts.iter().map(String::as_str).chain(["\0"]);
        texts.map(|text| serde_json::to_string(text).unwrap()).collect()
    };
    pairs.into_iter().map(|(key, texts)| (key.to_owned(), quoted(texts))).collect()
}
