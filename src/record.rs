//! What is kept as JSON: read and written by way of a value, by one loop over the fields of a structure.
//! serde's derive writes every field's code anew for every structure and every list of them; on the tablet
//! that was a tenth of the app. The JSON is the same, and serde stays the interface for others.

use serde::de::Error as _;
use serde_json::{Error, Map, Value};

/// Plain data, kept as JSON.
pub trait Kept: Sized {
    /// Reads it; the error is for developers.
    fn read(value: Value) -> Result<Self, Error>;
    /// As it is written.
    fn write(&self) -> Value;
}

/// Something else was meant.
pub(crate) fn misread<T>(meant: &str) -> Result<T, Error> {
    Err(Error::custom(format!("{meant} is meant here")))
}

impl Kept for Value {
    fn read(value: Value) -> Result<Self, Error> {
        Ok(value)
    }

    fn write(&self) -> Value {
        self.clone()
    }
}

impl Kept for String {
    fn read(value: Value) -> Result<Self, Error> {
        let Value::String(text) = value else { return misread("a text") };
        Ok(text)
    }

    fn write(&self) -> Value {
        Value::String(self.clone())
    }
}

impl Kept for bool {
    fn read(value: Value) -> Result<Self, Error> {
        let Value::Bool(is) = value else { return misread("yes or no") };
        Ok(is)
    }

    fn write(&self) -> Value {
        Value::Bool(*self)
    }
}

macro_rules! numbers {
    ($($number:ident by $read:ident),*) => {
        $(impl Kept for $number {
            fn read(value: Value) -> Result<Self, Error> {
                match value.$read().map(TryInto::try_into) {
                    Some(Ok(number)) => Ok(number),
                    _ => misread("a whole number"),
                }
            }

            fn write(&self) -> Value {
                (*self).into()
            }
        })*
    };
}

numbers!(u8 by as_u64, u16 by as_u64, u32 by as_u64, u64 by as_u64, usize by as_u64, i32 by as_i64, i64 by as_i64);

impl<T: Kept> Kept for Option<T> {
    fn read(value: Value) -> Result<Self, Error> {
        if value.is_null() { Ok(None) } else { T::read(value).map(Some) }
    }

    fn write(&self) -> Value {
        self.as_ref().map_or(Value::Null, T::write)
    }
}

impl<T: Kept> Kept for Box<T> {
    fn read(value: Value) -> Result<Self, Error> {
        T::read(value).map(Self::new)
    }

    fn write(&self) -> Value {
        T::write(self)
    }
}

/// The loop over a list, there once.
fn each(value: Value, read: &mut dyn FnMut(Value) -> Result<(), Error>) -> Result<(), Error> {
    let Value::Array(items) = value else { return misread("a list") };
    items.into_iter().try_for_each(read)
}

impl<T: Kept> Kept for Vec<T> {
    fn read(value: Value) -> Result<Self, Error> {
        let mut list = Self::new();
        each(value, &mut |item| {
            list.push(T::read(item)?);
            Ok(())
        })?;
        Ok(list)
    }

    fn write(&self) -> Value {
        let mut list = Vec::with_capacity(self.len());
        for item in self {
            list.push(item.write());
        }
        Value::Array(list)
    }
}

impl<T: Kept, const N: usize> Kept for [T; N] {
    fn read(value: Value) -> Result<Self, Error> {
        match Vec::read(value)?.try_into() {
            Ok(items) => Ok(items),
            Err(_) => misread("a list of another length"),
        }
    }

    fn write(&self) -> Value {
        Value::Array(self.iter().map(T::write).collect())
    }
}

impl<A: Kept, B: Kept> Kept for (A, B) {
    fn read(value: Value) -> Result<Self, Error> {
        let [a, b] = Kept::read(value)?;
        Ok((A::read(a)?, B::read(b)?))
    }

    fn write(&self) -> Value {
        Value::Array(vec![self.0.write(), self.1.write()])
    }
}

/// What is left of a structure that is being read.
pub(crate) struct Fields(Map<String, Value>);

impl Fields {
    /// The fields of a structure.
    pub(crate) fn of(value: Value) -> Result<Self, Error> {
        let Value::Object(fields) = value else { return misread("a structure") };
        Ok(Self(fields))
    }

