//! The work order in customer mode: what will be done and what it costs, the clause on additional work, which
//! the customer ticks, and the glass; then the advisor's countersignature.

use std::rc::Rc;

use super::customer::{Pages, held, hold};
use super::glass::Glass;
use super::sign::{self, Countersigned};
use crate::catalogue::Catalogue;
use crate::documents::{OrderSheet, OrderText};
use crate::icons::Icon;
use crate::journal::EntryId;
use crate::locale::Language;
use crate::route::{Route, Step};
use crate::tablet::app::App;
use crate::tablet::components::icon;
use crate::tablet::device;
use crate::tablet::markup::{CollectView as _, Markup, derive, live, view};
use crate::tablet::signals::{RwSignal, StoredValue};
use crate::tablet::storage::Append;
use crate::visit::customer::{PersonName, Salutation};
use crate::visit::order::Pricing;
use crate::visit::signature::SignedAs;
use crate::visit::work_order::Term;
use crate::visit::{Change, Visit};

/// The pages' names, as they stand in the journal with the questions asked on them.
const PAGES: [&str; 3] = ["order_price", "order_clause", "order_sign"];

/// What lies on the table, as it stood when the tablet was handed over.
struct Table {
    heads: Vec<EntryId>,
    sheet: OrderSheet,
    pricing: Pricing,
    signer: Option<PersonName>,
    signed_as: SignedAs,
    salutation: Option<Salutation>,
    /// Signed already, and nothing has changed since.
    over: bool,
}

impl Table {
    fn of(visit: &Visit, catalogue: &Catalogue) -> Self {
        let signer = visit.signer().and_then(|signer| signer.person.name).cloned();
        Self {
            heads: visit.journal.heads(),
            sheet: OrderSheet::of(visit, catalogue, device::now()),
            pricing: catalogue.pricing.unwrap_or_default(),
            salutation: visit.salutation().filter(|_| signer.as_ref() == visit.customer()),
            signer,
            signed_as: visit.signs_as(),
            over: visit
                .signed_orders()
                .pop()
                .is_some_and(|newest| visit.order_changed_since(&newest).is_empty()),
        }
    }
}

pub(super) fn order(app: App) -> Markup {
    let table = app.catalogue.with_untracked(|catalogue| app.visit_now(|visit| Table::of(visit, catalogue)));
    let Some(table) = table else {
        return view! { <div class="cm"><p class="empty">{move || app.t().visit_not_here()}</p>{hold(app)}</div> };
    };
    let at = RwSignal::new(0_usize);
    let over = RwSignal::new(table.over);
    // The customer's own tick, made anew for every signature; what is signed rests on it.
    let ticked = RwSignal::new(None::<EntryId>);
    let glass = Glass::new(app);
    let who = table.signer.as_ref().map(ToString::to_string).unwrap_or_default();
    let (salutation, said_name) = (table.salutation, who.clone());
    let table = Rc::new(table);
    let greeting = move || {
        let t = app.t();
        t.please_look(&t.addressed(&said_name, salutation), at.get() == PAGES.len() - 1)
    };
    let signed = Rc::clone(&table);
    let sign = move || {
        let t = app.language.get_untracked();
        let Table { sheet, signer: Some(signer), pricing, .. } = &*signed else {
            return glass.say(t.signer_missing().to_owned());
        };
        // The rules see the fold that was on the table with the tick upon it; what came since is none of it.
        let heads = ticked.get_untracked().map_or_else(|| signed.heads.clone(), |tick| vec![tick]);
        let signing = app.visit_now(|visit| {
            let looked_at = Visit { journal: visit.journal.as_of(&heads) };
            looked_at.sign_order(glass.strokes(), signer.clone(), sheet.clone(), *pricing, device::now())
        });
        if let Some(signing) = signing {
            glass.keep(signing, Some(heads), move || over.set(true));
        }
    };
    let sign: Rc<dyn Fn()> = Rc::new(sign);
    let word = |t: Language, at: usize| [t.price_page(), t.clause_page(), t.page_sign()][at];
    let (shown, heads) = (Rc::clone(&table), table.heads.clone());
    let page = move || match at.get() {
        0 => price(app, &shown.sheet),
        1 => clause(app, &shown.sheet, heads.clone(), ticked),
        _ => to_sign(app, &shown, &who, glass),
    };
    let next = move || match at.get() {
        0 => {
            view! { <button class="btn pri xl" id="seen" on:click=move |_| at.set(1)>{move || app.t().seen_next()}{icon(Icon::Forward)}</button> }
        }
        1 => {
            view! { <button class="btn pri xl" id="seen" disabled=move || ticked.get().is_none() on:click=move |_| at.set(2)>{move || app.t().seen_clause()}{icon(Icon::Forward)}</button> }
        }
        _ => {
            let sign = Rc::clone(&sign);
            glass.confirm("btn pri xl", Language::confirm_signature, move || sign())
        }
    };
    let pages = Pages {
        at: derive(move || at.get()),
        name: |at| PAGES[at],
        of: PAGES.len(),
        word,
        greeting: Box::new(greeting),
        main: Box::new(page),
        next: Box::new(next),
        turn: Rc::new(move |to| at.set(to)),
        over,
    };
    held(app, pages)
}

