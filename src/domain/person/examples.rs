//! Tables of printed speakers: who is a person, with which title and organisation, and who is not.

use super::SpeakerReading::{self, Nobody, Organisation, Person, Unnamed};
use super::read_speaker;

/// A printed speaker as `name | title | organisation`, without bars at the end.
fn shown(printed: &str) -> String {
    match read_speaker(printed) {
        Person { name, title, organisation } => {
            let rest = [title, organisation].map(Option::unwrap_or_default);
            let all = format!("{name} | {} | {}", rest[0], rest[1]);
            all.trim_end_matches([' ', '|']).to_owned()
        }
        Organisation(name) => format!("organisation {name}"),
        Unnamed { title, group: false } => format!("somebody: {title}"),
        Unnamed { title, group: true } => format!("several: {title}"),
        Nobody => "nobody".to_owned(),
    }
}

/// Checks rows of `printed => name | title | organisation`, all of them before it fails.
fn reads(table: &str) {
    let rows = table.trim().lines().map(|row| row.trim().split_once(" => ").unwrap_or((row, "")));
    let wrong: Vec<String> = rows
        .filter(|(printed, expected)| shown(printed) != expected.trim())
        .map(|(printed, expected)| format!("{printed}: {}, not {expected}", shown(printed)))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Checks that none of the strings, parted by `;`, makes a person.
fn no_person(strings: &str) {
    let persons: Vec<(&str, SpeakerReading)> = strings
        .split(';')
        .map(str::trim)
        .map(|printed| (printed, read_speaker(printed)))
        .filter(|(_, read)| matches!(read, Person { .. }))
        .collect();
    assert!(persons.is_empty(), "{persons:#?}");
}

#[test]
fn english_titles_and_honorifics_are_split_off() {
    reads(
        "Lt. Gen. Sir Ada Quill KCB => Ada Quill | Lt. Gen. Sir
         UN spokesman Ada Quill => Ada Quill | UN spokesman | UN
         Samoa's Prime Minister, Ada Quill, => Ada Quill | Samoa's Prime Minister
         Ada Quill, Facebook's vice-president of integrity, => Ada Quill | Facebook's vice-president of integrity | Facebook
         former President Ada Quill => Ada Quill | former President
         Rep. Ada Quill (R-Texas) => Ada Quill | Rep.
         Sen. Ada Quill, D-Calif. => Ada Quill | Sen.
         Quill (R-Texas) => Quill
         Ada Quill, 34, => Ada Quill
         Ada Quill, 34, a teacher => Ada Quill | a teacher
         Dr. Ada Quill, a teacher => Ada Quill | a teacher
         President Bashir al-Quill => Bashir al-Quill | President
         President al-Quill => President al-Quill | President
         WHO => organisation WHO
         who => nobody
         a police officer => somebody: a police officer
         police officer => somebody: police officer
         Ada Quill, MD, PhD => Ada Quill
         The Rt Hon Ada Quill MP => Ada Quill
         Detective Chief Inspector Ada Quill => Ada Quill | Detective Chief Inspector
         Minister for Health Dr Ada Quill => Ada Quill | Minister for Health Dr
         Ada Quill - spokesperson => Ada Quill | spokesperson
         Ada Quill (Greenpeace) => Ada Quill
         Ada Quill of Greenpeace => Ada Quill |  | Greenpeace
         Pacific expert Ada Quill from Massey University => Ada Quill | Pacific expert | Massey University
         Bob's mother, Ada Quill, => Ada Quill | Bob's mother
         Mr. Quill => Mr. Quill
         MR. QUILL: => MR. QUILL
         QUILL: => QUILL",
    );
}

#[test]
fn german_french_and_spanish_titles_are_split_off() {
    reads(
        "Frau Dr. Quill => Frau Dr. Quill
         Prof. Dr. Ada Quill => Ada Quill
         Bundeskanzlerin Ada Quill => Ada Quill | Bundeskanzlerin
         Regierungssprecher Bob Quill => Bob Quill | Regierungssprecher
         Kanzlerin Quill => Kanzlerin Quill | Kanzlerin
         Mme Quill => Mme Quill
         Mme Ada Quill => Ada Quill
         le président Bob Quill => Bob Quill | le président
         Bob Quill, président de la République => Bob Quill | président de la République
         don Jorge Quill => Jorge Quill
         la señora Quill => señora Quill
         el presidente Bob Peña Quill => Bob Peña Quill | el presidente
         Sra. Ada Quill => Ada Quill",
    );
}

#[test]
fn names_keep_particles_generations_nicknames_and_their_order() {
    for name in [
        "Ada van der Quill",
        "Ada vanden Quill",
        "Ada bin Quill",
        "Ada al-Quill",
        "Ada de la Quill",
        "Ada O\u{2019}Quill",
        "Ada MacQuill",
        "von der Quill",
        "Kim Jong Un",
        "Moon Jae-in",
        "Orbán Viktor",
        "A.B. Quill",
        "Ada-Marie Quill-Stone",
        "Ada \u{201c}Dolly\u{201d} Quill",
        "Bob Quill Jr.",
        "Bob Quill III",
        "Bingu wa Quill",
        "Prince Michael of Kent",
        "Pelé",
        "Jay-Z",
    ] {
        assert!(shown(name).starts_with(&name.to_string()), "{name}: {}", shown(name));
    }
    reads(
        "Bob Quill, Jr. => Bob Quill Jr.
         Ada (Dolly) Quill => Ada \"Dolly\" Quill
         His Holiness Pope Francis => Pope Francis | His Holiness Pope",
    );
}

#[test]
fn names_that_look_like_offices_or_places_are_persons() {
    for name in [
        "Gayle King",
        "Minnie Driver",
        "Judge Reinhold",
        "Cardinal Richelieu",
        "Captain Beefheart",
        "Major Garrett",
        "Sister Souljah",
        "Charlotte Church",
        "Margaret Court",
        "Shirley Temple",
        "Bill Press",
        "Terry Garrison",
        "Alton Brown",
        "Ben E. King",
        "Tiger Woods",
        "Rosa Parks",
        "Mark Bridges",
        "Jordan Peele",
        "Virginia Woolf",
        "Chelsea Clinton",
        "Dean Martin",
        "Stephen King",
        "Alexander Pope",
        "Hope Hicks",
        "Faith Hill",
        "Jack Ma",
        "JACK MA",
        "Johnny Cash",
        "Art Garfunkel",
        "London Breed",
    ] {
        assert!(shown(name).starts_with(&name.to_string()), "{name}: {}", shown(name));
    }
}

#[test]
fn pronouns_and_words_for_nobody_are_no_persons() {
    for printed in
        "he;She;THEY;er;sie;Wir;jemand;niemand;il;Elle;ils;eux;celui-ci;ce dernier;personne;él;Ella;\
         ellos;usted;nadie;None;none;NONE;Unknown;N/A;n/a;Anonymous;Not Available;nobody else;TBD;\
         Speaker 1;SPEAKER_00;Speaker A;Q:;Q.;A.;XXXXXXXX;xxx;***;???;Your Honor"
            .split(';')
    {
        assert_eq!(read_speaker(printed), Nobody, "{printed}");
    }
}

#[test]
fn who_speaks_for_somebody_is_not_that_person() {
    no_person(
        "a spokesman for President Ada Quill;Spokesman for Mayor Ada Quill;lawyer for Dr. Ada Quill;\
         the widow of Sgt. Bob Quill;aides to President Ada Quill;a friend of Mayor Ada Quill;\
         a source close to President Quill;the office of Senator Ada Quill;the lawyer of Ada Quill;\
         spokesman for Texas Governor Ada Quill;aide to French President Ada Quill;\
         lawyer for former President Ada Quill;supporters of Senate candidate Ada Quill;\
         der Sprecher von Ministerin Ada Quill;l'avocat de M. Quill;l'avocat de Mme Ada Quill;\
         el abogado de la señora Quill;mother of Ada Quill;Ada Quill's spokesman;Quill's mother;\
         Mayor Ada Quill's office;friends of Ada Quill",
    );
}

#[test]
fn crowds_and_offices_are_no_persons() {
    no_person(
        "residents;Protesters;police;some officials;fans;Analysts;Men;Muslims;Christians;the Quills;\
         the Quill family;Quill fans;Mr and Mrs Quill;Quill and Stone;a spokesman;Spokesman;CEO;\
         the company;the ministry;The jury;Democrats;House Republicans;U.S. officials;Your Majesty;\
         Mr. President;Madam Speaker;the Queen;King of Jordan;Duchess of Sussex;die Polizei;\
         ein Augenzeuge;Experten;das Ministerium;der Angeklagte;la police;des habitants;\
         l'avocat de la défense;un témoin;le gouvernement;la policía;los vecinos;fuentes policiales;\
         fuentes oficiales;el portavoz;las autoridades",
    );
}

#[test]
fn who_is_not_named_is_no_person() {
    no_person(
        "Woman;Girl;Girls;Female;Mann;UNIDENTIFIED FEMALE;Unidentified Male;Audience;Attendees;\
         Spectators;Panel;Jury;Chorus;Applause;Question;Announcer;Passerby;Teammate;Management;\
         Myself;Yours Truly",
    );
    reads(
        "UNIDENTIFIED FEMALE => somebody: UNIDENTIFIED FEMALE
         Girls => several: Girls
         Applause => nobody
         Thomas Mann => Thomas Mann
         smith, john => john smith
         Smith, John => John Smith
         Marine veteran John Smith => John Smith | Marine veteran",
    );
}

#[test]
fn papers_events_and_places_are_no_persons() {
    no_person(
        "the report;a statement;an official statement;official statement;court documents;a tweet;\
         company filings;The Bible;Super Bowl;World Cup;World War II;Hurricane Irma;Brexit;Christmas;\
         Black Friday;Champions League;Eurovision;Mount Everest;Times Square;Main Street;Fort Quill;\
         Quill Street;Quill Bay;Dorvat City;Dorvat Bank;Trinity Church;Harbour School;Quill Group;\
         Quill Award;Ada Quill Show;Ada Quill Foundation;Clinton Foundation;Operation Quill;\
         Quill Inquiry;Paris;New York;Texas;heavy rain;local media outlets",
    );
}
