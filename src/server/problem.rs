//! Problem details, RFC 9457.

use axum::Json;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::store::NotStored;
use crate::protocol::{Problem, ProblemKind};

impl Problem {
    /// The problem of a kind; `detail` never holds personal data.
    pub(crate) fn of(kind: ProblemKind, detail: Option<String>) -> Self {
        let (status, title) = match kind {
            ProblemKind::Malformed => (400, "The request is not what the protocol says."),
            ProblemKind::NotFound => (404, "There is no such thing."),
            ProblemKind::FeedDiffers => (409, "This server's feed has no such mark. Compare heads."),
            ProblemKind::SendWithParents => (409, "Send again with parents."),
            ProblemKind::AlreadySetUp => (409, "The dealership is set up already."),
            ProblemKind::TooLarge => (413, "Too large. Send less at once."),
            ProblemKind::NotAnAttachment => (415, "Attachments are JPEG, PNG, WebP or JSON."),
            ProblemKind::DigestDiffers => (422, "The bytes are not what the digest says."),
            ProblemKind::Internal => (500, "Not this request's fault. Try again later."),
        };
        Self { kind, status, title: title.to_owned(), detail }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let kind = [(header::CONTENT_TYPE, "application/problem+json")];
        (status, kind, Json(self)).into_response()
    }
}

impl From<ProblemKind> for Problem {
    fn from(kind: ProblemKind) -> Self {
        Self::of(kind, None)
    }
}

impl From<NotStored> for Problem {
    fn from(error: NotStored) -> Self {
        match error {
            NotStored::FeedDiffers => ProblemKind::FeedDiffers.into(),
            NotStored::Closed | NotStored::Database(_) | NotStored::Row(_) => {
                tracing::error!(%error, "not stored");
                ProblemKind::Internal.into()
            }
        }
    }
}

impl From<std::io::Error> for Problem {
    fn from(error: std::io::Error) -> Self {
        tracing::error!(%error, "files");
        ProblemKind::Internal.into()
    }
}
