//! Who is let in, and how often: before a request's body is read, its caller is known and charged.

mod address;
mod caller;
mod rate;
mod recent;

use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;
use std::time::Duration;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::http::header::{
    self, HeaderMap, HeaderName, HeaderValue, TryIntoHeaderValue as _, WWW_AUTHENTICATE,
};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage as _, HttpRequest, HttpResponse, web};
use ipnet::IpNet;

use caller::{Unknown, holder, shown};
pub use rate::Key;
use rate::{Charge, Limiter};
use recent::Recent;

use super::RETRY_AFTER;
use super::graphql::refusal;
use crate::config;
use crate::domain::access::Scope;
use crate::graphql::{BUSY, Caller, FORBIDDEN, INTERNAL, REQUEST_ID, UNAUTHENTICATED};
use crate::store::{Store, chain};

/// The code of what came too often.
pub const RATE_LIMITED: &str = "RATE_LIMITED";
/// How often full buckets are forgotten.
const FORGETTING: Duration = Duration::from_secs(5);

/// The doorkeeper of one server, shared by all of its threads.
pub struct Access {
    public_reads: bool,
    trusted_proxies: Vec<IpNet>,
    limiters: Option<Limiters>,
    recent: Recent,
}

struct Limiters {
    addresses: Limiter,
    tokens: Limiter,
}

/// Beside the answer to who is not let in: why, in words, for whoever tells it in another form.
pub struct TurnedAway(pub String);

/// What a refused client reads.
struct Refusal {
    status: StatusCode,
    message: String,
    /// What stands in the error's `extensions`.
    extensions: serde_json::Value,
    /// The value of `WWW-Authenticate`.
    challenge: Option<&'static str>,
    /// In seconds.
    retry_after: Option<u64>,
}

impl Access {
    /// As it is configured; must be called on a Tokio runtime, which then looks after the buckets.
    pub fn new(config: &config::Access) -> Arc<Self> {
        let limiters = config.rates.map(|rates| Limiters {
            addresses: Limiter::new("address", rates.address),
            tokens: Limiter::new("token", rates.token),
        });
        let trusted_proxies = config.trusted_proxies.clone();
        let (public_reads, recent) = (config.public_reads, Recent::default());
        let access = Arc::new(Self { public_reads, trusted_proxies, limiters, recent });
        let weak = Arc::downgrade(&access);
        actix_web::rt::spawn(async move {
            loop {
                tokio::time::sleep(FORGETTING).await;
                let Some(access) = weak.upgrade() else { return };
                access.recent.forget();
                let Some(limiters) = &access.limiters else { continue };
                limiters.addresses.forget();
                limiters.tokens.forget();
            }
        });
        access
    }

    /// The address that a request comes from.
    pub fn client(&self, request: &HttpRequest) -> Key {
        let peer = request.peer_addr().map(|address| address.ip());
        let peer = peer.unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED));
        address::client(peer, request.headers(), &self.trusted_proxies).into()
    }

    /// Who sends a request; where its address has asked too often, that instead, without a question
    /// to the database about a token that may be made up.
    async fn caller(
        &self,
        request: &HttpRequest,
        store: &Store,
    ) -> Result<Result<Caller, Unknown>, Charge> {
        let digest = match shown(request.headers()) {
            Ok(Some(secret)) => secret.digest(),
            Ok(None) => return Ok(Ok(Caller::Anybody)),
            Err(unknown) => return Ok(Err(unknown)),
        };
        if let Some(why) = self.recent.refusal(&digest) {
            return Ok(Err(why.into()));
        }
        if !self.recent.knows(&digest)
            && let Some(limiters) = &self.limiters
            && let Some(over) = limiters.addresses.over(self.client(request))
        {
            return Err(over);
        }
        let caller = holder(digest, store).await;
        match &caller {
            Ok(_) => self.recent.know(digest),
            Err(Unknown::NoGood(why)) => self.recent.refuse(digest, *why),
            Err(_) => {}
        }
        Ok(caller)
    }

    /// Charges a good token's bucket, or that of the address that everything else comes from.
    fn charge(&self, request: &HttpRequest, caller: &Result<Caller, Unknown>) -> Option<Charge> {
        let limiters = self.limiters.as_ref()?;
        Some(match caller {
            Ok(Caller::Token { id, .. }) => limiters.tokens.charge(Key::Token(*id)),
            Ok(Caller::Anybody) | Err(_) => limiters.addresses.charge(self.client(request)),
        })
    }

    /// Who may do here what wants this scope.
    fn judge(&self, caller: Result<Caller, Unknown>, wanted: Scope) -> Result<Caller, Refusal> {
        let caller = caller.map_err(Refusal::unknown)?;
        match &caller {
            _ if self.public_reads && wanted == Scope::Read => Ok(caller),
            Caller::Token { scopes, .. } if scopes.allow(wanted) => Ok(caller),
            Caller::Token { .. } => Err(Refusal::without_scope(wanted)),
            Caller::Anybody => Err(Refusal::anonymous(wanted)),
        }
    }
}

/// Lets a request in whose caller may ask here, with its [`Caller`] as request data, and tells each
/// answer how many more may come. A request is refused before its body is read.
pub async fn admit(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    admit_to(Scope::Read, request, next).await
}

/// The same for imports: nobody is let in without a token that may import.
pub async fn admit_imports(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    admit_to(Scope::Import, request, next).await
}

