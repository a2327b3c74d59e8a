//! A dossier is its journal, and a journal is a hash graph: entries, their ids and order, two
//! answers, verdicts of the server, personal values. Pure: no I/O, no clock, no randomness.
//!
//! What a trade's change means is not known here; `Fact` is all that the graph asks of it.

mod canonical;
pub(crate) mod entry;
mod graph;
mod history;
mod ids;
mod personal;
mod verdict;

pub use canonical::{NotCanonical, parse as parse_canonical, write as write_canonical};
pub use entry::{
    Core, Draft, Entry, MAX_ENTRY_BYTES, NotAnEntry, Pen, Salted, Values, WireEntry, write_entries,
};
pub use graph::{Answer, Fact, Inserted, Journal, Missing, Standing};
pub use history::Happening;
pub use ids::{AttachmentId, Commitment, DeviceId, Digest, DossierId, EntryId, NotHex, StaffId, hex};
pub use personal::{Personal, agree, attachments, open, seal};
pub use verdict::Verdict;

#[cfg(test)]
mod tests;
