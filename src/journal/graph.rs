//! The hash graph of one dossier and its fold.
//!
//! What is folded is the largest part whose ancestors are all here. A fact is an addition, keyed by
//! its own id, or an answer to a key; answers stand until another that names them replaces them,
//! so the fold needs no order of time: depth in the graph, then `wall`, then id orders lists.

use litemap::LiteMap;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use serde_json::Value;

use super::entry::{Core, Draft, Entry};
use super::ids::{AttachmentId, Commitment, DeviceId, DossierId, EntryId, StaffId};
use super::personal::{agree, commitments, open};
use super::verdict::Verdict;
use crate::record::Kept;

/// A trade's change, as the graph needs to know it.
pub trait Fact: Kept {
    /// What an answer answers.
    type Key: Ord + Clone;
    /// The newest format and fold that this program knows.
    const VERSION: u32;
    /// The key of an answer; `None` for an addition.
    fn key(&self) -> Option<Self::Key>;
}

/// What is kept of an entry's core beside its change.
#[derive(Clone, Debug)]
pub struct Standing {
    /// The entry.
    pub id: EntryId,
    /// The writer's tablet.
    pub device: DeviceId,
    /// The person.
    pub author: StaffId,
    /// Milliseconds since 1970 UTC, by the device's clock and corrected by the server's.
    pub at: i64,
    /// The device's raw time.
    pub wall: i64,
    depth: u32,
}

/// One standing answer to a key.
pub struct Answer<'a, F> {
    /// Who, when.
    pub by: &'a Standing,
    /// What.
    pub fact: &'a F,
}

/// What [`Journal::insert`] did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Inserted {
    /// It is folded.
    Folded,
    /// It waits for a parent that is not here.
    Waiting,
    /// It was here already.
    Known,
}

/// An entry that others name as parent and that is not here.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Missing {
    /// The entry.
    pub id: EntryId,
    /// A tablet that has seen it.
    pub seen_by: DeviceId,
}

#[derive(Clone)]
enum Content<F> {
    Fact(F),
    Verdict(Verdict),
    /// A newer program's, kept and passed on untouched.
    NotUnderstood,
    /// Not folded yet, or refused.
    Nothing,
}

#[derive(Clone)]
struct Node<F> {
    core: Core,
    by: Standing,
    closed: bool,
    content: Content<F>,
}

/// Depth, wall, id: the order of lists.
type Place = (u32, i64, EntryId);

/// The entries of one dossier, folded.
#[derive(Clone)]
pub struct Journal<F: Fact> {
    dossier: DossierId,
    nodes: HashMap<EntryId, Node<F>>,
    children_waiting: HashMap<EntryId, Vec<EntryId>>,
    heads: BTreeSet<EntryId>,
    values: HashMap<Commitment, Value>,
    erased: HashSet<Commitment>,
    erased_attachments: BTreeSet<AttachmentId>,
    order: BTreeSet<Place>,
    additions: BTreeSet<Place>,
    answers: BTreeMap<F::Key, Vec<EntryId>>,
    replaced_by: HashMap<EntryId, Vec<EntryId>>,
    set_aside: LiteMap<EntryId, LiteMap<Place, Option<String>>>,
    refused: LiteMap<EntryId, String>,
    not_understood: usize,
}

impl<F: Fact> Journal<F> {
    /// The empty journal of a dossier.
    pub fn new(dossier: DossierId) -> Self {
        Self {
            dossier,
            nodes: HashMap::new(),
            children_waiting: HashMap::new(),
            heads: BTreeSet::new(),
            values: HashMap::new(),
            erased: HashSet::new(),
            erased_attachments: BTreeSet::new(),
            order: BTreeSet::new(),
            additions: BTreeSet::new(),
            answers: BTreeMap::new(),
            replaced_by: HashMap::new(),
            set_aside: LiteMap::new(),
            refused: LiteMap::new(),
            not_understood: 0,
        }
    }

    /// The dossier.
    pub fn dossier(&self) -> DossierId {
        self.dossier
    }

