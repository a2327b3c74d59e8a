//! A number plate as it is drawn, and the keyboard made for it.

use crate::tablet::markup::{CollectView as _, Markup, view};
use leptos::prelude::*;

use super::icon;
use crate::icons::Icon;
use crate::locale::Language;
use crate::tablet::app::App;
use crate::visit::vehicle::{Keys, PROVINCES, Plate, PlateColour, PlateNumber};

struct Paint {
    ground: &'static str,
    ink: &'static str,
}

fn paint(colour: PlateColour) -> Paint {
    let (ground, ink) = match colour {
        PlateColour::Blue => ("#0B4AA2", "#fff"),
        PlateColour::Green => ("url(#plate-green)", "#10201A"),
        PlateColour::Yellow => ("#F5B700", "#111"),
        PlateColour::White => ("#fff", "#111"),
        PlateColour::Black => ("#16181A", "#fff"),
        PlateColour::YellowGreen => ("url(#plate-yellow-green)", "#10201A"),
    };
    Paint { ground, ink }
}

/// Draws characters on a plate; `empty` cells are outlined.
fn draw(text: &str, cells: usize, colour: PlateColour, class: &'static str) -> Markup {
    let chars: Vec<char> = text.chars().collect();
    let wide = cells > 7;
    let width = if wide { 480 } else { 440 };
    let Paint { ground, ink } = paint(colour);
    // Middle of each character: GA 36 gives 45 mm letters at 57 mm steps (52 on eight-digit plates).
    let (second, third, step) = if wide { (91, 183, 52) } else { (95, 174, 57) };
    let middle = move |at: usize| match at {
        0 => 38,
        1 => second,
        _ => third + step * (at as i32 - 2),
    };
    let letters = (0..cells.max(chars.len()))
        .map(|at| match chars.get(at) {
            Some(c) => {
                let (sx, sy, y) = match c {
                    '0'..='9' => (0.71, 0.96, 104),
                    'A'..='Z' => (0.63, 0.96, 104),
                    _ => (0.47, 0.8, 100),
                };
                view! { <text transform=format!("translate({} {y}) scale({sx} {sy})", middle(at)) fill=ink>{c.to_string()}</text> }
            }
            None => view! { <rect x=middle(at) - 20 y="26" width="40" height="88" rx="6" fill="none" stroke=ink stroke-width="3" opacity=".5"></rect> },
        })
        .collect_view();
    view! {
        <svg class=format!("plate {class}") viewBox=format!("0 0 {width} 140") role="img" aria-label=if text.is_empty() { "—".to_owned() } else { text.to_owned() }>
            <rect x="1.5" y="1.5" width=width - 3 height="137" rx="13" fill=ground stroke="rgba(0,0,0,.35)" stroke-width="3"></rect>
            <rect x="8" y="8" width=width - 16 height="124" rx="8" fill="none" stroke=ink stroke-width="3"></rect>
            <circle cx=(second + third) / 2 cy="72" r="8" fill=ink></circle>
            {letters}
        </svg>
    }
}

/// The plate of a visit; a dashed frame where there is none.
pub(crate) fn plate(t: Language, plate: Option<&Plate>, class: &'static str) -> Markup {
    match plate {
        Some(Plate::Number { number, colour }) => {
            let text = number.as_str();
            draw(text, PlateNumber::cells(text).max(text.chars().count()), *colour, class)
        }
        Some(Plate::Temporary { number, .. }) => {
            let text = number.as_str();
            draw(text, text.chars().count(), PlateColour::White, class)
        }
        Some(Plate::None { .. }) => {
            view! { <span class=format!("plate none {class}")>{t.no_plate()}</span> }
        }
        None => view! { <span class=format!("plate none {class}")>"—"</span> },
    }
}

/// A plate that is being typed.
pub(crate) fn typed_plate(text: &str) -> Markup {
    let colour = PlateNumber::read(text).value().map_or(PlateColour::Blue, |number| number.likely_colour());
    draw(text, PlateNumber::cells(text).max(if text.chars().count() >= 7 { 8 } else { 7 }), colour, "big")
}

const ROWS: [&str; 4] = ["1234567890", "QWERTYUP", "ASDFGHJKL", "ZXCVBNM"];

/// The keyboard: provinces first, then letters and digits; only what can stand next is offered.
pub(crate) fn plate_keys(app: App, typed: RwSignal<String>) -> Markup {
    let provinces_again = RwSignal::new(false);
    let keys =
        move || if provinces_again.get() { Keys::Provinces } else { PlateNumber::keys_after(&typed.get()) };
    let press = move |c: char| {
        typed.update(|text| {
            if provinces_again.get_untracked() && !text.is_empty() {
                let rest: String = text.chars().skip(1).collect();
                *text = format!("{c}{rest}");
            } else {
                text.push(c);
            }
        });
        provinces_again.set(false);
    };
    let delete = move |_| {
        typed.update(|text| {
            text.pop();
        });
    };
    let key = move |c: char, on: bool| {
        view! { <button type="button" class="key" disabled=!on on:click=move |_| press(c)>{c.to_string()}</button> }
    };
    let back = move || {
        view! {
            <button type="button" class="key fn" aria-label=move || app.t().delete() on:click=delete>{icon(Icon::Erase)}</button>
        }
    };
    let page = move || {
        let province = app.catalogue.with(|catalogue| catalogue.dealership.province.clone());
        match keys() {
            Keys::Provinces => {
                let first = province.chars().next().unwrap_or('粤');
                let rest = PROVINCES.chars().filter(move |c| *c != first);
                view! {
                    <div class="kr">{std::iter::once(first).chain(rest).map(|c| key(c, true)).collect_view()}{back()}</div>
                }
            }
            now => {
                let digits = matches!(now, Keys::LettersAndDigits { .. });
                let letters = !matches!(now, Keys::Full);
                let last = match now {
                    Keys::LettersAndDigits { last } => last,
                    _ => "",
                };
                let rows = ROWS
                    .into_iter()
                    .map(|row| {
                        row.chars()
                            .map(|c| key(c, if c.is_ascii_digit() { digits } else { letters }))
                            .collect_view()
                    })
                    .collect_view();
                view! { <div class="kr">{rows}{last.chars().map(|c| key(c, true)).collect_view()}{back()}</div> }
            }
        }
    };
    view! {
        <div class="kb">
            <div class="row">
                <span class="note grow">{move || app.t().plate()}</span>
                <button type="button" class="chip" aria-pressed=move || matches!(keys(), Keys::Provinces).to_string()
                    on:click=move |_| provinces_again.update(|on| *on = !*on)>{move || app.t().provinces()}</button>
            </div>
            {page}
        </div>
    }
}
