//! Customer mode: one sentence, what concerns the customer, the glass to sign on. Then the advisor.

use crate::tablet::markup::{CollectView as _, Markup, derive, view};
use leptos::prelude::*;

use crate::diagram::Body;
use crate::documents::Sheet;
use crate::icons::Icon;
use crate::locale::Language;
use crate::route::{Route, Step};
use crate::tablet::app::{App, Trouble};
use crate::tablet::components::{car, how_to_say, icon, pad, plate, shell, steps, trouble, visit_title};
use crate::tablet::storage::Append;
use crate::visit::Visit;
use crate::visit::check_in::{NotYet, Signing, SigningHand};
use crate::visit::part::Attached;
use crate::visit::signature::Strokes;
use crate::visit::walkaround::Mark;

/// Leaving customer mode takes a hold of this long, in milliseconds, until sign-in exists.
const HOLD: u64 = 2_000;

fn to_form(app: App) {
    if let Some(dossier) = app.route.get_untracked().dossier() {
        app.go(Route::Visit(dossier, Step::CheckIn));
    }
}

/// On disk before it is shown, with the large parts of the paper; they are sent before pictures, as
/// thumbnails are.
fn strictly(app: App, attached: Attached) -> Append {
    let attachments = attached.into_iter().map(|(id, bytes)| (id, bytes, true)).collect();
    Append { strict: true, attachments, ..app.append_now() }
}

pub(super) fn customer(app: App) -> Markup {
    // Frozen: the sheet is drawn from this fold, and its heads become the signature's parents.
    let frozen = app.visit_now(|visit| {
        let sheet = app.catalogue.with_untracked(|catalogue| Sheet::of(visit, catalogue));
        (
            visit.journal.heads(),
            sheet,
            visit.marks(),
            visit.customer().cloned(),
            visit.salutation(),
            visit.signs_as(),
        )
    });
    let Some((heads, sheet, marks, name, salutation, signed_as)) = frozen else {
        return view! { <div class="cm"><p class="empty">{move || app.t().visit_not_here()}</p>{hold(app)}</div> };
    };
    let strokes = RwSignal::new(Strokes::default());
    let said = RwSignal::new(None::<String>);
    let over = RwSignal::new(false);
    let sheet = StoredValue::new(sheet);
    let heads = StoredValue::new(heads);
    let signer = StoredValue::new(name.clone());
    let plate_now = app.visit_now(|visit| plate(app.language.get_untracked(), visit.plate(), "p64"));
    let said_name = name.map(|name| name.to_string()).unwrap_or_default();
    let greeting = move || {
        let who = how_to_say(app.t(), &said_name, salutation);
        match app.t() {
            Language::ZhCn => format!("{who}，请您核对后签名"),
            Language::En => format!("{who}, please check and sign"),
        }
    };
    let sign = move |_| {
        let t = app.language.get_untracked();
        let Some(signer) = signer.get_value() else { return };
        let hand = SigningHand {
            strokes: strokes.get_untracked(),
            signer,
            signed_as,
            consent: t.consent().to_owned(),
        };
        // The rules see the fold that was on the table; what came since is "added after signing".
        let signing: Option<Result<Signing, NotYet>> = app.visit_now(|visit| {
            let table = Visit { journal: visit.journal.as_of(&heads.get_value()) };
            table.sign_check_in(hand, sheet.get_value())
        });
        match signing {
            Some(Ok(signing)) => {
                let Some(dossier) = app.route.get_untracked().dossier() else { return };
                let how = Append { frozen: Some(heads.get_value()), ..strictly(app, signing.attached) };
                app.append(dossier, vec![signing.draft], how, move |_| over.set(true));
            }
            Some(Err(why)) => said.set(Some(t.not_yet(&why))),
            None => {}
        }
    };
    let marks = derive(move || marks.clone());
    let facts = move || {
        let t = app.t();
        sheet.with_value(|sheet| {
            view! { {said_of(t, sheet, Vec::new(), t.pick("您说的情况", "What you told us"))}
            <p class="note">{sheet.text(t).notice.clone()}</p> }
        })
    };
    let list = move || sheet.with_value(|sheet| listed_marks(app.t(), sheet));
    let car = drawn(app, sheet, marks);
    let undo = move |_| {
        strokes.update(|strokes| {
            strokes.strokes.pop();
        })
    };
    let clear = move |_| strokes.update(|strokes| strokes.strokes.clear());
    let thanks = move || {
        over.get()
            .then(|| view! { <div class="thanks"><p class="big">{app.t().give_back()}</p>{hold(app)}</div> })
    };
    view! {
        <div class="cm" data-customer="">
            <header class="head">{plate_now}<div class="grow"><h1 class="say">{greeting}</h1><span class="cap">{move || app.t().check_in_form()}</span></div>{hold(app)}</header>
            <main class="cm-main" tabindex="0"><section class="cm-car" tabindex="0" aria-label=move || app.t().exterior()><div class="carbox">{car}</div>{list}</section><section class="cm-facts" tabindex="0" aria-label=move || app.t().state_of_car()>{facts}</section></main>
            <footer class="cm-sign">
                <div class="cm-pad"><p>{move || app.t().consent()}</p>{pad(app, strokes)}</div>
                <div class="cm-do">
                    <div role="alert">{move || said.get().map(|why| view! { <span class="said bad">{icon(Icon::Warning)}{why}</span> })}</div>
                    {trouble(app)}
                    <div class="row"><button class="btn grow" id="undo" on:click=undo>{icon(Icon::Undo)}{move || app.t().undo()}</button>
                        <button class="btn grow" id="clear" on:click=clear>{icon(Icon::Bin)}{move || app.t().clear()}</button></div>
                    <button class="btn pri xl" id="sign" on:click=sign>{icon(Icon::Tick)}{move || app.t().sign()}</button>
                </div>
            </footer>
            {thanks}
        </div>
    }
}

