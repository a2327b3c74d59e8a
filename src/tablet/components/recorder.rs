//! Said instead of typed, and the sounds and videos of a concern: recorded without a network, kept like a
//! photo, played back, held back from sending, withdrawn. Nothing here ever blocks typing.

mod card;

use leptos::prelude::*;

use crate::tablet::signals::{Memo, RwSignal, StoredValue, effect};

use super::icon;
use crate::catalogue::Passage;
use crate::icons::Icon;
use crate::journal::DossierId;
use crate::locale::Language;
use crate::tablet::app::{App, Trouble};
use crate::tablet::by_name::set;
use crate::tablet::device;
use crate::tablet::markup::{CollectView as _, ElementRef, Markup, live, rows, view};
use crate::tablet::recorder::{NoMicrophone, Running, Taken, begin};
use crate::tablet::storage::Append;
use crate::visit::customer::PersonName;
use crate::visit::recording::{Heard, Recorded, RecordingKind, RecordingSubject};
use crate::visit::vehicle::Reading;
use crate::visit::{Change, Visit};
use card::card;

/// Instead of typing.
pub(crate) const MEMO: &[RecordingKind] = &[RecordingKind::Memo];
/// How the car sounds and what it does.
pub(crate) const SOUND_AND_VIDEO: &[RecordingKind] = &[RecordingKind::Sound, RecordingKind::Video];

/// Where a recording is.
#[derive(Clone, Copy, PartialEq)]
enum Stage {
    Rest,
    /// Is a person in it?
    Who,
    /// Of the customer, who is asked first.
    Consent,
    /// The browser may ask for its permission.
    Opening,
    Running,
}

#[derive(Clone, Copy)]
struct Recorder {
    app: App,
    dossier: Option<DossierId>,
    subject: StoredValue<RecordingSubject>,
    kind: RwSignal<RecordingKind>,
    stage: RwSignal<Stage>,
    said: RwSignal<Option<String>>,
    /// Whole seconds.
    elapsed: RwSignal<u32>,
    running: StoredValue<Option<Running>>,
}

/// The buttons of some kinds, and what stands below them: the question who is heard, the consent, what was
/// recorded.
pub(crate) fn recorder(
    app: App,
    subject: RecordingSubject,
    kinds: &'static [RecordingKind],
) -> (Markup, Markup) {
    let of = Recorder {
        app,
        dossier: app.route.get_untracked().dossier(),
        subject: StoredValue::new(subject),
        kind: RwSignal::new(kinds[0]),
        stage: RwSignal::new(Stage::Rest),
        said: RwSignal::new(None),
        elapsed: RwSignal::new(0),
        running: StoredValue::new(None),
    };
    // Leaving the screen ends it; what was recorded until then is kept.
    on_cleanup(move || of.stop());
    let buttons = kinds.iter().map(|kind| button(of, *kind)).collect_view();
    let made = Memo::new(move |_| {
        let made = app.visit(|visit| of.subject.with_value(|subject| visit.recordings_of(subject)));
        made.unwrap_or_default()
            .into_iter()
            .filter(|recording| kinds.contains(&recording.kind))
            .map(|recording| recording.id)
            .collect::<Vec<_>>()
    });
    let panel = view! {
        {live(move || below(of))}
        <div role="status">{move || of.said.get().map(|said| view! { <span class="said bad" data-no-recording="">{icon(Icon::Warning)}{said}</span> })}</div>
        {rows(move || made.get(), ToString::to_string, move |id| card(app, id))}
    };
    (buttons, panel)
}

fn button(of: Recorder, kind: RecordingKind) -> Markup {
    let app = of.app;
    let (name, mark, class) = match kind {
        RecordingKind::Memo => ("memo", Icon::Microphone, "btn sm sq quiet"),
        RecordingKind::Sound => ("sound", Icon::Sound, "btn sm grow"),
        RecordingKind::Video => ("video", Icon::Video, "btn sm grow"),
    };
    let on = move || of.kind.get() == kind && of.stage.get() == Stage::Running;
    let inner = move || {
        let word = if on() { app.t().stop_recording() } else { app.t().recording_kind(kind) };
        let class = if kind == RecordingKind::Memo { "sr" } else { "" };
        view! { {icon(if on() { Icon::Stop } else { mark })}<span class=class>{word}</span> }
    };
    view! { <button type="button" class=class data-record=name aria-pressed=move || on().to_string() on:click=move |_| of.pressed(kind)>{inner}</button> }
}