    /// Takes an entry in, in any order and any number of times.
    /// An entry of another dossier is not taken.
    pub fn insert(&mut self, entry: Entry) -> Inserted {
        if entry.core.dossier != self.dossier {
            return Inserted::Known;
        }
        let mut news = false;
        for (name, salted) in entry.values {
            if !self.erased.contains(&name) && !self.values.contains_key(&name) {
                self.values.insert(name, salted.value);
                news = true;
            }
        }
        if self.nodes.contains_key(&entry.id) {
            // A known id still takes values that were missing.
            if news {
                self.fold_again();
            }
            return Inserted::Known;
        }
        let by = Standing {
            id: entry.id,
            device: entry.core.device,
            author: entry.core.author.clone(),
            at: entry.core.corrected(),
            wall: entry.core.wall,
            depth: 0,
        };
        for replaced in &entry.core.replaces {
            self.replaced_by.entry(*replaced).or_default().push(entry.id);
        }
        let id = entry.id;
        self.nodes.insert(id, Node { core: entry.core, by, closed: false, content: Content::Nothing });
        let verdicts = (self.erased.len(), self.refused.len());
        let folded = self.close(id);
        if verdicts != (self.erased.len(), self.refused.len()) {
            self.fold_again();
        }
        if folded { Inserted::Folded } else { Inserted::Waiting }
    }

    /// Folds everything from the start: after an erasure, a refusal, or values that came late.
    fn fold_again(&mut self) {
        loop {
            self.children_waiting.clear();
            self.heads.clear();
            self.order.clear();
            self.additions.clear();
            self.answers.clear();
            self.set_aside.clear();
            self.not_understood = 0;
            for node in self.nodes.values_mut() {
                node.closed = false;
                node.content = Content::Nothing;
            }
            let verdicts = (self.erased.len(), self.refused.len());
            let ids: Vec<EntryId> = self.nodes.keys().copied().collect();
            for id in ids {
                self.close(id);
            }
            if verdicts == (self.erased.len(), self.refused.len()) {
                return;
            }
        }
    }

    /// Folds an entry, and what waited for it, if all its parents are folded.
    fn close(&mut self, id: EntryId) -> bool {
        let mut ready = vec![id];
        let mut folded = false;
        while let Some(next) = ready.pop() {
            if self.close_one(next) {
                folded |= next == id;
                ready.extend(self.children_waiting.remove(&next).unwrap_or_default());
            }
        }
        folded
    }

    fn close_one(&mut self, id: EntryId) -> bool {
        let node = &self.nodes[&id];
        if node.closed {
            return true;
        }
        let mut depth = 0;
        let refused = self.refused.contains_key(&id);
        if !refused {
            for parent in &node.core.parents {
                match self.nodes.get(parent) {
                    Some(parent) if parent.closed => depth = depth.max(parent.by.depth + 1),
                    _ if self.refused.contains_key(parent) => depth = depth.max(1),
                    _ => {
                        self.children_waiting.entry(*parent).or_default().push(id);
                        return false;
                    }
                }
            }
        }
        let content = if refused { Content::Nothing } else { self.read(&node.core) };
        let place = (depth, node.by.wall, id);
        match &content {
            Content::Fact(fact) => match fact.key() {
                Some(key) => self.answers.entry(key).or_default().push(id),
                None => {
                    self.additions.insert(place);
                }
            },
            Content::Verdict(verdict) => match verdict.clone() {
                Verdict::EntrySetAside { id, reason } => {
                    self.set_aside.entry(id).or_default().insert(place, Some(reason));
                }
                Verdict::EntryAdopted { id } => {
                    self.set_aside.entry(id).or_default().insert(place, None);
                }
                Verdict::EntryRefused { id, reason, .. } => {
                    self.refused.insert(id, reason);
                }
                Verdict::PersonalErased { commitments, attachments } => {
                    self.erased_attachments.extend(attachments);
                    for name in commitments {
                        self.erased.insert(name);
                        self.values.remove(&name);
                    }
                }
            },
            Content::NotUnderstood => self.not_understood += 1,
            Content::Nothing => {}
        }
        self.order.insert(place);
        let parents = if refused { Vec::new() } else { node.core.parents.clone() };
        for parent in parents {
            self.heads.remove(&parent);
        }
        let node = self.nodes.get_mut(&id).expect("just read");
        node.by.depth = depth;
        node.content = content;
        node.closed = true;
        // A refused entry is a head nowhere: only its author holds it.
        if !refused {
            self.heads.insert(id);
        }
        true
    }

    fn read(&self, core: &Core) -> Content<F> {
        if core.version > F::VERSION {
            return Content::NotUnderstood;
        }
        if Verdict::is_named(&core.change) {
            return Verdict::read(core.change.clone()).map_or(Content::NotUnderstood, Content::Verdict);
        }
        let opened = open(&core.change, &|name| self.values.get(name));
        F::read(opened).map_or(Content::NotUnderstood, Content::Fact)
    }

    /// The childless entries of the folded part: the parents of what is written next.
    pub fn heads(&self) -> Vec<EntryId> {
        self.heads.iter().copied().collect()
    }

