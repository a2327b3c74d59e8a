//! What the server writes into a journal, as a device of its own: its verdicts are entries too, so
//! they are in heads, feed and facts like everything else.

use serde::{Deserialize, Serialize};

use super::ids::{AttachmentId, Commitment, DeviceId, EntryId};

/// A verdict of the server on other entries.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum Verdict {
    /// The entry leaves the fold; its author sees it with the reason.
    EntrySetAside {
        /// The entry.
        id: EntryId,
        /// Why, as a word that the locale turns into a sentence.
        reason: String,
    },
    /// A set-aside entry counts again.
    EntryAdopted {
        /// The entry.
        id: EntryId,
    },
    /// The entry could not be stored; it stands as an empty parent, so that nothing waits for it.
    EntryRefused {
        /// The entry.
        id: EntryId,
        /// Who wrote it.
        device: DeviceId,
        /// Its number, which it fills.
        seq: u64,
        /// Why, as a word that the locale turns into a sentence.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        reason: String,
    },
    /// These values were erased; every intake strips them.
    PersonalErased {
        /// The values.
        commitments: Vec<Commitment>,
        /// The attachments.
        attachments: Vec<AttachmentId>,
    },
}

impl Verdict {
    /// Whether a change is named like a verdict.
    pub(crate) fn is_named(change: &serde_json::Value) -> bool {
        let name = change.get("type").and_then(serde_json::Value::as_str);
        matches!(name, Some("entry_set_aside" | "entry_adopted" | "entry_refused" | "personal_erased"))
    }
}
