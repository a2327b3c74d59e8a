//! What it comes to, always in sight.

use super::{Desk, pricing};
use crate::icons::Icon;
use crate::locale::day_of;
use crate::money::Fen;
use crate::tablet::components::icon;
use crate::tablet::markup::{CollectView as _, Markup, live, view};

pub(super) fn total(desk: Desk) -> Markup {
    let app = desk.app;
    let sums = live(move || {
        let t = app.t();
        let how = pricing(app);
        let today = day_of(app.now.get(), app.utc_offset());
        let estimate = app.settled(|visit| visit.estimate(how, today))?;
        // The large number is what is sure today; a ceiling stands below it.
        let certain = estimate.certain();
        let counted = estimate.asked().and_then(|most| Ok((certain.sum()?, certain.asked()?, most)));
        let (sum, asked, most) = match counted {
            Ok(counted) => counted,
            // Two tablets put down what together cannot be counted.
            Err(why) => {
                return Some(view! { <p class="said bad">{icon(Icon::Warning)}{t.not_an_estimate(why)}</p> });
            }
        };
        let row = |(word, amount): (&'static str, Fen)| view! { <div class="es-kv"><span>{word}</span><b>{amount.to_string()}</b></div> };
        let always = [(t.labour(), sum.labour), (t.parts_cost(), sum.parts)];
        let some = [
            (t.discounts(), sum.discounts),
            (t.covered_cost(), sum.covered),
            (t.ceilings(), Fen(most.total.0 - asked.total.0)),
        ];
        let some = some.into_iter().filter(|(_, amount)| *amount > Fen(0));
        Some(view! {
            <h2 class="cap">{t.customer_pays()}</h2>
            <p class="es-total" data-total="">{t.yuan(asked.total)}</p>
            <p class="note">{t.tax_of(how.tax, asked.tax)}</p>
            {always.into_iter().chain(some).map(row).collect_view()}
        })
    });
    let age = live(move || {
        let t = app.t();
        match app.held_reference().get() {
            Some(held) => {
                view! { <p class="note" data-age="">{icon(Icon::Clock)}{format!("{} {}", t.data_of(), t.date_time(held.at, app.utc_offset()))}</p> }
            }
            None => view! { <p class="note">{icon(Icon::Info)}{t.reference_missing()}</p> },
        }
    });
    view! { <div class="es-side">{sums}{age}</div> }
}
