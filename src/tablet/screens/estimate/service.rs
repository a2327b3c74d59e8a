//! 建议项目: the service that is due by the model's plan, put down line by line as recommended; nothing of it
//! counts before the customer has accepted it.

use super::Desk;
use crate::icons::Icon;
use crate::locale::day_of;
use crate::reference::{Operation, Record};
use crate::tablet::components::icon;
use crate::tablet::markup::{CollectView as _, Markup, live, view};
use crate::tablet::signals::{Memo, RwSignal, effect};

pub(super) fn recommended(desk: Desk) -> Markup {
    let app = desk.app;
    let due = RwSignal::new(Vec::<Operation>::new());
    let car = Memo::new(move |_| {
        let today = day_of(app.now.get(), app.utc_offset());
        app.visit(|visit| visit.serviced_as(today)).flatten()
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
    live(move || {
        let t = app.t();
        let there: Vec<String> =
            desk.lines.with(|lines| lines.iter().map(|line| line.item.code.clone()).collect());
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
        (!open.is_empty()).then(|| view! {
            <section class="es-recommended"><h2 class="sec">{t.recommended_work()}</h2>{open.into_iter().map(row).collect_view()}</section>
        })
    })
}
