//! What a push's entries are before they are stored: read once, hashed once. The server refuses only
//! what is malformed, oversized or of another shape than its own hash says, and says so in the feed.

use crate::journal::{DeviceId, DossierId, Entry, EntryId, NotAnEntry, WireEntry, write_canonical};
use crate::protocol::ProblemKind;

/// One entry of a push.
#[derive(Clone, Debug)]
pub(crate) enum Arrival {
    /// To be stored.
    Entry(Box<Entry>),
    /// To be refused, with an `EntryRefused` in its place.
    Refused(Refused),
}

/// What is known of an entry that cannot be stored.
#[derive(Clone, Debug)]
pub(crate) struct Refused {
    pub(crate) id: EntryId,
    pub(crate) dossier: DossierId,
    pub(crate) device: DeviceId,
    pub(crate) seq: u64,
    /// The word of [`reason`].
    pub(crate) reason: &'static str,
}

/// A word of the protocol; the locale has a sentence for each.
fn reason(why: &NotAnEntry) -> &'static str {
    match why {
        NotAnEntry::TooLarge(_) => "too_large",
        NotAnEntry::Value | NotAnEntry::Unnamed => "damaged",
        NotAnEntry::Shape(_) | NotAnEntry::Parents | NotAnEntry::SendWithParents => "malformed",
    }
}

/// Reads a push's entries in order. Fails as a whole only where an entry does not even say whose it
/// is, or where parents were left out that nothing names.
pub(crate) fn read(wire: Vec<WireEntry>) -> Result<Vec<Arrival>, ProblemKind> {
    let mut newest: std::collections::HashMap<String, EntryId> = std::collections::HashMap::new();
    let mut arrivals = Vec::with_capacity(wire.len());
    for mut wire in wire {
        let text = |key: &str| wire.core.get(key).and_then(|value| value.as_str());
        let dossier = text("dossier").ok_or(ProblemKind::Malformed)?.to_owned();
        let device = text("device").and_then(|text| text.parse().ok()).ok_or(ProblemKind::Malformed)?;
        let seq = wire.core.get("seq").and_then(serde_json::Value::as_u64).ok_or(ProblemKind::Malformed)?;
        let previous = newest.get(&dossier).copied();
        if wire.core.get("parents").is_none() {
            let previous = previous.ok_or(ProblemKind::SendWithParents)?;
            wire.core["parents"] = serde_json::json!([previous]);
        }
        let text = write_canonical(&wire.core);
        let id = EntryId::of(text.as_bytes());
        let arrival = match Entry::checked(id, text, wire.core, wire.values) {
            Ok(entry) => Arrival::Entry(Box::new(entry)),
            Err(why) => {
                let dossier = dossier.parse().map_err(|_| ProblemKind::Malformed)?;
                Arrival::Refused(Refused { id, dossier, device, seq, reason: reason(&why) })
            }
        };
        newest.insert(dossier, arrival.id());
        arrivals.push(arrival);
    }
    Ok(arrivals)
}

impl Arrival {
    pub(crate) fn id(&self) -> EntryId {
        match self {
            Self::Entry(entry) => entry.id,
            Self::Refused(refused) => refused.id,
        }
    }
}
