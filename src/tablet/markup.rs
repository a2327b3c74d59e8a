//! What screens describe and how it comes into the page: one type for every view, patched in place.
//! The signals and effects are leptos's; its views, a type each, made a third of the app.

use std::borrow::Cow;
use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::{Get as _, Memo, Owner, RenderEffect, RwSignal, Set as _, Signal, untrack};
use leptos::reactive::owner::LocalStorage;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{Event, Node};

pub(crate) use lanepad_view_macro::view;

/// Part of a page, not yet in it.
pub(crate) enum Markup {
    /// Nothing, at a place where something may come.
    Nothing,
    /// Text.
    Text(Cow<'static, str>),
    /// An element; without a tag its children only.
    Element(Box<Element>),
    /// What a closure gives, again whenever what it reads changes.
    Live(Live<Markup>),
    /// Rows with keys: a row that stays is not touched.
    Rows(Live<Vec<(String, Row)>>),
}

/// A closure that is followed.
type Live<T> = Box<dyn FnMut() -> T>;

/// Builds a row when it is new.
type Row = Box<dyn FnOnce() -> Markup>;

/// Takes an event.
type Handler = Box<dyn FnMut(Event)>;

/// Keeps an element of the page.
pub(crate) type ElementRef = RwSignal<Option<web_sys::Element>, LocalStorage>;

/// Attributes that never change.
type Constant = &'static [(&'static str, &'static str)];

/// An attribute's text; none where it is absent.
type Text = Option<Cow<'static, str>>;

/// An attribute's value.
pub(crate) enum Value {
    Fixed(Text),
    Live(Live<Text>),
}

/// An element and what is in it.
pub(crate) struct Element {
    tag: &'static str,
    constant: Constant,
    values: Vec<(&'static str, Value)>,
    handlers: Vec<(&'static str, Handler)>,
    kept_in: Option<ElementRef>,
    children: Vec<Markup>,
}

/// Begins an element, or with an empty tag a group.
pub(crate) fn element(tag: &'static str, constant: Constant) -> Box<Element> {
    let (values, handlers, children) = (Vec::new(), Vec::new(), Vec::new());
    Box::new(Element { tag, constant, values, handlers, kept_in: None, children })
}

/// A handler of an event whose kind is known from its name.
pub(crate) fn handler<E: wasm_bindgen::JsCast>(mut take: impl FnMut(E) + 'static) -> Handler {
    Box::new(move |event| take(event.unchecked_into()))
}

#[expect(clippy::unnecessary_box_returns, reason = "a pointer goes from call to call, not a structure")]
impl Element {
    #[inline(never)]
    pub(crate) fn set(mut self: Box<Self>, name: &'static str, value: Value) -> Box<Self> {
        self.values.push((name, value));
        self
    }

    #[inline(never)]
    pub(crate) fn on(mut self: Box<Self>, event: &'static str, handler: Handler) -> Box<Self> {
        self.handlers.push((event, handler));
        self
    }

    pub(crate) fn keep_in(mut self: Box<Self>, element: ElementRef) -> Box<Self> {
        self.kept_in = Some(element);
        self
    }

    #[inline(never)]
    pub(crate) fn child(mut self: Box<Self>, child: Markup) -> Box<Self> {
        self.children.push(child);
        self
    }

    pub(crate) fn done(self: Box<Self>) -> Markup {
        Markup::Element(self)
    }
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

impl ToMarkup for u32 {
    fn to_markup(self) -> Markup {
        (self as usize).to_markup()
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

/// A signal of what a closure gives: one type for every closure.
pub(crate) fn derive<T: Send + Sync + 'static>(give: impl Fn() -> T + Send + Sync + 'static) -> Signal<T> {
    let give: Box<dyn Fn() -> T + Send + Sync> = Box::new(give);
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
        let mut group = element("", &[]);
        for part in self {
            group = group.child(part.to_markup());
        }
        group.done()
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
trait ToText {
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

impl ToValue for Memo<String> {
    fn to_value(self) -> Value {
        (move || self.get()).to_value()
    }
}

/// Shows a view in the page's body for as long as the page is open.
pub(crate) fn mount_to_body(view: impl FnOnce() -> Markup) {
    let _ = any_spawner::Executor::init_wasm_bindgen();
    let owner = Owner::new();
    if let Some(body) = leptos::prelude::document().body() {
        std::mem::forget(owner.with(|| Mounted::of(view(), &body, None)));
    }
    std::mem::forget(owner);
}

/// What is in the page.
enum Mounted {
    /// Text, or a comment where there is nothing.
    Text(Node, Text),
    Element(Box<MountedElement>),
    /// The parts and a comment behind them.
    Group(Vec<Mounted>, Node),
    Live(Place<Mounted>, RenderEffect<()>),
    Rows(
        Place<MountedRows>,
        #[expect(dead_code, reason = "held: it follows for as long as it is there")] RenderEffect<()>,
    ),
}

/// What an effect fills: empty until its first run, which is at once.
type Place<T> = Rc<RefCell<Option<T>>>;

struct MountedElement {
    element: web_sys::Element,
    tag: &'static str,
    constant: Constant,
    values: Vec<(&'static str, MountedValue)>,
    handlers: Vec<(&'static str, MountedHandler)>,
    children: Vec<Mounted>,
}

/// A handler can be exchanged under its listener.
type MountedHandler = (Rc<RefCell<Handler>>, Closure<dyn FnMut(Event)>);

struct MountedValue {
    last: Rc<RefCell<Text>>,
    effect: Option<RenderEffect<()>>,
}

struct MountedRows {
    rows: Vec<(String, Owner, Mounted)>,
    end: Node,
}

fn document() -> web_sys::Document {
    leptos::prelude::document()
}

fn insert(node: &Node, parent: &Node, before: Option<&Node>) {
    let _ = parent.insert_before(node, before);
}

/// Tags of drawings; the few that both languages have are not among them.
const DRAWN: [&str; 8] = ["svg", "path", "g", "circle", "rect", "text", "defs", "pattern"];

impl Mounted {
    fn of(view: Markup, parent: &Node, before: Option<&Node>) -> Self {
        match view {
            Markup::Nothing => {
                let node = document().create_comment("").into();
                insert(&node, parent, before);
                Self::Text(node, None)
            }
            Markup::Text(text) => {
                let node = document().create_text_node(&text).into();
                insert(&node, parent, before);
                Self::Text(node, Some(text))
            }
            Markup::Element(group) if group.tag.is_empty() => {
                let parts = group.children.into_iter().map(|part| Self::of(part, parent, before)).collect();
                let end = document().create_comment("").into();
                insert(&end, parent, before);
                Self::Group(parts, end)
            }
            Markup::Element(element) => {
                let mounted = MountedElement::of(*element);
                insert(&mounted.element, parent, before);
                Self::Element(Box::new(mounted))
            }
            Markup::Live(follow) => {
                let place = Place::default();
                let effect = keep(&place, follow, Some((parent.clone(), before.cloned())));
                Self::Live(place, effect)
            }
            Markup::Rows(list) => {
                let end: Node = document().create_comment("").into();
                insert(&end, parent, before);
                let place = Rc::new(RefCell::new(Some(MountedRows { rows: Vec::new(), end })));
                let effect = keep_rows(&place, list);
                Self::Rows(place, effect)
            }
        }
    }

    /// The first node in the page.
    fn first(&self) -> Option<Node> {
        match self {
            Self::Text(node, _) => Some(node.clone()),
            Self::Element(mounted) => Some(mounted.element.clone().into()),
            Self::Group(parts, end) => parts.first().map_or_else(|| Some(end.clone()), |part| part.first()),
            Self::Live(place, _) => place.borrow().as_ref().and_then(Mounted::first),
            Self::Rows(place, _) => place.borrow().as_ref().and_then(|rows| {
                rows.rows.first().map_or_else(|| Some(rows.end.clone()), |(_, _, row)| row.first())
            }),
        }
    }

    /// Calls for every node that stands directly in the parent.
    fn nodes(&self, each: &mut dyn FnMut(&Node)) {
        match self {
            Self::Text(node, _) => each(node),
            Self::Element(mounted) => each(&mounted.element),
            Self::Group(parts, end) => {
                parts.iter().for_each(|part| part.nodes(each));
                each(end);
            }
            Self::Live(place, _) => {
                if let Some(mounted) = &*place.borrow() {
                    mounted.nodes(each);
                }
            }
            Self::Rows(place, _) => {
                if let Some(rows) = &*place.borrow() {
                    rows.rows.iter().for_each(|(_, _, row)| row.nodes(each));
                    each(&rows.end);
                }
            }
        }
    }

    /// Out of the page first, since a field that goes hears that it lost the focus; then dropped.
    fn remove(self) {
        self.nodes(&mut |node| {
            if let Some(parent) = node.parent_node() {
                let _ = parent.remove_child(node);
            }
        });
    }

    /// Makes what is in the page the new view, touching only what differs.
    fn patch(&mut self, view: Markup) {
        match (&mut *self, view) {
            (Self::Text(node, Some(shown)), Markup::Text(text)) => {
                if *shown != text {
                    node.set_node_value(Some(&text));
                    *shown = text;
                }
            }
            (Self::Text(_, None), Markup::Nothing) => {}
            (Self::Group(parts, end), Markup::Element(group)) if group.tag.is_empty() => {
                let mut new = group.children.into_iter();
                let kept = parts.len().min(new.len());
                for part in parts.drain(kept..).collect::<Vec<_>>() {
                    part.remove();
                }
                for (part, view) in parts.iter_mut().zip(new.by_ref().take(kept)) {
                    part.patch(view);
                }
                if let Some(parent) = end.parent_node() {
                    parts.extend(new.map(|view| Self::of(view, &parent, Some(end))));
                }
            }
            (Self::Element(mounted), Markup::Element(element)) if mounted.is_like(&element) => {
                mounted.patch(*element);
            }
            (Self::Live(place, effect), Markup::Live(follow)) => *effect = keep(place, follow, None),
            (_, view) => self.replace(view),
        }
    }

    fn replace(&mut self, view: Markup) {
        let Some(first) = self.first() else { return };
        let Some(parent) = first.parent_node() else { return };
        let new = Self::of(view, &parent, Some(&first));
        std::mem::replace(self, new).remove();
    }
}

/// Where the first run puts what it makes: the parent, and the node behind.
type Into = Option<(Node, Option<Node>)>;

fn keep(place: &Place<Mounted>, mut follow: Live<Markup>, mut first: Into) -> RenderEffect<()> {
    let place = Rc::clone(place);
    RenderEffect::new(move |_: Option<()>| {
        let view = follow();
        let mut place = place.borrow_mut();
        match &mut *place {
            Some(mounted) => mounted.patch(view),
            None => {
                let (parent, before) = first.take().expect("the first run knows its place");
                *place = Some(Mounted::of(view, &parent, before.as_ref()));
            }
        }
    })
}

fn keep_rows(place: &Place<MountedRows>, mut list: Live<Vec<(String, Row)>>) -> RenderEffect<()> {
    let place = Rc::clone(place);
    // Not the effect's own: a row outlives its runs.
    let outer = Owner::current().unwrap_or_default();
    RenderEffect::new(move |_: Option<()>| {
        let list = list();
        let mut place = place.borrow_mut();
        let Some(MountedRows { rows, end }) = &mut *place else { return };
        let Some(parent) = end.parent_node() else { return };
        let mut old = std::mem::take(rows);
        for (key, row) in list {
            let mounted = match old.iter().position(|(held, _, _)| *held == key) {
                Some(at) => {
                    let kept = old.remove(at);
                    // Only where an older row stood before it has it to move.
                    if at > 0 {
                        kept.2.nodes(&mut |node| insert(node, &parent, old[0].2.first().as_ref()));
                    }
                    kept
                }
                None => {
                    let owner = outer.child();
                    let before = old.first().and_then(|(_, _, row)| row.first());
                    let before = before.as_ref().unwrap_or(end);
                    let mounted = owner.with(|| untrack(|| Mounted::of(row(), &parent, Some(before))));
                    (key, owner, mounted)
                }
            };
            rows.push(mounted);
        }
        for (_, owner, row) in old {
            row.remove();
            owner.cleanup();
        }
    })
}

impl MountedElement {
    fn of(view: Element) -> Self {
        let Element { tag, constant, values, handlers, kept_in, children } = view;
        let space = DRAWN.contains(&tag).then_some("http://www.w3.org/2000/svg");
        let element = document()
            .create_element_ns(space.or(Some("http://www.w3.org/1999/xhtml")), tag)
            .expect("a tag of ours");
        for (name, text) in constant {
            let _ = element.set_attribute(name, text);
        }
        let children = children.into_iter().map(|child| Mounted::of(child, &element, None)).collect();
        let values = values.into_iter().map(|(name, value)| {
            let mut kept = MountedValue { last: Rc::default(), effect: None };
            kept.patch(&element, name, value);
            (name, kept)
        });
        let values = values.collect();
        let handlers = handlers.into_iter().map(|(event, handler)| {
            let handler = Rc::new(RefCell::new(handler));
            let own = Rc::clone(&handler);
            let listener = Closure::<dyn FnMut(Event)>::new(move |event| {
                if let Ok(mut handler) = own.try_borrow_mut() {
                    handler(event);
                }
            });
            let _ = element.add_event_listener_with_callback(event, listener.as_ref().unchecked_ref());
            (event, (handler, listener))
        });
        let handlers = handlers.collect();
        if let Some(kept_in) = kept_in {
            kept_in.set(Some(element.clone()));
        }
        Self { element, tag, constant, values, handlers, children }
    }

    /// Whether the new view differs in values, handlers and children only.
    fn is_like(&self, view: &Element) -> bool {
        self.tag == view.tag
            && self.constant == view.constant
            && self.values.iter().map(|(name, _)| name).eq(view.values.iter().map(|(name, _)| name))
            && self.handlers.iter().map(|(name, _)| name).eq(view.handlers.iter().map(|(name, _)| name))
            && self.children.len() == view.children.len()
    }

    fn patch(&mut self, view: Element) {
        for ((name, kept), (_, value)) in self.values.iter_mut().zip(view.values) {
            kept.patch(&self.element, name, value);
        }
        for ((_, (kept, _)), (_, handler)) in self.handlers.iter().zip(view.handlers) {
            drop(kept.replace(handler));
        }
        for (kept, child) in self.children.iter_mut().zip(view.children) {
            kept.patch(child);
        }
        if let Some(kept_in) = view.kept_in {
            kept_in.set(Some(self.element.clone()));
        }
    }
}

impl MountedValue {
    fn patch(&mut self, element: &web_sys::Element, name: &'static str, value: Value) {
        match value {
            Value::Fixed(text) => {
                self.effect = None;
                change(element, name, &self.last, text);
            }
            Value::Live(mut follow) => {
                let (element, last) = (element.clone(), Rc::clone(&self.last));
                self.effect = Some(RenderEffect::new(move |_: Option<()>| {
                    change(&element, name, &last, follow());
                }));
            }
        }
    }
}

fn change(element: &web_sys::Element, name: &str, last: &RefCell<Text>, text: Text) {
    if *last.borrow() != text {
        apply(element, name, text.as_deref());
        last.replace(text);
    }
}

fn apply(element: &web_sys::Element, name: &str, text: Option<&str>) {
    match (name.split_once(':'), text) {
        (Some(("class", class)), _) => {
            let _ = element.class_list().toggle_with_force(class, text.is_some());
        }
        (Some(("style", property)), _) => {
            let styled = element.unchecked_ref::<web_sys::HtmlElement>().style();
            let _ = styled.set_property(property, text.unwrap_or_default());
        }
        (Some((_, property)), _) => {
            let (property, text) = (JsValue::from_str(property), JsValue::from_str(text.unwrap_or_default()));
            // Setting what is there already would end an input method's composition.
            if js_sys::Reflect::get(element, &property).as_ref() != Ok(&text) {
                let _ = js_sys::Reflect::set(element, &property, &text);
            }
        }
        (None, Some(text)) if name == "inner_html" => element.set_inner_html(text),
        (None, Some(text)) => {
            let _ = element.set_attribute(name, text);
        }
        (None, None) => {
            let _ = element.remove_attribute(name);
        }
    }
}
