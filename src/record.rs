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

    /// Takes a field; what is absent reads as null.
    pub(crate) fn take<T: DeserializeOwned>(&mut self, name: &str) -> Result<T, serde_json::Error> {
        serde_json::from_value(self.0.remove(name).unwrap_or_default())
    }

    /// A field as it is written.
    pub(crate) fn value(field: &impl serde::Serialize) -> Result<Value, serde_json::Error> {
        serde_json::to_value(field)
    }
}

/// `Deserialize` for a structure whose fields are named again; one that is forgotten does not compile.
macro_rules! read_fields {
    ($name:ident { $($field:ident),* $(,)? }) => {
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                fn read(mut fields: $crate::record::Fields) -> Result<$name, serde_json::Error> {
                    Ok($name { $($field: fields.take(stringify!($field))?),* })
                }
                read($crate::record::Fields::of(from)?).map_err(serde::de::Error::custom)
            }
        }
    };
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
                    let mut fields = serde_json::Map::new();
                    let written = match of {
                        $($name::$variant { $($field),* } => {
                            $(fields.insert(stringify!($field).into(), $crate::record::Fields::value($field)?);)*
                            $written
                        })*
                    };
                    Ok((written, fields.into()))
                }
                to.collect_map([write(self).map_err(serde::ser::Error::custom)?])
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                fn read((name, mut fields): (String, $crate::record::Fields)) -> Result<$name, serde_json::Error> {
                    Ok(match name.as_str() {
                        $($written => $name::$variant { $($field: fields.take(stringify!($field))?),* },)*
                        _ => return Err(serde::de::Error::unknown_variant(&name, &[])),
                    })
                }
                read($crate::record::Fields::of_variant(from)?).map_err(serde::de::Error::custom)
            }
        }
    };
}

pub(crate) use {read_fields, variants};
