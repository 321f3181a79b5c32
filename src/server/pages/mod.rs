//! Pages to cite: quotes, statements, speakers and organisations as HTML that reads without scripts, as
//! linked data of schema.org, and as citations.
//!
//! A page asks the API from within, by a fixed document (`documents/`), and so shows what the API tells.

mod answer;
mod caveats;
mod data;
mod files;
mod form;
mod head;
mod json_ld;
mod organisation;
mod page;
mod parts;
mod quote;
mod site;
mod speaker;
mod statement;
#[cfg(test)]
mod tests;
mod words;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::middleware::{Next, from_fn};
use actix_web::{Error, HttpRequest, HttpResponse, web};

use self::answer::{Refusal, found, redirect};
use self::data::{Organisation, Quote, Speaker, Statement};
use self::form::Form;
use self::page::Page;
pub use self::site::Site;
use self::site::{folder, path};
use crate::domain::citation::Style;
use crate::domain::id::{Id, Kind};
use crate::graphql::{Asking, Caller, Schema, ask, serving};
use crate::limits::{Limits, Serving};
use crate::server::accept::accepted;
use crate::server::access::{TurnedAway, admit};
use crate::server::headers;
use crate::store::{Store, removal};

/// The API as the pages ask it: within the time that everybody has, but by documents of ours, to which
/// the limits of documents and their cost do not apply.
#[derive(Clone)]
pub struct Api(Schema);

impl Api {
    /// Over this store, served like this.
    pub fn of(store: Store, public: Serving) -> Self {
        let limits = Limits { execution_ms: public.limits.execution_ms, ..Limits::default() };
        Self(serving(store, Serving { limits, ..public }))
    }
}

/// The routes of the pages, and of what they load.
pub fn routes(config: &mut web::ServiceConfig) {
    route::<Quote>(config);
    route::<Statement>(config);
    route::<Speaker>(config);
    route::<Organisation>(config);
    files::routes(config);
}

fn route<P: Page>(config: &mut web::ServiceConfig) {
    let Some(folder) = folder(P::KIND) else { return };
    let resource = super::read(&format!("/{folder}/{{id}}"), page::<P>);
    let resource = resource.wrap(from_fn(admit)).wrap(from_fn(legible));
    config.service(resource.wrap(from_fn(headers::shared)));
    // With a slash too many it is the same page.
    config.service(super::read(&format!("/{folder}/{{id}}/"), |head: HttpRequest| async move {
        redirect(&head, head.path().trim_end_matches('/'))
    }));
}

/// Turns what the doorkeeper tells programs into a page, for who reads pages.
async fn legible(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let response = next.call(request).await?.map_into_boxed_body();
    let message = response.response().extensions().get::<TurnedAway>().map(|away| away.0.clone());
    Ok(match (message, Form::wanted(response.request(), &[])) {
        (Some(message), Some(Form::Html)) => {
            let (request, response) = response.into_parts();
            ServiceResponse::new(request, Refusal::turned_away(&response, message).onto(response))
        }
        _ => response,
    })
}

/// What stands where there is nothing: a page for browsers, which ask for one by name, else a line.
pub fn nothing(head: &HttpRequest, message: &str) -> HttpResponse {
    let html = accepted(head.headers(), &["text/plain", "text/html"]) == Some(1);
    let form = if html { Form::Html } else { Form::Cited(Style::Plain) };
    Refusal::nothing(message).answer(form)
}

async fn page<P: Page>(
    head: HttpRequest,
    id: web::Path<String>,
    api: web::Data<Api>,
    store: web::Data<Store>,
    site: web::Data<Site>,
    caller: web::ReqData<Caller>,
) -> HttpResponse {
    let Some(form) = Form::wanted(&head, P::STYLES) else {
        return Refusal::unacceptable(P::STYLES).answer(Form::Cited(Style::Plain));
    };
    match answered::<P>(&head, &id, form, &api, &store, &site, caller.into_inner()).await {
        Ok(response) => response,
        Err(refusal) => refusal.answer(form),
    }
}

async fn answered<P: Page>(
    head: &HttpRequest,
    asked: &str,
    form: Form,
    api: &Api,
    store: &Store,
    site: &Site,
    caller: Caller,
) -> Result<HttpResponse, Refusal> {
    let id: Id = asked.parse().map_err(|_| Refusal::missing())?;
    if id.kind() != Some(P::KIND) {
        let elsewhere = id.kind().and_then(folder).ok_or_else(Refusal::missing)?;
        return Ok(redirect(head, &format!("/{elsewhere}/{id}")));
    }
    let asking = Asking { caller, since: None };
    let answer = ask(&api.0, P::DOCUMENT, id, asking).await.map_err(Refusal::unanswered)?;
    let Some(page) = P::of(answer) else {
        return Err(match removed(store, id).await? {
            true => Refusal::gone(),
            false => Refusal::missing(),
        });
    };
    // Merged into another one, moved, or written in another spelling: one page has one address.
    if page.id().to_string() != asked {
        return Ok(redirect(head, &path(&page.id())));
    }
    let body = match form {
        Form::Html => page.html(site).map_err(|error| Refusal::fault(&error))?,
        Form::JsonLd | Form::Json => format!("{:#}\n", page.json_ld(site)),
        Form::Cited(style) => page.cited(site, style),
    };
    Ok(found(head, form, page.id(), &site.page(page.id()), body))
}

/// Whether a person has taken this away: a quote, or the article that it stood in.
async fn removed(store: &Store, id: Id) -> Result<bool, Refusal> {
    if id.kind() != Some(Kind::Quote) {
        return Ok(false);
    }
    let store = store.clone();
    let read = web::block(move || store.read(|c| removal::took(c, id))).await;
    match read {
        Ok(Ok(removed)) => Ok(removed),
        Ok(Err(error)) => Err(Refusal::store(&error)),
        Err(stopping) => Err(Refusal::fault(&stopping)),
    }
}
