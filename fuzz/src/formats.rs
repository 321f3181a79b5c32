//! Inputs of a format, on the whole way from their bytes to what the store would be given.

use std::path::PathBuf;
use std::sync::{Arc, LazyLock};

use dixit::domain::article::Article;
use dixit::domain::field::{MAX_NAME, MAX_TEXT};
use dixit::domain::reading::Reading;
use dixit::domain::text::stored;
use dixit::import::format::Format;
use dixit::import::{Articles, Code, Contents, Rejection, Settings, Source, contents};

use super::{Target, outcome};

/// As from a command line that names the article, for formats that do not.
static SETTINGS: LazyLock<Arc<Settings>> = LazyLock::new(|| {
    let document_id = Some("fuzzed".to_owned());
    let articles = Articles::of(Article { document_id, ..Article::default() });
    Arc::new(Settings { articles, ..Settings::default() })
});

/// What an input holds can be stored; what is rejected is rejected again as long as nobody mends it.
pub fn check(format: Format, data: &[u8]) -> u64 {
    let name = name(format);
    let found = read(name, data, Some(format));
    for entry in &found.entries {
        check_reading(&entry.account.reading);
    }
    let recognised = read(name, data, None);
    if recognised.format == Some(format) {
        assert_eq!(told(&recognised), told(&found), "recognised or insisted on");
    }
    let rejects: Format = "rejects".parse().unwrap();
    if format != rejects {
        for rejection in found.rejections.iter().filter(|one| is_whole(one)).take(4) {
            let line = serde_json::to_vec(rejection).unwrap();
            let again = read(name, &line, Some(rejects));
            let codes: Vec<_> = again.rejections.iter().map(|again| again.code).collect();
            assert_eq!((codes, again.taken), (vec![rejection.code], 0), "{rejection:?}");
        }
    }
    let kinds = found.rejections.iter().take(4).map(|one| (one.code, one.field.clone()));
    let failed = found.failed.as_ref().map(std::mem::discriminant);
    outcome((kinds.collect::<Vec<_>>(), found.taken.min(8), found.entries.len().min(8), failed))
}

/// How many rows of an input are taken.
pub fn rows(format: Format, data: &[u8]) -> u64 {
    read(name(format), data, Some(format)).taken
}

/// What inputs of a format are called: as the first seed with a good row, for formats that read files
/// beside it.
fn name(format: Format) -> &'static str {
    static NAMES: LazyLock<Vec<(Format, String)>> = LazyLock::new(|| {
        let is_good = |format, seed: &PathBuf| {
            read(&seed.display().to_string(), &std::fs::read(seed).unwrap(), Some(format)).taken > 0
        };
        let named = |format| {
            let seed =
                Target::Format(format).seeds().into_iter().find(|seed| is_good(format, seed));
            let seed =
                seed.unwrap_or_else(|| panic!("no seed of {format} has a row that is taken"));
            (format, seed.display().to_string())
        };
        Format::all().map(named).collect()
    });
    let found = NAMES.iter().find(|(one, _)| *one == format);
    found.map_or("(fuzzed)", |(_, name)| name)
}

fn read(name: &str, bytes: &[u8], format: Option<Format>) -> Contents {
    let source = Source::Given { name: name.to_owned(), bytes: bytes.into() };
    contents(&source, format, &SETTINGS)
}

/// Whether a rejection holds the row as it was.
fn is_whole(rejection: &Rejection) -> bool {
    // What is no UTF-8 is told with characters in place of its bytes.
    !rejection.cut && rejection.code != Code::NotUtf8
}

/// What is told of an input.
fn told(contents: &Contents) -> String {
    let Contents { entries, taken, rejections, blank, failed, .. } = contents;
    let readings: Vec<_> = entries.iter().map(|entry| &entry.account.reading).collect();
    format!(
        "{readings:?} {taken} {rejections:?} {blank} {:?}",
        failed.as_ref().map(ToString::to_string)
    )
}

fn check_reading(reading: &Reading) {
    let printed = &reading.printed;
    let texts = [Some(&reading.text), printed.attribution.as_ref()];
    let texts = texts
        .into_iter()
        .chain([&reading.context_before, &reading.context_after].map(Option::as_ref));
    let names =
        [&printed.speaker, &printed.role, &printed.organisation, &reading.cue, &reading.via];
    let texts = texts.flatten().map(|text| (text, MAX_TEXT));
    for (text, limit) in texts.chain(names.into_iter().flatten().map(|name| (name, MAX_NAME))) {
        assert_eq!(stored(text, limit).as_ref(), Ok(text));
    }
    assert!(reading.start.is_none_or(|start| start >= 0));
    if let (Some(start), Some(end)) = (reading.start, reading.end) {
        assert!(start <= end, "{start} {end}");
    }
    let shares = reading.further_speakers.iter().filter_map(|further| further.probability);
    for share in shares.chain(reading.confidence) {
        assert!((0.0..=1.0).contains(&share), "{share}");
    }
    let written = serde_json::to_string(reading).unwrap();
    assert_eq!(serde_json::from_str::<Reading>(&written).unwrap(), *reading, "{written}");
}
