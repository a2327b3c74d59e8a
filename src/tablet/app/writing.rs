//! What a hand writes: drafts become entries, and are shown once they are committed.

use super::{App, Told, Trouble};
use crate::journal::{DossierId, Draft, EntryId, StaffId};
use crate::tablet::device;
use crate::tablet::storage::{Append, StorageError, only_grades};
use crate::tablet::writer::Writer;
use crate::visit::Change;

impl App {
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
        let told = move |ids: Option<Vec<EntryId>>| {
            if let Some(ids) = ids {
                then(ids);
            }
        };
        self.append_and_tell(dossier, drafts, how, Box::new(told));
    }

    /// The same; it is told too where it was not written.
    pub(crate) fn append_and_tell(
        self,
        dossier: DossierId,
        drafts: Vec<Draft<Change>>,
        how: Append,
        told: Told,
    ) {
        if drafts.is_empty() {
            return;
        }
        let attachments = how.attachments.len();
        let is_photo = drafts.iter().any(|draft| {
            matches!(
                draft.change,
                Change::PhotoTaken { .. } | Change::PhotoAnnotated { .. } | Change::RecordingMade { .. }
            )
        });
        let only_grades = only_grades(&drafts);
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
                let follows = move || self.revision.update(|revision| *revision += 1);
                self.graded.update(|graded| *graded += 1);
                if !only_grades {
                    follows();
                }
                leptos::task::spawn_local(async move {
                    // A photo takes the place of what stood there while it was saved.
                    if !is_photo {
                        device::after_paint().await;
                    }
                    if only_grades {
                        follows();
                    }
                    self.painted.update(|painted| *painted += 1);
                    self.unsent.update(|_| ());
                    self.listed.update(|_| ());
                });
                told(Some(ids));
            }
            Err(error) => {
                self.trouble.set(Some(match error {
                    StorageError::Full if is_photo => {
                        Trouble::Said(self.language.get_untracked().photo_no_room().to_owned())
                    }
                    error => Trouble::NotSaved(error),
                }));
                told(None);
            }
        };
        self.writer.with_value(|writer| writer.write(dossier, drafts, how, Box::new(done)));
    }

    /// What was just written is on this tablet only, and says so with the answer itself: by the open visit's
    /// row, beside which the count has time until that is painted, or else by the count.
    fn is_unsent(self, shown: bool, entries: usize, attachments: usize) {
        self.unsent.maybe_update(|unsent| {
            *unsent = (unsent.0 + entries, unsent.1 + attachments);
            !shown
        });
        if shown {
            self.listed.maybe_update(|listed| {
                let Some(listed) = listed else { return false };
                listed.unsent += entries;
                // That something is, is said at once; how much has time like the rest.
                listed.unsent == entries
            });
        }
    }

    /// Whether something is still being written.
    pub(super) fn is_writing(self) -> bool {
        self.writer.with_value(Writer::is_writing)
    }

    /// Ends when everything that was begun is written.
    pub(super) async fn written(self) {
        while self.is_writing() {
            device::sleep(10).await;
        }
    }
}
