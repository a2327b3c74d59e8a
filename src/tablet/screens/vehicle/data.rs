//! 车架号, 车型, 颜色: the car's data.

use crate::tablet::markup::Markup;

use super::{answer, free_text, identify, text};
use crate::locale::Language;
use crate::tablet::app::App;
use crate::visit::Key;

pub(super) fn model_field(app: App) -> Markup {
    let read = move |typed: &str| free_text(app, typed, |model| identify(app, |car| car.model = model));
    let value = text(app, |visit| visit.vehicle().map(|car| car.model));
    answer(app, "model", Language::model, Key::Vehicle, value, read)
}

pub(super) fn colour_field(app: App) -> Markup {
    let read = move |typed: &str| free_text(app, typed, |colour| identify(app, |car| car.colour = colour));
    let value = text(app, |visit| visit.vehicle().map(|car| car.colour));
    answer(app, "colour", Language::colour, Key::Vehicle, value, read)
}
