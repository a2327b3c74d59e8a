//! What the sheet says of the customer's concerns: verbatim, and below it what was asked.

use crate::catalogue::{Catalogue, choice_label};
use crate::locale::Language;
use crate::visit::recording::{RecordingKind, RecordingSubject};
use crate::visit::{Concern, Visit};

/// The customer's words; of routine service without any its name.
pub(super) fn words(t: Language, concern: &Concern, catalogue: &Catalogue) -> String {
    let group = || concern.symptom.as_deref().map(|id| choice_label(&catalogue.symptoms, id, t).to_owned());
    match concern.words.value() {
        None => t.erased().into(),
        Some(words) if words.trim().is_empty() => group().unwrap_or_default(),
        Some(words) => words.clone(),
    }
}

/// What was understood of it, whether the customer called it right, and what was recorded; empty where
/// nothing was asked.
pub(super) fn asked(t: Language, visit: &Visit, concern: &Concern, catalogue: &Catalogue) -> String {
    let mut said = String::new();
    let confirmed = visit.is_confirmed(concern);
    if confirmed || !visit.concern_answers(concern, catalogue).is_empty() {
        let summary = t.concern_summary(visit, concern, catalogue);
        let mut letters = summary.chars();
        said.extend(letters.next().map(|first| first.to_ascii_uppercase()));
        said.extend(letters);
    }
    if confirmed {
        said += t.pick("", " ");
        said += t.confirmed_by_customer();
        said += t.pick("。", ".");
    }
    let recordings = visit.recordings_of(&RecordingSubject::Concern(concern.id));
    let videos = recordings.iter().filter(|recording| recording.kind == RecordingKind::Video).count();
    for (count, kind) in [(recordings.len() - videos, RecordingKind::Sound), (videos, RecordingKind::Video)] {
        if count > 0 {
            let kind = t.recording_kind(kind);
            said += &match t {
                Language::ZhCn => format!("{}{kind} {count} 段。", t.has_recording()),
                Language::En => format!(" {}: {kind} ({count}).", t.has_recording()),
            };
        }
    }
    said.trim_start().to_owned()
}
