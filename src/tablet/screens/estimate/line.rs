//! One line: what, how much, who bears it; open, its terms can be said anew.

use super::{Desk, search};
use crate::estimate::Payer;
use crate::icons::Icon;
use crate::journal::EntryId;
use crate::locale::Language;
use crate::money::{Fen, NotANumber, Quantity};
use crate::reference::Part;
use crate::tablet::components::{Read, TextField, chip, icon, segments, write_with_undo};
use crate::tablet::markup::{CollectView as _, Markup, derive, live, view};
use crate::tablet::signals::{Memo, RwSignal, effect};
use crate::visit::old_parts::OldPartTo;
use crate::visit::order::{OrderLine, Terms};
use crate::visit::variants::Variant;
use crate::visit::{Change, Key};

/// Reads a text into one of the terms.
type Set = fn(&mut Terms, &str) -> Result<(), NotANumber>;

const PAYERS: [Payer; 4] = [Payer::Customer, Payer::Manufacturer, Payer::Insurer, Payer::Dealership];

pub(super) fn line(desk: Desk, id: EntryId) -> Markup {
    let line = Memo::new(move |_| desk.lines.with(|lines| lines.iter().find(|line| line.id == id).cloned()));
    let code = line.get_untracked().map(|line| line.item.code);
    let shown = live(move || line.get().map(|line| row(desk, &line)));
    let is_open = Memo::new(move |_| desk.open.get() == Some(id));
    let toggle = move |_| {
        let now = desk.open.get_untracked();
        desk.open.set((now != Some(id)).then_some(id));
    };
    let answer = live(move || line.get().filter(|line| line.suggested).map(|line| answer(desk, &line)));
    let editor = live(move || is_open.get().then(|| editor(desk, id, line)));
    view! {
        <div class="es-line" data-code=code>
            <button type="button" class="es-go" aria-expanded=move || is_open.get().to_string() on:click=toggle>{shown}</button>
            {answer}{editor}
        </div>
    }
}

fn row(desk: Desk, line: &OrderLine) -> Markup {
    let t = desk.app.t();
    let OrderLine { item, terms, .. } = line;
    let amount = line.amount();
    let sum = match (terms.after_diagnosis, terms.payer) {
        (true, Payer::Customer) => {
            view! { <span class="es-sum warn">{t.to_be_priced()}<small>{t.at_most(amount)}</small></span> }
        }
        (_, Payer::Customer) if line.counts() => view! { <b class="es-sum">{amount.to_string()}</b> },
        (_, Payer::Customer) => view! { <span class="es-sum two">{amount.to_string()}</span> },
        (_, payer) => {
            view! { <span class="es-sum"><s>{amount.to_string()}</s>" "<b>"0.00"</b><small>{t.payer_word(payer)}</small></span> }
        }
    };
    let variant = line.variant.map(|variant| {
        let class = if line.left_out { "tag" } else { "tag good" };
        view! { <span class=class data-variant=variant.name()>{t.variant_word(variant)}</span> }
    });
    let off = (terms.discount > Fen(0))
        .then(|| view! { <span class="note">{format!("{} −{}", t.discount(), terms.discount)}</span> });
    let no_price = (terms.price == Fen(0))
        .then(|| view! { <span class="tag warn">{icon(Icon::Warning)}{t.zero_price()}</span> });
    let (price, code) = (terms.price, item.code.clone());
    let now = live(move || {
        let t = desk.app.t();
        desk.parts.with(|parts| parts.get(&code).cloned()).map(|part| match part {
            Some(part) => {
                let (class, word) = search::stock(t, &part);
                let differs = (part.price != price).then(|| view! { <span class="tag warn" data-price-now="">{icon(Icon::Warning)}{format!("{} {}", t.price_now(), part.price)}</span> });
                view! { <span class=class>{word}</span>{differs} }
            }
            None => view! { <span class="tag warn">{t.no_longer_listed()}</span> },
        })
    });
    view! {
        <span class="es-name"><b>{item.name.get(t).to_owned()}</b><span class="note">{item.code.clone()}</span></span>
        <span class="es-count"><span>{t.line_counted(item, terms)}</span>{off}<span class="row wrap">{variant}{now}{no_price}</span></span>
        {sum}
    }
}

