//! What a push's entries are before they are stored: read once, hashed once. The server refuses only
//! what is malformed, oversized or of another shape than its own hash says, and says so in the feed.

use std::collections::HashMap;

use crate::journal::{
    DeviceId, DossierId, Entry, EntryId, NotAnEntry, WireEntry, parse_canonical, write_canonical,
};
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
    let mut newest = HashMap::new();
    let mut arrivals = Vec::with_capacity(wire.len());
    for WireEntry { core, values } in wire {
        let previous = |dossier: &DossierId| newest.get(dossier).copied();
        let (dossier, arrival) = match Entry::read_after(core.get(), values, &previous) {
            Ok(entry) => (entry.core.dossier, Arrival::Entry(Box::new(entry))),
            Err(NotAnEntry::SendWithParents) => return Err(ProblemKind::SendWithParents),
            Err(why) => {
                let refused = refused(core.get(), reason(&why), &newest)?;
                (refused.dossier, Arrival::Refused(refused))
            }
        };
        newest.insert(dossier, arrival.id());
        arrivals.push(arrival);
    }
    Ok(arrivals)
}

fn refused(
    core: &str,
    reason: &'static str,
    newest: &HashMap<DossierId, EntryId>,
) -> Result<Refused, ProblemKind> {
    let mut core = parse_canonical(core.as_bytes()).map_err(|_| ProblemKind::Malformed)?;
    let text = |key: &str| core.get(key).and_then(|value| value.as_str());
    let dossier = text("dossier").and_then(|text| text.parse().ok()).ok_or(ProblemKind::Malformed)?;
    let device = text("device").and_then(|text| text.parse().ok()).ok_or(ProblemKind::Malformed)?;
    let seq = core.get("seq").and_then(serde_json::Value::as_u64).ok_or(ProblemKind::Malformed)?;
    if core.get("parents").is_none() {
        let previous = newest.get(&dossier).ok_or(ProblemKind::SendWithParents)?;
        core["parents"] = serde_json::json!([previous]);
    }
    let id = EntryId::of(write_canonical(&core).as_bytes());
    Ok(Refused { id, dossier, device, seq, reason })
}

impl Arrival {
    pub(crate) fn id(&self) -> EntryId {
        match self {
            Self::Entry(entry) => entry.id,
            Self::Refused(refused) => refused.id,
        }
    }
}
