//! What a quote's speaker is judged by: their own record, else that of the one person of the name.

use dixit::domain::id::Id;
use dixit::domain::resolution::{ResolvedSpeaker, speaker};
use dixit::domain::tenure::{Bound, Recorded, Tenure};
use dixit::domain::vocabulary::Function;
use dixit::store::tenure;
use dixit::store::write::resolve_tenures_again;
use serde_json::json;

use crate::support::{Backend, Database, each_backend, native_row};

fn named(name: &str, wikidata: Option<&str>) -> ResolvedSpeaker {
    speaker(name.to_owned(), wikidata).unwrap()
}

/// A database with a table of office-holders.
fn recorded(backend: Backend, rows: &str) -> Database {
    let database = Database::empty(backend);
    import(&database, rows);
    database
}

fn import(database: &Database, rows: &str) -> dixit::store::write::Touched {
    let file = tempfile::NamedTempFile::new().unwrap();
    let head = "name,wikidata,role,organisation,from,until";
    std::fs::write(file.path(), format!("{head}\n{rows}")).unwrap();
    database.import_tenures(file.path())
}

fn of(database: &Database, who: &ResolvedSpeaker) -> Option<Recorded> {
    let found = database.store().read(|connection| tenure::of_speakers(connection, &[who]));
    found.unwrap().remove(&who.id)
}

