//! The record of who held which role when: imports of it, and what a quote's speaker is judged by.

mod speakers;

use serde_json::{Value, json};

use crate::support::{Backend, Workplace, each_backend, repository};

/// `dixit tenures import --json`: exit code, report, rejected rows.
fn import(workplace: &Workplace, arguments: &[&str]) -> (i32, Value, Vec<Value>) {
    let mut all = vec!["tenures", "import", "--json", "--rejects", "rejects.jsonl"];
    all.extend(arguments);
    let done = workplace.dixit(&all);
    let report = serde_json::from_str(&done.out).unwrap_or_else(|_| panic!("{done:?}"));
    let rejects = crate::support::read(workplace.path("rejects.jsonl"));
    let rejects = rejects.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    (done.code, report, rejects)
}

/// `dixit tenures list --json`.
fn listed(workplace: &Workplace) -> Vec<Value> {
    let done = workplace.dixit(&["tenures", "list", "--json"]);
    assert_eq!((done.code, done.err.as_str()), (0, ""), "{done:?}");
    done.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn counts(report: &Value) -> [u64; 4] {
    ["accepted", "known", "changed", "rejected"].map(|name| report[name].as_u64().unwrap())
}

const TABLE: &str = "\
name,wikidata,role,organisation,from,until,source
Ada Quill,,Defence Secretary,Ministry of Defence,2010-05-12,2012-09-04,gazette
Ada Quill,,Foreign Secretary,Foreign Office,2012-09-04,open,gazette
\"Marsh, Tobit\",Q99,Mayor,Town of Ashford,2008,,
";

/// A parliament of invented people, two of them of one name.
fn parliament() -> Value {
    json!({
        "persons": [
            { "id": "p1", "name": "Ada Quill", "gender": "female",
              "identifiers": [{ "scheme": "wikidata", "identifier": "Q101" }],
              "other_names": [{ "name": "Ада Квилл", "lang": "ru" }, { "name": "A. Quill" }] },
            { "id": "p2", "name": "Tobit Marsh" },
            { "id": "p3", "name": "Tobit Marsh" },
        ],
        "organizations": [
            { "id": "house", "name": "House of Representatives", "classification": "legislature",
              "posts": [{ "id": "speaker", "label": "Speaker" }] },
            { "id": "blue", "name": "Blue Party", "classification": "party" },
        ],
        "areas": [{ "id": "ash", "name": "Ashford" }],
        "events": [
            { "id": "t1", "classification": "legislative period", "start_date": "2010-05-12",
              "end_date": "2014-05-11" },
            { "id": "t2", "classification": "legislative period", "start_date": "2014-05-12" },
        ],
        "memberships": [
            { "person_id": "p1", "organization_id": "house", "on_behalf_of_id": "blue",
              "area_id": "ash", "legislative_period_id": "t1", "role": "member" },
            { "person_id": "p1", "organization_id": "house", "legislative_period_id": "t2",
              "start_date": "2015-01-02", "role": "member" },
            { "person_id": "p2", "post_id": "speaker", "start_date": "2011" },
            { "person_id": "p3", "organization_id": "house", "legislative_period_id": "t1" },
        ],
    })
}

#[test]
fn a_table_becomes_the_record_once() {
    each_backend(|backend| {
        let workplace = Workplace::new(backend);
        workplace.file("table.csv", TABLE);
        let (code, report, rejects) = import(&workplace, &["table.csv"]);
        assert_eq!((code, counts(&report), rejects.len()), (0, [3, 0, 0, 0], 0), "{report:#}");
        assert_eq!((&report["format"], &report["people"]), (&json!("tenures-csv"), &json!(2)));

        let listed = listed(&workplace);
        let told: Vec<_> =
            listed.iter().map(|row| (&row["name"], &row["role"], &row["source"])).collect();
        assert_eq!(
            json!(told),
            json!([
                ["Tobit Marsh", "Mayor", "table.csv"],
                ["Ada Quill", "Defence Secretary", "gazette"],
                ["Ada Quill", "Foreign Secretary", "gazette"],
            ])
        );
        assert_eq!(
            (&listed[1]["function"], &listed[1]["domain"], &listed[1]["begin"], &listed[1]["end"]),
            (
                &json!("MINISTER"),
                &json!("DEFENCE"),
                &json!({ "bound": "KNOWN", "date": "2010-05-12" }),
                &json!({ "bound": "KNOWN", "date": "2012-09-04" })
            )
        );
        assert_eq!(listed[2]["end"], json!({ "bound": "OPEN", "date": null }));
        assert_eq!(listed[0]["end"], json!({ "bound": "UNKNOWN", "date": null }));

        let before = workplace.direct().unwrap().dump();
        let (code, report, _) = import(&workplace, &["table.csv"]);
        assert_eq!((code, counts(&report)), (0, [0, 3, 0, 0]));
        assert_eq!(workplace.direct().unwrap().dump(), before);
    });
}

#[test]
fn a_name_is_read_like_a_printed_speaker() {
    each_backend(|backend| {
        let workplace = Workplace::new(backend);
        let table = "name,role\nthe Mayor,Mayor\nPresident Ada Quill,President\n";
        workplace.file("table.csv", table);
        let (code, report, rejects) = import(&workplace, &["table.csv"]);
        assert_eq!((code, counts(&report)), (1, [1, 0, 0, 1]), "{report:#}");
        assert_eq!(rejects[0]["reason"], "`the Mayor` names no person", "{rejects:#?}");
        assert_eq!(listed(&workplace)[0]["name"], "Ada Quill");
    });
}

#[test]
fn a_parliament_becomes_the_record_once() {
    each_backend(|backend| {
        let workplace = Workplace::new(backend);
        workplace.file("house.json", parliament().to_string());
        let (code, report, rejects) = import(&workplace, &["house.json", "--source", "house"]);
        assert_eq!((code, counts(&report), rejects), (0, [4, 0, 0, 0], vec![]), "{report:#}");
        assert_eq!((&report["format"], &report["people"]), (&json!("popolo"), &json!(3)));

        let listed = listed(&workplace);
        let of = |name: &str| listed.iter().filter(|row| row["name"] == name).collect::<Vec<_>>();
        let terms = of("Ada Quill");
        assert!(terms.iter().all(|row| row["function"] == "LEGISLATOR"), "{terms:#?}");
        let bounds = |row: &Value| (row["begin"].clone(), row["end"].clone());
        let known = |date: &str| json!({ "bound": "KNOWN", "date": date });
        assert_eq!(bounds(terms[0]), (known("2010-05-12"), known("2014-05-11")));
        let unknown = json!({ "bound": "UNKNOWN", "date": null });
        assert_eq!(bounds(terms[1]), (known("2015-01-02"), unknown));
        assert_eq!(
            (&terms[0]["area"], &terms[0]["onBehalfOf"]),
            (&json!("Ashford"), &json!("Blue Party"))
        );
        let namesakes = of("Tobit Marsh");
        assert_ne!(namesakes[0]["speakerId"], namesakes[1]["speakerId"]);

        let names = "SELECT name || ' ' || coalesce(language, '-') || ' ' || source AS value
                     FROM speaker_alias ORDER BY name";
        let names = workplace.direct().unwrap().column(names);
        assert_eq!(
            names,
            [
                "A. Quill - house",
                "Ada Quill - house",
                "Tobit Marsh - house",
                "Tobit Marsh - house",
                "Ада Квилл ru house"
            ]
        );
        let before = workplace.direct().unwrap().dump();
        assert_eq!(
            counts(&import(&workplace, &["house.json", "--source", "house"]).1),
            [0, 4, 0, 0]
        );
        assert_eq!(workplace.direct().unwrap().dump(), before);
    });
}

#[test]
fn the_order_of_files_and_rows_is_no_matter() {
    each_backend(|backend| {
        let ended = TABLE.replace(",open,", ",2014-07-15,");
        let mut rows: Vec<&str> = ended.lines().skip(1).collect();
        rows.reverse();
        let ended = format!("{}\n{}\n", TABLE.lines().next().unwrap(), rows.join("\n"));
        let printed = repository("sample/statements.jsonl");
        let sample = printed.to_string_lossy();
        let imported = |order: &[&str]| {
            let workplace = Workplace::new(backend);
            workplace.file("1.csv", TABLE);
            workplace.file("2.csv", &ended);
            workplace.file("house.json", parliament().to_string());
            for file in order {
                if file.contains("sample") {
                    assert_eq!(workplace.import(&[file]).0, 0);
                } else {
                    assert_eq!(import(&workplace, &[file, "--source", "all"]).0, 0);
                }
            }
            workplace.direct().unwrap().dump()
        };
        let one = imported(&["1.csv", "house.json", "2.csv", &sample]);
        let other = imported(&[&sample, "2.csv", "1.csv", "house.json"]);
        assert!(one == other, "{one}\n\n{other}");
    });
}

#[test]
fn a_newer_edition_tells_when_a_tenure_ended() {
    each_backend(|backend| {
        let workplace = Workplace::new(backend);
        workplace.file("old.csv", TABLE);
        workplace.file("new.csv", TABLE.replace(",open,", ",2014-07-15,"));
        import(&workplace, &["old.csv", "--source", "list"]);
        let (_, report, _) = import(&workplace, &["new.csv", "--source", "list"]);
        assert_eq!(counts(&report), [0, 2, 1, 0]);
        // An older one tells nothing new.
        let (_, report, _) = import(&workplace, &["old.csv", "--source", "list"]);
        assert_eq!(counts(&report), [0, 3, 0, 0]);
        assert_eq!(listed(&workplace)[2]["end"]["date"], "2014-07-15");
    });
}

#[test]
fn a_row_that_cannot_be_is_told_and_costs_no_other() {
    let workplace = Workplace::new(Backend::Sqlite);
    let mut document = parliament();
    let persons = document["persons"].as_array_mut().unwrap();
    persons.extend([
        json!({ "name": "Nobody Known" }),
        json!({ "id": "p1", "name": "Bram Solvay" }),
        json!({ "id": "p5", "name": "a\u{202e}b" }),
        json!({ "id": "p6", "name": "Q Person", "identifiers": [{ "scheme": "wikidata", "identifier": "42" }] }),
    ]);
    let memberships = document["memberships"].as_array_mut().unwrap();
    memberships.extend([
        json!({ "organization_id": "house" }),
        json!({ "person_id": "p9", "organization_id": "house" }),
        json!({ "person_id": "p1", "organization_id": "senate" }),
        json!({ "person_id": "p1" }),
        json!({ "person_id": "p1", "organization_id": "house", "legislative_period_id": "t9" }),
        json!({ "person_id": "p1", "organization_id": "house", "start_date": "2015-00-00" }),
        json!({ "person_id": "p1", "organization_id": "house", "start_date": "2015", "end_date": "2014" }),
        json!({ "person_id": "p1", "organization_id": "house", "role": "…" }),
        json!({ "person_id": 7, "organization_id": "house" }),
        json!([]),
    ]);
    let twice = r#"{ "person_id": "p1", "person_id": "p2", "organization_id": "house" }"#;
    let text = serde_json::to_string_pretty(&document).unwrap();
    let text = text.replacen("\"memberships\": [", &format!("\"memberships\": [\n{twice},"), 1);
    workplace.file("house.json", &text);
    let (code, report, rejects) = import(&workplace, &["house.json"]);
    assert_eq!((code, counts(&report)), (1, [4, 0, 0, 15]), "{report:#}");
    let told: Vec<_> = rejects
        .iter()
        .map(|row| (row["field"].as_str().unwrap_or_default(), row["code"].as_str().unwrap()))
        .collect();
    assert_eq!(
        told,
        [
            ("persons[3].id", "missing_field"),
            ("persons[4].id", "bad_value"),
            ("persons[5].name", "bad_text"),
            ("persons[6].wikidata", "bad_value"),
            ("memberships[0].person_id", "unknown_field"),
            ("memberships[5].person_id", "missing_field"),
            ("memberships[6].person_id", "bad_value"),
            ("memberships[7].organization_id", "bad_value"),
            ("memberships[8].organization_id", "missing_field"),
            ("memberships[9].legislative_period_id", "bad_value"),
            ("memberships[10].start_date", "bad_value"),
            ("memberships[11].end_date", "bad_value"),
            ("memberships[12].role", "bad_value"),
            ("memberships[13].person_id", "bad_value"),
            ("memberships[14]", "not_json"),
        ]
    );
    let line = usize::try_from(rejects[4]["line"].as_u64().unwrap()).unwrap();
    assert_eq!(text.lines().nth(line - 1), Some(&*format!("{twice},")));

    let rows = "Ada Quill,Q1x,Mayor,Ashford,2010,,\n,,Mayor,Ashford,2010,,\nAda Quill,,,Ashford,2010,,\n\
                Ada Quill,,Mayor,Ashford,soon,,\nAda Quill,,Mayor,Ashford\n\n\"Ada\nQuill\",,Mayor,Ashford,2010,2009,\n";
    workplace.file("bad.csv", format!("{TABLE}{rows}"));
    let (code, report, rejects) = import(&workplace, &["bad.csv"]);
    assert_eq!((code, counts(&report)), (1, [3, 0, 0, 6]), "{report:#}");
    let told: Vec<_> =
        rejects.iter().map(|row| (row["line"].clone(), row["field"].clone())).collect();
    let expected =
        json!([[5, "wikidata"], [6, "name"], [7, "role"], [8, "from"], [9, null], [11, "until"]]);
    assert_eq!(json!(told), expected);
}

#[test]
fn a_file_that_is_no_record_is_refused_as_a_whole() {
    let workplace = Workplace::new(Backend::Sqlite);
    for (name, content, because) in [
        ("empty.csv", " \n", "is empty"),
        ("quotes.csv", "quote,speaker\n", "`quote`: the head has no such column"),
        ("twice.csv", "name,role,name\n", "`name`: stands twice"),
        ("short.csv", "name,from\n", "missing field `role`"),
        ("broken.json", "{ \"persons\": [", "is not JSON"),
        ("deep.json", &format!("{{\"a\":{}", "[".repeat(100_000)), "is not JSON"),
        ("none.json", "{ \"persons\": [] }", "missing field `memberships`"),
        ("odd.json", r#"{ "persons": {}, "memberships": [] }"#, "is not a list"),
        ("twice.json", r#"{ "persons": [], "memberships": [], "persons": [] }"#, "stands twice"),
    ] {
        workplace.file(name, content);
        let done = workplace.dixit(&["tenures", "import", name]);
        assert_eq!((done.code, done.out.as_str()), (2, ""), "{done:?}");
        assert!(done.err.contains(name) && done.err.contains(because), "{name}: {}", done.err);
    }
    workplace.file("latin.csv", b"name,role\nAd\xe9,Mayor\n");
    let done = workplace.dixit(&["tenures", "import", "latin.csv"]);
    assert!(done.code == 2 && done.err.contains("is not UTF-8 at byte 12"), "{done:?}");
    assert_eq!(listed(&workplace), Vec::<Value>::new());
}

#[test]
fn each_import_is_in_the_audit() {
    let workplace = Workplace::new(Backend::Sqlite);
    workplace.file("table.csv", TABLE);
    import(&workplace, &["table.csv"]);
    let audit = "SELECT a.action || ' ' || i.format || ' ' || i.state || ' ' || i.accepted AS value
                 FROM audit a JOIN import i ON i.id = a.subject_id";
    assert_eq!(workplace.direct().unwrap().column(audit), ["IMPORT tenures-csv FINISHED 3"]);
}
