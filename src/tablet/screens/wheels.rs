//! What is measured at a wheel, beside the limits.

use crate::tablet::signals::Memo;

use crate::icons::Icon;
use crate::locale::{Language, day_of};
use crate::tablet::app::App;
use crate::tablet::components::{Read, TextField, icon};
use crate::tablet::markup::{Markup, derive, view};
use crate::visit::wheels::{NotAMeasure, Pressure, Tread, Tyre, TyreLimits, TyreWeek, Wheel};
use crate::visit::{Change, Grade, Key};

fn limits(app: App) -> TyreLimits {
    app.catalogue.with(|catalogue| catalogue.tyres.unwrap_or_default())
}

/// What a reading is worth: a tag with its words.
fn worth(grade: Grade, words: String) -> Markup {
    let (class, mark) = match grade {
        Grade::Bad => ("tag bad", Icon::Cross),
        Grade::Attention => ("tag warn", Icon::Warning),
        Grade::Good | Grade::NotApplicable => ("tag", Icon::Tick),
    };
    view! { <span class=class>{icon(mark)}{words}</span> }
}

/// Tread, pressure and age of a wheel; each empty field is a reading taken back.
pub(super) fn tyre(app: App, wheel: Wheel) -> Markup {
    let measured = Memo::new(move |_| app.visit(|visit| visit.tyre(wheel)).unwrap_or_default());
    type Reading = fn(App, &str, Wheel) -> Result<Change, NotAMeasure>;
    type Shown = fn(Tyre) -> Option<String>;
    let field = |name: &str,
                 word: fn(Language) -> &'static str,
                 unit: &'static str,
                 key: Key,
                 shown: Shown,
                 reading: Reading| {
        let value = derive(move || shown(measured.get()).unwrap_or_default());
        let read = move |typed: &str| match reading(app, typed, wheel) {
            Ok(change) => Read::Write(vec![change]),
            Err(why) => Read::Refuse(app.language.get_untracked().not_a_measure(why).to_owned()),
        };
        let label = app.word(word);
        TextField::new(
            app,
            app.draft_name(&format!("{name}/{}", wheel.name())),
            label,
            value,
            Some(key),
            Box::new(read),
        )
        .unit(unit)
        .mode("decimal")
    };
    fn typed<T>(
        text: &str,
        read: impl FnOnce(&str) -> Result<T, NotAMeasure>,
    ) -> Result<Option<T>, NotAMeasure> {
        if text.trim().is_empty() { Ok(None) } else { read(text).map(Some) }
    }
    let tread = field(
        "tread",
        Language::tread,
        "mm",
        Key::Tread(wheel),
        |tyre| tyre.tread.map(|tread| tread.to_string()),
        |_, text, wheel| Ok(Change::TreadMeasured { wheel, tread: typed(text, Tread::read)? }),
    );
    let pressure = field(
        "pressure",
        Language::pressure,
        "bar",
        Key::Pressure(wheel),
        |tyre| tyre.pressure.map(|bar| bar.to_string()),
        |_, text, wheel| Ok(Change::PressureMeasured { wheel, pressure: typed(text, Pressure::read)? }),
    );
    let made = field(
        "made",
        Language::tyre_made,
        "",
        Key::TyreMade(wheel),
        |tyre| tyre.made.map(|made| made.to_string()),
        |app, text, wheel| {
            let today = day_of(app.now.get_untracked(), app.utc_offset());
            Ok(Change::TyreDated { wheel, made: typed(text, |text| TyreWeek::read(text, today))? })
        },
    );
    let made = made.mode("numeric").hint(app.word(Language::tyre_made_hint));
    let tags = move || {
        let (t, limits, tyre) = (app.t(), limits(app), measured.get());
        let today = day_of(app.now.get(), app.utc_offset());
        let tread = tyre.tread.map(|tread| limits.tread(tread));
        let off = tyre.pressure.is_some_and(|pressure| limits.pressure(wheel, pressure) != Grade::Good);
        let age = tyre.made.map(|made| (made.years(today), limits.age(made, today)));
        view! {
            {tread.and_then(|grade| Some(worth(grade, t.tread_said(grade)?.to_owned())))}
            {off.then(|| worth(Grade::Attention, t.pressure_off().to_owned()))}
            {age.map(|(years, grade)| worth(grade, t.tyre_age(years, grade)))}
        }
    };
    view! {
        <div class="tyre" data-tyre=wheel.name() role="group" aria-label=move || app.t().wheel(wheel)>
            {(wheel == Wheel::Spare).then(|| view! { <b class="nm">{move || app.t().wheel(wheel)}</b> })}
            <div class="two-up">{tread.view()}{pressure.view()}</div>
            {made.view()}
            <div class="row wrap" role="status">{tags}</div>
        </div>
    }
}
