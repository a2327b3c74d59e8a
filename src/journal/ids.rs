//! Names of entries, dossiers, devices and values. Hashes are SHA-256, written as 64 hex digits.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use crate::record::{kept_as_text, kept_within};

/// The text is not the number of lower-case hex digits that the id has.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not {expected} lower-case hex digits")]
pub struct NotHex {
    /// How many digits the id has.
    pub expected: usize,
}

/// Lower-case hex digits of `bytes`.
pub fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        text.push(DIGITS[usize::from(byte >> 4)] as char);
        text.push(DIGITS[usize::from(byte & 15)] as char);
    }
    text
}

pub(crate) fn unhex<const N: usize>(text: &str) -> Result<[u8; N], NotHex> {
    let wrong = NotHex { expected: N * 2 };
    let digits = text.as_bytes();
    if digits.len() != N * 2 {
        return Err(wrong);
    }
    let value = |digit: u8| match digit {
        b'0'..=b'9' => Ok(digit - b'0'),
        b'a'..=b'f' => Ok(digit - b'a' + 10),
        _ => Err(NotHex { expected: N * 2 }),
    };
    let mut bytes = [0; N];
    for (at, pair) in digits.chunks_exact(2).enumerate() {
        bytes[at] = value(pair[0])? << 4 | value(pair[1])?;
    }
    Ok(bytes)
}

macro_rules! hash_name {
    ($(#[$doc:meta])* $name:ident, $prefix:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Eq)]
        pub struct $name(pub [u8; 32]);

        // Maps of them are asked hundreds of times for one tap. The first bytes of a hash tell it apart
        // from all others, as one number; the rest is looked at where they do not.
        impl $name {
            fn first(&self) -> u64 {
                let [a, b, c, d, e, f, g, h, ..] = self.0;
                u64::from_be_bytes([a, b, c, d, e, f, g, h])
            }
        }

        impl PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                self.first() == other.first() && self.0[8..] == other.0[8..]
            }
        }

        impl Ord for $name {
            fn cmp(&self, other: &Self) -> std::cmp::Ordering {
                self.first().cmp(&other.first()).then_with(|| self.0[8..].cmp(&other.0[8..]))
            }
        }

        impl PartialOrd for $name {
            fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
                Some(self.cmp(other))
            }
        }

        impl std::hash::Hash for $name {
            fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
                state.write(&self.0[..8]);
            }
        }

        impl $name {
            /// The hash of these bytes.
            pub fn of(bytes: &[u8]) -> Self {
                Self(Sha256::digest(bytes).into())
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}{}", $prefix, hex(&self.0))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}{}", $prefix, hex(&self.0[..4]))
            }
        }

        impl FromStr for $name {
            type Err = NotHex;
            fn from_str(text: &str) -> Result<Self, NotHex> {
                let digits = text.strip_prefix($prefix).ok_or(NotHex { expected: 64 })?;
                unhex(digits).map(Self)
            }
        }

        kept_as_text!($name);

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
                text.parse().map_err(de::Error::custom)
            }
        }
    };
}

hash_name!(
    /// SHA-256 of the canonical JSON of an entry's core: the entry's name.
    EntryId,
    ""
);
hash_name!(
    /// SHA-256 of a text or of the feed up to a position.
    Digest,
    ""
);
hash_name!(
    /// SHA-256 of an attachment's bytes (photo, thumbnail, strokes, sheet), written `a:` and 64
    /// digits: any program finds what an entry names, also in a change that it does not know.
    AttachmentId,
    "a:"
);

impl AttachmentId {
    /// The digits alone, for addresses and file names.
    pub fn digits(&self) -> String {
        hex(&self.0)
    }

    /// The hash itself.
    pub fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// The name with this hash.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The name with these digits.
    pub fn from_digits(digits: &str) -> Result<Self, NotHex> {
        unhex(digits).map(Self)
    }
}

impl Digest {
    /// chain(P) = SHA-256(chain(P−1) ‖ id): what the feed was, up to position P.
    pub fn chained(self, id: &EntryId) -> Self {
        let mut hash = Sha256::new();
        hash.update(self.0);
        hash.update(id.0);
        Self(hash.finalize().into())
    }

    /// The chain before the first position.
    pub const START: Self = Self([0; 32]);
}
hash_name!(
    /// SHA-256(16 random bytes ‖ canonical JSON of a personal value), written `p:` and 64 digits;
    /// stands in the core in the value's place.
    Commitment,
    "p:"
);

macro_rules! uuid_name {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl $name {
            /// The name made of 16 bytes that the caller drew at random.
            pub fn from_random(bytes: [u8; 16]) -> Self {
                Self(uuid::Builder::from_random_bytes(bytes).into_uuid())
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, uuid::Error> {
                text.parse().map(Self)
            }
        }

        kept_as_text!($name);
    };
}

uuid_name!(
    /// A visit's (or complaint's) journal.
    DossierId
);
uuid_name!(
    /// A tablet's or server's identity; `seq` counts within it.
    DeviceId
);

impl DossierId {
    /// The dossier of an appointment's visit: the same on every tablet, so that 到店 tapped on two
    /// of them opens one visit.
    pub fn of_appointment(dealership: &str, appointment: &str) -> Self {
        let hash = Sha256::digest(format!("appointment\n{dealership}\n{appointment}"));
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&hash[..16]);
        Self(uuid::Builder::from_custom_bytes(bytes).into_uuid())
    }
}

/// A person of the dealership, as its staff list names them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StaffId(pub String);

kept_within!(StaffId);

impl fmt::Display for StaffId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
