//! How printed roles stand to records, case by case, and what holds for any date.

use proptest::prelude::*;

use super::*;
use crate::domain::date::FuzzyDate;
use crate::domain::id::{Id, Kind};
use crate::domain::reading::Reading;
use crate::domain::resolution::{ResolvedOrganisation, office, resolve};
use crate::domain::vocabulary::{Domain, Function, Status};

/// A name for an organisation or a role.
fn id(name: &str) -> Id {
    Id::derive(Kind::Organisation, &[name.as_bytes()])
}

/// `defence@mod` is the defence minister at the ministry, which is part of the government.
fn role(text: &str) -> (Function, Domain, Vec<Id>) {
    let (post, at) = text.split_once('@').unwrap_or((text, ""));
    let (function, domain) = match post {
        "defence" => (Function::Minister, Domain::Defence),
        "foreign" => (Function::Minister, Domain::ForeignAffairs),
        "minister" => (Function::Minister, Domain::Unknown),
        "deputy-pm" => (Function::Minister, Domain::General),
        "pm" => (Function::HeadOfGovernment, Domain::General),
        "mayor" => (Function::Mayor, Domain::General),
        "mp" => (Function::Legislator, Domain::General),
        "unread" => (Function::Unknown, Domain::Unknown),
        other => panic!("{other}"),
    };
    let organisation = match at {
        "" => Vec::new(),
        "mod" | "fco" => vec![id(at), id("government")],
        other => vec![id(other)],
    };
    (function, domain, organisation)
}

fn bound(text: &str) -> Bound {
    match text {
        "" => Bound::Unknown,
        "open" => Bound::Open,
        date => Bound::Known(date.parse().expect(date)),
    }
}

/// `defence@mod 2010-05-12 2012-09`, with `acting` or the like before it where it is so.
fn tenure(text: &str) -> Tenure {
    let (status, text) = status(text);
    let mut parts = text.split(' ');
    let (function, domain, organisation) = role(parts.next().unwrap_or_default());
    let mut next = || bound(parts.next().unwrap_or_default());
    let (begin, end) = (next(), next());
    let (title, organisation_name) = (String::new(), String::new());
    Tenure {
        role: None,
        title,
        function,
        domain,
        status,
        organisation,
        organisation_name,
        begin,
        end,
    }
}

fn status(text: &str) -> (Status, &str) {
    let words = [
        ("former ", Status::Former),
        ("acting ", Status::Acting),
        ("designate ", Status::Designate),
        ("shadow ", Status::Shadow),
    ];
    let found = words.iter().find_map(|(word, status)| Some((*status, text.strip_prefix(word)?)));
    found.unwrap_or((Status::Current, text))
}

/// `former defence 2013-02-01`, or without a date.
fn claim(text: &str) -> Claim {
    let (status, text) = status(text);
    let (post, date) = text.split_once(' ').unwrap_or((text, ""));
    let (function, domain, organisation) = role(post);
    let date = (!date.is_empty()).then(|| date.parse().expect(date));
    Claim {
        role: id("printed"),
        title: String::new(),
        function,
        domain,
        status,
        organisation,
        organisation_name: String::new(),
        open_organisation: false,
        date,
    }
}

fn judged(printed: &str, recorded: &[&str]) -> Capacity {
    let tenures = recorded.iter().map(|text| tenure(text)).collect();
    capacity(Some(&claim(printed)), &Recorded::Tenures(tenures))
}

