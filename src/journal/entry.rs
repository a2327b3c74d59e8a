//! One entry: its core, which the id is the hash of, and the personal values beside it.

use litemap::LiteMap;
use serde::de;
#[cfg(not(target_arch = "wasm32"))]
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::canonical::{Strict, parse, place_of, write};
use super::ids::{Commitment, DeviceId, DossierId, EntryId, StaffId, hex, unhex};
use super::personal::{commitments, seal};
use crate::record::{Fields, Kept, fields, read_json, written};

/// The largest entry, core and values together, in bytes of canonical JSON.
pub const MAX_ENTRY_BYTES: usize = 128 * 1024;

/// Personal values by their commitment: a few, in a sorted list.
pub type Values = LiteMap<Commitment, Salted>;

/// A personal value and the 16 random bytes that keep its commitment from being guessed.
/// On the wire `[salt as 32 hex digits, value]`.
#[derive(Clone, Debug, PartialEq)]
pub struct Salted {
    /// Random, drawn for this value alone.
    pub salt: Salt,
    /// Any JSON value.
    pub value: Value,
}

/// 16 random bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Salt(pub [u8; 16]);

impl From<[u8; 16]> for Salt {
    fn from(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }
}

impl Kept for Salted {
    fn read(value: Value) -> Result<Self, serde_json::Error> {
        let (salt, value) = <(String, StrictValue)>::read(value)?;
        Ok(Self { salt: unhex(&salt).map(Salt).map_err(de::Error::custom)?, value: value.0 })
    }

    fn write(&self) -> Value {
        (hex(&self.salt.0), self.value.clone()).write()
    }
}

#[cfg(not(target_arch = "wasm32"))]
impl Serialize for Salted {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        (hex(&self.salt.0), &self.value).serialize(to)
    }
}

/// Straight from the text: a key that stands twice is refused.
#[cfg(not(target_arch = "wasm32"))]
impl<'de> Deserialize<'de> for Salted {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let (salt, value) = <(String, StrictValue)>::deserialize(from)?;
        Ok(Self { salt: unhex(&salt).map(Salt).map_err(de::Error::custom)?, value: value.0 })
    }
}

#[cfg(not(target_arch = "wasm32"))]
impl<'de> Deserialize<'de> for StrictValue {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        de::DeserializeSeed::deserialize(Strict, from).map(Self)
    }
}

/// A value that has a canonical text.
#[derive(Clone, Debug)]
pub struct StrictValue(Value);

impl Kept for StrictValue {
    fn read(value: Value) -> Result<Self, serde_json::Error> {
        de::DeserializeSeed::deserialize(Strict, value).map(Self)
    }

    fn write(&self) -> Value {
        self.0.clone()
    }
}

impl Kept for Values {
    fn read(value: Value) -> Result<Self, serde_json::Error> {
        let mut values = Self::new();
        for (name, salted) in Fields::of(value)?.all() {
            values.insert(name.parse().map_err(de::Error::custom)?, Salted::read(salted)?);
        }
        Ok(values)
    }

    fn write(&self) -> Value {
        Value::Object(self.iter().map(|(name, salted)| (name.to_string(), salted.write())).collect())
    }
}

/// What an entry's id is the hash of.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(Deserialize))]
pub struct Core {
    /// The visit or complaint.
    pub dossier: DossierId,
    /// The heads that the writer's fold had; sorted, unique; none for a first entry.
    #[cfg_attr(not(target_arch = "wasm32"), serde(default))]
    pub parents: Vec<EntryId>,
    /// Who wrote: a tablet, or the server.
    pub device: DeviceId,
    /// The device's own count over all dossiers, from 1 without a gap.
    pub seq: u64,
    /// The device's raw time, milliseconds since 1970 UTC.
    pub wall: i64,
    /// The server's time minus `wall` as last measured, milliseconds; 0 if never.
    pub offset: i64,
    /// The person.
    pub author: StaffId,
    /// Format and fold of this entry.
    pub version: u32,
    /// The unreplaced answers to the same key that the writer saw when editing began.
    #[cfg_attr(not(target_arch = "wasm32"), serde(default))]
    pub replaces: Vec<EntryId>,
    /// The trade's fact, as its own type writes it.
    pub change: Value,
}

impl Kept for Core {
    fn read(value: Value) -> Result<Self, serde_json::Error> {
        let mut of = Fields::of(value)?;
        of.or("parents", Value::Array(Vec::new()));
        of.or("replaces", Value::Array(Vec::new()));
        fields!(of, Self { dossier, parents, device, seq, wall, offset, author, version, replaces, change })
    }

    fn write(&self) -> Value {
        let Self { dossier, parents, device, seq, wall, offset, author, version, replaces, change } = self;
        let replaces = (!replaces.is_empty()).then(|| replaces.clone());
        written(
            &[
                ("dossier", dossier),
                ("parents", parents),
                ("device", device),
                ("seq", seq),
                ("wall", wall),
                ("offset", offset),
                ("author", author),
                ("version", version),
                ("change", change),
            ],
            &[("replaces", &replaces)],
        )
    }
}

