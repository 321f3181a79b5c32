//! The pages that `make web` builds and the binary carries: the front end at `/`, the playground at
//! `/graphiql/`.
//!
//! Beside a file stand its compressed forms (`.br`, `.gz`), made when it was built; they are sent as
//! they are. No page requests anything from another host; its policy forbids it.

use std::borrow::Cow;

use actix_web::http::header::{self, AcceptEncoding, ContentEncoding, Encoding, Header as _};
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder, web};
use rust_embed::{EmbeddedFile, RustEmbed};

/// What is built as one page: where its files are, and what they may do.
struct Built {
    /// What people call it.
    name: &'static str,
    /// Its content security policy. Workers are scripts with a policy of their own, so every file has it.
    policy: &'static str,
    find: fn(&str) -> Option<EmbeddedFile>,
}

#[derive(RustEmbed)]
#[folder = "web/dist/frontend"]
#[allow_missing = true]
struct FrontEnd;

#[derive(RustEmbed)]
#[folder = "web/dist/playground"]
#[allow_missing = true]
struct Playground;

/// Its files and this server, nothing else, and no text that becomes a script or markup: the browser
/// refuses `innerHTML` and its like.
static FRONT_END: Built = Built {
    name: "front end",
    policy: "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; \
        connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; \
        require-trusted-types-for 'script'; trusted-types 'none'",
    find: FrontEnd::get,
};

/// Its editor writes styles and brings fonts in its stylesheet.
static PLAYGROUND: Built = Built {
    name: "playground",
    policy: "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
        font-src 'self' data:; img-src 'self' data:; connect-src 'self'; worker-src 'self'; \
        base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    find: Playground::get,
};

/// The compressed forms, better ones first, and the ending of each.
const FORMS: [(ContentEncoding, &str); 2] =
    [(ContentEncoding::Brotli, "br"), (ContentEncoding::Gzip, "gz")];

/// The front end's routes.
pub fn front_end(config: &mut web::ServiceConfig) {
    let named = |name| move |request| async move { FRONT_END.answer(&request, name) };
    config
        .service(super::read("/", named("index.html")))
        // Whose work the page contains.
        .service(super::read("/licences.md", named("licences.md")))
        .service(super::read(
            "/assets/{file:.*}",
            |request: HttpRequest, file: web::Path<String>| async move {
                FRONT_END.answer(&request, &format!("assets/{file}"))
            },
        ));
}

/// The playground's routes.
pub fn playground(config: &mut web::ServiceConfig) {
    config
        .service(super::read("/graphiql", |request: HttpRequest| async move {
            let query = request.query_string();
            let mark = if query.is_empty() { "" } else { "?" };
            super::redirect(&format!("/graphiql/{mark}{query}"))
        }))
        .service(super::read(
            "/graphiql/{file:.*}",
            |request: HttpRequest, file: web::Path<String>| async move {
                let name = if file.is_empty() { "index.html" } else { file.as_str() };
                PLAYGROUND.answer(&request, name)
            },
        ));
}

impl Built {
    fn answer(&self, request: &HttpRequest, name: &str) -> HttpResponse {
        let Some(file) = (self.find)(name) else { return self.missing() };
        let mut response = self.response(HttpResponse::Ok(), kind(name), lasts(name));
        match self.packed(request, name) {
            Some((encoding, packed)) => {
                response.insert_header((header::CONTENT_ENCODING, encoding.as_str()));
                response.body(bytes(packed))
            }
            None => response.body(bytes(file)),
        }
    }

    /// The form of a file that the client likes best, where it is a compressed one that is there.
    fn packed(&self, request: &HttpRequest, name: &str) -> Option<(ContentEncoding, EmbeddedFile)> {
        // A header that cannot be read asks for nothing.
        let accepted = AcceptEncoding::parse(request).ok()?;
        let known = FORMS.map(|(encoding, _)| Encoding::Known(encoding));
        let liked = accepted.negotiate(known.iter().chain([&Encoding::identity()]))?;
        let (encoding, ending) =
            FORMS.into_iter().find(|(encoding, _)| liked == Encoding::Known(*encoding))?;
        Some((encoding, (self.find)(&format!("{name}.{ending}"))?))
    }

    fn missing(&self) -> HttpResponse {
        if (self.find)("index.html").is_some() {
            return HttpResponse::NotFound().body("no such file\n");
        }
        let name = self.name;
        let page = format!(
            "<!doctype html><html lang=\"en\"><title>dixit {name}</title>\
             <h1>The {name} was not built</h1>\
             <p>This binary was compiled without it. Run <code>make web</code> before <code>cargo \
             build</code>, or <code>make run</code>, which does both.</p>\
             <p>The API itself answers at <code>/graphql</code>.</p>"
        );
        self.response(HttpResponse::ServiceUnavailable(), HTML, CHANGES).body(page)
    }

    fn response(
        &self,
        mut response: HttpResponseBuilder,
        kind: &'static str,
        lasts: &'static str,
    ) -> HttpResponseBuilder {
        response
            .content_type(kind)
            .insert_header((header::CONTENT_SECURITY_POLICY, self.policy))
            .insert_header((header::VARY, "Accept-Encoding"))
            .insert_header((header::CACHE_CONTROL, lasts));
        response
    }
}

const HTML: &str = "text/html; charset=utf-8";

/// The media type of a file by its name.
fn kind(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("html") => HTML,
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("ttf") => "font/ttf",
        Some("md") => "text/markdown; charset=utf-8",
        _ => "application/octet-stream",
    }
}

const CHANGES: &str = "no-cache";

/// How long a file may be kept: the names below `assets/` change with what they hold.
fn lasts(name: &str) -> &'static str {
    if name.starts_with("assets/") { "public, max-age=31536000, immutable" } else { CHANGES }
}

/// What a file holds: in a release build as it stands in the binary, without a copy.
fn bytes(file: EmbeddedFile) -> web::Bytes {
    match file.data {
        Cow::Borrowed(built_in) => web::Bytes::from_static(built_in),
        Cow::Owned(read) => read.into(),
    }
}
