//! What the head of an upload says: its key, its format, its media type.

use actix_web::HttpRequest;
use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderMap};

use super::answer::Refusal;
use crate::import::format::Format;

/// The header by which a repeated upload is known (IETF draft-ietf-httpapi-idempotency-key-header).
const KEY: &str = "idempotency-key";
/// The longest key, in characters.
const LONGEST_KEY: usize = 255;
/// What may be uploaded. A page of another site can send none of these without asking first.
const MEDIA: [&str; 10] = [
    "application/x-ndjson",
    "application/jsonl",
    "application/json",
    "text/csv",
    "text/tab-separated-values",
    "application/octet-stream",
    "application/gzip",
    "application/zstd",
    "application/x-bzip2",
    "application/bzip2",
];
/// How it may be compressed; which of these it is the bytes tell.
const ENCODINGS: [&str; 6] = ["identity", "gzip", "x-gzip", "zstd", "bzip2", "x-bzip2"];

/// What is asked of an upload.
#[derive(Debug, PartialEq, Eq)]
pub struct Asked {
    /// Under which key it comes.
    pub key: String,
    /// The format to insist on.
    pub format: Option<Format>,
    /// How many rows may be rejected.
    pub max_rejects: Option<u64>,
}

impl Asked {
    /// Reads a head.
    ///
    /// # Errors
    /// What a client is answered that cannot be taken at its word.
    pub fn read(head: &HttpRequest) -> Result<Self, Refusal> {
        let bad = |message: String| Refusal::new(StatusCode::BAD_REQUEST, "BAD_REQUEST", message);
        let mut asked = Self { key: key(head.headers())?, format: None, max_rejects: None };
        for (name, value) in url::form_urlencoded::parse(head.query_string().as_bytes()) {
            match name.as_ref() {
                "format" => asked.format = Some(value.parse().map_err(bad)?),
                "max_rejects" => {
                    let most = value.parse();
                    let told = |_| bad(format!("max_rejects: `{value}` is not a number"));
                    asked.max_rejects = Some(most.map_err(told)?);
                }
                other => {
                    let message =
                        format!("unknown parameter `{other}`; known are format, max_rejects");
                    return Err(bad(message));
                }
            }
        }
        media(head.headers())?;
        Ok(asked)
    }

    /// What was asked beside the bytes, in words: another question under the same key is another
    /// upload.
    pub fn told(&self) -> String {
        let format = self.format.map(Format::as_str).unwrap_or_default();
        format!("format={format}&max_rejects={:?}\n", self.max_rejects)
    }
}

/// The key: a string as RFC 8941 has it, or the same without its quotation marks.
fn key(headers: &HeaderMap) -> Result<String, Refusal> {
    let bad = |message: &str| Refusal::new(StatusCode::BAD_REQUEST, "BAD_REQUEST", message);
    let mut values = headers.get_all(KEY);
    let Some(value) = values.next() else {
        return Err(bad(
            "send Idempotency-Key: \"…\" with a key of your own for this upload, and \
                        the same key when you send it again",
        ));
    };
    if values.next().is_some() {
        return Err(bad("there are two headers Idempotency-Key: send one"));
    }
    let text = value.to_str().unwrap_or_default().trim();
    let key = match text.strip_prefix('"') {
        Some(rest) => unquoted(rest),
        None => Some(text.to_owned()).filter(|text| !text.contains(['"', '\\', ',', ';'])),
    };
    let fits = |key: &String| {
        (1..=LONGEST_KEY).contains(&key.len()) && key.bytes().all(|b| (0x20..0x7f).contains(&b))
    };
    key.filter(fits).ok_or_else(|| {
        bad("Idempotency-Key is not a string of 1 to 255 visible ASCII characters in quotation marks")
    })
}

/// The string behind its opening quotation mark.
fn unquoted(rest: &str) -> Option<String> {
    let mut key = String::new();
    let mut characters = rest.chars();
    loop {
        match characters.next()? {
            '"' => return characters.next().is_none().then_some(key),
            '\\' => key.push(characters.next().filter(|c| matches!(c, '"' | '\\'))?),
            other => key.push(other),
        }
    }
}

fn media(headers: &HeaderMap) -> Result<(), Refusal> {
    let refuse = |message: String| {
        let status = StatusCode::UNSUPPORTED_MEDIA_TYPE;
        Err(Refusal::new(status, "BAD_REQUEST", message))
    };
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let media = text(header::CONTENT_TYPE).split(';').next().unwrap_or_default().trim();
    if !MEDIA.iter().any(|known| media.eq_ignore_ascii_case(known)) {
        return refuse(format!("send Content-Type: one of {}", MEDIA.join(", ")));
    }
    let encoding = text(header::CONTENT_ENCODING).trim();
    if !encoding.is_empty() && !ENCODINGS.iter().any(|known| encoding.eq_ignore_ascii_case(known)) {
        return refuse(format!("send Content-Encoding: one of {}", ENCODINGS.join(", ")));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use actix_web::http::header::HeaderValue;

    use super::*;

    #[test]
    fn a_key_is_one_string() {
        let of = |values: &[&str]| {
            let mut headers = HeaderMap::new();
            for value in values {
                let value = HeaderValue::from_str(value).expect("a header");
                headers.append(header::HeaderName::from_static(KEY), value);
            }
            key(&headers).ok()
        };
        let longest = "k".repeat(LONGEST_KEY);
        for (value, read) in [
            ("\"night 7\"", "night 7"),
            ("night-7", "night-7"),
            (r#""a\"b\\c""#, r#"a"b\c"#),
            (&longest, &longest),
        ] {
            assert_eq!(of(&[value]).as_deref(), Some(read));
        }
        let over = format!("{longest}k");
        for value in ["", "\"\"", "\"a", "\"a\"b", "\"a\\n\"", "a\"b", "\"a\";p=1", &over, "\"é\""]
        {
            assert_eq!(of(&[value]), None, "{value}");
        }
        assert_eq!((of(&[]), of(&["a", "a"])), (None, None));
    }
}
