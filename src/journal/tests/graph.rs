//! The fold does not depend on the order of arrival, on clocks or on duplicates.

use std::collections::{BTreeSet, HashMap};

use proptest::prelude::*;

use super::histories::{clocks, play, shuffled, steps};
use super::{Said, Tablet, fold, shown, with_core};
use crate::journal::{EntryId, Fact, Inserted};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn any_order_of_arrival_and_any_duplication_give_the_same_visit(
        steps in steps(), clocks in clocks(),
        one in prop::collection::vec(any::<u32>(), 1..60),
        other in prop::collection::vec(any::<u32>(), 1..60),
    ) {
        let written = play(&steps, clocks);
        let expected = shown(&fold(written.clone()));
        prop_assert_eq!(&shown(&fold(shuffled(&written, &one))), &expected);
        prop_assert_eq!(&shown(&fold(shuffled(&written, &other))), &expected);
    }

    #[test]
    fn what_an_author_had_seen_always_comes_first(steps in steps(), clocks in clocks()) {
        let written = play(&steps, clocks);
        let journal = fold(written.clone());
        let place: HashMap<EntryId, usize> =
            journal.facts().enumerate().map(|(at, (by, _))| (by.id, at)).collect();
        for entry in &written {
            for parent in &entry.core.parents {
                prop_assert!(place[parent] < place[&entry.id], "a parent stands after its child");
            }
        }
    }

    #[test]
    fn two_answers_stand_exactly_where_neither_replaces_the_other_and_they_differ(
        steps in steps(), clocks in clocks(),
    ) {
        let written = play(&steps, clocks);
        let journal = fold(written.clone());
        for key in journal.keys() {
            // Told apart from the fold: every answer that no later one names, by what it says.
            let named: BTreeSet<EntryId> =
                written.iter().flat_map(|entry| entry.core.replaces.clone()).collect();
            let mut said: Vec<String> = written
                .iter()
                .filter(|entry| !named.contains(&entry.id))
                .filter_map(|entry| journal.counted(&entry.id))
                .filter(|(_, fact)| fact.key().as_ref() == Some(key))
                .map(|(_, fact)| match fact {
                    Said::Told { words, .. } => format!("{:?}", words.value()),
                    Said::Added { .. } | Said::Answered { .. } => format!("{fact:?}"),
                })
                .collect();
            said.sort();
            said.dedup();
            prop_assert_eq!(journal.answers(key).len(), said.len());
        }
    }

    #[test]
    fn a_late_entry_makes_no_earlier_one_disappear(steps in steps(), clocks in clocks()) {
        let written = play(&steps, clocks);
        let mut journal = fold([]);
        for entry in written {
            let before: Vec<EntryId> = journal.facts().map(|(by, _)| by.id).collect();
            let standing: Vec<_> = journal.keys().cloned().collect::<Vec<_>>().iter()
                .flat_map(|key| journal.unreplaced(key).into_iter().map(|id| (*key, id)).collect::<Vec<_>>())
                .collect();
            let replaces = entry.core.replaces.clone();
            journal.insert(entry);
            let after: BTreeSet<EntryId> = journal.facts().map(|(by, _)| by.id).collect();
            prop_assert!(before.iter().all(|id| after.contains(id)));
            for (key, id) in standing {
                prop_assert!(replaces.contains(&id) || journal.unreplaced(&key).contains(&id));
            }
        }
    }

    #[test]
    fn an_incomplete_journal_is_folded_as_far_as_it_is_closed_and_says_so(
        steps in steps(), clocks in clocks(), lost in prop::collection::vec(any::<bool>(), 40),
    ) {
        let written = play(&steps, clocks);
        let held: Vec<_> = written.iter().zip(lost.iter().cycle())
            .filter(|(_, lost)| !**lost).map(|(entry, _)| entry.clone()).collect();
        let ids: BTreeSet<EntryId> = held.iter().map(|entry| entry.id).collect();
        let journal = fold(held.clone());
        // The largest part whose ancestors are all here, told apart from the graph's own code.
        let mut closed: BTreeSet<EntryId> = BTreeSet::new();
        loop {
            let more: Vec<EntryId> = held.iter()
                .filter(|entry| !closed.contains(&entry.id)
                    && entry.core.parents.iter().all(|parent| closed.contains(parent)))
                .map(|entry| entry.id).collect();
            if more.is_empty() { break; }
            closed.extend(more);
        }
        let folded: BTreeSet<EntryId> = journal.facts().map(|(by, _)| by.id).collect();
        prop_assert_eq!(&folded, &closed);
        let named: BTreeSet<EntryId> =
            held.iter().flat_map(|entry| entry.core.parents.clone()).filter(|id| !ids.contains(id)).collect();
        let missing: BTreeSet<EntryId> = journal.missing().into_iter().map(|gap| gap.id).collect();
        prop_assert_eq!(missing, named);
        prop_assert_eq!(closed.len() == held.len(), journal.missing().is_empty());
    }

    #[test]
    fn what_was_on_the_table_is_the_fold_of_the_ancestors(steps in steps(), clocks in clocks()) {
        let written = play(&steps, clocks);
        let journal = fold(written.clone());
        for entry in written.iter().step_by(7) {
            let ancestors = journal.ancestors(&entry.core.parents);
            let alone = fold(written.iter().filter(|other| ancestors.contains(&other.id)).cloned());
            prop_assert_eq!(shown(&journal.as_of(&entry.core.parents)), shown(&alone));
        }
    }
}