impl Core {
    /// The writer's time, corrected by the server's as last measured; for display only.
    pub fn corrected(&self) -> i64 {
        self.wall.saturating_add(self.offset)
    }
}

/// Why something is not an entry.
#[derive(Debug, thiserror::Error)]
pub enum NotAnEntry {
    /// The core lacks a field or has one of another shape.
    #[error("not an entry: {0}")]
    Shape(#[from] serde_json::Error),
    /// Parents are not sorted or not unique.
    #[error("parents are not sorted and unique")]
    Parents,
    /// Parents were left out where the entry before it is not known.
    #[error("send again with parents")]
    SendWithParents,
    /// Core and values are larger than [`MAX_ENTRY_BYTES`].
    #[error("{0} bytes; at most 131072 are stored")]
    TooLarge(usize),
    /// A value is not what its commitment says.
    #[error("a value fails its commitment")]
    Value,
    /// A value that the core does not name.
    #[error("a value that the core does not name")]
    Unnamed,
}

/// A core on its way: a text that is passed on as it is.
#[cfg(not(target_arch = "wasm32"))]
pub type Carried = Box<serde_json::value::RawValue>;

/// The app reads and writes everything by way of values.
#[cfg(target_arch = "wasm32")]
pub type Carried = StrictValue;

#[cfg(not(target_arch = "wasm32"))]
fn carried(text: String) -> serde_json::Result<Carried> {
    serde_json::value::RawValue::from_string(text)
}

#[cfg(target_arch = "wasm32")]
fn carried(text: String) -> serde_json::Result<Carried> {
    read_json(text.as_bytes())
}

/// An entry as it is sent and stored: the core as JSON, the values beside it.
#[derive(Clone, Debug)]
#[cfg_attr(not(target_arch = "wasm32"), derive(Serialize, Deserialize))]
pub struct WireEntry {
    /// The core; `parents` may be left out where the batch already names the only one.
    pub core: Carried,
    /// Values that are there and not erased.
    #[cfg_attr(not(target_arch = "wasm32"), serde(default, skip_serializing_if = "LiteMap::is_empty"))]
    pub values: Values,
}

#[cfg(target_arch = "wasm32")]
impl Kept for WireEntry {
    fn read(value: Value) -> Result<Self, serde_json::Error> {
        let mut of = Fields::of(value)?;
        of.or("values", Value::Object(Default::default()));
        fields!(of, Self { core, values })
    }

    fn write(&self) -> Value {
        let values = (!self.values.is_empty()).then(|| self.values.clone());
        written(&[("core", &self.core)], &[("values", &values)])
    }
}

impl WireEntry {
    /// A core's canonical text for sending. The parents are left out where `previous` is the only one.
    fn of(text: &str, values: Values, previous: Option<EntryId>) -> serde_json::Result<Self> {
        let mut text = text.to_owned();
        if let Some(previous) = previous
            && let Some(place) = place_of(&text, "parents")
            && text[place.clone()] == parents_text(previous)
        {
            text.replace_range(place, "");
        }
        Ok(Self { core: carried(text)?, values })
    }

    /// A stored row for sending, as it is: it was checked when it came.
    #[cfg(not(target_arch = "wasm32"))]
    pub(crate) fn of_row(core: &str, values: &str, previous: Option<EntryId>) -> serde_json::Result<Self> {
        Self::of(core, serde_json::from_str(values)?, previous)
    }
}

/// A sole parent as it stands in a core.
fn parents_text(parent: EntryId) -> String {
    format!(",\"parents\":[\"{parent}\"]")
}

/// A checked entry.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The hash of `text`.
    pub id: EntryId,
    /// The core.
    pub core: Core,
    /// The canonical JSON of the core: what is hashed, stored and sent, also where this program
    /// does not know every field.
    pub text: String,
    /// Personal values that are there.
    pub values: Values,
}

impl Entry {
    /// Reads and checks an entry that stands alone.
    pub fn read(wire: WireEntry) -> Result<Self, NotAnEntry> {
        Self::read_wire(wire, &|_| None)
    }

    /// Reads and checks an entry of a batch.
    pub(crate) fn read_wire(
        wire: WireEntry,
        previous: &dyn Fn(&DossierId) -> Option<EntryId>,
    ) -> Result<Self, NotAnEntry> {
        #[cfg(not(target_arch = "wasm32"))]
        let core = core_of(wire.core.get())?;
        #[cfg(target_arch = "wasm32")]
        let core = core_in(wire.core.0)?;
        Self::read_core(core, wire.values, previous)
    }

    /// Reads and checks an entry: one parse, one hash. `previous` answers the entry before it of a
    /// dossier in the batch, for a core without parents.
    pub(crate) fn read_after(
        core: &str,
        values: Values,
        previous: &dyn Fn(&DossierId) -> Option<EntryId>,
    ) -> Result<Self, NotAnEntry> {
        Self::read_core(core_of(core)?, values, previous)
    }

