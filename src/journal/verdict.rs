//! What the server writes into a journal, as a device of its own: its verdicts are entries too, so
//! they are in heads, feed and facts like everything else.

use serde_json::Value;

use crate::record::{Fields, Kept, fields, misread, written};

use super::ids::{AttachmentId, Commitment, DeviceId, EntryId};

/// A verdict of the server on other entries.
#[derive(Clone, Debug, PartialEq, Eq)]
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

impl Kept for Verdict {
    /// What a newer server says beside is not understood: a field more may mean anything.
    fn read(value: Value) -> Result<Self, serde_json::Error> {
        let mut of = Fields::of(value)?;
        let verdict = match of.name("type").as_str() {
            "entry_set_aside" => fields!(of, Verdict::EntrySetAside { id, reason }),
            "entry_adopted" => fields!(of, Verdict::EntryAdopted { id }),
            "entry_refused" => {
                of.or("reason", "".into());
                fields!(of, Verdict::EntryRefused { id, device, seq, reason })
            }
            "personal_erased" => fields!(of, Verdict::PersonalErased { commitments, attachments }),
            _ => misread("a verdict"),
        }?;
        if of.is_empty() { Ok(verdict) } else { misread("no field more") }
    }

    fn write(&self) -> Value {
        let name = |name: &str| name.to_owned();
        match self {
            Self::EntrySetAside { id, reason } => {
                written(&[("type", &name("entry_set_aside")), ("id", id), ("reason", reason)], &[])
            }
            Self::EntryAdopted { id } => written(&[("type", &name("entry_adopted")), ("id", id)], &[]),
            Self::EntryRefused { id, device, seq, reason } => {
                let why = (!reason.is_empty()).then(|| reason.clone());
                let named = name("entry_refused");
                written(
                    &[("type", &named), ("id", id), ("device", device), ("seq", seq)],
                    &[("reason", &why)],
                )
            }
            Self::PersonalErased { commitments, attachments } => {
                let named = name("personal_erased");
                written(&[("type", &named), ("commitments", commitments), ("attachments", attachments)], &[])
            }
        }
    }
}

impl Verdict {
    /// Whether a change is named like a verdict.
    pub(crate) fn is_named(change: &serde_json::Value) -> bool {
        let name = change.get("type").and_then(serde_json::Value::as_str);
        matches!(name, Some("entry_set_aside" | "entry_adopted" | "entry_refused" | "personal_erased"))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_verdict_is_read_as_it_is_written_also_from_before_reasons_were_given() {
        let id = EntryId::of(b"entry");
        let refused = |reason: &str| Verdict::EntryRefused {
            id,
            device: DeviceId::from_random([7; 16]),
            seq: 3,
            reason: reason.into(),
        };
        let commitments = Vec::new();
        let erased = Verdict::PersonalErased { commitments, attachments: vec![AttachmentId::of(b"a")] };
        let aside = Verdict::EntrySetAside { id, reason: "too_old".into() };
        for verdict in [refused("too_large"), refused(""), erased, aside, Verdict::EntryAdopted { id }] {
            let written = verdict.write();
            assert!(Verdict::is_named(&written), "{written}");
            assert_eq!(Verdict::read(written).expect("a verdict"), verdict);
        }
    }

    #[test]
    fn a_verdict_with_a_field_more_or_a_name_that_nobody_knows_is_not_understood() {
        let id = EntryId::of(b"entry").to_string();
        for unknown in [
            json!({ "type": "entry_adopted", "id": id, "until": 5 }),
            json!({ "type": "entry_adopted" }),
            json!({ "type": "entry_moved", "id": id }),
            json!({ "id": id }),
        ] {
            assert!(Verdict::read(unknown.clone()).is_err(), "{unknown}");
        }
    }
}
