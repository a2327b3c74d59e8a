//! Personal values: the core holds a commitment, the value and its salt travel beside it, so that
//! any program, an older one too, can hash, pass on and erase what it does not understand.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use super::canonical::{normalise, write};
use super::entry::{Salted, Values};
use super::ids::{AttachmentId, Commitment};
use crate::record::{Kept, variant};

/// A value about a person: name, phone, address, plate, free text, strokes, sheet.
#[derive(Clone, Debug, PartialEq)]
pub enum Personal<T> {
    /// Just entered; writing the entry seals it.
    Plain(T),
    /// Read from a journal; written again it cites the same commitment.
    Known(Commitment, T),
    /// Erased, or not received yet.
    Missing(Commitment),
}

impl<T> Personal<T> {
    /// The value, where it is there.
    pub fn value(&self) -> Option<&T> {
        match self {
            Self::Plain(value) | Self::Known(_, value) => Some(value),
            Self::Missing(_) => None,
        }
    }

    /// The commitment, once it has been written.
    pub fn commitment(&self) -> Option<Commitment> {
        match self {
            Self::Plain(_) => None,
            Self::Known(commitment, _) | Self::Missing(commitment) => Some(*commitment),
        }
    }
}

impl<T> From<T> for Personal<T> {
    fn from(value: T) -> Self {
        Self::Plain(value)
    }
}

impl<T: Kept> Kept for Personal<T> {
    /// A commitment, `{"$known": [commitment, value]}` or `{"$plain": value}`.
    fn read(mut value: Value) -> Result<Self, serde_json::Error> {
        if let Some(plain) = value.get_mut("$plain") {
            return T::read(plain.take()).map(Self::Plain);
        }
        let Some(known) = value.get_mut("$known") else {
            return Commitment::read(value).map(Self::Missing);
        };
        let (commitment, value) = <(Commitment, Value)>::read(known.take())?;
        // A value of another shape than ours is as good as missing: the entry still folds.
        Ok(T::read(value).map_or(Self::Missing(commitment), |value| Self::Known(commitment, value)))
    }

    fn write(&self) -> Value {
        match self {
            Self::Plain(plain) => variant("$plain", plain.write()),
            Self::Known(commitment, _) | Self::Missing(commitment) => commitment.write(),
        }
    }
}

impl<T: Kept> Serialize for Personal<T> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.write().serialize(to)
    }
}

impl<'de, T: Kept> Deserialize<'de> for Personal<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Self::read(Value::deserialize(from)?).map_err(serde::de::Error::custom)
    }
}

/// Replaces every plain personal value in a change by its commitment.
/// `salt` gives 16 fresh random bytes at each call.
pub fn seal(change: &impl Kept, salt: &mut dyn FnMut() -> [u8; 16]) -> (Value, Values) {
    let mut core = change.write();
    normalise(&mut core);
    let mut values = Values::new();
    seal_in(&mut core, salt, &mut values);
    (core, values)
}

fn seal_in(value: &mut Value, salt: &mut dyn FnMut() -> [u8; 16], values: &mut Values) {
    match value {
        Value::Object(object) => {
            if object.len() == 1
                && let Some(plain) = object.get_mut("$plain")
            {
                let salted = Salted { salt: salt().into(), value: plain.take() };
                let commitment = salted.commitment();
                values.insert(commitment, salted);
                *value = Value::String(commitment.to_string());
            } else {
                object.values_mut().for_each(|inner| seal_in(inner, salt, values));
            }
        }
        Value::Array(list) => list.iter_mut().for_each(|inner| seal_in(inner, salt, values)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// The change with every known commitment opened, ready to be read as the trade's type.
pub fn open<'a>(core: &Value, value_of: &impl Fn(&Commitment) -> Option<&'a Value>) -> Value {
    match core {
        Value::String(text) => match commitment_in(text).and_then(|name| value_of(&name)) {
            Some(value) => serde_json::json!({ "$known": [text, value] }),
            None => core.clone(),
        },
        Value::Array(list) => list.iter().map(|inner| open(inner, value_of)).collect(),
        Value::Object(object) => {
            Value::Object(object.iter().map(|(key, inner)| (key.clone(), open(inner, value_of))).collect())
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => core.clone(),
    }
}

pub(crate) fn commitment_in(text: &str) -> Option<Commitment> {
    text.starts_with("p:").then(|| text.parse().ok()).flatten()
}

/// Every commitment that stands in a change.
pub(crate) fn commitments(core: &Value, found: &mut Vec<Commitment>) {
    match core {
        Value::String(text) => found.extend(commitment_in(text)),
        Value::Array(list) => list.iter().for_each(|inner| commitments(inner, found)),
        Value::Object(object) => object.values().for_each(|inner| commitments(inner, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Every attachment that a change names, also one that this program does not understand.
pub fn attachments(core: &Value, found: &mut Vec<AttachmentId>) {
    match core {
        Value::String(text) if text.starts_with("a:") => found.extend(text.parse::<AttachmentId>()),
        Value::Array(list) => list.iter().for_each(|inner| attachments(inner, found)),
        Value::Object(object) => object.values().for_each(|inner| attachments(inner, found)),
        Value::String(_) | Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Whether two changes say the same, personal values compared by what they hold. A missing value
/// agrees with anything: erasing never opens a difference.
pub fn agree<'a>(a: &Value, b: &Value, value_of: &impl Fn(&Commitment) -> Option<&'a Value>) -> bool {
    match (a, b) {
        (Value::String(a), Value::String(b)) if a != b => match (commitment_in(a), commitment_in(b)) {
            (Some(a), Some(b)) => match (value_of(&a), value_of(&b)) {
                (Some(a), Some(b)) => a == b,
                _ => true,
            },
            _ => false,
        },
        (Value::Array(a), Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| agree(a, b, value_of))
        }
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len() && a.iter().all(|(key, a)| b.get(key).is_some_and(|b| agree(a, b, value_of)))
        }
        _ => a == b,
    }
}

impl Salted {
    /// SHA-256(salt ‖ canonical JSON of the value).
    pub fn commitment(&self) -> Commitment {
        let mut bytes = self.salt.0.to_vec();
        bytes.extend_from_slice(write(&self.value).as_bytes());
        Commitment::of(&bytes)
    }
}