async fn admit_to(
    wanted: Scope,
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let shows_a_token = request.headers().contains_key(header::AUTHORIZATION);
    let (charge, admitted) = weigh(request.request(), wanted).await;
    let refused = admitted.is_err();
    let mut response = match admitted {
        Ok(caller) => {
            request.extensions_mut().insert(caller);
            next.call(request).await?.map_into_boxed_body()
        }
        Err(refused) => {
            let away = TurnedAway(refused.message.clone());
            let mut answer = refused.answer(request.headers());
            answer.extensions_mut().insert(away);
            request.into_response(answer)
        }
    };
    let headers = response.headers_mut();
    if shows_a_token || refused {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    if let Some(charge) = charge {
        for (name, value) in [("ratelimit-policy", charge.policy()), ("ratelimit", charge.limit())]
        {
            if let Ok(value) = value.try_into_value() {
                headers.insert(HeaderName::from_static(name), value);
            }
        }
    }
    Ok(response)
}

/// Lets one more operation in on the WebSocket that this request has opened, as if it came by a
/// request of its own: it is charged, and a token that was revoked meanwhile is refused.
///
/// # Errors
/// The error's code and message, for the client.
pub async fn admit_again(request: &HttpRequest) -> Result<Caller, (String, String)> {
    let (_, admitted) = weigh(request, Scope::Read).await;
    admitted.map_err(|refusal| {
        let code = refusal.extensions["code"].as_str().unwrap_or(INTERNAL).to_owned();
        (code, refusal.message)
    })
}

/// What a request is charged, and whether it is let in.
async fn weigh(request: &HttpRequest, wanted: Scope) -> (Option<Charge>, Result<Caller, Refusal>) {
    let data = (request.app_data::<web::Data<Access>>(), request.app_data::<web::Data<Store>>());
    let (Some(access), Some(store)) = data else {
        tracing::error!("a route is guarded that has no doorkeeper");
        let status = StatusCode::INTERNAL_SERVER_ERROR;
        return (None, Err(Refusal::new(status, INTERNAL, "internal error")));
    };
    let caller = match access.caller(request, store).await {
        Ok(caller) => caller,
        Err(over) => {
            let seconds = over.retry_after().unwrap_or(RETRY_AFTER);
            return (Some(over), Err(Refusal::too_often(seconds)));
        }
    };
    let charge = access.charge(request, &caller);
    let admitted = match charge.as_ref().and_then(Charge::retry_after) {
        Some(seconds) => Err(Refusal::too_often(seconds)),
        None => access.judge(caller, wanted),
    };
    (charge, admitted)
}

impl Refusal {
    fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        let extensions = serde_json::json!({ "code": code });
        Self { status, message: message.into(), extensions, challenge: None, retry_after: None }
    }

    fn too_often(seconds: u64) -> Self {
        let message = format!("too many requests: send the next one in {seconds} s");
        let refusal = Self::new(StatusCode::TOO_MANY_REQUESTS, RATE_LIMITED, message);
        Self { retry_after: Some(seconds), ..refusal }
    }

    /// The challenges are those of RFC 6750, section 3.
    fn unknown(why: Unknown) -> Self {
        match why {
            Unknown::Store(error) if error.is_passing() => {
                tracing::warn!(error = chain(&error), "a token could not be looked up");
                let message = "the database is busy; try again in a second";
                let refusal = Self::new(StatusCode::SERVICE_UNAVAILABLE, BUSY, message);
                Self { retry_after: Some(RETRY_AFTER), ..refusal }
            }
            Unknown::Store(_) | Unknown::Internal(_) => {
                tracing::error!(error = chain(&why), "a token could not be looked up");
                let status = StatusCode::INTERNAL_SERVER_ERROR;
                let mut refusal = Self::new(status, INTERNAL, "internal error");
                if let Ok(id) = REQUEST_ID.try_with(Clone::clone) {
                    refusal.extensions["requestId"] = id.into();
                }
                refusal
            }
            why => {
                let challenge = "Bearer realm=\"dixit\", error=\"invalid_token\"";
                let message = why.to_string();
                let refusal = Self::new(StatusCode::UNAUTHORIZED, UNAUTHENTICATED, message);
                Self { challenge: Some(challenge), ..refusal }
            }
        }
    }

    fn anonymous(wanted: Scope) -> Self {
        let message = format!(
            "this server answers nobody here without a token: send `Authorization: Bearer` and one \
             with the scope {wanted}"
        );
        let refusal = Self::new(StatusCode::UNAUTHORIZED, UNAUTHENTICATED, message);
        Self { challenge: Some("Bearer realm=\"dixit\""), ..refusal }
    }

    fn without_scope(wanted: Scope) -> Self {
        let message = format!("this needs a token with the scope {wanted}");
        let mut refusal = Self::new(StatusCode::FORBIDDEN, FORBIDDEN, message);
        refusal.extensions["scope"] = wanted.as_str().into();
        let challenge = match wanted {
            Scope::Import => {
                "Bearer realm=\"dixit\", error=\"insufficient_scope\", scope=\"import\""
            }
            _ => "Bearer realm=\"dixit\", error=\"insufficient_scope\", scope=\"read\"",
        };
        Self { challenge: Some(challenge), ..refusal }
    }

    fn answer(self, asked: &HeaderMap) -> HttpResponse {
        let mut answer = refusal(asked, self.status, &self.message, self.extensions);
        let headers = answer.headers_mut();
        if let Some(challenge) = self.challenge {
            headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static(challenge));
        }
        if let Some(seconds) = self.retry_after {
            headers.insert(header::RETRY_AFTER, seconds.into());
        }
        answer
    }
}