#[test]
fn a_printed_role_is_judged_at_its_date() {
    use Capacity::{Ambiguous, Conflict, Held, Sighted};
    let defence = "defence@mod 2010-05-12 2012-09-04";
    let foreign = "foreign@fco 2012-09-04 2014-07-15";
    for (printed, recorded, expected) in [
        // In office, before, behind; at the very day of a change nobody can tell.
        ("defence@mod 2011-03-01", vec![defence], Held),
        ("defence@mod 2009-03-01", vec![defence], Conflict),
        ("defence@mod 2013-03-01", vec![defence], Conflict),
        ("defence@mod 2012-09-04", vec![defence], Ambiguous),
        ("defence@mod 2011", vec![defence], Held),
        ("defence@mod 2012", vec![defence], Ambiguous),
        ("defence@mod 2013", vec![defence], Conflict),
        ("defence@mod", vec![defence], Ambiguous),
        ("acting defence@mod 2011-03-01", vec![defence], Held),
        ("defence@mod 2011-03-01", vec!["acting defence@mod 2010-05-12 2012-09-04"], Held),
        // The print knows less than the record, or the record less than the print.
        ("defence 2011-03-01", vec![defence], Held),
        ("defence@government 2011-03-01", vec![defence], Held),
        ("defence@mod 2011-03-01", vec!["defence 2010-05-12 2012-09-04"], Ambiguous),
        ("defence 2011-03-01", vec!["defence 2010-05-12 2012-09-04"], Held),
        ("minister 2011-03-01", vec![defence], Held),
        ("minister 2015-03-01", vec![defence, foreign], Conflict),
        // Another government's.
        ("defence@elsewhere 2011-03-01", vec![defence], Sighted),
        // Who was a former one, or a coming one, and when.
        ("former defence@mod 2013-03-01", vec![defence], Held),
        ("former defence@mod 2011-03-01", vec![defence], Conflict),
        ("former defence@mod 2009-03-01", vec![defence], Conflict),
        ("former defence@mod 2012", vec![defence], Ambiguous),
        ("former defence@mod", vec![defence], Ambiguous),
        ("former pm 2015", vec!["pm 2003 2010", "pm 2023 open"], Held),
        ("former pm 2024", vec!["pm 2003 2010", "pm 2023-01-01 open"], Conflict),
        ("designate defence@mod 2010-05-11", vec![defence], Held),
        ("designate defence@mod 2011-05-11", vec![defence], Conflict),
        ("designate defence@mod 2013-05-11", vec![defence], Conflict),
        ("designate pm 2010-05", vec!["designate pm 2010-04 2010-06"], Held),
        ("pm 2010-05", vec!["designate pm 2010-04 2010-06"], Sighted),
        // To shadow an office is another one.
        ("shadow defence 2011-03-01", vec![defence], Sighted),
        ("shadow defence 2011-03-01", vec!["shadow defence 2010 2012"], Held),
        ("defence 2011-03-01", vec!["shadow defence 2010 2012"], Sighted),
        // A minister who changed ministries.
        ("defence@mod 2013-03-01", vec![defence, foreign], Conflict),
        ("foreign@fco 2013-03-01", vec![defence, foreign], Held),
        ("former defence@mod 2013-03-01", vec![defence, foreign], Held),
        // No tenure of it, but a portfolio of the same government at that time.
        ("defence@mod 2013-03-01", vec![foreign], Conflict),
        ("defence 2013-03-01", vec![foreign], Conflict),
        ("defence@mod 2013-03-01", vec!["foreign 2012 2014"], Conflict),
        ("defence@mod 2012", vec![foreign], Ambiguous),
        ("defence@mod 2011-03-01", vec![foreign], Sighted),
        ("former defence@mod 2013-03-01", vec![foreign], Sighted),
        ("designate defence@mod 2013-03-01", vec![foreign], Sighted),
        ("defence@elsewhere 2013-03-01", vec![foreign], Sighted),
        ("deputy-pm@government 2013-03-01", vec![foreign], Sighted),
        // Offices that are held beside each other.
        ("pm 2013-03-01", vec!["mp@commons 2010 2015"], Sighted),
        ("mp@commons 2013-03-01", vec!["pm 2012 2014"], Sighted),
        // Mayors, one of them of two terms with another one between.
        ("mayor@ashford 2013", vec!["mayor@ashford 2008-05-04 2016-05-09"], Held),
        ("mayor 2013", vec!["mayor@ashford 2008-05-04 2016-05-09"], Held),
        ("mayor@ashford 2017", vec!["mayor@ashford 2008-05-04 2016-05-09"], Conflict),
        ("mayor@elsewhere 2013", vec!["mayor@ashford 2008-05-04 2016-05-09"], Sighted),
        (
            "mayor@ashford 2012",
            vec!["mayor@ashford 2006 2010", "mayor@ashford 2014 2018"],
            Conflict,
        ),
        ("mayor@ashford 2016", vec!["mayor@ashford 2006 2010", "mayor@ashford 2014 2018"], Held),
        // Bounds that are open or not told.
        ("pm 2030", vec!["pm 2020-01-01 open"], Held),
        ("pm 1900", vec!["pm open 1950"], Held),
        ("pm", vec!["pm open open"], Held),
        ("pm 2030", vec!["pm 2020-01-01"], Ambiguous),
        ("pm 2010", vec!["pm 2020-01-01"], Conflict),
        ("pm 2030", vec!["pm"], Ambiguous),
        // What was not understood, and what nobody recorded.
        ("unread 2013", vec!["unread 2010 2015"], Sighted),
        ("defence@mod 2013", vec![], Sighted),
        ("defence@mod", vec![], Sighted),
        ("defence@mod", vec!["mp@commons 2010 2015"], Sighted),
    ] {
        assert_eq!(judged(printed, &recorded), expected, "`{printed}` by {recorded:?}");
    }
}

