//! A number plate as it is drawn, and the keyboard made for it.

use crate::tablet::markup::{CollectView as _, Markup, view};
use leptos::prelude::*;

use crate::tablet::signals::RwSignal;

use super::icon;
use crate::icons::Icon;
use crate::locale::Language;
use crate::tablet::app::App;
use crate::visit::vehicle::{PROVINCES, Plate, PlateColour, PlateNumber};

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

/// How the characters of a kind are set, each as wide as the others: how wide and high of the font's own, and
/// where its foot stands.
#[derive(Clone, Copy, PartialEq)]
struct Set {
    wide: f64,
    high: f64,
    foot: f64,
}

impl Set {
    const DIGIT: Self = Self { wide: 0.71, high: 0.96, foot: 104.0 };
    const LETTER: Self = Self { wide: 0.63, high: 0.96, foot: 104.0 };
    const HAN: Self = Self { wide: 0.47, high: 0.8, foot: 100.0 };

    fn of(c: char) -> Self {
        match c {
            '0'..='9' => Self::DIGIT,
            'A'..='Z' => Self::LETTER,
            _ => Self::HAN,
        }
    }
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
    // Those that are set alike are one text: a board of plates has a third of the drawings.
    let texts = [Set::HAN, Set::LETTER, Set::DIGIT].map(|set| {
        let own = chars.iter().enumerate().filter(|(_, c)| Set::of(**c) == set);
        let (at, own): (Vec<usize>, String) = own.unzip();
        let places: Vec<String> =
            at.into_iter().map(|at| format!("{:.1}", f64::from(middle(at)) / set.wide)).collect();
        (!own.is_empty()).then(|| {
            view! { <text transform=format!("scale({} {})", set.wide, set.high) x=places.join(" ") y=format!("{:.1}", set.foot / set.high) fill=ink>{own}</text> }
        })
    });
    let empty = (chars.len()..cells)
        .map(|at| view! { <rect x=middle(at) - 20 y="26" width="40" height="88" rx="6" fill="none" stroke=ink stroke-width="3" opacity=".5"></rect> })
        .collect_view();
    view! {
        <svg class=format!("plate {class}") viewBox=format!("0 0 {width} 140") role="img" aria-label=if text.is_empty() { "—".to_owned() } else { text.to_owned() }>
            <rect x="1.5" y="1.5" width=width - 3 height="137" rx="13" fill=ground stroke="rgba(0,0,0,.35)" stroke-width="3"></rect>
            <rect x="8" y="8" width=width - 16 height="124" rx="8" fill="none" stroke=ink stroke-width="3"></rect>
            <circle cx=(second + third) / 2 cy="72" r="8" fill=ink></circle>
            {texts.into_iter().collect_view()}
            {empty}
        </svg>
    }
}

/// The plate of a visit; a dashed frame where there is none.
pub(crate) fn plate(t: Language, plate: Option<&Plate>, class: &'static str) -> Markup {
    match plate {
        Some(Plate::Number { number, colour }) => {
            let text = number.as_str();
            draw(text, text.chars().count(), *colour, class)
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

/// A plate that is being typed, in the colour and the length that it will most likely have.
pub(crate) fn typed_plate(text: &str) -> Markup {
    let (colour, cells) = PlateNumber::forecast(text);
    let text: String = text.split_whitespace().collect();
    draw(&text, cells, colour, "big")
}

/// As a keyboard has them; I and O stand on no plate, and their places stay.
const ROWS: [&str; 5] = ["1234567890", "QWERTYU  P", "ASDFGHJKL ", "ZXCVBNM挂学警", "港澳领使临"];

/// The keyboard: provinces first, then letters and digits; what no kind of plate goes on with is dashed.
pub(crate) fn plate_keys(app: App, typed: RwSignal<String>) -> Markup {
    // The other page than the one that comes by itself.
    let turned = RwSignal::new(false);
    let provinces = move || typed.with(String::is_empty) != turned.get();
    let press = move |key: &str| {
        let first = untrack(provinces);
        typed.update(|text| {
            if first && !text.is_empty() {
                let rest: String = text.chars().skip(1).collect();
                *text = format!("{key}{rest}");
            } else {
                text.push_str(key);
            }
        });
        turned.set(false);
    };
    let key = move |key: String, may: bool| {
        let own = key.clone();
        view! { <button type="button" class="key" disabled=!may on:click=move |_| press(&own)>{key}</button> }
    };
    let page = move || {
        let text = typed.get();
        let keys = if provinces() {
            let first =
                app.catalogue.with(|catalogue| catalogue.dealership.province.chars().next()).unwrap_or('粤');
            let rest = PROVINCES.chars().filter(move |c| *c != first);
            let begins = |c: char| key(c.to_string(), true);
            // Embassies begin so, and the armed police with two letters.
            let more =
                text.is_empty().then(|| view! { {key("使".to_owned(), true)}{key("WJ".to_owned(), true)} });
            view! { {std::iter::once(first).chain(rest).map(begins).collect_view()}{more} }
        } else {
            let place = |c: char| match c {
                ' ' => view! { <span></span> },
                c => key(c.to_string(), PlateNumber::may_follow(&text, c)),
            };
            ROWS.into_iter().flat_map(str::chars).map(place).collect_view()
        };
        let delete = move |_| {
            typed.update(|text| {
                text.pop();
            });
        };
        view! {
            <div class="kr">{keys}
                <button type="button" class="key fn" aria-label=app.t().delete() on:click=delete>{icon(Icon::Erase)}</button></div>
        }
    };
    let chip = move |own: bool, word: fn(Language) -> &'static str| {
        view! {
            <button type="button" class="chip" aria-pressed=move || (provinces() == own).to_string()
                on:click=move |_| turned.set(typed.with_untracked(String::is_empty) != own)>{move || word(app.t())}</button>
        }
    };
    view! {
        <div class="kb">
            <div class="row">
                <span class="grow">{move || typed.with(|text| PlateNumber::forecast(text).1 == 8 && !text.is_empty()).then(|| view! { <span class="tag good">{icon(Icon::Charge)}{app.t().new_energy()}</span> })}</span>
                {chip(true, Language::provinces)}{chip(false, Language::keyboard)}
            </div>
            {page}
        </div>
    }
}
