//! The pages: the car and its state, outside, what stays, the customer's words, the notice and the glass.

use crate::tablet::markup::{CollectView as _, Markup, live, view};

use crate::tablet::signals::{Signal, StoredValue};

use super::{Glass, Table};
use crate::documents::{Sheet, Tick};
use crate::locale::Language;
use crate::tablet::app::App;
use crate::tablet::components::car;
use crate::tablet::screens::film::shown_picture;
use crate::visit::Photo;
use crate::visit::walkaround::Mark;

fn ticked(t: Language, list: &[Tick]) -> String {
    let chosen: Vec<&str> = list.iter().filter(|tick| tick.chosen).map(|tick| tick.label.as_str()).collect();
    if chosen.is_empty() { t.nothing().to_owned() } else { chosen.join(t.pick("、", ", ")) }
}

fn facts(rows: Vec<(String, String)>) -> Markup {
    rows.into_iter()
        .map(|(label, value)| view! { <div class="cf"><span>{label}</span><b>{value}</b></div> })
        .collect_view()
}

fn concerns(sheet: &Sheet, t: Language) -> Markup {
    let text = sheet.text(t);
    let asked =
        |at: usize| text.asked.as_ref().and_then(|asked| asked.get(at)).filter(|asked| !asked.is_empty());
    let concern = |(at, words): (usize, &String)| {
        let asked = asked(at).map(|asked| view! { <p class="cap">{asked.clone()}</p> });
        view! { <p class="cw">{words.clone()}</p>{asked} }
    };
    text.concerns.iter().enumerate().map(concern).collect_view()
}

fn condition(t: Language, sheet: &Sheet) -> Vec<(String, String)> {
    let text = sheet.text(t);
    let mut rows = text.condition.clone();
    rows.push((t.covers().to_owned(), ticked(t, &text.covers)));
    rows
}

fn what_stays(t: Language, sheet: &Sheet) -> Vec<(String, String)> {
    let text = sheet.text(t);
    vec![
        (t.kept_here().to_owned(), ticked(t, &text.kept)),
        (t.belongings().to_owned(), ticked(t, &text.belongings)),
        (t.valuables().to_owned(), text.valuables.clone()),
    ]
}

/// All that is signed beside the drawing: these rows first, then the car's state, what is handed over
/// and the customer's words under a heading.
pub(in crate::tablet::screens) fn said_of(
    t: Language,
    sheet: &Sheet,
    mut rows: Vec<(String, String)>,
    words: &'static str,
) -> Markup {
    rows.extend(condition(t, sheet));
    rows.extend(what_stays(t, sheet));
    let findings = sheet.text(t).findings.join(" ");
    view! { {facts(rows)}<h2 class="cap">{words}</h2>{concerns(sheet, t)}<p class="note">{findings}</p> }
}

/// The marks by number, or that there is no damage.
pub(in crate::tablet::screens) fn listed_marks(t: Language, sheet: &Sheet) -> Markup {
    let rows = sheet.marks.iter().zip(&sheet.text(t).marks);
    if sheet.marks.is_empty() {
        return view! { <p class="cap">{t.no_damage()}</p> };
    }
    view! { <ol class="cm-marks">{rows.map(|(mark, (title, detail))| view! { <li><span class="dot">{mark.number}</span><span>{title.clone()}<br/><span class="note">{detail.clone()}</span></span></li> }).collect_view()}</ol> }
}

/// The car with its marks; what nobody looked at is hatched.
pub(in crate::tablet::screens) fn drawn(app: App, sheet: &Sheet, marks: Vec<Mark>) -> Markup {
    let unlooked = StoredValue::new(sheet.unlooked.clone());
    let state = move |zone: &str| {
        if unlooked.with_value(|ids| ids.iter().any(|id| id == zone)) { "todo" } else { "" }
    };
    car(app, sheet.body, state, Signal::stored(marks))
}

/// A page follows the language; the fold that it shows does not change.
fn in_language(app: App, sheet: &Sheet, draw: impl Fn(Language, &Sheet) -> Markup + 'static) -> Markup {
    let sheet = sheet.clone();
    live(move || draw(app.t(), &sheet))
}

pub(super) fn car_and_state(app: App, sheet: &Sheet) -> Markup {
    in_language(app, sheet, |t, sheet| {
        let mut vehicle = sheet.text(t).vehicle.clone();
        vehicle.push((t.vin().to_owned(), sheet.vin.clone()));
        view! {
            <div class="cm-two">
                <section><h2 class="cap">{t.vehicle_delivered()}</h2>{facts(vehicle)}</section>
                <section><h2 class="cap">{t.state_of_car()}</h2>{facts(condition(t, sheet))}</section>
            </div>
        }
    })
}

pub(super) fn outside(app: App, table: &Table) -> Markup {
    let photos = (1..).zip(&table.photos).map(|(number, photo)| photo_at(app, number, photo)).collect_view();
    let photos = (!table.photos.is_empty()).then(|| view! { <div class="cm-film">{photos}</div> });
    let list = in_language(app, &table.sheet, |t, sheet| {
        let findings = sheet.text(t).findings.iter();
        let findings = findings.map(|line| view! { <p class="cap">{line.clone()}</p> }).collect_view();
        view! { {listed_marks(t, sheet)}{findings} }
    });
    let drawing = drawn(app, &table.sheet, table.marks.clone());
    view! {
        <div class="cm-two">
            <section class="cm-car"><div class="carbox">{drawing}</div>{photos}</section>
            <section>{list}</section>
        </div>
    }
}

fn photo_at(app: App, number: usize, photo: &Photo) -> Markup {
    let address = shown_picture(app, vec![photo.thumbnail.attachment, photo.picture.attachment]);
    let picture = move || match address.get() {
        Some(address) => view! { <img src=address alt=format!("{} {number}", app.t().photo()) /> },
        None => view! { <span class="note">{app.t().photo_elsewhere()}</span> },
    };
    view! { <div class="ph">{picture}<span class="b">{number}</span></div> }
}

pub(super) fn kept(app: App, sheet: &Sheet) -> Markup {
    in_language(
        app,
        sheet,
        |t, sheet| view! { <div class="cm-one cm-large">{facts(what_stays(t, sheet))}</div> },
    )
}

pub(super) fn words(app: App, sheet: &Sheet) -> Markup {
    in_language(app, sheet, |t, sheet| view! { <div class="cm-one cm-large">{concerns(sheet, t)}</div> })
}

pub(super) fn to_sign(app: App, table: &Table, who: &str, glass: Glass) -> Markup {
    let signed_as = table.signed_as;
    let (who, consent) = (who.to_owned(), table.consent.clone());
    let read = in_language(app, &table.sheet, move |t, sheet| {
        let text = sheet.text(t);
        let authority = text.authority.clone().map(|said| view! { <span class="note">{said}</span> });
        view! {
            <p class="cap cm-notice">{text.notice.clone()}</p>
            <div class="cm-agree"><p>{consent.get(t).to_owned()}</p>
                <p class="cm-who"><b>{who.clone()}</b><span class="cap">{t.signed_as(signed_as)}</span>{authority}</p></div>
        }
    });
    view! {
        <div class="cm-one cm-sign">{read}
            <div class="cm-glass">{glass.pad()}<div class="cm-tools">{glass.tools()}</div></div>
            {glass.said()}
        </div>
    }
}