fn below(of: Recorder) -> Markup {
    let t = of.app.t();
    match of.stage.get() {
        Stage::Rest => Markup::Nothing,
        Stage::Who => {
            let memo = of.kind.get_untracked() == RecordingKind::Memo;
            let (question, word, alone) = match memo {
                true => (t.who_speaks(), t.only_me(), Heard::Advisor),
                false => (t.what_is_recorded(), t.only_the_car(), Heard::Car),
            };
            view! {
                <div class="rec-ask row wrap" role="group" aria-label=question><b>{question}</b>
                    <button type="button" class="btn sm" data-heard="alone" on:click=move |_| of.choose(alone)>{word}</button>
                    <button type="button" class="btn sm" data-heard="customer" on:click=move |_| of.choose(Heard::Customer)>{t.a_person_too()}</button>
                    <button type="button" class="btn sm sq quiet" aria-label=t.close() on:click=move |_| of.stage.set(Stage::Rest)>{icon(Icon::Cross)}</button></div>
            }
        }
        Stage::Consent => consent(of, t),
        Stage::Opening => view! { <p class="note" role="status">{t.recording_now()}"…"</p> },
        Stage::Running => {
            let most = t.length(of.kind.get_untracked().longest());
            let now = move || format!("{} / {most}", t.length(of.elapsed.get() * 1000));
            view! {
                <div class="rec-on row" data-recording-now="">{(of.kind.get_untracked() == RecordingKind::Video).then(|| preview(of))}
                    <i class="live"></i><b>{t.recording_now()}</b><span role="timer">{now}</span><span class="grow"></span>
                    <button type="button" class="btn sm" data-stop="" on:click=move |_| of.stop()>{icon(Icon::Stop)}{t.stop_recording()}</button></div>
            }
        }
    }
}

fn preview(of: Recorder) -> Markup {
    let place = ElementRef::new(None);
    effect(move |_| {
        if let Some(place) = place.get() {
            of.running.with_value(|running| {
                if let Some(running) = running {
                    set(&place, "srcObject", &running.stream);
                }
            });
        }
    });
    view! { <video class="preview" autoplay muted playsinline prop:muted="true" node_ref=place></video> }
}

/// To what the customer consents, in the dealership's words or the app's.
pub(crate) fn recording_words(app: App, t: Language) -> String {
    app.catalogue.with_untracked(|catalogue| {
        catalogue.words(t, Passage::RecordingConsent, t.consent_words()).to_owned()
    })
}

/// The separate consent that a recording of a person needs: its words, who, and when, as a fact.
fn consent(of: Recorder, t: Language) -> Markup {
    let app = of.app;
    let known = app.visit_now(|visit| visit.customer().map(ToString::to_string)).flatten();
    let typed = RwSignal::new(known.unwrap_or_default());
    // What is written is what was read, whatever the lists say meanwhile.
    let words = StoredValue::new(recording_words(app, t));
    let answer = move |given: bool| {
        let who = match PersonName::read(&typed.get_untracked()) {
            Reading::Valid(who) | Reading::Unusual(who, _) => who,
            Reading::Impossible(why) => return of.said.set(Some(t.not_a_name(why))),
        };
        of.said.set(None);
        let words = words.get_value();
        let draft = app.draft(Change::RecordingConsented { who: who.into(), words, given });
        app.write_drafts(vec![draft], move |_| {
            if given {
                of.open(Heard::Customer);
            } else {
                of.stage.set(Stage::Rest);
                of.say(t.refused_then_write().to_owned());
            }
        });
    };
    view! {
        <section class="rec-consent" data-consent="" aria-label=t.recording_consent()><b>{t.consent_asked()}</b><p>{words.get_value()}</p>
            <label class="fld"><span class="label">{t.who_consents()}</span>
                <span class="field"><input type="text" id="consent-who" autocomplete="off" prop:value=move || typed.get() on:input=move |event| typed.set(event_target_value(&event)) /></span></label>
            <div class="row wrap"><button type="button" class="btn sm yes" data-consents="yes" on:click=move |_| answer(true)>{icon(Icon::Tick)}{t.customer_agrees()}</button>
                <button type="button" class="btn sm no" data-consents="no" on:click=move |_| answer(false)>{icon(Icon::Cross)}{t.customer_refuses()}</button></div></section>
    }
}

