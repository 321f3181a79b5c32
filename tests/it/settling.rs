//! What the rest of an article settles, whatever comes first; and what it never does.

use serde_json::{Value, json};

use crate::support::{Backend, Database, each_backend, native_row};

/// The speakers and organisations of all quotes, by their words.
fn meant(database: &Database) -> Vec<String> {
    database.column(
        "SELECT q.text || ': ' || coalesce(s.name, '-') || ', ' || coalesce(o.name, '-') AS value
         FROM quote q LEFT JOIN speaker s ON s.id = q.speaker_id
         LEFT JOIN organisation o ON o.id = q.organisation_id ORDER BY q.text",
    )
}

fn filled(backend: Backend, files: &[String]) -> Database {
    let database = Database::empty(backend);
    for file in files {
        database.import(&[file]);
    }
    database
}

fn said(article: &str, text: &str, more: Value) -> String {
    native_row(article, text, more)
}

#[test]
fn a_surname_is_the_person_of_its_own_article_in_whatever_order_they_come() {
    let full = said("a", "one", json!({"speaker": "Ada Quill", "role": "spokeswoman", "start": 5}));
    let later = said("a", "two", json!({"speaker": "Quill", "start": 90}));
    let other = said("b", "three", json!({"speaker": "Quill"}));
    each_backend(|backend| {
        let files = [&full, &later, &other].map(String::clone);
        let once = filled(backend, &files);
        assert_eq!(meant(&once), ["one: Ada Quill, -", "three: Quill, -", "two: Ada Quill, -"]);
        let turned = filled(backend, &[other.clone(), later.clone(), full.clone()]);
        assert_eq!(turned.dump(), once.dump());
    });
}

#[test]
fn a_surname_before_the_full_name_or_in_another_office_is_somebody_elses() {
    let rows = [
        said("a", "one", json!({"speaker": "Quill", "start": 5})),
        said("a", "two", json!({"speaker": "Ada Quill", "role": "senator", "start": 90})),
        said("b", "three", json!({"speaker": "Ada Quill", "role": "senator", "start": 5})),
        said("b", "four", json!({"speaker": "Quill", "role": "spokesman", "start": 90})),
    ];
    each_backend(|backend| {
        let speakers: Vec<String> = meant(&filled(backend, &[rows.concat()]))
            .into_iter()
            .filter(|line| line.starts_with("one") || line.starts_with("four"))
            .collect();
        assert_eq!(speakers, ["four: Quill, -", "one: Quill, -"]);
    });
}

#[test]
fn the_ministry_is_the_one_of_its_article_and_no_country_makes_it_so() {
    let rows = [
        said("a", "one", json!({"role": "spokesman", "organisation": "UK Ministry of Defence"})),
        said("a", "two", json!({"role": "official", "organisation": "the ministry"})),
        said("b", "three", json!({"role": "analyst", "organisation": "University of Oxford"})),
        said("b", "four", json!({"role": "official", "organisation": "the ministry"})),
        said("b", "five", json!({"speaker": "Bo Foe", "role": "defence minister"})),
    ];
    each_backend(|backend| {
        let meant = meant(&filled(backend, &[rows.concat()]));
        assert_eq!(meant[4], "two: -, Ministry of Defence (United Kingdom)");
        assert_eq!(meant[0], "five: Bo Foe, -");
        assert_eq!(meant[1], "four: -, -");
    });
}

/// A role that one article comes to settle is still that of another which leaves it open.
#[test]
fn what_one_article_settles_another_may_leave_open_in_the_same_run() {
    let open = |article: &str, text: &str| {
        said(article, text, json!({"role": "official at the ministry"}))
    };
    let anchor =
        said("a", "two", json!({"role": "spokesman", "organisation": "UK Ministry of Defence"}));
    each_backend(|backend| {
        let files = [open("a", "one"), [open("b", "three"), anchor.clone()].concat()];
        let meant = meant(&filled(backend, &files));
        assert_eq!(meant[0], "one: -, Ministry of Defence (United Kingdom)");
        assert_eq!(meant[1], "three: -, -");
    });
}
