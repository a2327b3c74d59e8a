//! 建议项目: the service that is due by the model's plan, put down line by line as recommended; nothing of it
//! counts before the customer has accepted it.

use super::Desk;
use crate::icons::Icon;
use crate::locale::day_of;
use crate::reference::{Operation, Record};
use crate::tablet::components::icon;
use crate::tablet::markup::{CollectView as _, Markup, live, view};
use crate::tablet::screens::marks::last_visit;
use crate::tablet::signals::{Memo, RwSignal, effect};
use crate::visit::addition::Declined;

pub(super) fn recommended(desk: Desk) -> Markup {
    let app = desk.app;
    let due = RwSignal::new(Vec::<Operation>::new());
    let car = Memo::new(move |_| {
        let today = day_of(app.now.get(), app.utc_offset());
        app.settled(|visit| visit.serviced_as(today)).flatten()
    });
    effect(move |_| {
        app.held_reference().track();
        let Some(car) = car.get() else { return };
        leptos::task::spawn_local(async move {
            let Ok(plans) = app.service_plans().await else { return };
            let codes = car.due(&plans).map(|plan| plan.operations.clone()).unwrap_or_default();
            if let Ok(operations) = app.operations(&codes).await {
                due.maybe_update(|known| std::mem::replace(known, operations.clone()) != operations);
            }
        });
    });
    let declined = RwSignal::new(Vec::<Declined>::new());
    leptos::task::spawn_local(async move {
        if let Some(earlier) = last_visit(app).await {
            declined.set(earlier.declined());
        }
    });
    live(move || {
        let t = app.t();
        let there: Vec<String> =
            desk.settled.with(|lines| lines.iter().map(|line| line.item.code.clone()).collect());
        let mut again = declined.get();
        again.retain(|declined| !there.contains(&declined.item.code));
        let again: Vec<Markup> = again.into_iter().map(|declined| come_back(desk, declined)).collect();
        let open: Vec<Operation> =
            due.get().into_iter().filter(|operation| !there.contains(&operation.code)).collect();
        let row = |operation: Operation| {
            let name = operation.name.get(t).to_owned();
            let hours = format!("{} {}", t.hours(), operation.hours);
            let code = operation.code.clone();
            let add = move |_| desk.add(None, &Record::Operation(operation.clone()), true);
            view! {
                <div class="es-due" data-due=code>{icon(Icon::Again)}<span class="grow"><b>{name}</b><span class="note">{hours}</span></span>
                    <button type="button" class="btn sm" on:click=add>{icon(Icon::Plus)}{t.recommended()}</button></div>
            }
        };
        (!open.is_empty() || !again.is_empty()).then(|| view! {
            <section class="es-recommended"><h2 class="sec">{t.recommended_work()}</h2>{again.into_iter().collect_view()}{open.into_iter().map(row).collect_view()}</section>
        })
    })
}

/// What was declined at the last visit, with what may happen; put down at what the lists say now.
fn come_back(desk: Desk, declined: Declined) -> Markup {
    let app = desk.app;
    let t = app.t();
    let Declined { item, terms, risk } = declined;
    let (code, name) = (item.code.clone(), item.name.get(t).to_owned());
    let risk = risk.as_ref().and_then(|risk| risk.value()).cloned();
    let (class, mark) = if risk.is_some() { ("tag bad", Icon::Warning) } else { ("tag", Icon::Again) };
    let said = risk.map(|risk| format!("{}{}{risk}", t.declined_last_time(), t.pick("：", ": ")));
    let said = said.unwrap_or_else(|| t.declined_last_time().to_owned());
    let add = move |_| {
        let (item, codes) = (item.clone(), [item.code.clone()]);
        leptos::task::spawn_local(async move {
            let now = match item.origin {
                None => app
                    .operations(&codes)
                    .await
                    .ok()
                    .and_then(|all| all.into_iter().next())
                    .map(Record::Operation),
                Some(_) => {
                    app.parts(&codes).await.ok().and_then(|all| all.into_iter().next()).map(Record::Part)
                }
            };
            match now {
                Some(record) => desk.add(None, &record, true),
                // The lists have it no more: as it was.
                None => {
                    if let Some(Ok(change)) = app.visit_now(|visit| visit.add_line(None, (item, terms), true))
                    {
                        app.write(vec![change]);
                    }
                }
            }
        });
    };
    view! {
        <div class="es-due" data-declined=code>{icon(mark)}<span class="grow"><b>{name}</b><span class=class>{said}</span></span>
            <button type="button" class="btn sm" on:click=add>{icon(Icon::Plus)}{t.recommended()}</button></div>
    }
}
