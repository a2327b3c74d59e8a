//! What is in the page, and how it becomes another view: only what differs is touched.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::{Owner, RenderEffect, untrack};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{Event, Node};

use super::plan::ATTRIBUTE;
use super::{Element, Handler, Live, Markup, Row, Text, Value};
use crate::tablet::signals::leave;

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
    Live(Place<Mounted>, Followed),
    Rows(
        Place<MountedRows>,
        #[expect(dead_code, reason = "held: it follows for as long as it is there")] Followed,
    ),
}

/// What an effect fills: empty until its first run, which is at once.
type Place<T> = Rc<RefCell<Option<T>>>;

struct MountedElement {
    element: web_sys::Element,
    head: &'static str,
    values: Vec<(&'static str, MountedValue)>,
    handlers: Vec<(&'static str, MountedHandler)>,
    children: Vec<Mounted>,
}

/// A handler can be exchanged under its listener.
type MountedHandler = (Rc<RefCell<Handler>>, Closure<dyn FnMut(Event)>);

struct MountedValue {
    last: Rc<RefCell<Text>>,
    effect: Option<Followed>,
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
const DRAWN: [&str; 9] = ["svg", "path", "g", "circle", "rect", "text", "defs", "pattern", "image"];

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
            Markup::Element(group) if group.head.is_empty() => {
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
            (Self::Group(parts, end), Markup::Element(group)) if group.head.is_empty() => {
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

/// An effect for as long as its view is there.
struct Followed(RenderEffect<()>);

impl Drop for Followed {
    fn drop(&mut self) {
        leave(&self.0);
    }
}

/// Runs at once and again whenever what it read changes: one type of effect for all.
fn follow(run: impl FnMut() + 'static) -> Followed {
    let mut run: Live<()> = Box::new(run);
    Followed(RenderEffect::new(move |_: Option<()>| run.give()))
}

/// Where the first run puts what it makes: the parent, and the node behind.
type Into = Option<(Node, Option<Node>)>;

fn keep(place: &Place<Mounted>, mut view: Live<Markup>, mut first: Into) -> Followed {
    let place = Rc::clone(place);
    follow(move || {
        let view = view.give();
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

fn keep_rows(place: &Place<MountedRows>, mut list: Live<Vec<(String, Row)>>) -> Followed {
    let place = Rc::clone(place);
    // Not the effect's own: a row outlives its runs.
    let outer = Owner::current().unwrap_or_default();
    follow(move || {
        let list = list.give();
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
        let Element { head, values, handlers, kept_in, children } = view;
        let mut constant = head.split(ATTRIBUTE);
        let tag = constant.next().unwrap_or_default();
        let space = DRAWN.contains(&tag).then_some("http://www.w3.org/2000/svg");
        let element = document()
            .create_element_ns(space.or(Some("http://www.w3.org/1999/xhtml")), tag)
            .expect("a tag of ours");
        while let (Some(name), Some(text)) = (constant.next(), constant.next()) {
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
                    handler.hear(event);
                }
            });
            let _ = element.add_event_listener_with_callback(event, listener.as_ref().unchecked_ref());
            (event, (handler, listener))
        });
        let handlers = handlers.collect();
        if let Some(kept_in) = kept_in {
            kept_in.set(Some(element.clone()));
        }
        Self { element, head, values, handlers, children }
    }

    /// Whether the new view differs in values, handlers and children only.
    fn is_like(&self, view: &Element) -> bool {
        self.head == view.head
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
            Value::Live(mut text) => {
                let (element, last) = (element.clone(), Rc::clone(&self.last));
                self.effect = Some(follow(move || {
                    change(&element, name, &last, text.give());
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
