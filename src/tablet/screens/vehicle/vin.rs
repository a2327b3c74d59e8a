//! 车架号: typed, with the vehicle licence beside the field, or read from a barcode where the browser can.

use crate::tablet::markup::{ElementRef, Markup, live, view};
use leptos::prelude::*;

use crate::tablet::signals::{Memo, RwSignal};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use super::{answer, meant, text};
use crate::catalogue::LICENCE;
use crate::icons::Icon;
use crate::locale::Language;
use crate::tablet::app::App;
use crate::tablet::components::icon;
use crate::tablet::screens::film::{camera_file, film, shown_picture};
use crate::visit::vehicle::{Reading, Vin};
use crate::visit::{Change, Key, PhotoSubject};

#[wasm_bindgen]
extern "C" {
    type BarcodeDetector;
    #[wasm_bindgen(constructor, catch)]
    fn new() -> Result<BarcodeDetector, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn detect(this: &BarcodeDetector, picture: &web_sys::File) -> Result<js_sys::Promise, JsValue>;
}

/// The texts of the codes in a picture, which is given as the camera made it: a VIN's bars are fine.
async fn codes(picture: &web_sys::File) -> Result<Vec<String>, JsValue> {
    let found = JsFuture::from(BarcodeDetector::new()?.detect(picture)?).await?;
    let text = |code: JsValue| js_sys::Reflect::get(&code, &"rawValue".into()).ok()?.as_string();
    Ok(js_sys::Array::from(&found).iter().filter_map(text).collect())
}

/// A question or refusal about what was scanned; with the VIN where one tap takes it.
type Said = Option<(String, Option<Vin>)>;

fn taken(app: App, found: &[String]) -> Said {
    let t = app.language.get_untracked();
    let take = |vin: Vin| app.write(vec![Change::VinRead { vin: vin.into() }]);
    let Some(first) = found.first() else { return Some((t.nothing_scanned().to_owned(), None)) };
    // Other codes stand on the same label: the first that can be a VIN counts.
    let readings = || found.iter().map(|text| Vin::read_code(text));
    let can_be = readings().find(|reading| !matches!(reading, Reading::Impossible(_)));
    match can_be.unwrap_or_else(|| Vin::read_code(first)) {
        Reading::Valid(vin) => {
            take(vin);
            None
        }
        Reading::Unusual(vin, why) => Some((t.unusual_vin(&why), Some(vin))),
        Reading::Impossible(why) => Some((t.not_a_vin(&why), None)),
    }
}

fn scan(app: App) -> Markup {
    let said = RwSignal::new(None::<(String, Option<Vin>)>);
    let scanned = move |file| {
        leptos::task::spawn_local(async move {
            let found = codes(&file).await.unwrap_or_default();
            said.set(taken(app, &found));
        });
    };
    let sentence = live(move || {
        said.get().map(|(sentence, vin)| {
            let class = if vin.is_some() { "said ask" } else { "said bad" };
            let take = move |vin: Vin| {
                app.write(vec![Change::VinRead { vin: vin.into() }]);
                said.set(None);
            };
            view! {
                <span class=class role="alert">{icon(Icon::Info)}<span class="grow">{sentence}</span>
                    {vin.map(|vin| view! { <button type="button" class="btn sm" on:click=move |_| take(vin.clone())>{app.t().yes_so()}</button> })}</span>
            }
        })
    });
    view! {
        <label class="btn sm scan">{icon(Icon::Scan)}<span>{move || app.t().scan_vin()}</span>
            {camera_file(app, ElementRef::new(None), Some("scan-vin"), scanned)}</label>
        {sentence}
    }
}

/// The field, what its check digit says, and the licence to type from.
pub(super) fn vin_field(app: App) -> Markup {
    let read = move |typed: &str| {
        let t = app.language.get_untracked();
        meant(
            Vin::read(typed),
            |vin| Change::VinRead { vin: vin.into() },
            |why| t.unusual_vin(&why),
            |why| t.not_a_vin(&why),
        )
    };
    let value = text(app, |visit| visit.vin().map(|vin| vin.grouped()));
    let digit = move || {
        let vin = app.visit(|visit| visit.vin().cloned()).flatten()?;
        let t = app.t();
        Some(match Vin::read(&vin.to_string()) {
            _ if vin.check_digit_fits() => {
                view! { <span class="tag good">{icon(Icon::Tick)}{t.check_digit_fits()}</span> }
            }
            Reading::Unusual(..) => {
                view! { <span class="tag warn">{icon(Icon::Warning)}{t.check_digit_differs()}</span> }
            }
            _ => view! { <span class="note">{t.check_digit_free()}</span> },
        })
    };
    let can_scan = js_sys::Reflect::has(&window(), &"BarcodeDetector".into()).unwrap_or_default();
    view! {
        <div class="two-up vin-of">
            <div class="col">{answer(app, "vin", Language::vin, Key::Vin, value, read)}
                <div class="row wrap">{can_scan.then(|| scan(app))}
                    {digit}</div></div>
            {licence(app)}
        </div>
    }
}

/// The vehicle licence as large as the column, a tap makes it as large as it is.
fn licence(app: App) -> Markup {
    let subject = PhotoSubject::Document(LICENCE.into());
    let own = subject.clone();
    let newest = Memo::new(move |_| {
        app.visit(|visit| {
            let mut photos = visit.standing_photos().into_iter();
            photos
                .rfind(|photo| photo.subject == own)
                .map(|photo| (photo.picture.attachment, photo.thumbnail.attachment))
        })
        .flatten()
    });
    let large = RwSignal::new(false);
    let picture = live(move || {
        newest.get().map(|(picture, thumbnail)| {
            let address = shown_picture(app, vec![picture, thumbnail]);
            view! {
                <button type="button" class="licence" data-large=move || large.get().to_string() aria-label=app.t().enlarge()
                    on:click=move |_| large.update(|large| *large = !*large)>
                    {move || address.get().map(|address| view! { <img src=address alt="" /> })}</button>
            }
        })
    });
    view! { <div><span class="label">{move || app.t().licence_photo()}</span>{picture}{film(app, subject)}</div> }
}