/// The functions in what is recorded of somebody.
fn functions(database: &Database, who: &ResolvedSpeaker) -> Vec<Function> {
    match of(database, who) {
        Some(Recorded::Tenures(tenures)) => tenures.iter().map(|tenure| tenure.function).collect(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_speaker_is_judged_by_the_own_record() {
    each_backend(|backend| {
        let rows = "Ada Quill,Q1,Defence Secretary,UK Ministry of Defence,2010-05,open\n";
        let database = recorded(backend, rows);
        let Some(Recorded::Tenures(tenures)) = of(&database, &named("A. Quill", Some("Q1"))) else {
            panic!("she has a record");
        };
        let [Tenure { function, organisation, begin, end, .. }] = &tenures[..] else { panic!() };
        assert_eq!((*function, *end), (Function::Minister, Bound::Open));
        assert_eq!(*begin, Bound::Known("2010-05".parse().unwrap()));
        assert!(organisation.len() > 1, "the ministry and its government: {organisation:?}");
    });
}

#[test]
fn a_name_alone_means_the_one_recorded_person_who_bears_it() {
    each_backend(|backend| {
        let database = recorded(backend, "Dr Ada Quill,Q1,Mayor,Halvik,2010,\n");
        assert_eq!(functions(&database, &named("Ada Quill", None)), [Function::Mayor]);
        // Whom a Wikidata id settles is nobody else.
        assert_eq!(of(&database, &named("Ada Quill", Some("Q2"))), None);
        assert_eq!(of(&database, &named("Tobit Marsh", None)), None);

        import(&database, "Ada Quill,Q3,Mayor,Elsewhere,2010,\n");
        assert_eq!(of(&database, &named("Ada Quill", None)), Some(Recorded::Namesakes));
        assert_eq!(functions(&database, &named("Ada Quill", Some("Q3"))), [Function::Mayor]);
    });
}

#[test]
fn whoever_was_merged_brings_their_record_along() {
    each_backend(|backend| {
        let rows = "Ada Quill,Q1,Mayor,Halvik,2010,2014\nAda Quill,Q3,Foreign Secretary,,2014,\n";
        let database = recorded(backend, rows);
        let [one, other] = ["Q1", "Q3"].map(|item| named("Ada Quill", Some(item)));
        let literal = |id: Id| match backend {
            Backend::Sqlite => format!("x'{}'", id.to_string().replace('-', "")),
            Backend::Postgres => format!("'{id}'"),
        };
        let (from, into) = (literal(one.id), literal(other.id));
        database.run(&format!("UPDATE speaker SET merged_into = {into} WHERE id = {from}"));
        for who in [&one, &other, &named("Ada Quill", None)] {
            let mut functions = functions(&database, who);
            functions.sort_unstable();
            assert_eq!(functions, [Function::Minister, Function::Mayor]);
        }
    });
}

#[test]
fn without_a_record_nobody_has_one() {
    each_backend(|backend| {
        let database = Database::empty(backend);
        assert_eq!(of(&database, &named("Ada Quill", None)), None);
    });
}

#[test]
fn an_import_tells_whom_it_touched() {
    each_backend(|backend| {
        let database = Database::empty(backend);
        let rows = "Ada Quill,Q1,Mayor,Halvik,2010,\nTobit Marsh,,Mayor,Ashford,2012,\n";
        let touched = import(&database, rows);
        let (ada, tobit) = (named("Ada Quill", Some("Q1")), named("Tobit Marsh", None));
        assert_eq!(touched.speakers, [ada.id, tobit.id].into());
        assert_eq!(touched.name_keys, [ada.name_key, tobit.name_key.clone()].into());
        let touched = import(&database, &rows.replace("2012,", "2012,2016"));
        assert_eq!(touched.speakers, [tobit.id].into());
    });
}

/// A take-down forgets whom only its quotes named, and leaves the record as it is.
#[test]
fn what_is_recorded_survives_the_quotes() {
    each_backend(|backend| {
        let rows = "Ada Quill,,Mayor,Halvik Town Works,2010,\n";
        let tables = ["tenure", "speaker", "speaker_alias", "role", "organisation"];
        let tables = tables.map(str::to_owned);
        let before = recorded(backend, rows).direct().dump_of(&tables);
        let database = recorded(backend, rows);
        let printed = json!({ "speaker": "Ms Ada Quill", "role": "Mayor",
                              "organisation": "Halvik Town Works" });
        database.import(&[&native_row("a", "We shall see.", printed)]);
        let answer = database.ask("{ articles { nodes { id } } }");
        let article = crate::support::text(&answer, "/data/articles/nodes/0/id");
        let admin = database.holder(&[dixit::domain::access::Scope::Admin]);
        let gone = format!(
            "mutation {{ takeDownArticle(input: {{ id: \"{article}\" }}) {{ removedQuoteCount }} }}"
        );
        let answer = database.answer_to(admin, &gone, None);
        assert!(answer.contains("\"removedQuoteCount\":1"), "{answer}");
        assert_eq!(database.direct().dump_of(&tables), before);
    });
}

#[test]
fn what_a_title_means_is_worked_out_anew() {
    each_backend(|backend| {
        let database = recorded(backend, "Ada Quill,Q1,Mayor,Halvik,2010,\nT. Marsh,,Mayor,,,\n");
        let before = database.dump();
        let again = || database.store().write(resolve_tenures_again).unwrap().0.speakers;
        assert_eq!(again(), [].into());
        database.run("UPDATE tenure SET function = 'JUDGE' WHERE name = 'Ada Quill'");
        assert_eq!(again(), [named("Ada Quill", Some("Q1")).id].into());
        assert_eq!(database.dump(), before);
    });
}

#[test]
fn a_history_is_walked_both_ways() {
    each_backend(|backend| {
        let database =
            recorded(backend, "Ada Quill,,Mayor,Halvik,2010,\nAda Quill,,Judge,,,2001\n");
        let row = |article: &str, role: &str, said: &str| {
            let printed = json!({ "speaker": "Ada Quill", "role": role, "said_at": said });
            native_row(article, "We shall see.", printed)
        };
        let rows = ["2008", "2011-02", "2012-03-04"].map(|said| row(said, "mayor", said)).concat();
        database.import(&[&(rows + &row("b", "lawyer", "2005-06-07"))]);
        let walk = |window: &str, key: &str, end: &str| {
            let (mut seen, mut place) = (Vec::new(), String::new());
            loop {
                let answer = database.ask(&format!(
                    "{{ speaker(name: \"Ada Quill\") {{ tenures({window}: 1 {place}) {{ totalCount
                        pageInfo {{ hasNextPage hasPreviousPage startCursor endCursor }}
                        nodes {{ role {{ title }} origin quoteCount
                            begin {{ date {{ text }} }} end {{ date {{ text }} }} }} }} }} }}"
                ));
                let page = &answer["data"]["speaker"]["tenures"];
                assert_eq!(page["totalCount"], 4);
                seen.push(page["nodes"][0].clone());
                if page["pageInfo"][end] == false {
                    return seen;
                }
                let cursor = if key == "after" { "endCursor" } else { "startCursor" };
                place = format!("{key}: {}", page["pageInfo"][cursor]);
            }
        };
        let forwards = walk("first", "after", "hasNextPage");
        let mut backwards = walk("last", "before", "hasPreviousPage");
        backwards.reverse();
        assert_eq!(forwards, backwards);
        let told: Vec<_> = forwards
            .iter()
            .map(|node| {
                (&node["role"]["title"], &node["begin"]["date"]["text"], &node["quoteCount"])
            })
            .collect();
        assert_eq!(
            json!(told),
            json!([
                ["Judge", null, 0],
                ["lawyer", "2005-06-07", 1],
                ["mayor", "2008", 3],
                ["Mayor", "2010", 0],
            ])
        );
        assert_eq!(forwards[2]["end"]["date"]["text"], "2012-03-04");
    });
}
