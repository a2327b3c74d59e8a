//! The exchange over HTTP: every route of `/api/v1`, and health at the root.

use std::convert::Infallible;
use std::time::Duration;

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{DefaultBodyLimit, FromRef, MatchedPath, Path, Query, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post, put};
use axum::{Json, Router};
use futures_util::{Stream, StreamExt as _, stream};
use serde::de::DeserializeOwned;
use tokio::sync::watch;
use tower_http::compression::{CompressionLayer, CompressionLevel};
use tower_http::decompression::RequestDecompressionLayer;

use super::app::{self, App};
use super::attachments::{Attachments, media_type};
use super::store::Store;
use super::{clock, intake};
use crate::catalogue::{Catalogue, StaffMember};
use crate::exchange::to_wire;
use crate::journal::{AttachmentId, Digest, DossierId, StaffId, hex};
use crate::protocol::{
    AttachmentMissing, DossierAnswer, ErasureRequest, HeadsAnswer, HeadsRequest, LiveNotice,
    MAX_ATTACHMENT_BYTES, MAX_BATCH, MAX_BODY_BYTES, MAX_RECORDS, Mark, Problem, ProblemKind, PullAnswer,
    PushAnswer, PushRequest, ReferencePage, SetUpRequest, VisitsAnswer,
};
use crate::visit::Stage;
use crate::visit::staff::Role;

/// What every handler may ask for.
#[derive(Clone)]
pub(crate) struct Server {
    pub(crate) store: Store,
    pub(crate) attachments: Attachments,
    pub(crate) app: App,
    /// Whether the catalogue is the demo's, whose appointments are always today's.
    pub(crate) demo: bool,
    /// True once the server is going down: streams end.
    pub(crate) closing: watch::Receiver<bool>,
}

impl FromRef<Server> for App {
    fn from_ref(server: &Server) -> Self {
        server.app.clone()
    }
}

/// The whole server.
pub(crate) fn router(server: Server) -> Router {
    let entries = Router::new()
        .route("/journal", post(push))
        .route("/heads", post(heads))
        .route("/dealership", post(set_up))
        .route("/erasures", post(erase))
        .layer(DefaultBodyLimit::max(MAX_BODY_BYTES))
        // Also a small body that grows when it is unpacked is limited.
        .layer(RequestDecompressionLayer::new());
    let reading = Router::new()
        .route("/journal", get(pull))
        .route("/visits", get(visits))
        .route("/dossiers/{id}", get(dossier))
        .route("/catalogue", get(catalogue))
        .route("/reference", get(reference));
    let compression = CompressionLayer::new().quality(CompressionLevel::Precise(4));
    let attachments = Router::new()
        .route("/attachments/{digits}", put(put_attachment).get(get_attachment))
        .layer(DefaultBodyLimit::max(MAX_ATTACHMENT_BYTES));
    // Here the check of an enrolled device will stand, once for every route of the exchange.
    let exchange = entries.merge(reading).layer(compression).merge(attachments).route("/live", get(live));
    Router::new()
        .nest("/api/v1", exchange.fallback(|| async { Problem::from(ProblemKind::NotFound) }))
        .route("/health", get(health))
        .fallback(get(app::serve))
        .layer(middleware::from_fn(headers))
        .layer(middleware::from_fn(log))
        .with_state(server)
}

/// Only our own names: a page elsewhere must not reach a server on loopback under its own name.
fn is_our_host(headers: &HeaderMap) -> bool {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or("");
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    matches!(name, "localhost" | "127.0.0.1" | "[::1]" | "[" | "")
}

async fn headers(request: Request, next: Next) -> Response {
    if !is_our_host(request.headers()) {
        return Problem::from(ProblemKind::NotFound).into_response();
    }
    let mut response = next.run(request).await;
    let policy = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' blob: data:; media-src blob:; \
                  connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, policy),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
    ] {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

/// One line per request: the route's pattern and nothing that was sent.
async fn log(request: Request, next: Next) -> Response {
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().map_or("app", MatchedPath::as_str).to_owned();
    let began = clock::now();
    let response = next.run(request).await;
    tracing::info!(%method, route, status = response.status().as_u16(), milliseconds = clock::now() - began, "request");
    response
}

fn body<T: DeserializeOwned>(body: Result<Bytes, BytesRejection>) -> Result<T, Problem> {
    let bytes = body.map_err(|rejection| match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Problem::from(ProblemKind::TooLarge),
        _ => Problem::from(ProblemKind::Malformed),
    })?;
    // serde's messages may quote what was sent, so only the place is told.
    serde_json::from_slice(&bytes).map_err(|error| {
        Problem::of(ProblemKind::Malformed, Some(format!("line {}, column {}", error.line(), error.column())))
    })
}

async fn push(
    State(server): State<Server>,
    request: Result<Bytes, BytesRejection>,
) -> Result<Json<PushAnswer>, Problem> {
    let request: PushRequest = body(request)?;
    if request.entries.len() > MAX_BATCH {
        return Err(ProblemKind::TooLarge.into());
    }
    let arrivals = intake::read(request.entries)?;
    let pushed = server.store.push(request.met, arrivals).await?;
    Ok(Json(PushAnswer { receipts: pushed.receipts, newest: pushed.newest, time: clock::now() }))
}

