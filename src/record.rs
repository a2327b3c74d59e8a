//! Structures that are kept as JSON, read field by field. serde's derive writes every field's code
//! anew for every structure, and once more for structures as lists; on the tablet that was a tenth of
//! the app. What is written here is the same JSON, and serde stays the interface.

use serde::de::{DeserializeOwned, Deserializer, Error};
use serde_json::{Map, Value};

/// What is left of a structure that is being read.
pub(crate) struct Fields(Map<String, Value>);

impl Fields {
    /// The fields of a structure.
    pub(crate) fn of<'de, D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        serde::Deserialize::deserialize(from).map(Self)
    }

    /// The name and the fields of a variant: `{"name": {…}}`.
    pub(crate) fn of_variant<'de, D: Deserializer<'de>>(from: D) -> Result<(String, Self), D::Error> {
        match Self::of(from)?.0.into_iter().next() {
            Some((name, Value::Object(fields))) => Ok((name, Self(fields))),
            _ => Err(D::Error::custom("a name and its fields are meant here")),
        }
    }

    /// Takes a field that is a name.
    pub(crate) fn name(&mut self, field: &str) -> String {
        self.0.remove(field).and_then(|name| name.as_str().map(str::to_owned)).unwrap_or_default()
    }

    /// What an absent field means.
    pub(crate) fn or(&mut self, field: &str, text: &str) {
        self.0.entry(field).or_insert_with(|| text.into());
    }

    /// Whether all was read.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Reads fields by their names; what is absent reads as null.
    pub(crate) fn read(&mut self, fields: &mut [(&str, &mut dyn Place)]) -> Result<(), serde_json::Error> {
        for (name, place) in fields {
            place.read(self.0.remove(*name).unwrap_or_default())?;
        }
        Ok(())
    }
}

/// Where a field is read into, whatever it holds: the loop over a structure's fields is there once.
pub(crate) trait Place {
    /// Reads it.
    fn read(&mut self, value: Value) -> Result<(), serde_json::Error>;
}

impl<T: DeserializeOwned> Place for Option<T> {
    fn read(&mut self, value: Value) -> Result<(), serde_json::Error> {
        *self = Some(serde_json::from_value(value)?);
        Ok(())
    }
}

/// Reads a structure's fields and puts it together.
macro_rules! fields {
    ($fields:expr, $($name:ident)::+ { $($field:ident),* }) => {{
        $(let mut $field = None;)*
        $fields.read(&mut [$((stringify!($field), &mut $field)),*])?;
        Ok($($name)::+ { $($field: $field.expect("every field was read")),* })
    }};
}

/// Reads JSON by way of a value: one deserializer for every type keeps the app small.
pub(crate) fn read_json<T: DeserializeOwned>(text: &[u8]) -> Result<T, serde_json::Error> {
    let value: Value = serde_json::from_slice(text)?;
    serde_json::from_value(value)
}

/// The text of plain data, as canonical JSON: the app has one writer.
#[cfg(target_arch = "wasm32")]
pub(crate) fn write_json(value: &impl serde::Serialize) -> String {
    crate::journal::write_canonical(&serde_json::to_value(value).expect("plain data"))
}

/// `Deserialize` for a structure whose fields are named again; one that is forgotten does not compile.
macro_rules! read_fields {
    ($name:ident { $($field:ident),* $(,)? }) => {
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                fn read(mut fields: $crate::record::Fields) -> Result<$name, serde_json::Error> {
                    $crate::record::fields!(fields, $name { $($field),* })
                }
                read($crate::record::Fields::of(from)?).map_err(serde::de::Error::custom)
            }
        }
    };
}

/// The place of a name in a list.
pub(crate) fn place(names: &[&str], name: &str) -> Option<usize> {
    names.iter().position(|of| *of == name)
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

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.serialize_str(self.name())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let name = <String as serde::Deserialize>::deserialize(from)?;
                let place = $crate::record::place(&[$($written),*], &name);
                let found = place.and_then(|place| [$(Self::$variant),*].into_iter().nth(place));
                found.ok_or_else(|| serde::de::Error::unknown_variant(&name, &[]))
            }
        }
    };
}

/// A field, whatever it holds.
pub(crate) trait Field {
    /// As it is written.
    fn value(&self) -> Result<Value, serde_json::Error>;
}

impl<T: serde::Serialize> Field for T {
    fn value(&self) -> Result<Value, serde_json::Error> {
        serde_json::to_value(self)
    }
}

/// A variant as it is written: its name and its fields.
pub(crate) fn written(
    name: &'static str,
    fields: &[(&str, &dyn Field)],
) -> Result<(&'static str, Value), serde_json::Error> {
    let mut map = Map::new();
    for (name, field) in fields {
        map.insert((*name).to_owned(), field.value()?);
    }
    Ok((name, map.into()))
}

/// An enumeration of structures, written as `{"name": {…}}` with the name that stands beside the variant.
macro_rules! variants {
    (
        $(#[$about:meta])*
        pub enum $name:ident {
            $($(#[$of:meta])* $variant:ident = $written:literal { $($(#[$what:meta])* $field:ident: $kind:ty),* $(,)? }),* $(,)?
        }
    ) => {
        $(#[$about])*
        pub enum $name {
            $($(#[$of])* $variant { $($(#[$what])* $field: $kind),* }),*
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                fn write(of: &$name) -> Result<(&'static str, serde_json::Value), serde_json::Error> {
                    match of {
                        $($name::$variant { $($field),* } => {
                            $crate::record::written($written, &[$((stringify!($field), $field)),*])
                        })*
                    }
                }
                to.collect_map([write(self).map_err(serde::ser::Error::custom)?])
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                fn read((name, mut fields): (String, $crate::record::Fields)) -> Result<$name, serde_json::Error> {
                    match name.as_str() {
                        $($written => $crate::record::fields!(fields, $name::$variant { $($field),* }),)*
                        _ => Err(serde::de::Error::unknown_variant(&name, &[])),
                    }
                }
                read($crate::record::Fields::of_variant(from)?).map_err(serde::de::Error::custom)
            }
        }
    };
}

pub(crate) use {fields, named, read_fields, variants};
