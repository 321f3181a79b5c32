//! A page as HTTP carries it: status, media type, validator, and what is answered instead.

use actix_web::body::BoxBody;
use actix_web::http::StatusCode;
use actix_web::http::header::{self, EntityTag, Header as _, HeaderValue, IfNoneMatch};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use sha2::{Digest as _, Sha256};

use super::files::STYLE_PATH;
use super::form::Form;
use crate::domain::citation::Style;
use crate::domain::id::Id;
use crate::graphql::Unanswered;
use crate::server::RETRY_AFTER;
use crate::store::{StoreError, chain};

/// What a page may do: load its stylesheet and its icon. JSON-LD is data, which no policy keeps a page from
/// having.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; \
    form-action 'none'; frame-ancestors 'none'";
/// Answers differ by these.
const VARY: &str = "Accept, Authorization";

/// A page that was found. Its validator is a digest of what is sent: it follows from the quote's version,
/// and from all else that a page shows and that may change without it, such as counts.
pub fn found(head: &HttpRequest, form: Form, id: Id, address: &str, body: String) -> HttpResponse {
    let digest = Sha256::digest(body.as_bytes());
    let tag = EntityTag::new_strong(data_encoding::HEXLOWER.encode(&digest[..16]));
    let known = match IfNoneMatch::parse(head) {
        Ok(IfNoneMatch::Any) => true,
        Ok(IfNoneMatch::Items(tags)) => tags.iter().any(|known| known.weak_eq(&tag)),
        Err(_) => false,
    };
    let status = if known { StatusCode::NOT_MODIFIED } else { StatusCode::OK };
    let mut response = HttpResponse::build(status);
    response
        .insert_header((header::VARY, VARY))
        .insert_header((header::CACHE_CONTROL, "no-cache"))
        .insert_header(header::ETag(tag))
        // RFC 8574: by this address it is cited, whatever form was asked for.
        .insert_header((header::LINK, format!("<{address}>; rel=\"cite-as\"")));
    // Also where the client has the page: it takes the headers of a 304 for its copy's (RFC 9111, section
    // 3.2), and one without the page's policy would have that of all other answers.
    if form == Form::Html {
        response.insert_header((header::CONTENT_SECURITY_POLICY, POLICY));
    }
    if let Some(ending) = form.ending() {
        let named = format!("inline; filename=\"dixit-{id}.{ending}\"");
        response.insert_header((header::CONTENT_DISPOSITION, named));
    }
    if known {
        return response.finish();
    }
    response.content_type(form.content_type()).body(body)
}

/// The page stands elsewhere. Whoever was told asks again all the same: a merge can be undone.
pub fn redirect(head: &HttpRequest, to: &str) -> HttpResponse {
    let query = head.query_string();
    let mark = if query.is_empty() { "" } else { "?" };
    HttpResponse::PermanentRedirect()
        .insert_header((header::LOCATION, format!("{to}{mark}{query}")))
        .insert_header((header::CACHE_CONTROL, "no-cache"))
        .finish()
}

/// Why there is no page.
pub struct Refusal {
    status: StatusCode,
    title: &'static str,
    message: String,
}

#[derive(Template)]
#[template(path = "pages/refused.html")]
struct Refused<'r> {
    title: &'r str,
    message: &'r str,
    stylesheet: &'r str,
}

impl Refusal {
    fn new(status: StatusCode, title: &'static str, message: impl Into<String>) -> Self {
        Self { status, title, message: message.into() }
    }

    /// Nothing has this id.
    pub fn missing() -> Self {
        let message = "Nothing here has this id. Ids are those that the API shows; that of something that was \
                       merged leads to what it became, that of a statement whose quotes are all gone to \
                       nothing.";
        Self::new(StatusCode::NOT_FOUND, "Not found", message)
    }

    /// No page stands at this address.
    pub fn nothing(message: &str) -> Self {
        Self::new(StatusCode::NOT_FOUND, "Not found", message)
    }

    /// The doorkeeper let nobody in.
    pub fn turned_away(answer: &HttpResponse, message: String) -> Self {
        let title = match answer.status() {
            StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => "Not for everybody",
            StatusCode::TOO_MANY_REQUESTS => "Too many requests",
            StatusCode::SERVICE_UNAVAILABLE => "Busy",
            _ => "Internal error",
        };
        Self::new(answer.status(), title, message)
    }

    /// A person took it away.
    pub fn gone() -> Self {
        let message = "This quote was deleted, or the article that it stood in was taken down.";
        Self::new(StatusCode::GONE, "Gone", message)
    }

    /// There is no form that the client reads.
    pub fn unacceptable(styles: &[Style]) -> Self {
        let forms: Vec<String> =
            Form::of(styles).map(|form| format!("{form} ({})", form.media())).collect();
        let message =
            format!("This page is there as {}: ask by Accept, or by ?format=", forms.join(", "));
        Self::new(StatusCode::NOT_ACCEPTABLE, "Not acceptable", message)
    }

    /// The API has no answer.
    pub fn unanswered(why: Unanswered) -> Self {
        match why {
            Unanswered::Busy => Self::new(
                StatusCode::SERVICE_UNAVAILABLE,
                "Busy",
                "The database is busy; try again in a second.",
            ),
            Unanswered::TooLong => Self::new(
                StatusCode::GATEWAY_TIMEOUT,
                "Too slow",
                "This page takes longer than it may; try again later.",
            ),
            Unanswered::Fault => Self::internal(),
        }
    }

    /// The database has none.
    pub fn store(error: &StoreError) -> Self {
        if error.is_passing() {
            tracing::warn!(error = chain(error), "a removal could not be looked up");
            return Self::unanswered(Unanswered::Busy);
        }
        Self::fault(error)
    }

    /// A fault of ours.
    pub fn fault(error: &(dyn std::error::Error + 'static)) -> Self {
        tracing::error!(error = chain(error), "a page could not be made");
        Self::internal()
    }

    fn internal() -> Self {
        let message = "This page could not be made. The operator finds out why by the header X-Request-Id \
                       of this answer.";
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "Internal error", message)
    }

    /// An answer as a page, with the headers that it has.
    pub fn onto(self, mut answer: HttpResponse) -> HttpResponse {
        let Ok(page) = self.page() else { return answer };
        let headers = answer.headers_mut();
        for (name, value) in [
            (header::VARY, VARY),
            (header::CONTENT_SECURITY_POLICY, POLICY),
            (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        ] {
            headers.insert(name, HeaderValue::from_static(value));
        }
        answer.set_body(BoxBody::new(page))
    }

    fn page(&self) -> askama::Result<String> {
        Refused { title: self.title, message: &self.message, stylesheet: &STYLE_PATH }.render()
    }

    /// The answer: a page for people, else a line.
    pub fn answer(self, form: Form) -> HttpResponse {
        let mut response = HttpResponse::build(self.status);
        response
            .insert_header((header::VARY, VARY))
            .insert_header((header::CACHE_CONTROL, "no-cache"));
        if self.status == StatusCode::SERVICE_UNAVAILABLE {
            response.insert_header((header::RETRY_AFTER, RETRY_AFTER));
        }
        match (form, self.page()) {
            (Form::Html, Ok(page)) => response
                .insert_header((header::CONTENT_SECURITY_POLICY, POLICY))
                .content_type(Form::Html.content_type())
                .body(page),
            _ => response
                .content_type("text/plain; charset=utf-8")
                .body(format!("{}\n", self.message)),
        }
    }
}
