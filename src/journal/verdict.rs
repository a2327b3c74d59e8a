//! What the server writes into a journal, as a device of its own: its verdicts are entries too, so
//! they are in heads, feed and facts like everything else.

use serde::de::{self, Deserializer};
use serde::{Deserialize, Serialize};

use crate::record::{Fields, fields};

use super::ids::{AttachmentId, Commitment, DeviceId, EntryId};

/// A verdict of the server on other entries.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
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
        #[serde(skip_serializing_if = "String::is_empty")]
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

impl<'de> Deserialize<'de> for Verdict {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        read(Fields::of(from)?).map_err(de::Error::custom)
    }
}

/// What a newer server says beside is not understood: a field more may mean anything.
fn read(mut of: Fields) -> Result<Verdict, serde_json::Error> {
    let verdict = match of.name("type").as_str() {
        "entry_set_aside" => fields!(of, Verdict::EntrySetAside { id, reason }),
        "entry_adopted" => fields!(of, Verdict::EntryAdopted { id }),
        "entry_refused" => {
            of.or("reason", "");
            fields!(of, Verdict::EntryRefused { id, device, seq, reason })
        }
        "personal_erased" => fields!(of, Verdict::PersonalErased { commitments, attachments }),
        other => Err(de::Error::unknown_variant(other, &[])),
    }?;
    if of.is_empty() { Ok(verdict) } else { Err(de::Error::custom("a field more")) }
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
    use serde_json::{from_value, json};

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
            let written = serde_json::to_value(&verdict).expect("plain data");
            assert!(Verdict::is_named(&written), "{written}");
            assert_eq!(from_value::<Verdict>(written).expect("a verdict"), verdict);
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
            assert!(from_value::<Verdict>(unknown.clone()).is_err(), "{unknown}");
        }
    }
}