/// What the customer says to a recommendation; nothing is chosen beforehand.
fn answer(desk: Desk, line: &OrderLine) -> Markup {
    let app = desk.app;
    let (id, accepted) = (line.id, line.accepted);
    let t = app.t();
    let say = move |yes: bool| {
        let accepted = (accepted != Some(yes)).then_some(yes);
        app.write(vec![Change::LineAnswered { line: id, accepted }]);
    };
    view! {
        <div class="es-answer"><span class="tag">{icon(Icon::Info)}{t.recommended()}</span><span class="grow"></span>
            <button type="button" class="btn sm" data-accept="" aria-pressed=(accepted == Some(true)).to_string() on:click=move |_| say(true)>{icon(Icon::Tick)}{t.customer_wants_it()}</button>
            <button type="button" class="btn sm" data-decline="" aria-pressed=(accepted == Some(false)).to_string() on:click=move |_| say(false)>{icon(Icon::Cross)}{t.customer_declines()}</button></div>
    }
}

fn editor(desk: Desk, id: EntryId, line: Memo<Option<OrderLine>>) -> Markup {
    let app = desk.app;
    let said = RwSignal::new(None::<String>);
    let changed = move |change: &dyn Fn(&mut Terms)| {
        let line = line.get_untracked()?;
        let mut terms = line.terms;
        change(&mut terms);
        app.visit_now(|visit| visit.change_line(&line, terms))
    };
    let put = move |change: &dyn Fn(&mut Terms)| match changed(change) {
        Some(Ok(change)) => {
            said.set(None);
            app.write(vec![change]);
        }
        Some(Err(why)) => said.set(Some(app.language.get_untracked().not_an_estimate(why).to_owned())),
        None => {}
    };
    let meaning = move |set: Set| {
        move |typed: &str| {
            let t = app.language.get_untracked();
            if let Err(why) = set(&mut Terms::of_one(Fen(0)), typed) {
                return Read::Refuse(t.number_refused(why).to_owned());
            }
            match changed(&|terms| {
                let _ = set(terms, typed);
            }) {
                Some(Ok(change)) => Read::Write(vec![change]),
                Some(Err(why)) => Read::Refuse(t.not_an_estimate(why).to_owned()),
                None => Read::Nothing,
            }
        }
    };
    let field =
        move |name: &str, label: fn(Language) -> &'static str, value: fn(&Terms) -> String, set: Set| {
            let shown = derive(move || {
                line.with(|line| line.as_ref().map(|line| value(&line.terms)).unwrap_or_default())
            });
            TextField::new(
                app,
                format!("line/{id}/{name}"),
                app.word(label),
                shown,
                Some(Key::Line(id)),
                Box::new(meaning(set)),
            )
            .mode("decimal")
            .view()
        };
    let is_work = line.with_untracked(|line| line.as_ref().is_some_and(|line| line.item.origin.is_none()));
    let quantity: fn(Language) -> &'static str = if is_work { Language::hours } else { Language::quantity };
    let bears = derive(move || line.with(|line| line.as_ref().map(|line| line.terms.payer)));
    let payers = PAYERS.map(|payer| (payer, app.word(move |t| t.payer_word(payer)))).to_vec();
    let choose = move |payer: Payer| {
        if let Some(line) = line.get_untracked() {
            let borne = line.borne_by(payer, &|payer| desk.rate(payer));
            put(&move |terms| *terms = borne);
        }
    };
    let later =
        derive(move || line.with(|line| line.as_ref().is_some_and(|line| line.terms.after_diagnosis)));
    let withdraw = move |_| {
        let set = |withdrawn| Change::LineWithdrawn { line: id, withdrawn };
        desk.open.set(None);
        write_with_undo(app, set(true), set(false), app.language.get_untracked().line_withdrawn().to_owned());
    };
    // Up to three ways to do it, and where the old part goes: neither is asked of what was found later.
    let is_ordered =
        app.visit_now(|visit| visit.order_lines().iter().any(|line| line.id == id)).unwrap_or_default();
    let variants = is_ordered.then(|| {
        let of = derive(move || line.with(|line| line.as_ref().map(|line| line.variant)));
        let all = [None].into_iter().chain(Variant::ALL.map(Some));
        let word = move |variant: Option<Variant>| {
            app.word(move |t| variant.map_or(t.for_all_variants(), |variant| t.variant_word(variant)))
        };
        let choices = all.map(|variant| (variant, word(variant))).collect();
        let choose = move |variant| app.write(vec![Change::LineVaried { line: id, variant }]);
        view! {
            <div class="label">{move || app.t().to_variant()}</div>
            <div data-to-variant="">{segments(move || app.t().to_variant().to_owned(), choices, of, choose)}</div>
        }
    });
    let old_part = (is_ordered && !is_work).then(|| {
        let goes = derive(move || line.get().and_then(|line| app.visit(|visit| visit.old_part_goes(&line)).flatten()));
        let choices = OldPartTo::ALL.map(|to| (to, app.word(move |t| t.old_part_to_word(to)))).to_vec();
        let choose = move |to| app.write(vec![Change::OldPartGoes { line: id, to: Some(to) }]);
        view! {
            <div class="label">{move || app.t().old_part_goes()}</div>
            <div data-old-part="">{segments(move || app.t().old_part_goes().to_owned(), choices, goes, choose)}</div>
        }
    });
    let others = (!is_work).then(|| alternatives(desk, line, said));
    let sentence = live(move || {
        said.get().map(|said| view! { <span class="said bad">{icon(Icon::Warning)}{said}</span> })
    });
    view! {
        <div class="es-edit">
            <div class="es-fields">
                {field("quantity", quantity, |terms| terms.quantity.to_string(), |terms, text| Quantity::read(text).map(|quantity| terms.quantity = quantity))}
                {field("price", Language::unit_price, |terms| terms.price.to_string(), |terms, text| Fen::read(text).map(|price| terms.price = price))}
                {field("discount", Language::discount, |terms| terms.discount.to_string(), |terms, text| Fen::read(text).map(|discount| terms.discount = discount))}
            </div>
            <div class="label">{move || app.t().payer()}</div>
            {segments(move || app.t().payer().to_owned(), payers, bears, choose)}
            {others}{old_part}{variants}
            <div class="row wrap">{chip(app.word(Language::after_diagnosis), later, move |on| put(&move |terms| terms.after_diagnosis = on))}
                <span class="grow"></span>
                <button type="button" class="btn sm quiet" data-withdraw="" on:click=withdraw>{icon(Icon::Bin)}{move || app.t().withdraw_line()}</button></div>
            <div role="status">{sentence}</div>
        </div>
    }
}

