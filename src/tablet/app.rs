//! What every screen shares: language, person, catalogue, the board's rows, the open visit.

use std::sync::Arc;

use leptos::prelude::*;

use super::device::{self, Theme};
use super::storage::{Append, Listed, Storage, StorageError};
use super::writer::Writer;
use crate::catalogue::{Catalogue, StaffMember};
use crate::journal::{DossierId, Draft, EntryId, StaffId};
use crate::locale::{Language, day_of};
use crate::route::Route;
use crate::visit::{Change, Visit};

/// Something that the person must know.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Trouble {
    /// It was not saved.
    NotSaved(StorageError),
    /// A sentence for one place and moment, such as a file that is no picture.
    Said(String),
}

/// The app's state. Everything in it was committed before.
#[derive(Clone, Copy)]
pub(crate) struct App {
    pub(crate) language: RwSignal<Language>,
    pub(crate) theme: RwSignal<Theme>,
    pub(crate) route: RwSignal<Route>,
    pub(crate) person: RwSignal<Option<StaffId>>,
    pub(crate) catalogue: RwSignal<Arc<Catalogue>>,
    pub(crate) tag: RwSignal<String>,
    pub(crate) board: RwSignal<Arc<Vec<Listed>>>,
    /// The open visit's row; its exchange state.
    pub(crate) listed: RwSignal<Option<Listed>>,
    /// Whether the last exchange reached the server; `None` before the first.
    pub(crate) reached: RwSignal<Option<bool>>,
    /// Entries and attachments that are not confirmed.
    pub(crate) unsent: RwSignal<(usize, usize)>,
    pub(crate) trouble: RwSignal<Option<Trouble>>,
    pub(crate) now: RwSignal<i64>,
    pub(crate) update_ready: RwSignal<bool>,
    /// Counts up whenever the open visit has changed.
    pub(crate) revision: RwSignal<u64>,
    visit: StoredValue<Option<Visit>>,
    storage: StoredValue<Storage, LocalStorage>,
    writer: StoredValue<Writer, LocalStorage>,
}

impl App {
    pub(crate) fn new(storage: Storage) -> Self {
        let address = window().location().hash().unwrap_or_default();
        Self {
            language: RwSignal::new(device::language()),
            theme: RwSignal::new(device::theme()),
            route: RwSignal::new(Route::parse(&address)),
            person: RwSignal::new(None),
            catalogue: RwSignal::new(Arc::new(Catalogue::standard())),
            tag: RwSignal::new(String::new()),
            board: RwSignal::new(Arc::new(Vec::new())),
            listed: RwSignal::new(None),
            reached: RwSignal::new(None),
            unsent: RwSignal::new((0, 0)),
            trouble: RwSignal::new(None),
            now: RwSignal::new(device::now()),
            update_ready: RwSignal::new(false),
            revision: RwSignal::new(0),
            visit: StoredValue::new(None),
            writer: StoredValue::new_local(Writer::new(storage.clone())),
            storage: StoredValue::new_local(storage),
        }
    }

    pub(crate) fn storage(self) -> Storage {
        self.storage.get_value()
    }

    pub(crate) fn t(self) -> Language {
        self.language.get()
    }

    /// Reads what the first screen needs.
    pub(crate) async fn load(self) -> Result<(), StorageError> {
        if let Some((catalogue, tag)) = self.storage().catalogue().await? {
            self.catalogue.set(Arc::new(catalogue));
            self.tag.set(tag);
        }
        self.person.set(self.storage().person().await?);
        self.load_board().await?;
        // Closing the app and opening it again is no way out of customer mode either.
        if let Some(address) = self.storage().customer_mode().await? {
            self.route.set(Route::parse(&address));
            let _ = window().location().set_hash(&address);
        }
        if let Some(dossier) = self.route.get_untracked().dossier() {
            self.open(dossier).await?;
        }
        Ok(())
    }

    /// The rows of open visits and of today.
    pub(crate) async fn load_board(self) -> Result<(), StorageError> {
        let offset = self.catalogue.get_untracked().dealership.utc_offset_minutes;
        let midnight =
            day_of(device::now(), offset).and_time(chrono::NaiveTime::MIN).and_utc().timestamp_millis()
                - i64::from(offset) * 60_000;
        let rows = self.storage().board(midnight).await?;
        // Only what differs: a list is never drawn anew under a finger for nothing.
        if *self.board.get_untracked() != rows {
            self.board.set(Arc::new(rows));
        }
        self.count_unsent().await
    }

    async fn count_unsent(self) -> Result<(), StorageError> {
        let unsent = self.storage().unsent_counts().await?;
        if self.unsent.get_untracked() != unsent {
            self.unsent.set(unsent);
        }
        Ok(())
    }

    /// What is shown of all visits follows: inside a visit the count, for the board is read on the way
    /// to it.
    pub(crate) async fn follow_all(self) -> Result<(), StorageError> {
        match self.route.get_untracked().dossier() {
            Some(_) => self.count_unsent().await,
            None => self.load_board().await,
        }
    }

    /// Opens a visit: its journal is folded and shown.
    pub(crate) async fn open(self, dossier: DossierId) -> Result<(), StorageError> {
        let visit = self.storage().visit(dossier).await?;
        self.listed.set(self.storage().listed(dossier).await?);
        self.visit.set_value(visit);
        self.revision.update(|revision| *revision += 1);
        Ok(())
    }