impl Recorder {
    fn pressed(self, kind: RecordingKind) {
        match self.stage.get_untracked() {
            Stage::Running => self.stop(),
            Stage::Opening => {}
            Stage::Rest | Stage::Who | Stage::Consent => {
                self.said.set(None);
                self.kind.set(kind);
                self.stage.set(Stage::Who);
            }
        }
    }

    fn choose(self, heard: Heard) {
        match self.app.visit_now(|visit| visit.may_record(heard)) {
            Some(Ok(())) => self.open(heard),
            _ => self.stage.set(Stage::Consent),
        }
    }

    fn stop(self) {
        let _ = self.running.try_with_value(|running| {
            if let Some(running) = running {
                running.stop();
            }
        });
    }

    /// A sentence at the place; where the screen is gone, on the next one.
    fn say(self, sentence: String) {
        if self.said.is_gone() {
            self.app.trouble.set(Some(Trouble::Said(sentence)));
        } else {
            self.said.set(Some(sentence));
        }
    }

    fn open(self, heard: Heard) {
        let Some(dossier) = self.dossier else { return };
        let (app, kind) = (self.app, self.kind.get_untracked());
        let subject = self.subject.get_value();
        if self.stage.is_gone() {
            return;
        }
        self.stage.set(Stage::Opening);
        leptos::task::spawn_local(async move {
            let t = app.language.get_untracked();
            let taken = if app.storage().has_room().await {
                self.record(kind).await.map_err(|why| no_microphone(t, why).to_owned())
            } else {
                Err(t.photo_no_room().to_owned())
            };
            self.stage.set(Stage::Rest);
            let kept = match taken {
                Ok(Some(taken)) => keep(app, dossier, (subject, kind, heard), taken).await,
                Ok(None) => Ok(()),
                Err(sentence) => Err(sentence),
            };
            if let Err(sentence) = kept {
                self.say(sentence);
            }
        });
    }

    /// Records until it is stopped, by a person, the limit, or the end of the screen.
    async fn record(self, kind: RecordingKind) -> Result<Option<Taken>, NoMicrophone> {
        let running = begin(kind == RecordingKind::Video, kind.longest()).await?;
        self.elapsed.set(0);
        self.running.set_value(Some(running.clone()));
        // Left while the browser asked for its permission: nobody waits for it any more.
        if self.stage.is_gone() {
            running.stop();
            return Ok(None);
        }
        self.stage.set(Stage::Running);
        let began = running.began;
        leptos::task::spawn_local(async move {
            while self.stage.try_get_untracked() == Some(Stage::Running) {
                self.elapsed.set(((device::now() - began) / 1000) as u32);
                device::sleep(500).await;
            }
        });
        let taken = running.ended().await;
        self.running.set_value(None);
        taken.map(Some)
    }
}

fn no_microphone(t: Language, why: NoMicrophone) -> &'static str {
    match why {
        NoMicrophone::Refused => t.microphone_refused(),
        NoMicrophone::Missing => t.microphone_missing(),
        NoMicrophone::Busy => t.microphone_busy(),
        NoMicrophone::Unable => t.microphone_unable(),
    }
}

/// Writes what was recorded into its visit, whichever is on the screen by now.
async fn keep(
    app: App,
    dossier: DossierId,
    (subject, kind, heard): (RecordingSubject, RecordingKind, Heard),
    (bytes, media, length): Taken,
) -> Result<(), String> {
    let t = app.language.get_untracked();
    let visit = app.storage().visit(dossier).await.ok().flatten().unwrap_or_else(|| Visit::new(dossier));
    let recorded = Recorded { subject, kind, heard, length, media };
    let change = visit.recording_made(recorded, &bytes).map_err(|why| t.not_a_recording(why))?;
    let Change::RecordingMade { attachment, .. } = change else { return Ok(()) };
    let how = Append { attachments: vec![(attachment, bytes, false)], ..app.append_now() };
    app.append(dossier, vec![visit.journal.draft(change)], how, |_| {});
    Ok(())
}