    fn read_core(
        (mut text, mut core): (String, Core),
        values: Values,
        previous: &dyn Fn(&DossierId) -> Option<EntryId>,
    ) -> Result<Self, NotAnEntry> {
        if core.parents.is_empty()
            && let Some(place) = place_of(&text, "parents").filter(std::ops::Range::is_empty)
        {
            let previous = previous(&core.dossier).ok_or(NotAnEntry::SendWithParents)?;
            text.insert_str(place.start, &parents_text(previous));
            core.parents.push(previous);
        }
        Self::checked(EntryId::of(text.as_bytes()), text, core, values)
    }

    /// Checks a core that is written and hashed already.
    fn checked(id: EntryId, text: String, core: Core, values: Values) -> Result<Self, NotAnEntry> {
        if !core.parents.is_sorted_by(|a, b| a < b) {
            return Err(NotAnEntry::Parents);
        }
        let mut named = Vec::new();
        if !values.is_empty() {
            commitments(&core.change, &mut named);
        }
        let mut bytes = text.len();
        for (name, salted) in &values {
            if !named.contains(name) {
                return Err(NotAnEntry::Unnamed);
            }
            if salted.commitment() != *name {
                return Err(NotAnEntry::Value);
            }
            bytes += write(&salted.value).len() + 110;
        }
        if bytes > MAX_ENTRY_BYTES {
            return Err(NotAnEntry::TooLarge(bytes));
        }
        Ok(Self { id, core, text, values })
    }

    /// Reads a stored row: the core's text and the values' JSON.
    pub fn from_row(core: &str, values: &str) -> Result<Self, NotAnEntry> {
        Self::read_after(core, read_json(values.as_bytes())?, &|_| None)
    }

    /// The entry for sending; `parents` left out when `previous` is the only one.
    pub fn to_wire(&self, previous: Option<EntryId>) -> WireEntry {
        WireEntry::of(&self.text, self.values.clone(), previous).expect("an entry's text is its core")
    }

    /// The values as stored beside the core.
    pub fn values_text(&self) -> String {
        let list = self.values.iter();
        let list = list.map(|(name, Salted { salt, value })| {
            format!("\"{name}\":[\"{}\",{}]", hex(&salt.0), write(value))
        });
        format!("{{{}}}", list.collect::<Vec<_>>().join(","))
    }
}

/// A core's canonical text and what it says.
#[cfg(not(target_arch = "wasm32"))]
fn core_of(core: &str) -> serde_json::Result<(String, Core)> {
    let text = if super::canonical::quick::is_canonical(core) {
        core.to_owned()
    } else {
        write(&parse(core.as_bytes()).map_err(de::Error::custom)?)
    };
    let core = serde_json::from_str(&text)?;
    Ok((text, core))
}

#[cfg(target_arch = "wasm32")]
fn core_of(core: &str) -> serde_json::Result<(String, Core)> {
    core_in(parse(core.as_bytes()).map_err(de::Error::custom)?)
}

/// By way of a value, as the app reads every type: one reader less to carry.
#[cfg(target_arch = "wasm32")]
fn core_in(value: Value) -> serde_json::Result<(String, Core)> {
    let text = write(&value);
    Ok((text, Core::read(value)?))
}

/// Who writes, and when: everything that the world supplies to an entry.
#[derive(Clone, Debug)]
pub struct Pen {
    /// This tablet or server.
    pub device: DeviceId,
    /// The person.
    pub author: StaffId,
    /// Milliseconds since 1970 UTC by the device's clock.
    pub wall: i64,
    /// The server's time minus `wall` as last measured.
    pub offset: i64,
}

/// A change that is about to be written, with the answers that it replaces.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft<F> {
    /// The fact.
    pub change: F,
    /// The unreplaced answers that stood when editing began.
    pub replaces: Vec<EntryId>,
}

/// Makes entries of drafts, one after the other: the first on `heads`, each next on the one before.
/// `seq` is the number of the first.
pub fn write_entries<F: Kept>(
    pen: &Pen,
    dossier: DossierId,
    version: u32,
    heads: &[EntryId],
    seq: u64,
    drafts: &[Draft<F>],
    salt: &mut dyn FnMut() -> [u8; 16],
) -> Result<Vec<Entry>, NotAnEntry> {
    let mut parents = heads.to_vec();
    parents.sort_unstable();
    parents.dedup();
    let mut entries = Vec::with_capacity(drafts.len());
    for (seq, draft) in (seq..).zip(drafts) {
        let (change, values) = seal(&draft.change, salt);
        let mut replaces = draft.replaces.clone();
        replaces.sort_unstable();
        replaces.dedup();
        let core = Core {
            dossier,
            parents,
            device: pen.device,
            seq,
            wall: pen.wall,
            offset: pen.offset,
            author: pen.author.clone(),
            version,
            replaces,
            change,
        };
        let text = write(&core.write());
        let entry = Entry::checked(EntryId::of(text.as_bytes()), text, core, values)?;
        parents = vec![entry.id];
        entries.push(entry);
    }
    Ok(entries)
}
