//! Operations and parts on the tablet: followed as the server changes them, searched where they lie.

use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;

use super::app::App;
use super::device;
use super::signals::RwSignal;
use super::storage::{HeldReference, StorageError, record_name};
use super::transport::Fetch;
use crate::reference::{Kind, LabourRate, Operation, Part, Record, ServicePlan};
use crate::visit::{Searchable, search_form};

/// The server is asked for changes so often, in milliseconds.
const EVERY: i32 = 60_000;
/// Of so many results those that fit the car come first, and so many are shown.
const LOOKED_AT: usize = 100;
const MOST: usize = 20;

/// What is known of it.
pub(crate) struct Reference {
    /// How far it is held, and since when that is known.
    pub(crate) held: RwSignal<Option<HeldReference>>,
    operations: Option<Rc<Searchable>>,
    parts: Option<Rc<Searchable>>,
}

impl Default for Reference {
    fn default() -> Self {
        Self { held: RwSignal::new(None), operations: None, parts: None }
    }
}

/// Asks for what has changed, now and from time to time, while no hand is at work.
pub(crate) fn follow(app: App) {
    spawn_local(async move {
        if let Ok(held) = app.storage().held_reference().await {
            app.held_reference().set(held);
        }
        loop {
            let _ = bring(app).await;
            device::sleep(EVERY).await;
        }
    });
}

async fn bring(app: App) -> Result<(), StorageError> {
    let mut position = app.held_reference().get_untracked().map_or(0, |held| held.position);
    let mut news = false;
    loop {
        device::at_rest(|| false).await;
        // Nobody waits for it: what does not come now comes with the next turn.
        let Ok(page) = Fetch.reference(position).await else { return Ok(()) };
        let anew = page.position < position;
        let at = device::now();
        app.storage().keep_reference(&page, at, anew).await?;
        if anew || page.position > position {
            app.reference.update_value(|known| (known.operations, known.parts) = (None, None));
        }
        news |= !page.records.is_empty() || !page.gone.is_empty();
        position = page.position;
        app.held_reference().set(Some(HeldReference { position, at }));
        if !page.more {
            return if news { app.storage().tidy_reference().await } else { Ok(()) };
        }
    }
}

/// Whether what is found by this text fits a car: its models stand last.
fn fits(text: &str, model: &str) -> bool {
    let models = text.rsplit('\t').next().unwrap_or_default();
    models.is_empty() || models.split('\n').any(|of| model.starts_with(of))
}

impl App {
    /// How far reference data is held.
    pub(crate) fn held_reference(self) -> RwSignal<Option<HeldReference>> {
        self.reference.with_value(|known| known.held)
    }

    async fn searchable_of(self, kind: Kind) -> Result<Rc<Searchable>, StorageError> {
        let known = |known: &Reference| match kind {
            Kind::Part => known.parts.clone(),
            Kind::Operation | Kind::Rate | Kind::Plan => known.operations.clone(),
        };
        if let Some(known) = self.reference.with_value(known) {
            return Ok(known);
        }
        let read = Rc::new(Searchable::of(self.storage().searched_reference(kind).await?));
        self.reference.update_value(|known| match kind {
            Kind::Part => known.parts = Some(Rc::clone(&read)),
            Kind::Operation | Kind::Rate | Kind::Plan => known.operations = Some(Rc::clone(&read)),
        });
        Ok(read)
    }

    /// Reads what a search looks through, before anybody types.
    pub(crate) async fn search_ahead(self, kind: Kind) {
        let _ = self.searchable_of(kind).await;
    }

    /// The names of the first records that have this in their number, a name or its initials; those that fit
    /// the car come before the others.
    pub(crate) async fn find_records(
        self,
        kind: Kind,
        text: &str,
        model: &str,
    ) -> Result<Vec<String>, StorageError> {
        let all = self.searchable_of(kind).await?;
        let text = search_form(text);
        if text.is_empty() {
            return Ok(Vec::new());
        }
        let mut found: Vec<(&str, &str)> = all.find_with_text(&text).take(LOOKED_AT).collect();
        found.sort_by_key(|(_, text)| !fits(text, model));
        Ok(found.iter().take(MOST).map(|(name, _)| (*name).to_owned()).collect())
    }

    /// Operations by their codes.
    pub(crate) async fn operations(self, codes: &[String]) -> Result<Vec<Operation>, StorageError> {
        let names: Vec<String> = codes.iter().map(|code| record_name(Kind::Operation, code)).collect();
        let records = self.storage().records(&names).await?;
        Ok(records
            .into_iter()
            .filter_map(|record| match record {
                Record::Operation(operation) => Some(operation),
                _ => None,
            })
            .collect())
    }

    /// A part by its number, as it is held.
    pub(crate) async fn part(self, number: &str) -> Result<Option<Part>, StorageError> {
        let records = self.storage().records(&[record_name(Kind::Part, number)]).await?;
        Ok(records.into_iter().find_map(|record| match record {
            Record::Part(part) => Some(part),
            _ => None,
        }))
    }

    /// What an hour costs, by who pays.
    pub(crate) async fn labour_rates(self) -> Result<Vec<LabourRate>, StorageError> {
        let records = self.storage().records_of(Kind::Rate).await?;
        Ok(records
            .into_iter()
            .filter_map(|record| match record {
                Record::Rate(rate) => Some(rate),
                _ => None,
            })
            .collect())
    }

    /// Services by model.
    pub(crate) async fn service_plans(self) -> Result<Vec<ServicePlan>, StorageError> {
        let records = self.storage().records_of(Kind::Plan).await?;
        Ok(records
            .into_iter()
            .filter_map(|record| match record {
                Record::Plan(plan) => Some(plan),
                _ => None,
            })
            .collect())
    }
}
