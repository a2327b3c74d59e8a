//! What every screen shares: language, person, catalogue, the board's rows, the open visit.

mod writing;

use std::ops::Deref;
use std::sync::Arc;

use leptos::prelude::*;
use wasm_bindgen::JsCast as _;

use crate::tablet::signals::{RwSignal, Signal, StoredValue};

use super::device::{self, Theme};
use super::markup::{Markup, ToMarkup, ToText, ToValue, Value, derive, live};
use super::screens::Later;
use super::storage::{Listed, Storage, StorageError};
use super::writer::Writer;
use crate::catalogue::{Catalogue, StaffMember};
use crate::journal::{DossierId, EntryId, StaffId};
use crate::locale::{Language, day_of};
use crate::route::Route;
use crate::visit::{PhotoSubject, Visit};

/// Something that the person must know.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Trouble {
    /// It was not saved.
    NotSaved(StorageError),
    /// A sentence for one place and moment, such as a file that is no picture.
    Said(String),
}

/// What lies over a screen, until it is left; the screen below stays as it is.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Over {
    /// The camera's picture, and what is photographed.
    Viewfinder(PhotoSubject),
    /// A photo, to be looked at and drawn on.
    Photo(EntryId),
}

/// Hears the ids of what was written, or that it was not.
pub(crate) type Told = Box<dyn FnOnce(Option<Vec<EntryId>>)>;

/// The app's state, which lives as long as the page: a handle of one word, since every closure of a
/// screen holds one.
#[derive(Clone, Copy)]
pub(crate) struct App(&'static State);

impl Deref for App {
    type Target = State;

    fn deref(&self) -> &State {
        self.0
    }
}

/// A photo that came as a file and is being saved.
#[derive(Clone)]
pub(crate) struct Coming {
    /// Counted since the page began.
    pub(crate) number: usize,
    pub(crate) dossier: DossierId,
    pub(crate) subject: PhotoSubject,
    pub(crate) small: device::Address,
}

/// What is shown. Everything in it was committed before.
pub(crate) struct State {
    pub(crate) language: RwSignal<Language>,
    pub(crate) theme: RwSignal<Theme>,
    pub(crate) route: RwSignal<Route>,
    pub(crate) person: RwSignal<Option<StaffId>>,
    pub(crate) catalogue: RwSignal<Arc<Catalogue>>,
    pub(crate) tag: RwSignal<String>,
    pub(crate) board: RwSignal<Arc<Vec<Listed>>>,
    /// The open visit's row; its exchange state.
    pub(crate) listed: RwSignal<Option<Listed>>,
    /// Counts up whenever the open visit's row was read anew: something may have arrived or been sent. A
    /// tap alone changes what is unsent, and nobody reads photos for it.
    pub(crate) followed: RwSignal<u64>,
    /// Whether the last exchange reached the server; `None` before the first.
    pub(crate) reached: RwSignal<Option<bool>>,
    /// Entries and attachments that are not confirmed.
    pub(crate) unsent: RwSignal<(usize, usize)>,
    pub(crate) trouble: RwSignal<Option<Trouble>>,
    pub(crate) over: RwSignal<Option<Over>>,
    /// Photos that are being saved.
    pub(crate) coming: RwSignal<Vec<Coming>>,
    /// Where the walk round the car stands: the visit and a zone.
    pub(crate) place: RwSignal<String>,
    /// What was just taken away and can be brought back.
    pub(crate) undo: RwSignal<Option<super::components::Undo>>,
    pub(crate) now: RwSignal<i64>,
    pub(crate) update_ready: RwSignal<bool>,
    /// The app's second file, up to the order.
    pub(crate) later: RwSignal<Later>,
    /// The third one, with what comes after it.
    pub(crate) afterwards: RwSignal<Later>,
    /// Whether the first page was read on this tablet.
    pub(crate) toured: RwSignal<bool>,
    /// Counts up whenever the open visit has changed.
    graded: RwSignal<u64>,
    /// The same, but for a change of grades alone once that is painted.
    revision: RwSignal<u64>,
    /// The same, once the answer to a tap is painted.
    painted: RwSignal<u64>,
    /// Where a person is on the way to, while something is read for it.
    heading: StoredValue<Option<Route>>,
    visit: StoredValue<Option<Visit>>,
    storage: StoredValue<Storage>,
    writer: StoredValue<Writer>,
    pub(super) search: StoredValue<super::search::Search>,
    pub(super) reference: StoredValue<super::reference::Reference>,
}

/// A word in the language of the moment.
pub(crate) struct Said<T>(pub(crate) App, pub(crate) fn(Language) -> T);

impl<T: ToMarkup + 'static> ToMarkup for Said<T> {
    fn to_markup(self) -> Markup {
        live(move || self.1(self.0.t()))
    }
}