/// A page follows the language; what it shows does not change.
fn in_language(
    app: App,
    sheet: &OrderSheet,
    draw: impl Fn(Language, &OrderText) -> Markup + 'static,
) -> Markup {
    let sheet = sheet.clone();
    live(move || {
        let t = app.t();
        draw(t, sheet.text(t))
    })
}

fn price(app: App, sheet: &OrderSheet) -> Markup {
    in_language(app, sheet, |t, text| {
        let group = |group: &crate::documents::OrderGroup| {
            view! {
                <section class="card or-group"><h2 class="cap">{group.title.clone()}</h2>
                    {(!group.said.is_empty()).then(|| view! { <p class="note">{group.said.clone()}</p> })}
                    {group.rows.iter().map(row).collect_view()}</section>
            }
        };
        // Where nobody else bears anything the total says it all.
        let several = text.sums.len() > 1;
        let sums = text.sums.iter().filter(|_| several).map(|row| {
            let (who, amount) =
                (row.first().cloned().unwrap_or_default(), row.last().cloned().unwrap_or_default());
            view! { <div class="es-kv"><span>{who}</span><b>{amount}</b></div> }
        });
        let ceiling = text.ceiling.as_ref().map(|total| view! {
            <div class="or-most">{icon(Icon::Warning)}<span>{total.label.clone()}" "<b>{total.amount.clone()}</b></span></div>
        });
        let told = text.told.iter().map(
            |(label, said)| view! { <div class="cf"><span>{label.clone()}</span><b>{said.clone()}</b></div> },
        );
        view! {
            <div class="cm-two or-two">
                <section>{text.groups.iter().map(group).collect_view()}</section>
                <section><h2 class="cap">{t.you_pay()}</h2><p class="es-total" data-you-pay="">{text.total.amount.clone()}</p><p class="note">{text.total.capitals.clone()}</p>
                    <p class="note">{text.tax.clone()}</p>{sums.collect_view()}{ceiling}{told.collect_view()}</section>
            </div>
        }
    })
}

/// A line as the customer reads it.
pub(super) fn row(row: &crate::documents::OrderRow) -> Markup {
    let (class, amount) = match row.own.is_empty() {
        false => ("", row.own.clone()),
        true => ("two", row.others.clone()),
    };
    let about = [row.source.as_str(), row.quantity.as_str(), row.price.as_str()];
    let about = about.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
    view! { <div class="or-row"><span><b>{row.name.clone()}</b><small>{about}</small></span><b class=class>{amount}</b></div> }
}

