//! Which drawing fits the car, and where its driver sits.

use crate::tablet::markup::{CollectView as _, Markup, derive, view};

use crate::tablet::app::App;
use crate::tablet::components::{segments, side_view};
use crate::visit::{Body, Change, Side, Visit};

/// The four bodies seen from the side, and left- or right-hand drive.
pub(super) fn body_choice(app: App) -> Markup {
    let now = derive(move || app.visit(Visit::body));
    let bodies = Body::ALL.map(|body| {
        let choose = move |_| {
            if now.get_untracked() != Some(body) {
                app.write(vec![Change::BodyChosen { body }]);
            }
        };
        view! {
            <button type="button" data-body=body.name() aria-pressed=move || (now.get() == Some(body)).to_string() on:click=choose>
                {side_view(body)}<span>{move || app.t().body_word(body)}</span>
            </button>
        }
    });
    let sides = Side::ALL.map(|side| (side, derive(move || app.t().steering_word(side).to_owned())));
    let side = derive(move || app.visit(Visit::steering));
    view! {
        <div class="kd bodies" role="group" aria-label=move || app.t().which_body()>{bodies.into_iter().collect_view()}</div>
        {segments(move || app.t().driver_side().into(), sides.to_vec(), side, move |side| app.write(vec![Change::SteeringSeen { side }]))}
    }
}
