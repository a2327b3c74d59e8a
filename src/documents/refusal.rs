//! What a form says beside what is agreed: on whose authority somebody signs, or that nobody does.

use super::sheet::{Sheet, SheetText};
use crate::catalogue::Catalogue;
use crate::locale::Language;
use crate::visit::{PhotoSubject, Visit};

/// The numbers of the photos of something, as the form counts them: `照片 6`.
fn shown(t: Language, visit: &Visit, subject: &PhotoSubject) -> Option<String> {
    let photos = visit.form_photos();
    let numbers: Vec<String> = (1..)
        .zip(&photos)
        .filter(|(_, photo)| photo.subject == *subject)
        .map(|(number, _): (usize, _)| number.to_string())
        .collect();
    (!numbers.is_empty()).then(|| format!("{} {}", t.photo(), numbers.join(t.pick("、", ", "))))
}

/// Sentences in one line.
fn sentences(t: Language, parts: impl IntoIterator<Item = Option<String>>) -> String {
    let stop = t.pick("。", ".");
    let said = parts.into_iter().flatten().filter(|part| !part.is_empty());
    let said = said.map(|part| format!("{}{stop}", part.trim_end_matches(stop)));
    said.collect::<Vec<_>>().join(t.pick("", " "))
}

/// What somebody's authority to sign for the owner rests on.
pub(super) fn authority(t: Language, visit: &Visit) -> String {
    let words = visit.authority();
    let words = if words.is_empty() { t.authority_not_noted().to_owned() } else { words };
    let said = sentences(t, [Some(words), shown(t, visit, &PhotoSubject::Authority)]);
    // Words alone are the same in both languages, and are then printed once.
    said.trim_end_matches(t.pick("。", ".")).to_owned()
}

fn refused(t: Language, text: &mut SheetText, visit: &Visit, catalogue: &Catalogue) {
    let refusal = visit.refusal();
    let reason = refusal.reason.map(|reason| t.refusal_reason(reason));
    let said = match (reason, refusal.words.trim()) {
        (Some(reason), "") => reason.to_owned(),
        (Some(reason), words) => format!("{reason}{}{words}", t.pick("：", ": ")),
        (None, words) => words.to_owned(),
    };
    let read_out = refusal.read_out.map(|yes| t.read_out_said(yes).to_owned());
    text.refusal = Some(sentences(t, [Some(said), read_out, shown(t, visit, &PhotoSubject::Refusal)]));
    text.consent = t.shown_but_refused(visit.marks().len(), visit.form_photos().len());
    let witness = refusal.witness.and_then(|id| catalogue.staff.iter().find(|member| member.id == id));
    let (name, role) = witness.map(|member| (member.name.as_str(), t.role(member.role))).unwrap_or_default();
    text.advisor = (t.witness().to_owned(), format!("{name}{}{role}", t.pick("，", ", ")));
}

impl Sheet {
    /// The sheet of a refusal: the witness stands where the advisor does.
    pub fn refused(visit: &Visit, catalogue: &Catalogue) -> Self {
        let mut sheet = Self::of(visit, catalogue);
        refused(Language::ZhCn, &mut sheet.zh, visit, catalogue);
        refused(Language::En, &mut sheet.en, visit, catalogue);
        sheet
    }
}
