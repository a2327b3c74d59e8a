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
    /// What a search looks through, once it was read.
    searched: Option<Rc<SearchedReference>>,
}

/// What a search looks through.
struct SearchedReference {
    operations: Searchable,
    parts: Searchable,
}

impl SearchedReference {
    fn of(&self, kind: Kind) -> &Searchable {
        match kind {
            Kind::Part => &self.parts,
            Kind::Operation | Kind::Rate | Kind::Plan => &self.operations,
        }
    }
}

impl Default for Reference {
    fn default() -> Self {
        Self { held: RwSignal::new(None), searched: None }
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
            app.reference.update_value(|known| known.searched = None);
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

    async fn searched_reference(self) -> Result<Rc<SearchedReference>, StorageError> {
        if let Some(known) = self.reference.with_value(|known| known.searched.clone()) {
            return Ok(known);
        }
        let all = self.storage().searched_reference().await?;
        let part = record_name(Kind::Part, "");
        let (parts, operations) = all.into_iter().partition(|searched| searched.id.starts_with(&part));
        let (operations, parts) = (Searchable::of(operations), Searchable::of(parts));
        let read = Rc::new(SearchedReference { operations, parts });
        self.reference.update_value(|known| known.searched = Some(Rc::clone(&read)));
        Ok(read)
    }

    /// Reads what a search looks through, before anybody types.
    pub(crate) async fn search_ahead(self) {
        let _ = self.searched_reference().await;
    }

    /// The names of the first records that have this in their number, a name or its initials; those that fit
    /// the car come before the others.
    pub(crate) async fn find_records(
        self,
        kind: Kind,
        text: &str,
        model: &str,
    ) -> Result<Vec<String>, StorageError> {
        let all = self.searched_reference().await?;
        let text = search_form(text);
        if text.is_empty() {
            return Ok(Vec::new());
        }
        let mut found: Vec<(&str, &str)> = all.of(kind).find_with_text(&text).take(LOOKED_AT).collect();
        found.sort_by_key(|(_, text)| !fits(text, model));
        Ok(found.iter().take(MOST).map(|(name, _)| (*name).to_owned()).collect())
    }

    async fn named<T>(
        self,
        (kind, keys): (Kind, &[String]),
        pick: fn(Record) -> Option<T>,
    ) -> Result<Vec<T>, StorageError> {
        let names: Vec<String> = keys.iter().map(|key| record_name(kind, key)).collect();
        Ok(self.storage().records(&names).await?.into_iter().filter_map(pick).collect())
    }

    /// Operations by their codes.
    pub(crate) async fn operations(self, codes: &[String]) -> Result<Vec<Operation>, StorageError> {
        let pick = |record| if let Record::Operation(operation) = record { Some(operation) } else { None };
        self.named((Kind::Operation, codes), pick).await
    }

    /// Parts by their numbers, as they are held.
    pub(crate) async fn parts(self, numbers: &[String]) -> Result<Vec<Part>, StorageError> {
        let pick = |record| if let Record::Part(part) = record { Some(part) } else { None };
        self.named((Kind::Part, numbers), pick).await
    }

    /// What an hour costs, by who pays.
    pub(crate) async fn labour_rates(self) -> Result<Vec<LabourRate>, StorageError> {
        let pick = |record| if let Record::Rate(rate) = record { Some(rate) } else { None };
        Ok(self.storage().records_of(Kind::Rate).await?.into_iter().filter_map(pick).collect())
    }

    /// Services by model.
    pub(crate) async fn service_plans(self) -> Result<Vec<ServicePlan>, StorageError> {
        let pick = |record| if let Record::Plan(plan) = record { Some(plan) } else { None };
        Ok(self.storage().records_of(Kind::Plan).await?.into_iter().filter_map(pick).collect())
    }
}