#[test]
fn an_entry_waits_for_its_parent_and_is_folded_with_it() {
    let mut tablet = Tablet::new(1, 0);
    let first = tablet.write(Said::Added { n: 1 });
    let second = tablet.write(Said::Added { n: 2 });
    let mut journal = fold([]);
    assert_eq!(journal.insert(second.clone()), Inserted::Waiting);
    assert_eq!(journal.missing()[0].seen_by, tablet.device, "it says which tablet has seen it");
    assert_eq!(journal.insert(first), Inserted::Folded);
    assert_eq!(journal.insert(second), Inserted::Known);
    assert_eq!(journal.facts().count(), 2);
    assert!(journal.missing().is_empty());
}

#[test]
fn a_late_blur_does_not_claim_to_have_seen_what_arrived_meanwhile() {
    let (mut one, mut two) = (Tablet::new(1, 0), Tablet::new(2, 0));
    let begun = one.journal.draft(Said::Answered { key: 1, value: 1 });
    one.take(two.write(Said::Answered { key: 1, value: 2 }));
    one.write_draft(begun);
    assert_eq!(one.journal.answers(&(false, 1)).len(), 2, "both stand until a person picks");
    one.write(Said::Answered { key: 1, value: 2 });
    assert_eq!(one.journal.answers(&(false, 1)).len(), 1, "the pick replaces both");
}

#[test]
fn of_two_answers_the_later_one_by_corrected_time_is_shown() {
    let (mut slow, mut fast) = (Tablet::new(1, 5_000), Tablet::new(2, 9_000));
    let early = fast.write(Said::Answered { key: 1, value: 2 });
    slow.write(Said::Answered { key: 1, value: 1 });
    slow.take(early);
    assert_eq!(slow.journal.answer(&(false, 1)), Some(&Said::Answered { key: 1, value: 2 }));
}

#[test]
fn an_entry_of_a_newer_program_is_kept_and_counted_but_not_judged() {
    let mut tablet = Tablet::new(1, 0);
    let entry = tablet.write(Said::Added { n: 1 });
    let newer = with_core(&entry, |core| {
        core["version"] = 2.into();
        core["change"] = serde_json::json!({ "type": "not_yet_invented", "n": 1 });
    });
    let newer = newer.expect("an entry");
    let journal = fold([newer.clone()]);
    assert_eq!(journal.not_understood(), 1);
    assert_eq!(journal.heads(), [newer.id], "what is written next stands on it");
}

#[test]
fn the_history_says_who_replaced_what() {
    let mut tablet = Tablet::new(1, 0);
    tablet.write(Said::Answered { key: 1, value: 1 });
    tablet.write(Said::Answered { key: 1, value: 2 });
    let history: Vec<_> = tablet.journal.history().collect();
    assert!(history[0].before.is_empty());
    assert_eq!(history[1].before[0].1, &Said::Answered { key: 1, value: 1 });
    assert_eq!(history[1].by.device, tablet.device);
}
