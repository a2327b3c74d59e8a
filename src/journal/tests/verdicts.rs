//! What the server writes: entries set aside, adopted, refused; values erased.

use super::{Said, Tablet, fold};
use crate::journal::{DeviceId, Draft, Entry, Pen, StaffId, Verdict, write_entries};
use crate::record::Kept as _;

fn verdict(server: u8, on: &[crate::journal::EntryId], verdict: Verdict) -> Entry {
    let pen = Pen {
        device: DeviceId::from_random([server; 16]),
        author: StaffId("server".into()),
        wall: 0,
        offset: 0,
    };
    let draft = Draft { change: verdict, replaces: Vec::new() };
    write_entries(&pen, super::dossier(), 1, on, 1, &[draft], &mut || [0; 16])
        .expect("a small entry")
        .remove(0)
}

fn set_aside(entry: &Entry) -> Entry {
    let word = Verdict::EntrySetAside { id: entry.id, reason: "role".into() };
    verdict(9, &[entry.id], word)
}

fn refusal(tablet: &Tablet, id: crate::journal::EntryId) -> Verdict {
    Verdict::EntryRefused { id, device: tablet.device, seq: 1, reason: "damaged".into() }
}

#[test]
fn a_set_aside_answer_leaves_the_fold_and_what_it_replaced_stands_again() {
    let mut tablet = Tablet::new(1, 0);
    tablet.write(Said::Answered { key: 1, value: 1 });
    let second = tablet.write(Said::Answered { key: 1, value: 2 });
    tablet.take(set_aside(&second));
    assert_eq!(tablet.journal.answer(&(false, 1)), Some(&Said::Answered { key: 1, value: 1 }));
    assert_eq!(tablet.journal.set_aside()[0].1, "role", "its author sees why");
}

#[test]
fn what_a_set_aside_answer_replaced_stays_replaced_where_a_standing_answer_follows_it() {
    let mut tablet = Tablet::new(1, 0);
    tablet.write(Said::Answered { key: 1, value: 1 });
    let second = tablet.write(Said::Answered { key: 1, value: 2 });
    tablet.write(Said::Answered { key: 1, value: 3 });
    tablet.take(set_aside(&second));
    let answers = tablet.journal.answers(&(false, 1));
    assert_eq!(answers.len(), 1);
    assert_eq!(answers[0].fact, &Said::Answered { key: 1, value: 3 });
}

#[test]
fn an_adopted_entry_counts_again() {
    let mut tablet = Tablet::new(1, 0);
    let entry = tablet.write(Said::Added { n: 1 });
    let aside = set_aside(&entry);
    tablet.take(aside.clone());
    assert_eq!(tablet.journal.facts().count(), 0);
    tablet.take(verdict(8, &[aside.id], Verdict::EntryAdopted { id: entry.id }));
    assert_eq!(tablet.journal.facts().count(), 1);
}

#[test]
fn a_refused_entry_stands_as_an_empty_parent_and_holds_up_nothing() {
    let mut tablet = Tablet::new(1, 0);
    let refused = tablet.write(Said::Added { n: 1 });
    let next = tablet.write(Said::Added { n: 2 });
    let word = verdict(9, &[], refusal(&tablet, refused.id));
    let elsewhere = fold([next.clone(), word.clone()]);
    assert!(elsewhere.missing().is_empty());
    assert_eq!(elsewhere.facts().count(), 1);
    // The author keeps the original, and folds the same.
    tablet.take(word);
    assert_eq!(
        super::shown(&tablet.journal).replace(&refused.id.to_string(), ""),
        super::shown(&elsewhere).replace(&refused.id.to_string(), "")
    );
}

#[test]
fn what_a_refused_entry_said_and_why_it_was_refused_is_known_on_its_authors_tablet_alone() {
    let mut tablet = Tablet::new(1, 0);
    let refused = tablet.write(Said::Added { n: 1 });
    let next = tablet.write(Said::Added { n: 2 });
    let word = verdict(9, &[], refusal(&tablet, refused.id));
    let elsewhere = fold([next, word.clone()]);
    tablet.take(word);
    let known: Vec<_> = tablet.journal.refused_here().collect();
    assert_eq!(known, [("damaged", Some(Said::Added { n: 1 }))]);
    assert_eq!(elsewhere.refused_here().count(), 0);
    assert_eq!(elsewhere.refused().len(), 1, "that something was refused is known everywhere");
}

#[test]
fn a_refusal_without_a_reason_is_understood() {
    let refusal = serde_json::json!({ "type": "entry_refused", "id": crate::journal::EntryId::of(b""), "device": DeviceId::from_random([1; 16]), "seq": 1 });
    assert!(Verdict::read(refusal).is_ok());
}
