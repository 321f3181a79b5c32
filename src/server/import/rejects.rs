//! `GET /import/{id}/rejects`: the rows that were not taken, as `dixit import --rejects` writes them.

use std::io;

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};
use futures_util::stream;
use serde_json::json;

use crate::domain::id::Id;
use crate::server::connections::Lease;
use crate::store::page::{Place, Window};
use crate::store::write::{ImportRow, RejectionRow};
use crate::store::{Store, chain, imports};

/// How many rows are read at once.
const ROWS: usize = 100;

/// Where the answer is.
struct State {
    store: web::Data<Store>,
    lease: Option<Lease>,
    import: Id,
    source: String,
    /// Behind which row; `None` at the end.
    after: Option<Option<Place>>,
}

/// The answer: a line of JSON a row, read as fast as the client reads. Mended, they can be sent as they
/// are.
pub fn answer(head: &HttpRequest, store: web::Data<Store>, import: ImportRow) -> HttpResponse {
    let ImportRow { id: import, source, .. } = import;
    let state = State { store, lease: Lease::of(head), import, source, after: Some(None) };
    let lines = stream::unfold(state, |mut state| async move {
        let after = state.after.take()?;
        if let Some(lease) = &state.lease {
            lease.lift();
        }
        let window = Window { limit: ROWS, from_end: false, after, before: None, count: false };
        let (store, import) = (state.store.at_the_primary(), state.import);
        let read = web::block(move || store.read(|c| imports::rejections(c, import, &window)));
        let page = match read.await {
            Ok(Ok(page)) => page,
            Ok(Err(error)) => {
                tracing::warn!(error = chain(&error), "rejected rows could not be read");
                return Some((Err(io::Error::other("the database failed")), state));
            }
            Err(stopping) => return Some((Err(io::Error::other(stopping)), state)),
        };
        let lines: String = page.rows.iter().map(|row| line(&state.source, row)).collect();
        if page.has_next {
            let last = page.rows.last().map(|row| Place::Time(row.number, row.import_id));
            state.after = Some(last);
        }
        if let Some(lease) = &state.lease {
            lease.written(lines.len());
        }
        Some((Ok(web::Bytes::from(lines)), state))
    });
    HttpResponse::Ok()
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .content_type("application/x-ndjson")
        .streaming(lines)
}

/// A row, as the format `rejects` reads it.
fn line(source: &str, row: &RejectionRow) -> String {
    let mut told = json!({
        "source": source,
        "line": row.line,
        "field": row.field,
        "code": row.code,
        "reason": row.reason,
        "format": row.format,
        "row": row.row,
    });
    for (name, value) in [("place", &row.place), ("head", &row.head)] {
        if let Some(value) = value {
            told[name] = value.as_str().into();
        }
    }
    if row.cut != 0 {
        told["cut"] = true.into();
    }
    format!("{told}\n")
}