/// How a printed role, and where it is not empty the printed organisation, stands to a recorded one.
fn worded((title, organisation): (&str, &str), (post, at): (&str, &str)) -> Capacity {
    let json = serde_json::json!({
        "kind": "DIRECT", "text": "We shall see.", "speaker": "Ada Quill", "role": title,
        "organisation": (!organisation.is_empty()).then_some(organisation)
    });
    let reading: Reading = serde_json::from_value(json).expect("it is a reading");
    let date = Some("2011-03-01".parse().expect("it is a date"));
    let claim = Claim::of(&resolve(&reading), date).expect("it claims");
    let (role, home) = office(post, (!at.is_empty()).then_some(at));
    let role = role.expect("it is a role");
    let home = home.map(|home| match home {
        ResolvedOrganisation::Listed(known) => {
            let all = [known].into_iter().chain(known.ancestors());
            all.map(|one| ResolvedOrganisation::Listed(one).id()).collect()
        }
        unlisted => vec![unlisted.id()],
    });
    let tenure = Tenure {
        role: Some(role.id),
        title: post.to_owned(),
        function: role.function,
        domain: role.domain,
        status: role.status,
        organisation: home.unwrap_or_default(),
        organisation_name: at.to_owned(),
        begin: bound("2010-05-12"),
        end: bound("2012-09-04"),
    };
    capacity(Some(&claim), &Recorded::Tenures(vec![tenure]))
}

#[test]
fn what_may_be_another_office_is_not_held() {
    use Capacity::{Ambiguous, Held, Sighted};
    let defence = ("Defence Secretary", "UK Ministry of Defence");
    let open = ("Defence Secretary", "Ministry of Defence");
    let member = ("Member of Parliament", "House of Commons");
    let trade = ("Trade Secretary", "Ministry of Trade");
    for (printed, recorded, expected) in [
        (("Defence Secretary", ""), defence, Held),
        (("British defence minister", ""), defence, Held),
        (("Secretary of State for Defence", ""), defence, Held),
        (("UK Defense Secretary", ""), defence, Held),
        (("minister", ""), defence, Held),
        (("armed forces minister", "UK Ministry of Defence"), defence, Ambiguous),
        (("armed forces minister", ""), defence, Ambiguous),
        (("Minister of State for Defence", "UK Ministry of Defence"), defence, Ambiguous),
        (("Defence Secretary", "Ministry of Defence"), open, Held),
        (("defence minister", ""), open, Held),
        (("US Defense Secretary", ""), open, Ambiguous),
        (("Latvian defence minister", ""), open, Ambiguous),
        (("Latvian defence minister", ""), defence, Sighted),
        (("defence minister", "Ministry of Defence"), defence, Ambiguous),
        (("Verteidigungsminister", ""), open, Held),
        (("Energy Secretary", ""), trade, Ambiguous),
        (("Energieminister", ""), trade, Ambiguous),
        (("Senator", ""), member, Sighted),
        (("MP", ""), member, Held),
        (("lawmaker", ""), member, Held),
    ] {
        assert_eq!(worded(printed, recorded), expected, "{printed:?} by {recorded:?}");
    }
}

#[test]
fn the_very_role_is_it_however_it_was_understood() {
    let mut recorded = tenure("unread 2010-01-01 2015-01-01");
    recorded.role = Some(id("printed"));
    let record = Recorded::Tenures(vec![recorded]);
    assert_eq!(capacity(Some(&claim("unread 2013")), &record), Capacity::Held);
    assert_eq!(capacity(Some(&claim("unread 2016")), &record), Capacity::Conflict);
}

#[test]
fn namesakes_decide_nothing_and_no_role_is_no_claim() {
    let printed = claim("defence@mod 2013");
    assert_eq!(capacity(Some(&printed), &Recorded::Namesakes), Capacity::Ambiguous);
    assert_eq!(capacity(None, &Recorded::Namesakes), Capacity::Unknown);
    assert_eq!(capacity(None, &Recorded::default()), Capacity::Unknown);
}

