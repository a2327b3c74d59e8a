//! Who will sign, chosen before the tablet is handed over: the owner, who brings the car, or somebody
//! with authority, whose name and authority are noted.

use crate::tablet::markup::{CollectView as _, Markup, derive, view};

use crate::tablet::signals::Memo;

use super::film::film;
use super::vehicle::free_text;
use crate::locale::Language;
use crate::tablet::app::App;
use crate::tablet::components::{Read, TextField};
use crate::visit::customer::PersonName;
use crate::visit::people::PersonRole;
use crate::visit::recording::RecordingSubject;
use crate::visit::signature::SignedAs;
use crate::visit::vehicle::Reading;
use crate::visit::{Change, Key, PhotoSubject};

pub(super) fn who_signs(app: App) -> Markup {
    let signs_as = move || app.visit(|visit| visit.signs_as()).unwrap_or(SignedAs::Owner);
    let authorised = Memo::new(move |_| signs_as() == SignedAs::Authorised);
    let owner_brings_it = Memo::new(move |_| app.visit(|visit| visit.owner_brings_it()).unwrap_or(true));
    let choices = move || {
        let all = [SignedAs::Deliverer, SignedAs::Owner, SignedAs::Authorised];
        let offered = &all[usize::from(owner_brings_it.get())..];
        let choice = |signer: &SignedAs| {
            let signer = *signer;
            let choose =
                move |_| app.write(app.visit_now(|visit| visit.signer_is(signer)).unwrap_or_default());
            view! { <button type="button" aria-pressed=move || (signs_as() == signer).to_string() on:click=choose>{move || app.t().signed_as(signer)}</button> }
        };
        view! { <div class="seg" role="group" aria-label=move || app.t().who_signs()>{offered.iter().map(choice).collect_view()}</div> }
    };
    let name = move || {
        let name = app.visit(|visit| visit.signer().and_then(|signer| signer.person.name.cloned())).flatten();
        name.map(|name| name.to_string())
    };
    let more = move || match authorised.get() {
        true => with_authority(app),
        false => view! { <p class="two" data-signer="">{name}</p> },
    };
    view! {
        <section class="card pad-in" data-who-signs=""><h2 class="sec">{move || app.t().who_signs()}</h2>{choices}{more}</section>
    }
}

fn with_authority(app: App) -> Markup {
    let role = PersonRole::Authorised;
    let name = derive(move || {
        let name = app.visit(|visit| visit.person(role).name.map(ToString::to_string));
        name.flatten().unwrap_or_default()
    });
    let read_name = move |typed: &str| {
        let t = app.language.get_untracked();
        let named = |name: PersonName| vec![Change::PersonNamed { role, name: name.into() }];
        match PersonName::read(typed) {
            Reading::Valid(name) => Read::Write(named(name)),
            Reading::Unusual(name, why) => Read::Ask(t.unusual_name(why), named(name)),
            Reading::Impossible(why) => Read::Refuse(t.not_a_name(why)),
        }
    };
    let read_authority = move |typed: &str| {
        free_text(app, typed, |words| vec![Change::AuthorityNoted { words: words.into() }])
    };
    let authority = derive(move || app.visit(|visit| visit.authority()).unwrap_or_default());
    let name = TextField::new(
        app,
        app.draft_name("signer"),
        app.word(Language::signer_name),
        name,
        Some(Key::PersonName(role)),
        Box::new(read_name),
    );
    let authority = TextField::new(
        app,
        app.draft_name("authority"),
        app.word(Language::authority),
        authority,
        Some(Key::Authority),
        Box::new(read_authority),
    )
    .hint(app.word(Language::authority_hint))
    .spoken(RecordingSubject::Authority);
    view! {
        <div class="two-up">{name.view()}{authority.view()}</div>
        <div><span class="label">{move || app.t().authority_photo()}</span>{film(app, PhotoSubject::Authority)}</div>
    }
}
