//! The concerns in order of weight, each with what is still to be asked, and the sentence that is read
//! back to the customer.

use crate::tablet::signals::Memo;

use super::{Open, go_to, place_of};
use crate::catalogue::choice_label;
use crate::icons::Icon;
use crate::journal::EntryId;
use crate::tablet::app::App;
use crate::tablet::components::{icon, write_with_undo};
use crate::tablet::markup::{CollectView as _, Markup, live, rows, view};
use crate::visit::interview::Unasked;
use crate::visit::{Key, Visit};

pub(super) fn order(app: App, open: Open) -> Markup {
    let ids = Memo::new(move |_| {
        let standing = app.visit(Visit::standing_concerns).unwrap_or_default();
        standing.into_iter().map(|concern| concern.id).collect::<Vec<_>>()
    });
    view! {
        <h2 class="sec">{move || app.t().concerns_heading()}<span class="n">{move || ids.with(Vec::len)}</span></h2>
        {move || (ids.with(Vec::len) > 1).then(|| view! { <p class="note">{app.t().order_of_weight()}</p> })}
        {rows(move || ids.get(), EntryId::to_string, move |id| row(app, id, open))}
    }
}

/// A row as it reads: number, name, how far it is asked, whether nothing is left to ask, whether it is the
/// last.
fn reads(app: App, id: EntryId) -> Option<(usize, String, String, bool, bool)> {
    let t = app.t();
    app.catalogue.with(|catalogue| {
        app.visit(|visit| {
            let standing = visit.standing_concerns();
            let at = standing.iter().position(|concern| concern.id == id)?;
            let concern = &standing[at];
            let group = concern.symptom.as_deref().map(|id| choice_label(&catalogue.symptoms, id, t));
            let words = concern.words.value().map(String::as_str).unwrap_or_default();
            let name = [group.unwrap_or_default(), words].join(" ").trim().to_owned();
            let name = if name.is_empty() { t.concerns().to_owned() } else { name };
            let unasked = visit.unasked(concern, catalogue);
            let open = unasked.iter().filter(|open| matches!(open, Unasked::Question(_))).count();
            let all = catalogue.questions(concern.symptom.as_deref()).len();
            Some((at + 1, name, t.asked(all - open, all), unasked.is_empty(), at + 1 == standing.len()))
        })
        .flatten()
    })
}

fn row(app: App, id: EntryId, (tapped, shown): Open) -> Markup {
    let reads = Memo::new(move |_| reads(app, id));
    let inner = live(move || {
        reads.get().map(|(number, name, asked, complete, _)| {
            let (class, mark) = if complete { ("tag good", Icon::Tick) } else { ("tag warn", Icon::Warning) };
            view! { <span class="dot">{number}</span><span class="grow"><b class="ell">{name}</b><span class=class data-complete=complete.to_string()>{icon(mark)}{asked}</span></span> }
        })
    });
    let shift = move |up: bool| {
        if let Some(Some((there, back))) = app.visit_now(|visit| visit.concern_moved(id, up)) {
            write_with_undo(app, there, back, app.language.get_untracked().moved().to_owned());
        }
    };
    let is_first = move || reads.with(|reads| reads.as_ref().is_some_and(|reads| reads.0 == 1));
    let is_last = move || reads.with(|reads| reads.as_ref().is_some_and(|reads| reads.4));
    view! {
        <div class="iv-row" data-order=id.to_string()>
            <button type="button" class="iv-go" aria-current=move || (shown.get() == Some(id)).then_some("true") on:click=move |_| tapped.set(Some(id))>{inner}</button>
            <button type="button" class="btn sm sq quiet" data-up="" aria-label=move || app.t().move_up() disabled=is_first on:click=move |_| shift(true)>{icon(Icon::Up)}</button>
            <button type="button" class="btn sm sq quiet" data-down="" aria-label=move || app.t().move_down() disabled=is_last on:click=move |_| shift(false)>{icon(Icon::Down)}</button>
        </div>
    }
}

/// The open concern's summary, large; whether the customer called it right; what is still to be asked.
#[derive(Clone, PartialEq)]
struct ReadBack {
    id: EntryId,
    sentence: String,
    confirmed: bool,
    /// It was confirmed before something changed.
    stale: bool,
    unasked: Vec<Unasked>,
}

fn sentence(app: App, visit: &Visit, concern: &crate::visit::Concern) -> String {
    let t = app.t();
    let summary = app.catalogue.with(|catalogue| t.concern_summary(visit, concern, catalogue));
    if summary.is_empty() {
        return summary;
    }
    let name = visit.customer().map(ToString::to_string).unwrap_or_default();
    let name = t.addressed(&name, visit.salutation());
    let comma = if name.is_empty() { "" } else { t.pick("，", ", ") };
    format!("{name}{comma}{}{summary}", t.you_say())
}

pub(super) fn read_back(app: App, (_, shown): Open) -> Markup {
    let back = Memo::new(move |_| {
        let id = shown.get()?;
        app.visit(|visit| {
            let concern = visit.standing_concerns().into_iter().find(|concern| concern.id == id)?;
            let confirmed = visit.is_confirmed(&concern);
            let said = visit.journal.answer(&Key::ConcernConfirmed(id));
            let stale = !confirmed
                && matches!(said, Some(crate::visit::Change::ConcernConfirmed { sentence: Some(_), .. }));
            let sentence = sentence(app, visit, &concern);
            let unasked = app.catalogue.with(|catalogue| visit.unasked(&concern, catalogue));
            Some(ReadBack { id, sentence, confirmed, stale, unasked })
        })
        .flatten()
    });
    live(move || {
        let t = app.t();
        let ReadBack { id, sentence, confirmed, stale, unasked } = back.get()?;
        let read = sentence.clone();
        let tick = move |_| {
            let read = (!confirmed).then(|| read.clone());
            let change = app.visit_now(|visit| {
                let concern = visit.standing_concerns().into_iter().find(|concern| concern.id == id);
                concern.map(|concern| visit.confirm_concern(&concern, read))
            });
            app.write(change.flatten().into_iter().collect());
        };
        let reading = (!sentence.is_empty()).then(|| view! {
            <section class="iv-read"><h3 class="row">{icon(Icon::Words)}{t.read_to_customer()}</h3><p class="iv-say" data-summary="">{sentence}</p>
                {stale.then(|| view! { <p class="note row" data-stale="">{icon(Icon::Warning)}{t.read_again()}</p> })}
                <button type="button" class="iv-tick" id="confirm" aria-pressed=confirmed.to_string() on:click=tick><span class="box">{confirmed.then(|| icon(Icon::Tick))}</span>{t.customer_says_right()}</button></section>
        });
        let open = |open: Unasked| {
            let said = app.catalogue.with(|catalogue| t.unasked(&open, catalogue).to_owned());
            let what = match open {
                Unasked::Words => "words".to_owned(),
                Unasked::Symptom => "symptom".to_owned(),
                Unasked::Question(id) => id,
            };
            let place = place_of(id, &what);
            view! { <button type="button" class="chip" data-unasked=what on:click=move |_| go_to(&place)>{said}</button> }
        };
        let asked = if unasked.is_empty() {
            view! { <p class="ready" data-all-asked="">{icon(Icon::Tick)}{t.all_asked()}</p> }
        } else {
            view! { <div><span class="label">{t.still_to_ask()}</span><div class="chips">{unasked.into_iter().map(open).collect_view()}</div></div> }
        };
        Some(view! { {reading}{asked} })
    })
}
