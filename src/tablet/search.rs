//! What a search looks through and what it shows: read ahead once the board stands, and kept up by what is
//! heard of visits. So a letter's answer needs no database, and is painted with the letter.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::app::App;
use super::device;
use super::storage::{Listed, RowText, StorageError};
use crate::journal::DossierId;
use crate::visit::{Searchable, Searched};

/// What was read, and what has happened since.
#[derive(Default)]
pub(crate) struct Search {
    all: Option<Rc<Searchable>>,
    /// The rows of the same visits.
    rows: BTreeMap<String, RowText>,
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
        let (before, changed) = known;
        let news = match &before {
            Some(_) if changed.is_empty() => Ok(Vec::new()),
            Some(_) => self.storage().searched_of(&changed).await,
            None => self.storage().searched().await,
        };
        let read = news.map(|news| {
            let news = news.into_iter().map(|(searched, row)| ((searched.id.clone(), row), searched));
            let (rows, news): (Vec<_>, Vec<Searched>) = news.unzip();
            let all = match before {
                Some(all) if news.is_empty() => all,
                Some(all) => Rc::new(all.with(news)),
                None => Rc::new(Searchable::of(news)),
            };
            (all, rows)
        });
        let (all, rows) = match read {
            Ok((all, rows)) => (Ok(all), rows),
            Err(error) => (Err(error), Vec::new()),
        };
        self.search.update_value(|search| {
            search.reading = false;
            search.rows.extend(rows);
            // What could not be read is read whole the next time.
            search.all = all.as_ref().ok().cloned();
        });
        all
    }

    /// The rows of visits that a search has found.
    pub(crate) fn found_rows(self, ids: &[String]) -> Result<Vec<Listed>, StorageError> {
        self.search
            .with_value(|search| ids.iter().filter_map(|id| search.rows.get(id)).map(RowText::read).collect())
    }
}