/// What is signed beside the drawing: these rows first, then the car's state, what is handed over and
/// the customer's words under a heading.
pub(super) fn said_of(
    t: Language,
    sheet: &Sheet,
    mut rows: Vec<(String, String)>,
    words: &'static str,
) -> Markup {
    let text = sheet.text(t);
    let ticked = |list: &[crate::documents::Tick]| {
        let chosen: Vec<&str> =
            list.iter().filter(|tick| tick.chosen).map(|tick| tick.label.as_str()).collect();
        if chosen.is_empty() { t.nothing().to_owned() } else { chosen.join(t.pick("、", ", ")) }
    };
    rows.extend(text.condition.iter().cloned());
    rows.push((t.covers().to_owned(), ticked(&text.covers)));
    rows.push((t.kept_here().to_owned(), ticked(&text.kept)));
    rows.push((t.belongings().to_owned(), ticked(&text.belongings)));
    rows.push((t.valuables().to_owned(), text.valuables.clone()));
    let rows = rows
        .into_iter()
        .map(|(label, value)| view! { <div class="cf"><span>{label}</span><b>{value}</b></div> })
        .collect_view();
    let concerns =
        text.concerns.iter().map(|words| view! { <p class="cw">{words.clone()}</p> }).collect_view();
    view! { {rows}<h2 class="cap">{words}</h2>{concerns}<p class="note">{text.findings.join(" ")}</p> }
}

/// The marks by number, or that there is no damage.
pub(super) fn listed_marks(t: Language, sheet: &Sheet) -> Markup {
    let rows = sheet.marks.iter().zip(&sheet.text(t).marks);
    if sheet.marks.is_empty() {
        return view! { <p class="cap">{t.no_damage()}</p> };
    }
    view! { <ol class="cm-marks">{rows.map(|(mark, (title, detail))| view! { <li><span class="dot">{mark.number}</span><span>{title.clone()}<br/><span class="note">{detail.clone()}</span></span></li> }).collect_view()}</ol> }
}

/// The car with its marks; what nobody looked at is hatched.
pub(super) fn drawn(app: App, sheet: StoredValue<Sheet>, marks: Signal<Vec<Mark>>) -> Markup {
    let unlooked = move |zone: &str| {
        if sheet.with_value(|sheet| sheet.unlooked.iter().any(|id| id == zone)) { "todo" } else { "" }
    };
    car(app, Body::Sedan, unlooked, marks, None)
}

/// Given back by holding; a short tap does nothing.
fn hold(app: App) -> Markup {
    let holding = RwSignal::new(0_u64);
    let down = move || {
        let turn = holding.get_untracked() + 1;
        // Odd while held, even when let go.
        holding.set(turn | 1);
        let mine = turn | 1;
        set_timeout(
            move || {
                if holding.try_get_untracked() == Some(mine) {
                    to_form(app);
                }
            },
            std::time::Duration::from_millis(HOLD),
        );
    };
    let up = move || holding.update(|turn| *turn += *turn % 2);
    view! {
        <button class="btn hb" id="give-back" class:held=move || holding.get() % 2 == 1
            on:pointerdown=move |_| down() on:pointerup=move |_| up() on:pointerleave=move |_| up() on:pointercancel=move |_| up()
            on:keydown=move |event| if (event.key() == "Enter" || event.key() == " ") && !event.repeat() { down() }
            on:keyup=move |_| up()>
            {icon(Icon::Lock)}{move || if holding.get() % 2 == 1 { app.t().keep_holding() } else { app.t().hold_to_leave() }}
        </button>
    }
}

pub(super) fn advisor(app: App) -> Markup {
    let strokes = RwSignal::new(Strokes::default());
    let said = RwSignal::new(None::<String>);
    let sign = move |_| {
        let t = app.language.get_untracked();
        let Some(dossier) = app.route.get_untracked().dossier() else { return };
        match app.visit_now(|visit| visit.countersign_check_in(strokes.get_untracked())) {
            Some(Ok(signing)) => {
                let how = strictly(app, signing.attached);
                app.append(dossier, vec![signing.draft], how, move |_| app.go(Route::Paper(dossier)));
            }
            Some(Err(why)) => said.set(Some(t.not_yet(&why))),
            None => app.trouble.set(Some(Trouble::Said(t.visit_not_here().to_owned()))),
        }
    };
    let main = view! {
        <div class="form narrow sign-form">
            <h1 class="t24">{move || app.t().countersign()}</h1>
            <p class="two">{move || app.member().map(|member| format!("{} · {}", member.name, app.t().role(member.role)))}</p>
            {pad(app, strokes)}
            <div role="alert">{move || said.get().map(|why| view! { <span class="said bad">{icon(Icon::Warning)}{why}</span> })}</div>
            <div class="row"><button class="btn sm" id="undo" on:click=move |_| strokes.update(|strokes| { strokes.strokes.pop(); })>{icon(Icon::Undo)}{move || app.t().undo()}</button>
                <button class="btn sm" id="clear" on:click=move |_| strokes.update(|strokes| strokes.strokes.clear())>{icon(Icon::Bin)}{move || app.t().clear()}</button></div>
        </div>
    };
    let act = view! {
        <button class="btn" on:click=move |_| to_form(app)>{move || app.t().back()}</button>
        <div class="why"></div>
        <button class="btn pri" id="sign" on:click=sign>{icon(Icon::Pen)}{move || app.t().sign()}</button>
    };
    shell(app, steps(app, Some(Step::CheckIn)), visit_title(app), main, act)
}
