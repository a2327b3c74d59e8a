//! Canonical JSON: RFC 8785 without floats. Integers within ±2⁵³, strings in Unicode's NFC,
//! duplicate keys refused, keys in the order of their UTF-16 code units.

#[cfg(not(target_arch = "wasm32"))]
pub(super) mod quick;

use std::fmt;

use serde::de::{self, DeserializeSeed, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

use crate::text::{is_nfc, nfc};

/// The largest integer that every JSON reader keeps exactly.
const MAX_INTEGER: u64 = 1 << 53;

/// Why a text is not JSON that has a canonical form.
#[derive(Debug, thiserror::Error)]
#[error("not canonical JSON: {0}")]
pub struct NotCanonical(#[from] serde_json::Error);

/// Reads JSON that has a canonical form; layout and order of keys do not matter.
pub fn parse(text: &[u8]) -> Result<Value, NotCanonical> {
    let mut reader = serde_json::Deserializer::from_slice(text);
    let value = Strict.deserialize(&mut reader)?;
    reader.end()?;
    Ok(value)
}

/// Reads any deserializer strictly, for use inside larger documents.
pub(crate) struct Strict;

impl<'de> DeserializeSeed<'de> for Strict {
    type Value = Value;
    fn deserialize<D: de::Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

fn text_in_nfc<E: de::Error>(text: &str) -> Result<(), E> {
    if is_nfc(text) { Ok(()) } else { Err(E::custom("a string is not in NFC")) }
}

impl<'de> Visitor<'de> for Strict {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("null, a boolean, an integer within ±2^53, a string, a list or an object")
    }
    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }
    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }
    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Value, E> {
        if value.unsigned_abs() > MAX_INTEGER {
            return Err(E::custom("an integer is beyond ±2^53"));
        }
        Ok(Value::Number(value.into()))
    }
    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Value, E> {
        if value > MAX_INTEGER {
            return Err(E::custom("an integer is beyond ±2^53"));
        }
        Ok(Value::Number(value.into()))
    }
    fn visit_f64<E: de::Error>(self, _: f64) -> Result<Value, E> {
        Err(E::custom("a number is not an integer"))
    }
    fn visit_str<E: de::Error>(self, value: &str) -> Result<Value, E> {
        text_in_nfc(value)?;
        Ok(Value::String(value.to_owned()))
    }
    fn visit_string<E: de::Error>(self, value: String) -> Result<Value, E> {
        text_in_nfc(&value)?;
        Ok(Value::String(value))
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        let mut values = Vec::new();
        while let Some(value) = list.next_element_seed(Strict)? {
            values.push(value);
        }
        Ok(Value::Array(values))
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some(key) = map.next_key::<String>()? {
            text_in_nfc(&key)?;
            let value = map.next_value_seed(Strict)?;
            if object.insert(key, value).is_some() {
                return Err(de::Error::custom("a key stands twice in one object"));
            }
        }
        Ok(Value::Object(object))
    }
}

/// Where a member stands in an object's canonical text, from the comma before it, or where it would
/// stand: an empty range. Where it is or would be the first, none.
pub(crate) fn place_of(text: &str, key: &str) -> Option<std::ops::Range<usize>> {
    let end = text.len().checked_sub(1)?;
    let key_at = |at: usize| text.get(at + 2..).and_then(|rest| rest.split('"').next());
    if key_at(0)? >= key {
        return None;
    }
    let mut commas = commas(text);
    while let Some(at) = commas.next() {
        match key_at(at)? {
            found if found == key => return Some(at..commas.next().unwrap_or(end)),
            found if found > key => return Some(at..at),
            _ => {}
        }
    }
    Some(end..end)
}

/// The commas between an object's own members.
fn commas(text: &str) -> impl Iterator<Item = usize> {
    let (mut depth, mut inside, mut escaped) = (0_u32, false, false);
    text.bytes().enumerate().filter_map(move |(at, byte)| {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => inside = !inside,
            _ if inside => {}
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.saturating_sub(1),
            b',' => return (depth == 1).then_some(at),
            _ => {}
        }
        None
    })
}

/// The canonical text of a value that [`parse`] made or `normalise` passed.
pub fn write(value: &Value) -> String {
    let mut text = String::with_capacity(256);
    write_to(&mut text, value);
    text
}

fn write_to(text: &mut String, value: &Value) {
    match value {
        Value::Null => text.push_str("null"),
        Value::Bool(true) => text.push_str("true"),
        Value::Bool(false) => text.push_str("false"),
        Value::Number(number) => write_number(text, number),
        Value::String(string) => write_string(text, string),
        Value::Array(list) => {
            text.push('[');
            for (at, value) in list.iter().enumerate() {
                if at > 0 {
                    text.push(',');
                }
                write_to(text, value);
            }
            text.push(']');
        }
        Value::Object(object) => {
            let mut members: Vec<(&String, &Value)> = object.iter().collect();
            let ascii = members.iter().all(|(key, _)| key.is_ascii());
            members.sort_unstable_by(
                |(a, _), (b, _)| {
                    if ascii { a.cmp(b) } else { a.encode_utf16().cmp(b.encode_utf16()) }
                },
            );
            text.push('{');
            for (at, (key, value)) in members.into_iter().enumerate() {
                if at > 0 {
                    text.push(',');
                }
                write_string(text, key);
                text.push(':');
                write_to(text, value);
            }
            text.push('}');
        }
    }
}

fn write_number(text: &mut String, number: &Number) {
    use fmt::Write as _;
    let _infallible = match (number.as_i64(), number.as_u64()) {
        (Some(number), _) => write!(text, "{number}"),
        (None, Some(number)) => write!(text, "{number}"),
        (None, None) => unreachable!("floats have no canonical text"),
    };
}

/// RFC 8785 section 3.2.2.2: the two-character escapes, `\u00xx` for other controls, else as is.
fn write_string(text: &mut String, string: &str) {
    use fmt::Write as _;
    text.push('"');
    let mut from = 0;
    for (at, byte) in string.bytes().enumerate() {
        let escape = match byte {
            b'"' => "\\\"",
            b'\\' => "\\\\",
            b'\n' => "\\n",
            b'\r' => "\\r",
            b'\t' => "\\t",
            8 => "\\b",
            12 => "\\f",
            0..=31 => "",
            _ => continue,
        };
        text.push_str(&string[from..at]);
        if escape.is_empty() {
            let _infallible = write!(text, "\\u{byte:04x}");
        } else {
            text.push_str(escape);
        }
        from = at + 1;
    }
    text.push_str(&string[from..]);
    text.push('"');
}

/// Brings what the program itself made into canonical shape: strings to NFC.
///
/// # Panics
/// Where a change holds a float or an integer beyond ±2⁵³: a mistake of the program, no input.
pub(crate) fn normalise(value: &mut Value) {
    match value {
        Value::Null | Value::Bool(_) => {}
        Value::Number(number) => {
            let fits = number.as_i64().is_some_and(|n| n.unsigned_abs() <= MAX_INTEGER);
            assert!(fits, "changes hold integers within ±2^53 only");
        }
        Value::String(string) => {
            if let std::borrow::Cow::Owned(normal) = nfc(string) {
                *string = normal;
            }
        }
        Value::Array(list) => list.iter_mut().for_each(normalise),
        Value::Object(object) => object.values_mut().for_each(normalise),
    }
}