    /// Goes to a screen.
    pub(crate) fn go(self, route: Route) {
        let before = self.route.get_untracked().dossier();
        let _ = window().location().set_hash(&route.address());
        match route.dossier() {
            Some(dossier) if before != Some(dossier) || !self.holds(dossier) => {
                leptos::task::spawn_local(async move {
                    if let Err(error) = self.open(dossier).await {
                        self.trouble.set(Some(Trouble::NotSaved(error)));
                    }
                    self.arrive(route);
                });
            }
            None if before.is_some() => {
                leptos::task::spawn_local(async move {
                    let _ = self.load_board().await;
                    self.arrive(route);
                });
            }
            _ => self.route.set(route),
        }
    }

    /// Who went elsewhere while something was read stays there.
    fn arrive(self, route: Route) {
        if window().location().hash() == Ok(route.address()) {
            self.route.set(route);
        }
    }

    fn holds(self, dossier: DossierId) -> bool {
        self.visit.with_value(|visit| visit.as_ref().is_some_and(|visit| visit.journal.dossier() == dossier))
    }

    /// Reads the open visit, again whenever it changes.
    pub(crate) fn visit<T>(self, read: impl FnOnce(&Visit) -> T) -> Option<T> {
        self.revision.track();
        self.visit_now(read)
    }

    /// Reads the open visit once.
    pub(crate) fn visit_now<T>(self, read: impl FnOnce(&Visit) -> T) -> Option<T> {
        self.visit.with_value(|visit| visit.as_ref().map(read))
    }

    /// A draft with the answers that it replaces as they stand now.
    pub(crate) fn draft(self, change: Change) -> Draft<Change> {
        let change_again = change.clone();
        self.visit_now(|visit| visit.journal.draft(change))
            .unwrap_or_else(|| Draft { change: change_again, replaces: Vec::new() })
    }

    /// Writes changes into the open visit.
    pub(crate) fn write(self, changes: Vec<Change>) {
        let drafts = changes.into_iter().map(|change| self.draft(change)).collect();
        self.write_drafts(drafts, |_| {});
    }

    /// Writes drafts into the open visit, then does something with their ids.
    pub(crate) fn write_drafts(self, drafts: Vec<Draft<Change>>, then: impl FnOnce(Vec<EntryId>) + 'static) {
        let Some(dossier) = self.visit_now(|visit| visit.journal.dossier()) else { return };
        self.append(dossier, drafts, self.append_now(), then);
    }

    /// An append by the person who holds the tablet.
    pub(crate) fn append_now(self) -> Append {
        Append::by(self.person.get_untracked().unwrap_or_else(|| StaffId("unknown".into())))
    }

    /// Writes drafts into a visit. What comes after happens once they are committed, never otherwise.
    pub(crate) fn append(
        self,
        dossier: DossierId,
        drafts: Vec<Draft<Change>>,
        how: Append,
        then: impl FnOnce(Vec<EntryId>) + 'static,
    ) {
        if drafts.is_empty() {
            return;
        }
        let attachments = how.attachments.len();
        let is_photo = drafts.iter().any(|draft| matches!(draft.change, Change::PhotoTaken { .. }));
        let done = move |result: Result<Vec<crate::journal::Entry>, StorageError>| match result {
            Ok(entries) => {
                let ids = entries.iter().map(|entry| entry.id).collect();
                let shown = self.holds(dossier);
                self.is_unsent(shown, entries.len(), attachments);
                self.visit.update_value(|visit| {
                    if let Some(visit) = visit.as_mut().filter(|_| shown) {
                        for entry in entries {
                            visit.journal.insert(entry);
                        }
                    }
                });
                self.revision.update(|revision| *revision += 1);
                then(ids);
            }
            Err(StorageError::Full) if is_photo => {
                let sentence = self.language.get_untracked().photo_no_room();
                self.trouble.set(Some(Trouble::Said(sentence.to_owned())));
            }
            Err(error) => self.trouble.set(Some(Trouble::NotSaved(error))),
        };
        self.writer.with_value(|writer| writer.write(dossier, drafts, how, Box::new(done)));
    }

    /// What was just written is on this tablet only, and says so with the answer itself.
    fn is_unsent(self, shown: bool, entries: usize, attachments: usize) {
        self.unsent.update(|unsent| *unsent = (unsent.0 + entries, unsent.1 + attachments));
        if shown {
            self.listed.update(|listed| {
                if let Some(listed) = listed {
                    listed.unsent += entries;
                }
            });
        }
    }

    /// Something of a visit was written or confirmed: the open visit follows.
    pub(crate) async fn follow(self, dossier: DossierId, others: bool) -> Result<(), StorageError> {
        if others {
            self.writer.with_value(|writer| writer.forget(dossier));
            if self.holds(dossier)
                && let Some(visit) = self.storage().visit(dossier).await?
                && self.holds(dossier)
            {
                self.visit.set_value(Some(visit));
                self.revision.update(|revision| *revision += 1);
            } else if self.route.get_untracked().dossier() == Some(dossier) && !self.holds(dossier) {
                self.open(dossier).await?;
            }
        }
        if self.route.get_untracked().dossier() == Some(dossier) {
            self.listed.set(self.storage().listed(dossier).await?);
        }
        Ok(())
    }

    /// The person who holds the tablet.
    pub(crate) fn member(self) -> Option<StaffMember> {
        let person = self.person.get()?;
        self.catalogue.with(|catalogue| catalogue.staff.iter().find(|member| member.id == person).cloned())
    }

    /// The dealership's minutes east of UTC.
    pub(crate) fn utc_offset(self) -> i32 {
        self.catalogue.with(|catalogue| catalogue.dealership.utc_offset_minutes)
    }
}
