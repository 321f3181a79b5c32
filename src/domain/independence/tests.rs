//! Examples of prints that are one source, and of such as are several.

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
    let credited = |names: &[&str]| -> Vec<String> { names.iter().map(|n| (*n).into()).collect() };
    let (one, two, three) = (
        credited(&["Ada Quill", "Associated Press"]),
        credited(&["By The Associated Press"]),
        credited(&["Tobit Marsh", "Staff"]),
    );
    let print = |authors, site| Print { authors, site: Some(site), ..Print::default() };
    let prints =
        [print(&one, "one.example"), print(&two, "two.example"), print(&three, "three.example")];
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