/// What is agreed to by a signature, and by whom.
pub(super) fn agreed(consent: &str, who: &str, role: &str, authority: Option<&String>) -> Markup {
    let authority = authority.cloned().map(|said| view! { <span class="note">{said}</span> });
    view! {
        <div class="cm-agree"><p>{consent.to_owned()}</p>
            <p class="cm-who"><b>{who.to_owned()}</b><span class="cap">{role.to_owned()}</span>{authority}</p></div>
    }
}

fn clause(app: App, sheet: &OrderSheet, heads: Vec<EntryId>, ticked: RwSignal<Option<EntryId>>) -> Markup {
    let heads = StoredValue::new(heads);
    let tick = move |_| {
        let Some(dossier) = app.route.get_untracked().dossier().filter(|_| ticked.get_untracked().is_none())
        else {
            return;
        };
        let change = Change::TermAgreed { term: Term::Explained, value: "yes".to_owned().into() };
        // Upon what lies on the table, and nothing else.
        let frozen = heads.get_value();
        let looked_at = |visit: &Visit| visit.journal.as_of(&frozen).draft(change.clone());
        let Some(draft) = app.visit_now(looked_at) else { return };
        let how = Append { frozen: Some(frozen), ..app.append_now() };
        app.append(dossier, vec![draft], how, move |ids| ticked.set(ids.first().copied()));
    };
    let is_ticked = move || ticked.get().is_some();
    let said = in_language(app, sheet, |t, text| {
        let chosen = |(label, ticks): &(String, Vec<crate::documents::Tick>)| {
            let chosen = ticks.iter().filter(|tick| tick.chosen).map(|tick| tick.label.as_str());
            let chosen = chosen.collect::<Vec<_>>().join(t.pick("、", ", "));
            view! { <div class="cf"><span>{label.clone()}</span><b>{chosen}</b></div> }
        };
        let fine = |(title, words): &(String, String)| view! { <div class="cf"><span>{title.clone()}</span><b>{words.clone()}</b></div> };
        view! { {text.agreed.iter().map(chosen).collect_view()}{text.fine.iter().map(fine).collect_view()} }
    });
    // In short; a dealership's own words are shown as they stand, nobody has made them shorter.
    let clause = in_language(app, sheet, |t, text| {
        let own = text.clause.1 != t.clause_text();
        let words = if own { text.clause.1.clone() } else { t.clause_short().to_owned() };
        view! { <p class=if own { "own" } else { "" }>{words}</p> }
    });
    view! {
        <div class="cm-two or-two">
            <section><div class="or-clause"><h2>{icon(Icon::Warning)}{move || app.t().when_more_is_found()}</h2>{clause}</div>
                <button type="button" class="iv-tick or-tick" id="explained" aria-pressed=move || is_ticked().to_string() on:click=tick>
                    <span class="box">{move || is_ticked().then(|| icon(Icon::Tick))}</span><span>{move || app.t().explained_to_me()}</span></button></section>
            <section>{said}</section>
        </div>
    }
}

fn to_sign(app: App, table: &Table, who: &str, glass: Glass) -> Markup {
    let (who, signed_as) = (who.to_owned(), table.signed_as);
    let read = in_language(app, &table.sheet, move |t, text| {
        let agreed = agreed(&text.consent, &who, t.signed_as(signed_as), text.authority.as_ref());
        view! { <p class="cap cm-notice">{text.total.label.clone()}" "<b>{text.total.amount.clone()}</b></p>{agreed} }
    });
    view! {
        <div class="cm-one cm-sign">{read}
            <div class="cm-glass">{glass.pad()}<div class="cm-tools">{glass.tools()}</div></div>
            {glass.said()}
        </div>
    }
}

pub(super) fn countersign(app: App) -> Markup {
    let order = Countersigned {
        title: |t| format!("{} · {}", t.work_order(), t.countersign()),
        sign: Visit::countersign_order,
        paper: Route::OrderPaper,
        step: Step::Estimate,
    };
    sign::countersign(app, order)
}