/// Parts that do in its place, with stock and price; a tap puts one down instead.
fn alternatives(desk: Desk, line: Memo<Option<OrderLine>>, said: RwSignal<Option<String>>) -> Markup {
    let app = desk.app;
    let others = RwSignal::new(Vec::<Part>::new());
    effect(move |_| {
        let code = line.with(|line| line.as_ref().map(|line| line.item.code.clone())).unwrap_or_default();
        let now = desk.parts.with(|parts| parts.get(&code).cloned().flatten());
        let numbers = now.and_then(|part| part.alternatives).unwrap_or_default();
        if !numbers.is_empty() {
            leptos::task::spawn_local(async move {
                if let Ok(parts) = app.parts(&numbers).await {
                    others.set(parts);
                }
            });
        }
    });
    live(move || {
        let t = app.t();
        let one = |part: Part| {
            let (class, word) = search::stock(t, &part);
            let (name, number) = (part.name.get(t).to_owned(), part.number.clone());
            let about = format!("{number} · {}", t.origin_word(part.origin));
            let price = part.price.to_string();
            let take = move |_| {
                let Some(line) = line.get_untracked() else { return };
                match app.visit_now(|visit| visit.exchange_part(&line, &part)) {
                    Some(Ok(changes)) => {
                        desk.open.set(None);
                        app.write(changes);
                    }
                    Some(Err(why)) => {
                        said.set(Some(app.language.get_untracked().not_an_estimate(why).to_owned()))
                    }
                    None => {}
                }
            };
            view! {
                <button type="button" class="es-found" data-alternative=number on:click=take>
                    <span class="grow"><b>{name}</b><span class="note">{about}</span></span><span class=class>{word}</span><b>{price}</b>{icon(Icon::Again)}</button>
            }
        };
        let others = others.get();
        (!others.is_empty()).then(|| view! {
            <div class="label">{t.alternatives()}</div><div class="es-results">{others.into_iter().map(one).collect_view()}</div>
        })
    })
}
