//! What screens describe: one type for every view. How it comes into the page is `mounted`.
//! The signals and effects are leptos's; its views, a type each, made a third of the app.

mod mounted;
mod plan;

use std::borrow::Cow;

use super::signals::{RwSignal, Signal};
use wasm_bindgen::JsCast as _;
use web_sys::Event;

pub(crate) use lanepad_view_macro::view;
pub(crate) use mounted::mount_to_body;
pub(crate) use plan::{Part, built};

/// Part of a page, not yet in it.
pub(crate) enum Markup {
    /// Nothing, at a place where something may come.
    Nothing,
    /// Text.
    Text(Cow<'static, str>),
    /// An element, or several views one after the other.
    Element(Box<Element>),
    /// What a closure gives, again whenever what it reads changes.
    Live(Live<Markup>),
    /// Rows with keys: a row that stays is not touched.
    Rows(Live<Vec<(String, Row)>>),
}

/// A closure that is followed. Behind a trait of our own a closure is one function; behind `dyn FnMut`
/// it is two, since it could be called once.
pub(crate) trait Give<T> {
    fn give(&mut self) -> T;
}

impl<T, F: FnMut() -> T> Give<T> for F {
    fn give(&mut self) -> T {
        self()
    }
}

/// What is followed.
type Live<T> = Box<dyn Give<T>>;

/// Builds a row when it is new.
type Row = Box<dyn FnOnce() -> Markup>;

/// What happens on an event.
pub(crate) trait Hear {
    fn hear(&mut self, event: Event);
}

impl<F: FnMut(Event)> Hear for F {
    fn hear(&mut self, event: Event) {
        self(event);
    }
}

/// Takes an event.
type Handler = Box<dyn Hear>;

/// Keeps an element of the page.
pub(crate) type ElementRef = RwSignal<Option<web_sys::Element>>;

/// An attribute's text; none where it is absent.
type Text = Option<Cow<'static, str>>;

/// An attribute's value.
pub(crate) enum Value {
    Fixed(Text),
    Live(Live<Text>),
}

/// An element and what is in it; without a head its children only.
#[derive(Default)]
pub(crate) struct Element {
    /// The tag and the attributes that never change, as `plan` writes them.
    head: &'static str,
    values: Vec<(&'static str, Value)>,
    handlers: Vec<(&'static str, Handler)>,
    kept_in: Option<ElementRef>,
    children: Vec<Markup>,
}

/// A handler of an event whose kind is known from its name.
pub(crate) fn handler<E: wasm_bindgen::JsCast>(mut take: impl FnMut(E) + 'static) -> Handler {
    Box::new(move |event: Event| take(event.unchecked_into()))
}

/// Views one after the other.
fn group(children: Vec<Markup>) -> Markup {
    Markup::Element(Box::new(Element { children, ..Element::default() }))
}

/// What may stand between tags.
pub(crate) trait ToMarkup {
    fn to_markup(self) -> Markup;
}

impl ToMarkup for Markup {
    fn to_markup(self) -> Markup {
        self
    }
}

impl ToMarkup for &'static str {
    fn to_markup(self) -> Markup {
        Markup::Text(Cow::Borrowed(self))
    }
}

impl ToMarkup for String {
    fn to_markup(self) -> Markup {
        Markup::Text(Cow::Owned(self))
    }
}

impl ToMarkup for usize {
    fn to_markup(self) -> Markup {
        self.to_string().to_markup()
    }
}

impl<T: ToMarkup> ToMarkup for Option<T> {
    fn to_markup(self) -> Markup {
        self.map_or(Markup::Nothing, T::to_markup)
    }
}

impl<T: ToMarkup, F: FnMut() -> T + 'static> ToMarkup for F {
    fn to_markup(mut self) -> Markup {
        Markup::Live(Box::new(move || self().to_markup()))
    }
}

/// A signal of what a closure gives.
pub(crate) fn derive<T: 'static>(give: impl Fn() -> T + 'static) -> Signal<T> {
    Signal::derive(give)
}

/// A view that is followed.
pub(crate) fn live<T: ToMarkup>(follow: impl FnMut() -> T + 'static) -> Markup {
    follow.to_markup()
}

/// Collects views into one.
pub(crate) trait CollectView {
    fn collect_view(self) -> Markup;
}

impl<T: ToMarkup, I: IntoIterator<Item = T>> CollectView for I {
    fn collect_view(self) -> Markup {
        group(self.into_iter().map(ToMarkup::to_markup).collect())
    }
}

/// Rows with keys, in order.
pub(crate) fn rows<T: 'static>(
    list: impl Fn() -> Vec<T> + 'static,
    key: impl Fn(&T) -> String + 'static,
    row: impl Fn(T) -> Markup + Clone + 'static,
) -> Markup {
    Markup::Rows(Box::new(move || {
        let list = list().into_iter();
        list.map(|item| {
            let row = row.clone();
            (key(&item), Box::new(move || row(item)) as Row)
        })
        .collect()
    }))
}

/// What may stand behind an attribute's name.
pub(crate) trait ToValue {
    fn to_value(self) -> Value;
}

/// A value that is known.
pub(crate) trait ToText {
    fn to_text(self) -> Text;
}

impl ToText for &'static str {
    fn to_text(self) -> Text {
        Some(Cow::Borrowed(self))
    }
}

impl ToText for String {
    fn to_text(self) -> Text {
        Some(Cow::Owned(self))
    }
}

impl ToText for bool {
    fn to_text(self) -> Text {
        self.then_some(Cow::Borrowed(""))
    }
}

impl ToText for i32 {
    fn to_text(self) -> Text {
        self.to_string().to_text()
    }
}

impl ToText for f64 {
    fn to_text(self) -> Text {
        self.to_string().to_text()
    }
}

impl ToText for usize {
    fn to_text(self) -> Text {
        self.to_string().to_text()
    }
}

impl<T: ToText> ToText for Option<T> {
    fn to_text(self) -> Text {
        self.and_then(T::to_text)
    }
}

macro_rules! known {
    ($($kind:ty),*) => {
        $(impl ToValue for $kind {
            fn to_value(self) -> Value {
                Value::Fixed(self.to_text())
            }
        })*
    };
}
known!(&'static str, String, bool, i32, f64, usize, Option<&'static str>, Option<String>);

impl<T: ToText, F: FnMut() -> T + 'static> ToValue for F {
    fn to_value(mut self) -> Value {
        Value::Live(Box::new(move || self().to_text()))
    }
}

impl ToValue for Signal<String> {
    fn to_value(self) -> Value {
        (move || self.get()).to_value()
    }
}
