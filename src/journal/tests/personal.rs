//! Personal values: committed to, passed on, erased, never in the core.

use proptest::prelude::*;

use super::histories::{clocks, play, steps};
use super::{Said, Tablet, fold, with_core};
use crate::journal::{Entry, Fact, NotAnEntry, Personal, Verdict, WireEntry};

fn through_json(entry: &Entry) -> Entry {
    let text = serde_json::to_string(&entry.to_wire(None)).expect("plain data");
    let wire: WireEntry = serde_json::from_str(&text).expect("an entry");
    Entry::read(wire).expect("an entry")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn every_entry_survives_a_round_trip_through_json(steps in steps(), clocks in clocks()) {
        for entry in play(&steps, clocks) {
            prop_assert_eq!(&through_json(&entry), &entry);
            let row = Entry::from_row(&entry.text, &entry.values_text()).expect("an entry");
            prop_assert_eq!(&row, &entry);
        }
    }

    #[test]
    fn a_flipped_bit_in_the_core_changes_the_id_and_one_in_a_value_fails_its_commitment(
        words in "[a-z好]{1,12}", at in any::<prop::sample::Index>(), bit in 0..7_u8,
    ) {
        let mut tablet = Tablet::new(1, 0);
        let entry = tablet.write(Said::Told { key: 1, words: words.into() });
        let mut bytes = entry.text.clone().into_bytes();
        let at = at.index(bytes.len());
        bytes[at] ^= 1 << bit;
        if let Ok(core) = std::str::from_utf8(&bytes)
            && let Ok(flipped) = Entry::from_row(core, "{}")
            && flipped.text != entry.text
        {
            prop_assert_ne!(flipped.id, entry.id);
        }
        let mut wire = entry.to_wire(None);
        let value = wire.values.iter_mut().next().map(|(_, value)| value).expect("one value");
        value.salt.0[usize::from(bit)] ^= 1 << bit;
        prop_assert!(matches!(Entry::read(wire), Err(NotAnEntry::Value)));
    }

    #[test]
    fn erasing_a_personal_value_changes_no_id(steps in steps(), clocks in clocks()) {
        for entry in play(&steps, clocks) {
            let mut wire = entry.to_wire(None);
            wire.values.clear();
            let erased = Entry::read(wire).expect("an entry");
            prop_assert_eq!(erased.id, entry.id);
        }
    }
}

#[test]
fn the_core_holds_no_personal_value() {
    let mut tablet = Tablet::new(1, 0);
    let entry = tablet.write(Said::Told { key: 1, words: "陈志远".to_owned().into() });
    assert!(!entry.text.contains("陈志远"), "{}", entry.text);
    assert!(entry.values_text().contains("陈志远"));
}

#[test]
fn a_value_that_the_core_does_not_name_is_refused() {
    let mut tablet = Tablet::new(1, 0);
    let told = tablet.write(Said::Told { key: 1, words: "a".to_owned().into() });
    let mut wire = tablet.write(Said::Added { n: 1 }).to_wire(None);
    wire.values = told.values;
    assert!(matches!(Entry::read(wire), Err(NotAnEntry::Unnamed)));
}

#[test]
fn an_entry_above_128_kb_is_refused_before_it_is_stored() {
    let mut tablet = Tablet::new(1, 0);
    let entry = tablet.write(Said::Added { n: 1 });
    let padded = with_core(&entry, |core| core["change"]["padding"] = "x".repeat(128 * 1024).into());
    assert!(matches!(padded, Err(NotAnEntry::TooLarge(_))));
}

#[test]
fn an_erased_value_opens_no_difference_and_comes_back_from_nowhere() {
    let mut tablet = Tablet::new(1, 0);
    let mut other = Tablet::new(2, 0);
    let told = tablet.write(Said::Told { key: 1, words: "陈".to_owned().into() });
    tablet.take(other.write(Said::Told { key: 1, words: "程".to_owned().into() }));
    assert_eq!(tablet.journal.answers(&(true, 1)).len(), 2);
    let erased = Verdict::PersonalErased {
        commitments: told.values.keys().copied().collect(),
        attachments: Vec::new(),
    };
    let pen = other.pen();
    let draft = crate::journal::Draft { change: erased, replaces: Vec::new() };
    let heads = tablet.journal.heads();
    let entry =
        crate::journal::write_entries(&pen, super::dossier(), 1, &heads, 2, &[draft], &mut || [0; 16])
            .expect("small")
            .remove(0);
    tablet.take(entry);
    assert_eq!(tablet.journal.answers(&(true, 1)).len(), 1);
    tablet.take(told);
    let missing = tablet
        .journal
        .facts()
        .any(|(_, fact)| matches!(fact, Said::Told { words: Personal::Missing(_), .. }));
    assert!(missing, "a known entry that comes again brings no erased value back");
}

#[test]
fn a_known_entry_still_takes_values_that_were_missing() {
    let mut tablet = Tablet::new(1, 0);
    let told = tablet.write(Said::Told { key: 1, words: "陈".to_owned().into() });
    let mut without = told.clone();
    without.values.clear();
    let mut journal = fold([without]);
    journal.insert(told);
    assert!(matches!(
        journal.answer(&(true, 1)),
        Some(Said::Told { words: Personal::Known(_, words), .. }) if words == "陈"
    ));
}

#[test]
fn a_citation_of_a_value_repeats_its_commitment_and_not_the_value() {
    let mut tablet = Tablet::new(1, 0);
    tablet.write(Said::Told { key: 1, words: "陈".to_owned().into() });
    let Some(Said::Told { words, .. }) = tablet.journal.answer(&(true, 1)) else {
        panic!("it was told");
    };
    let words = words.clone();
    let cited = tablet.write(Said::Told { key: 0, words: words.clone() });
    assert!(cited.values.is_empty());
    assert_eq!(Said::Told { key: 0, words }.key(), Some((true, 0)));
    let shown = tablet.journal.answer(&(true, 0));
    assert!(
        matches!(shown, Some(Said::Told { words, .. }) if words.value().map(String::as_str) == Some("陈"))
    );
}

#[test]
fn a_personal_value_with_a_key_that_stands_twice_is_refused_where_it_comes_in() {
    let values = |value: &str| format!("{{\"p:{}\":[\"{}\",{value}]}}", "0".repeat(64), "0".repeat(32));
    let read = |value: &str| serde_json::from_str::<crate::journal::Values>(&values(value));
    assert!(read("{\"a\":1}").is_ok());
    assert!(read("{\"a\":1,\"a\":2}").is_err());
    assert!(read("1.5").is_err());
}