    /// The name and what stands behind it: `{"name": …}`, or the name alone.
    pub(crate) fn of_variant(value: Value) -> Result<(String, Value), Error> {
        match value {
            Value::String(name) => Ok((name, Value::Null)),
            Value::Object(variant) if variant.len() == 1 => {
                variant.into_iter().next().map_or_else(|| misread("a name"), Ok)
            }
            _ => misread("a name"),
        }
    }

    /// Takes a field that is a name.
    pub(crate) fn name(&mut self, field: &str) -> String {
        self.0.remove(field).and_then(|name| name.as_str().map(str::to_owned)).unwrap_or_default()
    }

    /// What an absent field means.
    pub(crate) fn or(&mut self, field: &str, value: Value) {
        self.0.entry(field).or_insert(value);
    }

    /// Takes a field.
    pub(crate) fn take<T: Kept>(&mut self, field: &str) -> Result<T, Error> {
        T::read(self.0.remove(field).unwrap_or_default())
    }

    /// Every field with its name.
    pub(crate) fn all(self) -> impl Iterator<Item = (String, Value)> {
        self.0.into_iter()
    }

    /// Whether all was read.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Reads fields by their names; what is absent reads as null.
    pub(crate) fn read(&mut self, fields: &mut [(&str, &mut dyn Place)]) -> Result<(), Error> {
        for (name, place) in fields {
            place.read(self.0.remove(*name).unwrap_or_default())?;
        }
        Ok(())
    }
}

/// Where a field is read into, whatever it holds: the loop over a structure's fields is there once.
pub(crate) trait Place {
    /// Reads it.
    fn read(&mut self, value: Value) -> Result<(), Error>;
}

impl<T: Kept> Place for Option<T> {
    fn read(&mut self, value: Value) -> Result<(), Error> {
        *self = Some(T::read(value)?);
        Ok(())
    }
}

/// A field, whatever it holds.
pub(crate) trait Field {
    /// As it is written.
    fn value(&self) -> Value;
}

impl<T: Kept> Field for T {
    fn value(&self) -> Value {
        self.write()
    }
}

/// A structure as it is written; of the second ones those that are not null.
pub(crate) fn written(always: &[(&str, &dyn Field)], where_there: &[(&str, &dyn Field)]) -> Value {
    let mut map = Map::new();
    for (name, field) in always {
        map.insert((*name).to_owned(), field.value());
    }
    for (name, field) in where_there {
        let value = field.value();
        if !value.is_null() {
            map.insert((*name).to_owned(), value);
        }
    }
    Value::Object(map)
}

/// `{"name": …}`
pub(crate) fn variant(name: &str, value: Value) -> Value {
    Value::Object(Map::from_iter([(name.to_owned(), value)]))
}

/// Reads a structure's fields and puts it together.
macro_rules! fields {
    ($fields:expr, $($name:ident)::+ { $($field:ident),* $(,)? }) => {{
        $(let mut $field = None;)*
        $fields.read(&mut [$((stringify!($field), &mut $field)),*])?;
        Ok($($name)::+ { $($field: $field.expect("every field was read")),* })
    }};
}

/// Reads JSON.
pub(crate) fn read_json<T: Kept>(text: &[u8]) -> Result<T, Error> {
    T::read(serde_json::from_slice(text)?)
}

/// The text of plain data, as canonical JSON: the app has one writer.
#[cfg(target_arch = "wasm32")]
pub(crate) fn write_json(value: &impl Kept) -> String {
    crate::journal::write_canonical(&value.write())
}

/// serde's traits for what is kept.
macro_rules! by_value {
    ($name:ident) => {
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                serde::Serialize::serialize(&$crate::record::Kept::write(self), to)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let value = serde::Deserialize::deserialize(from)?;
                $crate::record::Kept::read(value).map_err(serde::de::Error::custom)
            }
        }
    };
}

