//! A part of a signed paper that may be large: a sheet, a signature.

use serde_json::Value;

use crate::journal::{AttachmentId, Commitment, Personal, write_canonical};
use crate::record::{Kept, variant};

/// Canonical JSON above this is an attachment: sheet and two signatures stay well below the 128 kB of
/// an entry together with the facts.
pub const LARGEST_WITHIN: usize = 32 * 1024;

/// A part of a paper: in its entry, or above [`LARGEST_WITHIN`] an attachment that the entry names.
#[derive(Clone, Debug, PartialEq)]
pub enum Part<T> {
    /// Beside the photos.
    Attached {
        /// SHA-256 of its canonical JSON.
        attached: AttachmentId,
    },
    /// With the entry's personal values.
    Within(Personal<T>),
}

impl<T: Kept> Kept for Part<T> {
    fn read(mut value: Value) -> Result<Self, serde_json::Error> {
        match value.get_mut("attached") {
            Some(attached) => Kept::read(attached.take()).map(|attached| Self::Attached { attached }),
            None => Kept::read(value).map(Self::Within),
        }
    }

    fn write(&self) -> Value {
        match self {
            Self::Attached { attached } => variant("attached", attached.write()),
            Self::Within(personal) => personal.write(),
        }
    }
}

/// The bytes of attachments, to be kept in the transaction of the entry that names them.
pub type Attached = Vec<(AttachmentId, Vec<u8>)>;

impl<T: Kept + Clone> Part<T> {
    /// The part for an entry; what is too large for it is put into `attached`.
    pub fn new(value: T, attached: &mut Attached) -> Self {
        let text = write_canonical(&value.write());
        if text.len() <= LARGEST_WITHIN {
            return Self::Within(value.into());
        }
        let bytes = text.into_bytes();
        let id = AttachmentId::of(&bytes);
        attached.push((id, bytes));
        Self::Attached { attached: id }
    }

    /// The value, where it is here; `bytes` gives what is held of an attachment.
    pub fn read(&self, bytes: &dyn Fn(AttachmentId) -> Option<Vec<u8>>) -> Option<T> {
        match self {
            Self::Within(personal) => personal.value().cloned(),
            Self::Attached { attached } => {
                let bytes = bytes(*attached).filter(|bytes| AttachmentId::of(bytes) == *attached)?;
                crate::record::read_json(&bytes).ok()
            }
        }
    }

    /// What it is named by: as a personal value, or as an attachment.
    pub fn named(&self) -> (Option<Commitment>, Option<AttachmentId>) {
        match self {
            Self::Attached { attached } => (None, Some(*attached)),
            Self::Within(personal) => (personal.commitment(), None),
        }
    }

    /// The attachment that it is.
    pub fn attachment(&self) -> Option<AttachmentId> {
        match self {
            Self::Attached { attached } => Some(*attached),
            Self::Within(_) => None,
        }
    }
}
