//! The tablet's app as files: inside the program, or from a folder.

use std::path::PathBuf;

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};

/// What Trunk built. Release builds carry it; debug builds read it from disk.
#[derive(rust_embed::RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/dist"]
#[allow_missing = true]
struct Built;

/// Where the app's files come from.
#[derive(Clone, Debug)]
pub(crate) struct App {
    /// A folder instead of the program's own.
    pub(crate) folder: Option<PathBuf>,
}

impl App {
    async fn file(&self, name: &str) -> Option<Vec<u8>> {
        if name.split('/').any(|part| part == ".." || part.starts_with('.')) {
            return None;
        }
        match &self.folder {
            Some(folder) => tokio::fs::read(folder.join(name)).await.ok(),
            None => Built::get(name).map(|file| file.data.into_owned()),
        }
    }
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit_once('.').map_or("", |(_, ending)| ending) {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "wasm" => "application/wasm",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        _ => "application/octet-stream",
    }
}

/// Names with Trunk's hash never change; everything else is asked for again each time.
fn is_hashed(name: &str) -> bool {
    let hash = |part: &str| part.len() >= 16 && part.bytes().all(|b| b.is_ascii_hexdigit());
    name.split(['-', '.', '_']).any(hash)
}

/// Answers a file of the app. What is not there is 404, never the page: a script must not be
/// answered by HTML.
pub(crate) async fn serve(State(app): State<App>, uri: Uri, headers: HeaderMap) -> Response {
    let name = match uri.path().trim_start_matches('/') {
        "" => "index.html",
        name => name,
    };
    let accepts = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or("");
    let brotli = accepts.split(',').any(|coding| coding.trim().starts_with("br"));
    let compressed = if brotli { app.file(&format!("{name}.br")).await } else { None };
    let (bytes, coding) = match compressed {
        Some(bytes) => (bytes, Some("br")),
        None => match app.file(name).await {
            Some(bytes) => (bytes, None),
            None => return StatusCode::NOT_FOUND.into_response(),
        },
    };
    let tag = format!("\"{}\"", crate::journal::Digest::of(&bytes));
    let cache = if is_hashed(name) { "public, max-age=31536000, immutable" } else { "no-cache" };
    if headers.get(header::IF_NONE_MATCH).is_some_and(|asked| asked.as_bytes() == tag.as_bytes()) {
        return (StatusCode::NOT_MODIFIED, [(header::ETAG, tag)]).into_response();
    }
    let mut response = (
        [
            (header::CONTENT_TYPE, content_type(name).to_owned()),
            (header::CACHE_CONTROL, cache.to_owned()),
            (header::ETAG, tag),
            (header::VARY, "accept-encoding".to_owned()),
        ],
        bytes,
    )
        .into_response();
    if let Some(coding) = coding {
        response.headers_mut().insert(header::CONTENT_ENCODING, header::HeaderValue::from_static(coding));
    }
    response
}
