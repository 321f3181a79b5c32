//! Inputs of every shape: empty, missing, compressed, cut off, swollen, or of no known format.

use std::io::Write as _;

use serde_json::{Value, json};

use super::{accounted, good, import};
use crate::support::{Backend, Workplace, each_backend, native_row, number, text};

/// Many good rows, whose texts do not compress to nothing.
fn many(rows: usize) -> String {
    let words =
        |at: usize| format!("We counted {:x} ships.", at.wrapping_mul(0x9E37_79B9_7F4A_7C15));
    (0..rows).map(|at| native_row(&format!("a{at}"), &words(at), json!({}))).collect()
}

/// What the report says of the only input that failed.
fn failure(report: &Value) -> &str {
    assert_eq!(report["failed"].as_array().unwrap().len(), 1, "{report}");
    text(report, "/failed/0")
}

#[test]
fn an_input_without_rows_is_told_with_or_without_a_format() {
    each_backend(|backend| {
        let place = Workplace::new(backend);
        place.file("rows.jsonl", good("a"));
        for content in ["", "\n \r\n\n"] {
            place.file("empty.jsonl", content);
            for format in [&[][..], &["--format", "native"], &["--format", "quotebank"]] {
                let (code, report, _) = import(&place, &[format, &["empty.jsonl"]].concat());
                assert_eq!(code, 2, "{format:?} {report}");
                assert!(failure(&report).contains("empty.jsonl: is empty"), "{report}");
            }
            let (code, report, _) = import(&place, &["empty.jsonl", "rows.jsonl"]);
            assert_eq!((code, failure(&report)), (1, "empty.jsonl: is empty"));
        }
    });
}

#[test]
fn an_input_that_cannot_be_read_does_not_stop_the_others() {
    each_backend(|backend| {
        let place = Workplace::new(backend);
        let rows = place.file("rows.jsonl", good("a") + &good("b"));
        place.file("prose.txt", "Dear diary,\nnothing was said today.\n");
        std::fs::create_dir(place.path("folder")).unwrap();
        for (input, why) in [
            ("missing.jsonl", "cannot be opened"),
            ("folder", "is a directory"),
            ("prose.txt", "name the format with --format"),
        ] {
            let (code, report, _) = import(&place, &[input]);
            assert_eq!((code, number(&report, "/lines")), (2, 0));
            assert!(failure(&report).contains(input) && failure(&report).contains(why), "{report}");
            let (code, report, _) = import(&place, &[input, &rows]);
            assert_eq!((code, number(&report, "/lines")), (1, 2));
            assert!(failure(&report).contains(why), "{report}");
        }
    });
}

#[test]
fn what_holds_inputs_and_is_none_says_how_they_come_out() {
    let place = Workplace::new(Backend::Sqlite);
    let tape = [&[b'a'; 257][..], b"ustar\0"].concat();
    for (bytes, why) in [
        (b"PK\x03\x04\x14".as_slice(), "is a zip archive or an Excel workbook"),
        (b"\xfd7zXZ\0\0", "is compressed by xz"),
        (b"7z\xbc\xaf\x27\x1c", "is a 7z archive"),
        (b"PAR1\x15\x04", "is Parquet"),
        (&tape, "is a tar archive"),
        (&gzip(&tape), "is a tar archive"),
        (b"\xff\xfe{\0}\0", "is UTF-16"),
    ] {
        let file = place.file("input", bytes);
        for format in [&[][..], &["--format", "table"]] {
            let (code, report, _) = import(&place, &[format, &[&file]].concat());
            assert_eq!((code, number(&report, "/lines")), (2, 0), "{why}");
            assert!(failure(&report).contains(why), "{report}");
        }
    }
}

#[test]
fn the_format_is_found_out_from_the_first_row_that_shows_it_or_insisted_on() {
    each_backend(|backend| {
        let place = Workplace::new(backend);
        let rows = place.file("rows.txt", format!("Dear diary,\n{}{}", good("a"), good("b")));
        let (code, report, _) = import(&place, &[&rows]);
        assert_eq!((code, text(&report, "/sources/0/format")), (1, "native"));
        assert_eq!((number(&report, "/accepted"), number(&report, "/rejected")), (2, 1));
        let (code, report, _) = import(&place, &["--format", "quotebank", &rows]);
        assert_eq!((code, number(&report, "/rejected")), (1, 3));
        let done = place.dixit(&["import", "--format", "xml", &rows]);
        assert_eq!(done.code, 2);
        assert!(done.err.contains("native") && done.err.contains("quotebank"), "{}", done.err);
    });
}