impl<T: ToText + 'static> ToValue for Said<T> {
    fn to_value(self) -> Value {
        (move || self.1(self.0.t())).to_value()
    }
}

impl App {
    /// A state with the catalogue that is known before one was kept.
    pub(crate) fn new(storage: Storage, catalogue: Catalogue) -> Self {
        let address = window().location().hash().unwrap_or_default();
        Self(Box::leak(Box::new(State {
            language: RwSignal::new(device::language()),
            theme: RwSignal::new(device::theme()),
            route: RwSignal::new(Route::parse(&address)),
            person: RwSignal::new(None),
            catalogue: RwSignal::new(Arc::new(catalogue)),
            tag: RwSignal::new(String::new()),
            board: RwSignal::new(Arc::new(Vec::new())),
            listed: RwSignal::new(None),
            followed: RwSignal::new(0),
            reached: RwSignal::new(None),
            unsent: RwSignal::new((0, 0)),
            trouble: RwSignal::new(None),
            over: RwSignal::new(None),
            coming: RwSignal::new(Vec::new()),
            place: RwSignal::new(String::new()),
            undo: RwSignal::new(None),
            now: RwSignal::new(device::now()),
            update_ready: RwSignal::new(false),
            later: RwSignal::new(Later::Coming),
            afterwards: RwSignal::new(Later::Coming),
            toured: RwSignal::new(device::toured()),
            graded: RwSignal::new(0),
            revision: RwSignal::new(0),
            painted: RwSignal::new(0),
            heading: StoredValue::new(None),
            visit: StoredValue::new(None),
            writer: StoredValue::new(Writer::new(storage.clone())),
            storage: StoredValue::new(storage),
            search: StoredValue::new(super::search::Search::default()),
            reference: StoredValue::new(super::reference::Reference::default()),
        })))
    }

    pub(crate) fn storage(self) -> Storage {
        self.storage.get_value()
    }

    pub(crate) fn t(self) -> Language {
        self.language.get()
    }

    /// A word in the language of the moment, as labels and choices take it.
    pub(crate) fn word(self, word: impl Fn(Language) -> &'static str + 'static) -> Signal<String> {
        derive(move || word(self.t()).to_owned())
    }

    /// The name of a draft that belongs to the open visit.
    pub(crate) fn draft_name(self, name: &str) -> String {
        let dossier = self.route.get_untracked().dossier().map(|id| id.to_string()).unwrap_or_default();
        format!("{dossier}/{name}")
    }

    /// Reads what the first screen needs.
    pub(crate) async fn load(self) -> Result<(), StorageError> {
        if let Some((mut catalogue, tag)) = self.storage().catalogue().await? {
            if catalogue.interview.is_none() {
                catalogue.interview = super::transport::bring_interview().await;
            }
            self.catalogue.set(Arc::new(catalogue));
            self.tag.set(tag);
        }
        self.person.set(self.storage().person().await?);
        self.load_board().await?;
        self.count_unsent().await?;
        // Closing the app and opening it again is no way out of customer mode either.
        if let Some(address) = self.storage().customer_mode().await? {
            self.route.set(Route::parse(&address));
            let _ = window().location().set_hash(&address);
        }
        let place = self.storage().place().await?;
        if let [visit, at, camera] = *place.split(' ').collect::<Vec<_>>() {
            self.place.set(format!("{visit} {at}"));
            // The system's camera takes the memory that it needs from the page, which may begin anew then.
            if window().location().hash().is_ok_and(|hash| hash.is_empty()) && !camera.is_empty() {
                self.route.set(Route::parse(camera));
                let _ = window().location().set_hash(camera);
            }
        }
        if let Some(dossier) = self.route.get_untracked().dossier() {
            self.open(dossier).await?;
        }
        Ok(())
    }

    /// Keeps where the walk round the car stands, and that a camera is open at this address.
    pub(crate) async fn keep_place(self, camera: bool) {
        let address = if camera { self.route.get_untracked().address() } else { String::new() };
        let place = self.place.get_untracked();
        let place = if place.is_empty() { "- -" } else { &place };
        let _ = self.storage().put_place(&format!("{place} {address}")).await;
    }

