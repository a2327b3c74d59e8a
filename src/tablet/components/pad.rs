//! The glass that is signed on: coalesced points, pressure, smooth width, undo, clear.

use crate::tablet::markup::{CollectView as _, ElementRef, Markup, view};
use leptos::ev::PointerEvent;

use crate::tablet::signals::{RwSignal, StoredValue};
use wasm_bindgen::JsCast as _;

use crate::tablet::app::App;
use crate::tablet::device;
use crate::visit::signature::{Strokes, is_palm};

/// A pad; what is drawn on it is in `strokes`.
pub(crate) fn pad(app: App, strokes: RwSignal<Strokes>) -> Markup {
    let pad = ElementRef::new(None);
    let drawing = StoredValue::new(None::<(i32, [i64; 3])>);
    // A hand that holds a pen rests on the glass: once a pen has drawn, fingers draw no more.
    let pen = StoredValue::new(false);
    let point = move |event: &PointerEvent| -> Option<([i64; 3], i32)> {
        let frame = pad.get_untracked()?.get_bounding_client_rect();
        // In the units of the pad that the first stroke was drawn on: the tablet may have been turned.
        let (scale, left, top) = strokes.with_untracked(|drawn| drawn.lie_in(frame.width(), frame.height()));
        let tenths = |pixels: f64| (pixels / scale * 10.0).round() as i64;
        let x = tenths(f64::from(event.client_x()) - frame.left() - left);
        let y = tenths(f64::from(event.client_y()) - frame.top() - top);
        let pressure = (f64::from(event.pressure()) * 1023.0).round() as i32;
        Some(([x, y, device::now()], pressure))
    };
    let add = move |to: [i64; 3], pressure: i32, begins: bool| {
        let from = drawing.with_value(|drawing| drawing.map_or([0; 3], |(_, last)| last));
        strokes.update(|strokes| {
            if begins {
                strokes.strokes.push(Vec::new());
            }
            if let Some(stroke) = strokes.strokes.last_mut() {
                let time = if stroke.is_empty() { 0 } else { to[2] - from[2] };
                let first = stroke.is_empty();
                let delta = |at: usize| if first { to[at] } else { to[at] - from[at] };
                stroke.push([delta(0) as i32, delta(1) as i32, time as i32, pressure]);
            }
        });
        drawing.update_value(|drawing| {
            if let Some((_, last)) = drawing {
                *last = to;
            }
        });
    };
    let down = move |event: PointerEvent| {
        event.prevent_default();
        let is_pen = event.pointer_type() == "pen";
        if is_pen && !pen.get_value() {
            pen.set_value(true);
            // What the hand drew before its pen came is none of the signature.
            if drawing.with_value(Option::is_some) {
                drawing.set_value(None);
                strokes.update(|strokes| drop(strokes.strokes.pop()));
            }
        }
        let palm = is_palm(f64::from(event.width()), f64::from(event.height()));
        if drawing.with_value(Option::is_some) || !is_pen && (pen.get_value() || palm) {
            return; // a second finger, or the ball of the hand
        }
        if let Some(pad) = pad.get_untracked() {
            let _ = pad.set_pointer_capture(event.pointer_id());
            let frame = pad.get_bounding_client_rect();
            strokes.update(|strokes| {
                if strokes.strokes.is_empty() {
                    strokes.width = (frame.width() * 10.0) as i32;
                    strokes.height = (frame.height() * 10.0) as i32;
                }
            });
        }
        let Some((at, pressure)) = point(&event) else { return };
        drawing.set_value(Some((event.pointer_id(), at)));
        add(at, pressure, true);
    };
    let moved = move |event: PointerEvent| {
        if drawing.with_value(|drawing| drawing.is_none_or(|(pointer, _)| pointer != event.pointer_id())) {
            return;
        }
        let coalesced = event.get_coalesced_events();
        if coalesced.length() == 0
            && let Some((at, pressure)) = point(&event)
        {
            add(at, pressure, false);
        }
        for part in coalesced.iter() {
            if let Some((at, pressure)) = point(part.unchecked_ref()) {
                add(at, pressure, false);
            }
        }
    };
    let up = move |event: PointerEvent| {
        if drawing.with_value(|drawing| drawing.is_some_and(|(pointer, _)| pointer == event.pointer_id())) {
            drawing.set_value(None);
        }
    };
    let ink = move || {
        strokes
            .get()
            .paths(1.6, 4.6)
            .into_iter()
            .map(|(path, width)| view! { <path d=path stroke-width=width></path> })
            .collect_view()
    };
    let frame = move || {
        strokes.with(|drawn| {
            let of = |tenths: i32| f64::from(tenths) / 10.0;
            (!drawn.strokes.is_empty()).then(|| format!("0 0 {} {}", of(drawn.width), of(drawn.height)))
        })
    };
    view! {
        <div class="pad" node_ref=pad data-pad="" role="img" aria-label=move || app.t().please_sign()
            on:pointerdown=down on:pointermove=moved on:pointerup=up on:pointercancel=up>
            <svg class="ink" viewBox=frame aria-hidden="true">{ink}</svg>
            <span class="bl"></span>
            <span class="hint">{move || app.t().please_sign()}</span>
        </div>
    }
}