/// The first line that shows how the others lie may be the last.
#[test]
fn an_input_of_a_format_that_is_insisted_on_is_read_as_if_it_was_found_out() {
    each_backend(|backend| {
        let told = [&[][..], &["--format", "journalismai-regex"]].map(|format: &[&str]| {
            let place = Workplace::new(backend);
            let torn = b"{\"quote_text\xff\": \"Not yet!\", \"speaker\": \"Ada Quill\"}\n".to_vec();
            let good = br#"{"quote_text": "Not yet!", "speaker": "Ada Quill", "QUOTE_TYPE": 1}"#;
            let rows = place.file("rows.jsonl", [torn, good.to_vec()].concat());
            let (code, report, _) =
                import(&place, &[format, &["--document-id", "one", &rows]].concat());
            (code, number(&report, "/accepted"), number(&report, "/rejected"))
        });
        assert_eq!(told, [(1, 1, 1); 2]);
    });
}

#[test]
fn a_dash_is_standard_input() {
    each_backend(|backend| {
        let place = Workplace::new(backend);
        for (input, accepted) in [(good("a").into_bytes(), 1), (gzip(good("b").as_bytes()), 1)] {
            let done = place.dixit_reading(&["import", "--json", "-"], &input);
            let report: Value = serde_json::from_str(&done.out).unwrap();
            accounted(&report);
            assert_eq!((done.code, number(&report, "/accepted")), (0, accepted));
            assert_eq!(text(&report, "/sources/0/source"), "(standard input)");
        }
    });
}

#[test]
fn marks_line_ends_and_blank_lines_are_no_rows() {
    each_backend(|backend| {
        let place = Workplace::new(backend);
        let [a, b] = ["a", "b"].map(|document| good(document).trim_end().to_owned());
        let file = place.file("rows.jsonl", format!("\u{FEFF}{a}\r\n\r\n  \t\n\n\u{FEFF}{b}"));
        let (code, report, _) = import(&place, &[&file]);
        assert_eq!((code, number(&report, "/lines"), number(&report, "/blank")), (0, 2, 3));
        assert_eq!(number(&report, "/accepted"), 2);
    });
}

fn bzip2(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

pub(super) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    zstd::stream::encode_all(bytes, 1).unwrap()
}

pub(super) type Compress = fn(&[u8]) -> Vec<u8>;
pub(super) const COMPRESSED: [(&str, Compress); 3] = [("bz2", bzip2), ("gz", gzip), ("zst", zstd)];

#[test]
fn compressed_input_is_inflated_whatever_its_name_and_number_of_members() {
    each_backend(|backend| {
        for (ending, compress) in COMPRESSED {
            let place = Workplace::new(backend);
            let members = [compress(good("a").as_bytes()), compress(good("b").as_bytes())];
            place.file(&format!("one.{ending}"), &members[0]);
            place.file("both.jsonl", members.concat());
            let (code, report, _) = import(&place, &[&format!("one.{ending}"), "both.jsonl"]);
            assert_eq!((code, number(&report, "/accepted")), (0, 2), "{ending}: {report}");
            assert_eq!(number(&report, "/known"), 1, "{ending}");
        }
    });
}

#[test]
fn of_a_file_that_was_cut_off_the_rows_before_the_break_are_kept() {
    let rows = many(4_000);
    each_backend(|backend| {
        for (ending, compress) in COMPRESSED {
            let place = Workplace::new(backend);
            let whole = compress(rows.as_bytes());
            place.file("cut", &whole[..whole.len() / 2]);
            let (code, report, _) = import(&place, &["cut"]);
            let accepted = number(&report, "/accepted");
            assert_eq!(code, 1, "{ending}: {report}");
            assert!(accepted > 0 && accepted < 4_000 && accepted == number(&report, "/lines"));
            assert!(failure(&report).starts_with("cut: reading stopped behind line"), "{report}");
            assert_eq!(states(&place), ["BROKEN"], "{ending}");
            place.file("whole", whole);
            let (code, report, _) = import(&place, &["whole"]);
            assert_eq!((code, number(&report, "/known")), (0, accepted), "{ending}");
            assert_eq!(number(&report, "/accepted"), 4_000 - accepted, "{ending}");
            assert_eq!(states(&place), ["BROKEN", "FINISHED"], "{ending}");
        }
    });
}

/// How the imports into a database ended, oldest first.
fn states(place: &Workplace) -> Vec<String> {
    let mut direct = place.direct().expect("an import was here");
    direct.column("SELECT state AS value FROM import ORDER BY started_at")
}

/// Rows that are the same, each with much white space behind it: 100 MB that compress to nothing.
pub(super) fn bomb() -> Vec<u8> {
    let row = format!("{}{}\n", good("a").trim_end(), " ".repeat(100_000));
    row.repeat(1_000).into_bytes()
}

#[test]
fn a_decompression_bomb_is_refused_and_the_row_before_it_kept() {
    let bomb = bomb();
    each_backend(|backend| {
        for (ending, compress) in COMPRESSED {
            let place = Workplace::new(backend);
            place.file("bomb", compress(&bomb));
            let (code, report, _) = import(&place, &["bomb"]);
            assert_eq!((code, number(&report, "/accepted")), (1, 1), "{ending}: {report}");
            assert!(
                failure(&report).contains("more than 200 times its size"),
                "{ending}: {report}"
            );
        }
    });
}
