//! What a search looks through: read ahead once the board stands, and kept up by what is heard of visits.

use std::rc::Rc;

use super::app::App;
use super::device;
use super::storage::StorageError;
use crate::journal::DossierId;
use crate::visit::Searchable;

/// What was read, and what has happened since.
#[derive(Default)]
pub(crate) struct Search {
    all: Option<Rc<Searchable>>,
    /// Visits that came or have changed since.
    changed: Vec<DossierId>,
    reading: bool,
}

impl App {
    /// Something happened to a visit.
    pub(crate) fn search_again(self, dossier: DossierId) {
        self.search.update_value(|search| {
            if !search.changed.contains(&dossier) {
                search.changed.push(dossier);
            }
        });
    }

    /// Every visit that is here, as it stands.
    pub(crate) async fn searchable(self) -> Result<Rc<Searchable>, StorageError> {
        while self.search.with_value(|search| search.reading) {
            device::sleep(20).await;
        }
        let mut known = (None, Vec::new());
        self.search.update_value(|search| {
            search.reading = true;
            known = (search.all.take(), std::mem::take(&mut search.changed));
        });
        let read = match known {
            (Some(all), changed) if changed.is_empty() => Ok(all),
            (Some(all), changed) => {
                self.storage().searched_of(&changed).await.map(|changed| Rc::new(all.with(changed)))
            }
            (None, _) => self.storage().searched().await.map(|all| Rc::new(Searchable::of(all))),
        };
        // What could not be read is read whole the next time.
        self.search.update_value(|search| {
            search.reading = false;
            search.all = read.as_ref().ok().cloned();
        });
        read
    }
}