#[derive(serde::Deserialize)]
struct After {
    after: u64,
    chain: Digest,
}

async fn pull(
    State(server): State<Server>,
    after: Result<Query<After>, axum::extract::rejection::QueryRejection>,
) -> Result<Json<PullAnswer>, Problem> {
    let Query(After { after, chain }) = after.map_err(|_| Problem::from(ProblemKind::Malformed))?;
    let page = server.store.pull(Mark { position: after, chain }).await?;
    Ok(Json(PullAnswer { entries: page.entries, to: page.to, more: page.more, time: clock::now() }))
}

async fn visits(State(server): State<Server>) -> Result<Json<VisitsAnswer>, Problem> {
    const THIRTY_DAYS: i64 = 30 * 24 * 3600 * 1000;
    let at = *server.store.newest().borrow();
    let mut rows = server.store.visits().await?;
    let since = clock::now() - THIRTY_DAYS;
    rows.retain(|row| row.arrived >= since || !matches!(row.stage, Stage::CheckedIn | Stage::Cancelled));
    Ok(Json(VisitsAnswer { rows, at }))
}

impl Server {
    /// Of these attachments the ones whose bytes are not here.
    async fn missing(&self, named: Vec<AttachmentMissing>) -> Vec<AttachmentMissing> {
        let mut missing = Vec::new();
        for name in named {
            if !self.store.is_erased(&name.attachment) && !self.attachments.holds(&name.attachment).await {
                missing.push(name);
            }
        }
        missing
    }

    async fn catalogue(&self) -> Result<Catalogue, Problem> {
        if !self.demo {
            return Ok(self.store.catalogue().await?);
        }
        let demo = crate::demo::at(clock::now());
        Ok(match self.store.kept_catalogue().await? {
            // What was imported stands in place of the demo's.
            Some(Catalogue { staff, workshop, texts, .. }) => {
                let staff = if staff.is_empty() { demo.staff } else { staff };
                Catalogue { staff, workshop: workshop.or(demo.workshop), texts, ..demo }
            }
            None => demo,
        })
    }
}

async fn dossier(
    State(server): State<Server>,
    Path(id): Path<String>,
) -> Result<Json<DossierAnswer>, Problem> {
    let id: DossierId = id.parse().map_err(|_| Problem::from(ProblemKind::NotFound))?;
    let journal = server.store.journal(id).await?;
    if journal.is_empty() {
        return Err(ProblemKind::NotFound.into());
    }
    let (positions, entries): (Vec<u64>, Vec<_>) = journal.into_iter().unzip();
    let attachments_missing = server.missing(server.store.named(id).await?).await;
    Ok(Json(DossierAnswer { entries: to_wire(&entries, false), positions, attachments_missing }))
}

async fn heads(
    State(server): State<Server>,
    request: Result<Bytes, BytesRejection>,
) -> Result<Json<Vec<HeadsAnswer>>, Problem> {
    let request: HeadsRequest = body(request)?;
    if request.dossiers.len() > MAX_BATCH {
        return Err(ProblemKind::TooLarge.into());
    }
    if !server.store.knows(request.met).await? {
        return Err(ProblemKind::FeedDiffers.into());
    }
    let mut answers = Vec::with_capacity(request.dossiers.len());
    for asked in request.dossiers {
        let mut answer = server.store.compare(asked.dossier, &asked.heads).await?;
        answer.attachments_missing = server.missing(answer.attachments_missing).await;
        answers.push(answer);
    }
    Ok(Json(answers))
}

async fn set_up(
    State(server): State<Server>,
    request: Result<Bytes, BytesRejection>,
) -> Result<Json<Catalogue>, Problem> {
    let request: SetUpRequest = body(request)?;
    if server.catalogue().await?.is_set_up() {
        return Err(ProblemKind::AlreadySetUp.into());
    }
    let texts = [
        &request.dealership.name,
        &request.dealership.address,
        &request.dealership.phone,
        &request.dealership.hours,
        &request.dealership.privacy_contact,
    ];
    let fits = |text: &str| !text.trim().is_empty() && text.chars().count() <= 200;
    if !texts.into_iter().chain(&request.advisors).all(|text| fits(text)) || request.advisors.is_empty() {
        return Err(ProblemKind::Malformed.into());
    }
    // Hours, people and texts may have been imported before.
    let mut catalogue = Catalogue { dealership: request.dealership, ..server.store.catalogue().await? };
    catalogue.dealership.id = hex(&super::store::random());
    let staff = &mut catalogue.staff;
    for name in request.advisors {
        let is_known = |known: &StaffMember| known.name == name && known.role == Role::Advisor;
        let mut ids = (1..).map(|number| StaffId(format!("advisor-{number}")));
        let free = ids.find(|id| staff.iter().all(|known| known.id != *id));
        if let (false, Some(id)) = (staff.iter().any(is_known), free) {
            staff.push(StaffMember { id, name, role: Role::Advisor });
        }
    }
    server.store.set_catalogue(&catalogue).await?;
    Ok(Json(catalogue))
}