    /// What was typed and tapped is committed when this returns: a camera is about to open.
    pub(crate) async fn settle(self) {
        let focused =
            document().active_element().and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok());
        if let Some(field) = focused {
            let _ = field.blur();
        }
        device::sleep(0).await;
        self.written().await;
        self.keep_place(true).await;
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
        Ok(())
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
        if self.route.get_untracked().dossier().is_none() {
            self.load_board().await?;
        }
        self.count_unsent().await
    }

    /// Opens a visit: its journal is folded and shown.
    pub(crate) async fn open(self, dossier: DossierId) -> Result<(), StorageError> {
        let visit = self.storage().visit(dossier).await?;
        self.read_row(dossier).await?;
        self.visit.set_value(visit);
        self.is_another();
        self.prepare();
        Ok(())
    }

    /// The first tap finds what it needs.
    fn prepare(self) {
        // Not by leptos: it has not begun yet where the page opens in a visit.
        wasm_bindgen_futures::spawn_local(async move {
            device::after_paint().await;
            self.visit_now(|visit| self.writer.with_value(|writer| writer.knows(visit)));
        });
    }

    async fn read_row(self, dossier: DossierId) -> Result<(), StorageError> {
        self.listed.set(self.storage().listed(dossier).await?);
        self.followed.update(|followed| *followed += 1);
        Ok(())
    }

    /// Goes to a screen.
    pub(crate) fn go(self, route: Route) {
        // The browser says that the address is another, too: nothing is read twice for it.
        if self.is_heading_for(route) && window().location().hash() == Ok(route.address()) {
            return;
        }
        self.heading.set_value(Some(route));
        let here = self.route.get_untracked();
        let before = here.dossier();
        // The way back never leads into customer mode: it takes the place of the screen before it.
        let _ = match here.is_customers() || route.is_customers() {
            true => window().location().replace(&route.address()),
            false => window().location().set_hash(&route.address()),
        };
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
                    let _ = self.count_unsent().await;
                });
            }
            // What lies on the table is all that was tapped before, also what is just being written.
            _ if (route.is_customers()
                || matches!(route, Route::Countersign(_) | Route::CountersignOrder(_)))
                && self.is_writing() =>
            {
                leptos::task::spawn_local(async move {
                    self.written().await;
                    self.arrive(route);
                });
            }
            _ => self.show(route),
        }
    }

    /// Who went elsewhere while something was read stays there.
    fn arrive(self, route: Route) {
        if window().location().hash() == Ok(route.address()) {
            self.show(route);
        } else if self.is_heading_for(route) {
            self.heading.set_value(None);
        }
    }

    /// Whether something is just read for this screen.
    pub(crate) fn is_heading_for(self, route: Route) -> bool {
        self.heading.get_value() == Some(route)
    }

    fn show(self, route: Route) {
        self.heading.set_value(None);
        super::screens::leave(self);
        self.route.set(route);
    }

    fn holds(self, dossier: DossierId) -> bool {
        self.visit.with_value(|visit| visit.as_ref().is_some_and(|visit| visit.journal.dossier() == dossier))
    }

    /// Reads grades of the open visit, again whenever it changes: at a tap on one nothing else is to follow
    /// before it is painted.
    pub(crate) fn graded<T>(self, read: impl FnOnce(&Visit) -> T) -> Option<T> {
        self.graded.track();
        self.visit_now(read)
    }

    /// Reads the open visit, again whenever it changes.
    pub(crate) fn visit<T>(self, read: impl FnOnce(&Visit) -> T) -> Option<T> {
        self.revision.track();
        self.visit_now(read)
    }

    /// The same for what lies further from the finger: it follows once the answer to a tap is painted.
    pub(crate) fn settled<T>(self, read: impl FnOnce(&Visit) -> T) -> Option<T> {
        self.painted.track();
        self.visit_now(read)
    }

    fn is_another(self) {
        self.graded.update(|graded| *graded += 1);
        self.revision.update(|revision| *revision += 1);
        self.painted.update(|painted| *painted += 1);
    }

    /// Reads the open visit once.
    pub(crate) fn visit_now<T>(self, read: impl FnOnce(&Visit) -> T) -> Option<T> {
        self.visit.with_value(|visit| visit.as_ref().map(read))
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
                self.is_another();
                self.prepare();
            } else if self.route.get_untracked().dossier() == Some(dossier) && !self.holds(dossier) {
                self.open(dossier).await?;
            }
        }
        if self.route.get_untracked().dossier() == Some(dossier) {
            self.read_row(dossier).await?;
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