    /// Whether the entry is here, folded or not.
    pub fn holds(&self, id: &EntryId) -> bool {
        self.nodes.contains_key(id)
    }

    /// How many entries are here, folded or not.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Whether nothing is here.
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// Parents that are named and not here: at least so many entries are missing.
    pub fn missing(&self) -> Vec<Missing> {
        let named = self.nodes.values().filter(|node| !node.closed).flat_map(|node| {
            let absent = |id: &&EntryId| !self.nodes.contains_key(id) && !self.refused.contains_key(id);
            let seen_by = node.core.device;
            node.core.parents.iter().filter(absent).map(move |id| Missing { id: *id, seen_by })
        });
        let mut missing: Vec<Missing> = Vec::new();
        for gap in named {
            let at = missing.partition_point(|other| other.id < gap.id);
            if missing.get(at).is_none_or(|other| other.id != gap.id) {
                missing.insert(at, gap);
            }
        }
        missing
    }

    /// Entries of a newer program: "update to see all".
    pub fn not_understood(&self) -> usize {
        self.not_understood
    }

    /// A personal value that is here and not erased.
    pub fn value(&self, name: &Commitment) -> Option<&Value> {
        self.values.get(name)
    }

    /// Facts that count, in order, additions and answers alike; replaced answers are among them.
    pub fn facts(&self) -> impl DoubleEndedIterator<Item = (&Standing, &F)> {
        self.order.iter().filter_map(|(_, _, id)| self.counted(id))
    }

    /// Additions that count, in order. They are few beside the answers.
    pub fn additions(&self) -> impl DoubleEndedIterator<Item = (&Standing, &F)> {
        self.additions.iter().filter_map(|(_, _, id)| self.counted(id))
    }

    /// The fact of an entry, if it counts.
    pub fn counted(&self, id: &EntryId) -> Option<(&Standing, &F)> {
        match self.nodes.get(id) {
            Some(Node { by, content: Content::Fact(fact), .. }) if !self.is_set_aside(id) => Some((by, fact)),
            _ => None,
        }
    }

    fn is_set_aside(&self, id: &EntryId) -> bool {
        self.verdict_on(id).is_some_and(|verdict| verdict.is_some())
    }

    fn verdict_on(&self, id: &EntryId) -> Option<&Option<String>> {
        self.set_aside.get(id)?.last().map(|(_, reason)| reason)
    }

    /// Entries that the server set aside, with the reason, in order.
    pub fn set_aside(&self) -> Vec<(&Standing, &str)> {
        let aside = |(_, _, id): &Place| {
            let reason = self.verdict_on(id)?.as_deref()?;
            self.nodes.get(id).map(|node| (&node.by, reason))
        };
        self.order.iter().filter_map(aside).collect()
    }

    /// Entries that the server could not store, with the reason of each.
    pub fn refused(&self) -> &LiteMap<EntryId, String> {
        &self.refused
    }

    /// Those whose original is here, as it is on its author's tablet alone: the reason, and what the
    /// entry says.
    pub fn refused_here(&self) -> impl Iterator<Item = (&str, Option<F>)> {
        self.refused.iter().filter_map(|(id, reason)| {
            let said = match self.read(&self.nodes.get(id)?.core) {
                Content::Fact(fact) => Some(fact),
                Content::Verdict(_) | Content::NotUnderstood | Content::Nothing => None,
            };
            Some((reason.as_str(), said))
        })
    }

    /// The erased values, which every intake strips.
    pub fn erased(&self) -> &HashSet<Commitment> {
        &self.erased
    }

    /// The erased attachments: nobody asks for them any more.
    pub fn erased_attachments(&self) -> &BTreeSet<AttachmentId> {
        &self.erased_attachments
    }

    /// Whether another of these answers to one key, which counts or is itself covered, names this one.
    fn is_covered(&self, id: &EntryId, given: &[EntryId]) -> bool {
        let Some(replacing) = self.replaced_by.get(id) else { return false };
        // The one that replaced it was mostly given soon after.
        let after = given.iter().position(|other| other == id).unwrap_or_default();
        let is_given = |by: &EntryId| given[after..].contains(by) || given[..after].contains(by);
        replacing.iter().any(|by| is_given(by) && (!self.is_set_aside(by) || self.is_covered(by, given)))
    }

    /// All answers to a key that nothing has replaced, whether they differ or not: what a new
    /// answer names in `replaces`.
    pub fn unreplaced(&self, key: &F::Key) -> Vec<EntryId> {
        let given = self.answers.get(key).map_or(&[][..], Vec::as_slice);
        let stands = |id: &&EntryId| !self.is_set_aside(id) && !self.is_covered(id, given);
        given.iter().filter(stands).copied().collect()
    }

