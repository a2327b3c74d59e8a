//! The log of erasures lies outside the database, so that a restore cannot bring values back.

use std::collections::HashSet;
use std::fs::{File, OpenOptions};
use std::io::{self, Read as _, Write as _};
use std::path::Path;

use crate::journal::{AttachmentId, Commitment, Entry};

pub(super) struct Erasures {
    file: File,
    pub(super) commitments: HashSet<Commitment>,
    pub(super) attachments: HashSet<AttachmentId>,
}

impl Erasures {
    pub(super) fn open(folder: &Path) -> io::Result<Self> {
        let mut file =
            OpenOptions::new().read(true).append(true).create(true).open(folder.join("erased.log"))?;
        let mut text = String::new();
        file.read_to_string(&mut text)?;
        let commitments = text.lines().filter_map(|line| line.parse().ok()).collect();
        let attachments = text.lines().filter_map(|line| line.parse().ok()).collect();
        Ok(Self { file, commitments, attachments })
    }

    /// Written and flushed before the database forgets.
    pub(super) fn add(&mut self, commitments: &[Commitment], attachments: &[AttachmentId]) -> io::Result<()> {
        let mut text = String::new();
        for name in commitments {
            text.push_str(&format!("{name}\n"));
        }
        for name in attachments {
            text.push_str(&format!("{name}\n"));
        }
        self.file.write_all(text.as_bytes())?;
        self.file.sync_all()?;
        self.commitments.extend(commitments);
        self.attachments.extend(attachments);
        Ok(())
    }

    /// Every intake strips what is erased.
    pub(super) fn strip(&self, entry: &mut Entry) {
        if !self.commitments.is_empty() {
            entry.values.retain(|name, _| !self.commitments.contains(name));
        }
    }
}
