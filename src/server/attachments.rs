//! Attachments in a folder, named by the SHA-256 of their bytes.

use std::io;
use std::path::{Path, PathBuf};

use tokio::fs;
use tokio::io::AsyncWriteExt as _;

use crate::journal::AttachmentId;

/// The folder. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Attachments {
    folder: PathBuf,
}

impl Attachments {
    /// Opens the folder, creating it where it is not there.
    pub fn open(folder: &Path) -> io::Result<Self> {
        std::fs::create_dir_all(folder.join("coming"))?;
        Ok(Self { folder: folder.to_owned() })
    }

    fn path(&self, id: &AttachmentId) -> PathBuf {
        let digits = id.digits();
        self.folder.join(&digits[..2]).join(&digits[2..])
    }

    /// Whether the bytes are here.
    pub async fn holds(&self, id: &AttachmentId) -> bool {
        fs::metadata(self.path(id)).await.is_ok_and(|held| held.is_file())
    }

    /// The bytes, where they are here.
    pub async fn get(&self, id: &AttachmentId) -> io::Result<Option<Vec<u8>>> {
        match fs::read(self.path(id)).await {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if is_not_there(&error) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Keeps bytes that were verified; when this returns they survive a power cut.
    pub async fn keep(&self, id: &AttachmentId, bytes: &[u8]) -> io::Result<()> {
        let path = self.path(id);
        let folder = path.parent().unwrap_or(&self.folder);
        fs::create_dir_all(folder).await?;
        let coming =
            self.folder.join("coming").join(uuid::Uuid::from_bytes(super::store::random()).to_string());
        let mut file = fs::File::create(&coming).await?;
        file.write_all(bytes).await?;
        file.sync_all().await?;
        if fs::metadata(&path).await.is_ok_and(|held| held.is_dir()) {
            // Whatever made it, it is nothing of ours: out of the way, not lost.
            fs::rename(&path, coming.with_extension("found")).await?;
        }
        fs::rename(&coming, &path).await?;
        fs::File::open(folder).await?.sync_all().await
    }

    /// Forgets bytes.
    pub async fn remove(&self, id: &AttachmentId) -> io::Result<()> {
        match fs::remove_file(self.path(id)).await {
            Err(error) if !is_not_there(&error) => Err(error),
            _ => Ok(()),
        }
    }
}

/// A folder in a file's place is not the file either.
fn is_not_there(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::IsADirectory)
}

/// The media type that the bytes begin as; `None` for what attachments may not be.
pub(crate) fn media_type(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0xff, 0xd8, 0xff, ..] => Some("image/jpeg"),
        [0x89, b'P', b'N', b'G', ..] => Some("image/png"),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some("image/webp"),
        // Of recordings the entry says whether they are sounds or videos.
        [0x1a, 0x45, 0xdf, 0xa3, ..] => Some("video/webm"),
        [_, _, _, _, b'f', b't', b'y', b'p', ..] => Some("video/mp4"),
        [b'O', b'g', b'g', b'S', ..] => Some("audio/ogg"),
        [b'{' | b'[', ..] if serde_json::from_slice::<serde::de::IgnoredAny>(bytes).is_ok() => {
            Some("application/json")
        }
        _ => None,
    }
}
