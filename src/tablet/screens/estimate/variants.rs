//! 方案: what each variant has and what the customer would pay, side by side; one is chosen.

use super::{Desk, pricing};
use crate::icons::Icon;
use crate::tablet::components::icon;
use crate::tablet::markup::{CollectView as _, Markup, live, view};
use crate::tablet::signals::Memo;
use crate::visit::Change;
use crate::visit::variants::Offered;

pub(super) fn variants(desk: Desk) -> Markup {
    let app = desk.app;
    let offered = Memo::new(move |_| app.settled(|visit| visit.variants(pricing(app))).unwrap_or_default());
    let chosen = Memo::new(move |_| app.visit(|visit| visit.chosen_variant()).flatten());
    live(move || {
        let t = app.t();
        let offered = offered.get();
        let one = |offered: &Offered| {
            let variant = offered.variant;
            let is_chosen = chosen.get() == Some(variant);
            let choose = move |_| {
                let variant = (chosen.get_untracked() != Some(variant)).then_some(variant);
                app.write(vec![Change::VariantChosen { variant }]);
            };
            let line = |line: &crate::visit::order::OrderLine| view! { <div class="es-kv"><span>{line.item.name.get(t).to_owned()}</span><b>{line.amount().to_string()}</b></div> };
            let total = match offered.asked {
                Ok(asked) => t.yuan(asked.total),
                Err(why) => t.not_an_estimate(why).to_owned(),
            };
            let word = if is_chosen { t.variant_chosen() } else { t.choose_variant() };
            view! {
                <div class="es-variant" data-offered=variant.name()><h3>{t.variant_word(variant)}</h3>{offered.lines.iter().map(line).collect_view()}
                    <b class="t24">{total}</b>
                    <button type="button" class="btn sm wide" data-choose="" aria-pressed=is_chosen.to_string() on:click=choose>{is_chosen.then(|| icon(Icon::Tick))}{word}</button></div>
            }
        };
        (!offered.is_empty()).then(|| view! {
            <section class="card pad-in" data-variants=""><h2 class="sec">{t.variants()}</h2><div class="es-variants">{offered.iter().map(one).collect_view()}</div></section>
        })
    })
}
