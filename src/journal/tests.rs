//! The journal's promises, over random histories of four tablets whose clocks are years apart.

mod canonical;
mod graph;
mod histories;
mod personal;
mod verdicts;

use serde::{Deserialize, Serialize};

use super::{DeviceId, Draft, Entry, Fact, Journal, NotAnEntry, Pen, Personal, StaffId, write_entries};
use crate::journal::DossierId;
use crate::record::Kept;

/// A small trade: additions, answers, and answers with a personal value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Said {
    Added { n: i64 },
    Answered { key: u8, value: u8 },
    Told { key: u8, words: Personal<String> },
}

impl Kept for Said {
    fn read(value: serde_json::Value) -> Result<Self, serde_json::Error> {
        serde_json::from_value(value)
    }

    fn write(&self) -> serde_json::Value {
        serde_json::to_value(self).expect("plain data")
    }
}

impl Fact for Said {
    type Key = (bool, u8);
    const VERSION: u32 = 1;
    fn key(&self) -> Option<Self::Key> {
        match self {
            Self::Added { .. } => None,
            Self::Answered { key, .. } => Some((false, *key)),
            Self::Told { key, .. } => Some((true, *key)),
        }
    }
}

fn dossier() -> DossierId {
    DossierId::of_appointment("shop", "a1")
}

/// A tablet with its own journal, clock and count.
struct Tablet {
    journal: Journal<Said>,
    entries: Vec<Entry>,
    device: DeviceId,
    seq: u64,
    wall: i64,
}

impl Tablet {
    fn new(number: u8, wall: i64) -> Self {
        Self {
            journal: Journal::new(dossier()),
            entries: Vec::new(),
            device: DeviceId::from_random([number; 16]),
            seq: 0,
            wall,
        }
    }

    fn pen(&self) -> Pen {
        Pen { device: self.device, author: StaffId("lin".into()), wall: self.wall, offset: 0 }
    }

    /// Writes on what it has seen.
    fn write(&mut self, said: Said) -> Entry {
        let draft = self.journal.draft(said);
        self.write_draft(draft)
    }

    fn write_draft(&mut self, draft: Draft<Said>) -> Entry {
        self.seq += 1;
        self.wall += 1000;
        let mut salt = self.seq as u8;
        let mut salts = || {
            salt = salt.wrapping_add(1);
            [salt; 16]
        };
        let heads = self.journal.heads();
        let written = write_entries(&self.pen(), dossier(), 1, &heads, self.seq, &[draft], &mut salts);
        let entry = written.expect("a small entry").pop().expect("one draft, one entry");
        self.take(entry.clone());
        entry
    }

    fn take(&mut self, entry: Entry) {
        self.journal.insert(entry.clone());
        if !self.entries.iter().any(|known| known.id == entry.id) {
            self.entries.push(entry);
        }
    }
}

/// What a program that writes another core would have written.
fn with_core(entry: &Entry, change: impl FnOnce(&mut serde_json::Value)) -> Result<Entry, NotAnEntry> {
    let mut core = serde_json::from_str(&entry.text).expect("JSON");
    change(&mut core);
    Entry::from_row(&core.to_string(), &entry.values_text())
}

fn fold(entries: impl IntoIterator<Item = Entry>) -> Journal<Said> {
    let mut journal = Journal::new(dossier());
    for entry in entries {
        journal.insert(entry);
    }
    journal
}

/// Everything that a screen could show of a journal, comparable.
fn shown(journal: &Journal<Said>) -> String {
    let mut text = String::new();
    for (by, fact) in journal.facts() {
        text += &format!("{} {} {fact:?}\n", by.id, by.at);
    }
    for key in journal.keys() {
        let answers: Vec<_> = journal.answers(key).iter().map(|answer| answer.by.id).collect();
        text += &format!("{key:?} {answers:?}\n");
    }
    text + &format!("heads {:?} missing {:?}", journal.heads(), journal.missing())
}
