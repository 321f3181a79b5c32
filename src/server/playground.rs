//! `/graphiql`: the playground, built by `make web` and kept in the binary.
//!
//! No page requests anything from another host; its policy forbids it.

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};
use rust_embed::RustEmbed;

/// What the playground's own pages may do: load its own files, and ask this server.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
    font-src 'self' data:; img-src 'self' data:; connect-src 'self'; worker-src 'self'; \
    base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const NOT_BUILT: &str = "<!doctype html><title>dixit playground</title>\
    <h1>The playground was not built</h1>\
    <p>This binary was compiled without it. Run <code>make web</code> before <code>cargo \
    build</code>, or <code>make run</code>, which does both.</p>\
    <p>The API itself answers at <code>/graphql</code>.</p>";

#[derive(RustEmbed)]
#[folder = "web/dist/playground"]
#[allow_missing = true]
struct Files;

/// The playground's routes.
pub fn routes(config: &mut web::ServiceConfig) {
    config
        .service(super::read("/graphiql", |request: HttpRequest| async move {
            let query = request.query_string();
            let mark = if query.is_empty() { "" } else { "?" };
            super::redirect(&format!("/graphiql/{mark}{query}"))
        }))
        .service(super::read("/graphiql/{file:.*}", file));
}

async fn file(path: web::Path<String>) -> HttpResponse {
    let name = if path.is_empty() { "index.html" } else { path.as_str() };
    let Some(found) = Files::get(name) else {
        if Files::get("index.html").is_none() {
            return page(HttpResponse::ServiceUnavailable()).body(NOT_BUILT);
        }
        return HttpResponse::NotFound().body("no such file\n");
    };
    let kind = match name.rsplit('.').next() {
        Some("html") => return page(HttpResponse::Ok()).body(found.data.into_owned()),
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("ttf") => "font/ttf",
        Some("md") => "text/markdown; charset=utf-8",
        _ => "application/octet-stream",
    };
    HttpResponse::Ok()
        .content_type(kind)
        // Workers are scripts with a policy of their own.
        .insert_header((header::CONTENT_SECURITY_POLICY, POLICY))
        // Their names change with their content.
        .insert_header((header::CACHE_CONTROL, "public, max-age=31536000, immutable"))
        .body(found.data.into_owned())
}

fn page(mut response: actix_web::HttpResponseBuilder) -> actix_web::HttpResponseBuilder {
    response
        .content_type("text/html; charset=utf-8")
        .insert_header((header::CONTENT_SECURITY_POLICY, POLICY))
        .insert_header((header::CACHE_CONTROL, "no-cache"));
    response
}