    /// The answers that stand and differ, the later one by corrected time last. Equal ones count
    /// once. One is the rule; two wait until a person picks.
    pub fn answers(&self, key: &F::Key) -> Vec<Answer<'_, F>> {
        let place = |id: &EntryId| (self.nodes[id].by.at, self.nodes[id].by.depth, *id);
        let mut ids: Vec<EntryId> = Vec::new();
        for id in self.unreplaced(key) {
            ids.insert(ids.partition_point(|other| place(other) < place(&id)), id);
        }
        let mut differing: Vec<EntryId> = Vec::new();
        for id in ids {
            let same = |other: &EntryId| {
                agree(&self.nodes[other].core.change, &self.nodes[&id].core.change, &|name| {
                    self.values.get(name)
                })
            };
            differing.retain(|other| !same(other));
            differing.push(id);
        }
        differing.iter().filter_map(|id| self.counted(id)).map(|(by, fact)| Answer { by, fact }).collect()
    }

    /// The answer that is shown: the later one, where two stand.
    pub fn answer(&self, key: &F::Key) -> Option<&F> {
        // The rule: one was given and none is here that could replace it.
        if let [only] = self.answers.get(key)?[..] {
            return self.counted(&only).map(|(_, fact)| fact);
        }
        self.answers(key).pop().map(|answer| answer.fact)
    }

    /// Keys that were answered more than once: only these can have two answers that stand.
    pub(crate) fn keys_answered_again(&self) -> impl Iterator<Item = &F::Key> {
        self.answers.iter().filter(|(_, given)| given.len() > 1).map(|(key, _)| key)
    }

    /// Every key that has an answer.
    pub fn keys(&self) -> impl Iterator<Item = &F::Key> {
        self.answers.keys()
    }

    /// A change with the answers that it replaces as of now.
    pub fn draft(&self, change: F) -> Draft<F> {
        let replaces = change.key().map(|key| self.unreplaced(&key)).unwrap_or_default();
        Draft { change, replaces }
    }

    /// All folded entries in order, with what each replaced; for the history.
    pub(crate) fn in_order(&self) -> impl Iterator<Item = (&Standing, Option<&F>)> {
        self.order.iter().map(|(_, _, id)| {
            let node = &self.nodes[id];
            match &node.content {
                Content::Fact(fact) => (&node.by, Some(fact)),
                Content::Verdict(_) | Content::NotUnderstood | Content::Nothing => (&node.by, None),
            }
        })
    }

    pub(crate) fn replaced_of(&self, id: &EntryId) -> Vec<(&Standing, &F)> {
        let named = self.nodes.get(id).map_or(&[][..], |node| &node.core.replaces);
        named.iter().filter_map(|id| self.counted(id)).collect()
    }

    /// The entry's ancestors and itself.
    pub fn ancestors(&self, ids: &[EntryId]) -> HashSet<EntryId> {
        let mut seen = HashSet::new();
        let mut next = ids.to_vec();
        while let Some(id) = next.pop() {
            if let Some(node) = self.nodes.get(&id)
                && seen.insert(id)
            {
                next.extend(&node.core.parents);
            }
        }
        seen
    }

    /// The fold of some entries' ancestors alone: what was on the table when they were written.
    pub fn as_of(&self, ids: &[EntryId]) -> Self {
        let mut then = Self::new(self.dossier);
        then.values = self.values.clone();
        then.erased = self.erased.clone();
        then.erased_attachments = self.erased_attachments.clone();
        then.refused = self.refused.clone();
        for id in self.ancestors(ids) {
            let node = &self.nodes[&id];
            for replaced in &node.core.replaces {
                then.replaced_by.entry(*replaced).or_default().push(id);
            }
            let (core, by) = (node.core.clone(), node.by.clone());
            then.nodes.insert(id, Node { core, by, closed: false, content: Content::Nothing });
        }
        then.fold_again();
        then
    }

    /// The parents of an entry.
    pub fn parents(&self, id: &EntryId) -> &[EntryId] {
        self.nodes.get(id).map_or(&[], |node| &node.core.parents)
    }

    /// The commitments that an entry's change names.
    pub fn commitments(&self, id: &EntryId) -> Vec<Commitment> {
        let mut found = Vec::new();
        if let Some(node) = self.nodes.get(id) {
            commitments(&node.core.change, &mut found);
        }
        found
    }
}
