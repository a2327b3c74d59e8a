//! One write after the other. The writer folds ahead of the screen: what it has written but not yet
//! committed is in its own fold, never in the one that is shown.

use std::cell::{Cell, RefCell};
use std::collections::{HashSet, VecDeque};
use std::rc::Rc;

use super::storage::{Append, Storage, StorageError};
use crate::journal::{DossierId, Draft, Entry, EntryId, Fact as _};
use crate::visit::{Change, Visit};

type Done = Box<dyn FnOnce(Result<Vec<Entry>, StorageError>)>;

struct Job {
    dossier: DossierId,
    drafts: Vec<Draft<Change>>,
    how: Append,
    done: Done,
}

/// The queue. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Writer {
    storage: Storage,
    queue: Rc<RefCell<VecDeque<Job>>>,
    running: Rc<Cell<bool>>,
    ahead: Rc<RefCell<Option<Visit>>>,
    own: Rc<RefCell<HashSet<EntryId>>>,
}

impl Writer {
    pub(crate) fn new(storage: Storage) -> Self {
        Self {
            storage,
            queue: Rc::default(),
            running: Rc::default(),
            ahead: Rc::default(),
            own: Rc::default(),
        }
    }

    pub(crate) fn write(&self, dossier: DossierId, drafts: Vec<Draft<Change>>, how: Append, done: Done) {
        super::device::hand_writes();
        self.queue.borrow_mut().push_back(Job { dossier, drafts, how, done });
        if !self.running.replace(true) {
            let writer = self.clone();
            wasm_bindgen_futures::spawn_local(async move { writer.run().await });
        }
    }

    /// The first tap in a visit finds it folded.
    pub(crate) fn knows(&self, visit: &Visit) {
        // What was written meanwhile is folded in by the next append.
        if !self.running.get()
            && let Ok(mut ahead) = self.ahead.try_borrow_mut()
            && ahead.as_ref().is_none_or(|ahead| ahead.journal.dossier() != visit.journal.dossier())
        {
            *ahead = Some(visit.clone());
        }
    }

    /// Whether something is still being written.
    pub(crate) fn is_writing(&self) -> bool {
        self.running.get()
    }

    /// Another tab or the exchange wrote: the fold ahead is read anew before the next write.
    pub(crate) fn forget(&self, dossier: DossierId) {
        if let Ok(mut ahead) = self.ahead.try_borrow_mut()
            && ahead.as_ref().is_some_and(|visit| visit.journal.dossier() == dossier)
        {
            *ahead = None;
        }
    }

    async fn run(&self) {
        loop {
            let Some(job) = self.queue.borrow_mut().pop_front() else {
                self.running.set(false);
                return;
            };
            let Job { dossier, drafts, how, done } = job;
            let result = self.one(dossier, drafts, how).await;
            done(result);
        }
    }

    async fn one(
        &self,
        dossier: DossierId,
        mut drafts: Vec<Draft<Change>>,
        how: Append,
    ) -> Result<Vec<Entry>, StorageError> {
        let kept = self.ahead.borrow_mut().take().filter(|visit| visit.journal.dossier() == dossier);
        let mut visit = match kept {
            Some(visit) => visit,
            None => self.storage.visit(dossier).await?.unwrap_or_else(|| Visit::new(dossier)),
        };
        // Two quick taps: the second has not seen the first on screen, but the same hand made it.
        for draft in &mut drafts {
            let Some(key) = draft.change.key() else { continue };
            let own = self.own.borrow();
            draft.replaces.extend(visit.journal.unreplaced(&key).into_iter().filter(|id| own.contains(id)));
        }
        let entries = self.storage.append(&mut visit, &drafts, how).await?;
        self.own.borrow_mut().extend(entries.iter().map(|entry| entry.id));
        // Where the append failed the fold ahead is dropped: it may hold what was not committed.
        *self.ahead.borrow_mut() = Some(visit);
        Ok(entries)
    }
}