/// Keeps a structure whose fields are named again: one that is forgotten does not compile. What stands
/// behind the semicolon is left out where it is none.
macro_rules! kept {
    ($name:ident { $($field:ident),* $(,)? $(; $($absent:ident),*)? }) => {
        impl $crate::record::Kept for $name {
            fn read(value: serde_json::Value) -> Result<Self, serde_json::Error> {
                let mut fields = $crate::record::Fields::of(value)?;
                $crate::record::fields!(fields, $name { $($field,)* $($($absent,)*)? })
            }

            fn write(&self) -> serde_json::Value {
                $crate::record::written(
                    &[$((stringify!($field), &self.$field)),*],
                    &[$($((stringify!($absent), &self.$absent)),*)?],
                )
            }
        }

        $crate::record::by_value!($name);
    };
}

/// Keeps a structure as the one thing that it holds.
macro_rules! kept_within {
    ($name:ident) => {
        impl $crate::record::Kept for $name {
            fn read(value: serde_json::Value) -> Result<Self, serde_json::Error> {
                $crate::record::Kept::read(value).map(Self)
            }

            fn write(&self) -> serde_json::Value {
                self.0.write()
            }
        }

        $crate::record::by_value!($name);
    };
}

/// Keeps what has a text as that text.
macro_rules! kept_as_text {
    ($name:ident) => {
        impl $crate::record::Kept for $name {
            fn read(value: serde_json::Value) -> Result<Self, serde_json::Error> {
                value.as_str().unwrap_or_default().parse().map_err(serde::de::Error::custom)
            }

            fn write(&self) -> serde_json::Value {
                self.to_string().into()
            }
        }
    };
}

/// The place of a name in a list.
pub(crate) fn place(names: &[&str], value: &Value) -> Result<usize, Error> {
    let name = value.as_str().unwrap_or_default();
    names.iter().position(|of| *of == name).map_or_else(|| misread("another name"), Ok)
}

/// An enumeration of names, written as the name that stands behind each.
macro_rules! named {
    (
        $(#[$about:meta])*
        $sight:vis enum $name:ident { $($(#[$of:meta])* $variant:ident = $written:literal),* $(,)? }
    ) => {
        $(#[$about])*
        $sight enum $name {
            $($(#[$of])* $variant),*
        }

        impl $name {
            /// As it is written.
            pub fn name(&self) -> &'static str {
                match self { $(Self::$variant => $written),* }
            }
        }

        impl $crate::record::Kept for $name {
            fn read(value: serde_json::Value) -> Result<Self, serde_json::Error> {
                let place = $crate::record::place(&[$($written),*], &value)?;
                Ok([$(Self::$variant),*].into_iter().nth(place).expect("a place in the list"))
            }

            fn write(&self) -> serde_json::Value {
                self.name().into()
            }
        }

        $crate::record::by_value!($name);
    };
}

/// An enumeration of structures, written as `{"name": {…}}` with the name that stands beside the variant. What
/// stands behind a semicolon came later, and is left out where it is none.
macro_rules! variants {
    (
        $(#[$about:meta])*
        pub enum $name:ident {
            $($(#[$of:meta])* $variant:ident = $written:literal {
                $($(#[$what:meta])* $field:ident: $kind:ty),* $(,)?
                $(; $($(#[$later:meta])* $absent:ident: $none:ty),* $(,)?)?
            }),* $(,)?
        }
    ) => {
        $(#[$about])*
        pub enum $name {
            $($(#[$of])* $variant {
                $($(#[$what])* $field: $kind,)*
                $($($(#[$later])* $absent: $none,)*)?
            }),*
        }

        impl $crate::record::Kept for $name {
            fn read(value: serde_json::Value) -> Result<Self, serde_json::Error> {
                let (name, fields) = $crate::record::Fields::of_variant(value)?;
                let mut fields = $crate::record::Fields::of(fields)?;
                match name.as_str() {
                    $($written => $crate::record::fields!(
                        fields,
                        $name::$variant { $($field,)* $($($absent,)*)? }
                    ),)*
                    _ => $crate::record::misread("another name"),
                }
            }

            fn write(&self) -> serde_json::Value {
                match self {
                    $($name::$variant { $($field,)* $($($absent,)*)? } => $crate::record::variant(
                        $written,
                        $crate::record::written(
                            &[$((stringify!($field), $field)),*],
                            &[$($((stringify!($absent), $absent)),*)?],
                        ),
                    ),)*
                }
            }
        }

        $crate::record::by_value!($name);
    };
}

pub(crate) use {by_value, fields, kept, kept_as_text, kept_within, named, variants};