#[test]
fn an_attribution_claims_a_role_for_a_named_speaker_alone() {
    let reading = |speaker: Option<&str>, role: Option<&str>| {
        let json = serde_json::json!({
            "kind": "DIRECT", "text": "We shall see.", "speaker": speaker, "role": role
        });
        let reading: Reading = serde_json::from_value(json).expect("it is a reading");
        Claim::of(&resolve(&reading), None)
    };
    let claimed = reading(Some("Ada Quill"), Some("Pentagon press secretary")).expect("it claims");
    assert_eq!(claimed.function, Function::Spokesperson);
    assert!(claimed.organisation.len() > 1, "the department and its government: {claimed:?}");
    assert_eq!(reading(Some("Ada Quill"), None), None);
    assert_eq!(reading(None, Some("Pentagon press secretary")), None);
}

#[test]
fn a_record_that_ends_before_it_begins_decides_nothing() {
    let reversed = Tenure { begin: bound("2013"), end: bound("2000"), ..tenure("pm") };
    let recorded = Recorded::Tenures(vec![reversed]);
    for (post, date) in [("pm", "1999"), ("pm", "2005"), ("former pm", "2012"), ("pm", "2014")] {
        let date = Some(date.parse().expect("it is a date"));
        let claim = Claim { date, ..claim(post) };
        assert_eq!(capacity(Some(&claim), &recorded), Capacity::Ambiguous, "{post}");
    }
}

#[test]
fn bounds_merge_in_any_order() {
    let bounds = ["", "open", "2012", "2012-09", "2012-09-04", "2012-09-05"].map(bound);
    for one in bounds {
        for other in bounds {
            assert_eq!(one.better(other), other.better(one));
            for third in bounds {
                assert_eq!(one.better(other).better(third), one.better(other.better(third)));
            }
        }
    }
    assert_eq!(bound("open").better(bound("2012")), bound("2012"));
    assert_eq!(bound("2012-09-04").better(bound("2013")), bound("2012-09-04"));
}

fn any_date() -> impl Strategy<Value = FuzzyDate> {
    let text = prop_oneof![
        (2000..2020i32).prop_map(|y| format!("{y}")),
        (2000..2020i32, 1..=12u8).prop_map(|(y, m)| format!("{y}-{m:02}")),
        (2000..2020i32, 1..=12u8, 1..=28u8).prop_map(|(y, m, d)| format!("{y}-{m:02}-{d:02}")),
    ];
    text.prop_map(|text| text.parse().expect("it is a date"))
}

fn any_bound() -> impl Strategy<Value = Bound> {
    prop_oneof![
        4 => any_date().prop_map(Bound::Known),
        1 => Just(Bound::Open),
        1 => Just(Bound::Unknown),
        1 => any_date().prop_map(|date| Bound::Sighted(Some(date))),
    ]
}

fn any_post() -> impl Strategy<Value = String> {
    let status = prop_oneof![3 => Just(""), 1 => Just("former "), 1 => Just("designate "), 1 => Just("acting ")];
    let posts = vec!["defence@mod", "foreign@fco", "minister", "pm", "mayor@ashford", "defence"];
    (status, proptest::sample::select(posts)).prop_map(|(status, post)| format!("{status}{post}"))
}

fn any_tenure() -> impl Strategy<Value = Tenure> {
    (any_post(), any_bound(), any_bound()).prop_map(|(post, begin, end)| Tenure {
        begin,
        end,
        ..tenure(&post)
    })
}

proptest! {
    #[test]
    fn a_vaguer_date_never_turns_one_certainty_into_another(
        post in any_post(),
        date in any_date(),
        (before, behind) in (0..400i64, 0..400i64),
        tenures in prop::collection::vec(any_tenure(), 0..4),
    ) {
        const DAY: i64 = 24 * 60 * 60 * 1_000_000;
        let record = Recorded::Tenures(tenures);
        let exact = Claim { date: Some(date), ..claim(&post) };
        let wider = FuzzyDate {
            earliest: date.earliest - before * DAY,
            latest: date.latest + behind * DAY,
            ..date
        };
        let vaguer = [Some(wider), None].map(|date| Claim { date, ..exact.clone() });
        let judged = capacity(Some(&exact), &record);
        for vaguer in vaguer {
            let now = capacity(Some(&vaguer), &record);
            prop_assert!(now == judged || now == Capacity::Ambiguous, "{judged} became {now}");
        }
    }
}