async fn erase(
    State(server): State<Server>,
    request: Result<Bytes, BytesRejection>,
) -> Result<StatusCode, Problem> {
    for attachment in server.store.erase(body::<ErasureRequest>(request)?).await? {
        server.attachments.remove(&attachment).await?;
    }
    Ok(StatusCode::NO_CONTENT)
}

async fn catalogue(State(server): State<Server>, headers: HeaderMap) -> Result<Response, Problem> {
    let text = serde_json::to_string(&server.catalogue().await?).expect("a catalogue is plain data");
    let tag = format!("\"{}\"", Digest::of(text.as_bytes()));
    if headers.get(header::IF_NONE_MATCH).is_some_and(|asked| asked.as_bytes() == tag.as_bytes()) {
        return Ok((StatusCode::NOT_MODIFIED, [(header::ETAG, tag)]).into_response());
    }
    let kind = (header::CONTENT_TYPE, "application/json".to_owned());
    Ok(([kind, (header::ETAG, tag), (header::CACHE_CONTROL, "no-cache".to_owned())], text).into_response())
}

#[derive(serde::Deserialize)]
struct Since {
    after: u64,
}

async fn reference(
    State(server): State<Server>,
    since: Result<Query<Since>, axum::extract::rejection::QueryRejection>,
) -> Result<Json<ReferencePage>, Problem> {
    let Query(Since { after }) = since.map_err(|_| Problem::from(ProblemKind::Malformed))?;
    Ok(Json(server.store.reference(after, MAX_RECORDS).await?))
}

async fn put_attachment(
    State(server): State<Server>,
    Path(digits): Path<String>,
    bytes: Result<Bytes, BytesRejection>,
) -> Result<StatusCode, Problem> {
    let id = AttachmentId::from_digits(&digits).map_err(|_| Problem::from(ProblemKind::NotFound))?;
    let bytes = bytes.map_err(|rejection| match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Problem::from(ProblemKind::TooLarge),
        _ => Problem::from(ProblemKind::Malformed),
    })?;
    if AttachmentId::of(&bytes) != id {
        return Err(ProblemKind::DigestDiffers.into());
    }
    if media_type(&bytes).is_none() {
        return Err(ProblemKind::NotAnAttachment.into());
    }
    // What was erased is not taken back; its tablet may forget it too.
    if !server.store.is_erased(&id) {
        server.attachments.keep(&id, &bytes).await?;
    }
    Ok(StatusCode::NO_CONTENT)
}

async fn get_attachment(
    State(server): State<Server>,
    Path(digits): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let id = AttachmentId::from_digits(&digits).map_err(|_| Problem::from(ProblemKind::NotFound))?;
    // Also where a backup has brought the file back.
    let held = if server.store.is_erased(&id) { None } else { server.attachments.get(&id).await? };
    let Some(bytes) = held else { return Err(ProblemKind::NotFound.into()) };
    let kind = media_type(&bytes).unwrap_or("application/octet-stream");
    let all = bytes.len();
    let from = headers
        .get(header::RANGE)
        .and_then(|range| {
            range.to_str().ok()?.strip_prefix("bytes=")?.strip_suffix('-')?.parse::<usize>().ok()
        })
        .filter(|from| *from < all);
    let common = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::CACHE_CONTROL, "private, max-age=31536000, immutable".to_owned()),
        (header::ACCEPT_RANGES, "bytes".to_owned()),
    ];
    Ok(match from {
        Some(from) => {
            let range = format!("bytes {from}-{}/{all}", all - 1);
            let part = bytes[from..].to_vec();
            (StatusCode::PARTIAL_CONTENT, common, [(header::CONTENT_RANGE, range)], part).into_response()
        }
        None => (common, bytes).into_response(),
    })
}

async fn live(State(server): State<Server>) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let notice = |mark: Mark| {
        let data = serde_json::to_string(&LiveNotice { position: mark.position }).expect("a number");
        Ok(Event::default().data(data))
    };
    let mut newest = server.store.newest();
    newest.mark_changed();
    let mut closing = server.closing.clone();
    let notices = stream::unfold(newest, |mut newest| async move {
        newest.changed().await.ok()?;
        let mark = *newest.borrow_and_update();
        Some((mark, newest))
    });
    let until_closing = async move {
        let _ = closing.wait_for(|closing| *closing).await;
    };
    let notices = notices.map(notice).take_until(Box::pin(until_closing));
    Sse::new(notices).keep_alive(KeepAlive::new().interval(Duration::from_secs(15)))
}

#[derive(serde::Serialize)]
struct Health {
    version: &'static str,
    position: u64,
    set_up: bool,
}

async fn health(State(server): State<Server>) -> Result<Json<Health>, Problem> {
    let position = server.store.newest().borrow().position;
    let set_up = server.catalogue().await?.is_set_up();
    Ok(Json(Health { version: env!("CARGO_PKG_VERSION"), position, set_up }))
}
