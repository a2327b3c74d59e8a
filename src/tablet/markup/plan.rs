//! The constant part of a view as one text: what `view!` writes and `built` reads. Every mark is a
//! character below `\t`, followed by the text that belongs to it. Behind any mark but these four the next
//! part is meant: it says itself what it is, and the text is its name.

use super::{Element, ElementRef, Handler, Markup, Value, group};

/// Begins an element: its tag, then a name and a value for each attribute that never changes, each
/// behind [`ATTRIBUTE`].
const OPEN: char = '\u{1}';
/// Ends an element.
const CLOSE: char = '\u{2}';
/// Stands before every name and value of an attribute that never changes.
pub(super) const ATTRIBUTE: char = '\u{3}';
/// A child is this text.
const TEXT: char = '\u{8}';

/// What is bound in a view.
pub(crate) enum Part {
    Child(Markup),
    Value(Value),
    Handler(Handler),
    Keep(ElementRef),
}

/// The view of a plan and its parts, in the order of their marks.
pub(crate) fn built(plan: &'static str, parts: Box<[Part]>) -> Markup {
    let mut parts = parts.into_vec().into_iter();
    let mut open = vec![Element::default()];
    let marked = plan.split_inclusive(|c: char| c < '\t' && c != ATTRIBUTE);
    // Each piece ends with the mark of the next one.
    let mut mark = None;
    for piece in marked {
        let next = piece.chars().next_back().filter(|c| *c < '\t');
        let text = next.map_or(piece, |mark| &piece[..piece.len() - mark.len_utf8()]);
        take(&mut open, mark, text, &mut parts);
        mark = next;
    }
    take(&mut open, mark, "", &mut parts);
    let mut whole = open.pop().unwrap_or_default().children;
    match whole.len() {
        1 => whole.remove(0),
        _ => group(whole),
    }
}

fn take(
    open: &mut Vec<Element>,
    mark: Option<char>,
    text: &'static str,
    parts: &mut std::vec::IntoIter<Part>,
) {
    let Some(mark) = mark else { return };
    if mark == OPEN {
        return open.push(Element { head: text, ..Element::default() });
    }
    if mark == CLOSE {
        let closed = open.pop().map(|element| Markup::Element(Box::new(element)));
        if let Some(around) = open.last_mut() {
            around.children.extend(closed);
        }
        return;
    }
    let part = match mark {
        TEXT => Some(Part::Child(Markup::Text(text.into()))),
        _ => parts.next(),
    };
    let Some((element, part)) = open.last_mut().zip(part) else { return };
    match part {
        Part::Child(child) => element.children.push(child),
        Part::Value(value) => element.values.push((text, value)),
        Part::Handler(handler) => element.handlers.push((text, handler)),
        Part::Keep(kept) => element.kept_in = Some(kept),
    }
}
