mod jobs;

use super::*;
use crate::visit::Identified;
use crate::visit::tests::{Tablet, ready};
use crate::visit::vehicle::Energy;

/// An hour after the car came, on 2026-03-18.
pub(in super::super) const NOW: i64 = 1_773_804_360_000;
const A_DAY: i64 = 24 * 60 * 60_000;

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

/// A private car that was bought on a day and shows so many km; its concern, with the fault confirmed.
pub(in super::super) fn bought(tablet: &mut Tablet, on: &str, km: u32) -> (Visit, EntryId) {
    let mut visit = ready(tablet);
    let concern = confirmed(tablet, &mut visit, on, km);
    (visit, concern)
}

fn confirmed(tablet: &mut Tablet, visit: &mut Visit, on: &str, km: u32) -> EntryId {
    identify(tablet, visit, |car| car.purchased = Some(on.to_owned()));
    tablet.write(visit, Change::OdometerRead { km, reason: None });
    let concern = visit.standing_concerns()[0].id;
    tablet.write(visit, Change::ConcernFound { concern, found: Found::Confirmed });
    concern
}

fn identify(tablet: &mut Tablet, visit: &mut Visit, change: impl FnOnce(&mut Identified)) {
    let mut car = visit.vehicle().expect("a car");
    change(&mut car);
    tablet.write(visit, Change::from(car));
}

fn ruled(on: &str, km: u32, failed: Failed, catalogue: &Catalogue) -> Ruling {
    let mut tablet = Tablet::new(1);
    let (mut visit, concern) = bought(&mut tablet, on, km);
    tablet.write(&mut visit, Change::FailureNamed { concern, failed });
    visit.ruling(concern, catalogue, NOW)
}

fn rules(ruling: &Ruling) -> Vec<Rule> {
    ruling.periods.iter().map(|finding| finding.rule).collect()
}

fn months(months: u32, km: u32) -> Option<Lasting> {
    Some(Lasting { months, km: Some(km) })
}

fn promised(promised: Promised) -> Catalogue {
    Catalogue { promised: Some(vec![promised]), ..Catalogue::default() }
}

#[test]
fn a_confirmed_fault_is_the_makers_up_to_the_last_day_and_the_last_km() {
    let ruled = |on: &str, km: u32| ruled(on, km, Failed::Ordinary, &Catalogue::default()).ruled();
    assert_eq!(ruled("2023-03-18", 60_000), Some(Decision::Warranty));
    assert_eq!(ruled("2023-03-18", 60_001), Some(Decision::Customer));
    assert_eq!(ruled("2023-03-17", 60_000), Some(Decision::Customer));
}

#[test]
fn what_came_within_the_period_stays_within_however_long_it_stands_here() {
    let (visit, concern) = bought(&mut Tablet::new(1), "2023-03-18", 60_000);
    let later = visit.ruling(concern, &Catalogue::default(), NOW + 30 * A_DAY);
    assert_eq!(later.ruled(), Some(Decision::Warranty));
}

#[test]
fn periods_run_from_the_day_of_delivery_where_it_is_another_one() {
    let mut tablet = Tablet::new(1);
    let (mut visit, concern) = bought(&mut tablet, "2023-03-01", 60_000);
    let ruled = |visit: &Visit| visit.ruling(concern, &Catalogue::default(), NOW).ruled();
    assert_eq!(ruled(&visit), Some(Decision::Customer));
    identify(&mut tablet, &mut visit, |car| car.delivered = Some("2023-03-17".into()));
    assert_eq!(ruled(&visit), Some(Decision::Customer));
    identify(&mut tablet, &mut visit, |car| car.delivered = Some("2023-03-18".into()));
    assert_eq!(ruled(&visit), Some(Decision::Warranty));
}

#[test]
fn the_three_guarantees_are_for_what_is_bought_to_live_with_alone() {
    let mut tablet = Tablet::new(1);
    let (mut visit, concern) = bought(&mut tablet, "2026-03-15", 10);
    tablet.write(&mut visit, Change::FailureNamed { concern, failed: Failed::BatteryMotor });
    let found = |visit: &Visit| rules(&visit.ruling(concern, &Catalogue::default(), NOW));
    assert_eq!(found(&visit), [Rule::Repair, Rule::ThreeGuarantees, Rule::FirstDays, Rule::NewAssembly]);
    identify(&mut tablet, &mut visit, |car| car.private_use = false);
    assert_eq!(found(&visit), [Rule::Repair]);
}

#[test]
fn nothing_is_ruled_while_the_fault_is_not_confirmed_or_the_day_of_purchase_is_not_known() {
    let mut tablet = Tablet::new(1);
    let (mut visit, concern) = bought(&mut tablet, "2023-04-20", 38_412);
    let ruling = |visit: &Visit| visit.ruling(concern, &Catalogue::default(), NOW);
    tablet.write(&mut visit, Change::ConcernFound { concern, found: Found::NeedsDiagnosis });
    assert_eq!(ruling(&visit).ruled(), None);
    tablet.write(&mut visit, Change::ConcernFound { concern, found: Found::Confirmed });
    assert!(ruling(&visit).ruled().is_some());
    identify(&mut tablet, &mut visit, |car| car.purchased = None);
    assert_eq!((ruling(&visit).ruled(), ruling(&visit).unknown), (None, Some(Unknown::Car)));
}

#[test]
fn a_car_that_came_before_it_was_bought_or_delivered_is_asked_about_and_nothing_is_ruled() {
    let looked = |bought: &str, delivered: Option<&str>| {
        let mut tablet = Tablet::new(1);
        let (mut visit, concern) = self::bought(&mut tablet, bought, 10);
        identify(&mut tablet, &mut visit, |car| car.delivered = delivered.map(str::to_owned));
        let ruling = visit.ruling(concern, &Catalogue::default(), NOW);
        (ruling.ruled(), ruling.unknown)
    };
    assert_eq!(looked("2026-03-18", None), (Some(Decision::Warranty), None), "on the day itself");
    assert_eq!(looked("2026-03-19", None), (None, Some(Unknown::BoughtLater)));
    assert_eq!(looked("2026-03-10", Some("2026-03-19")), (None, Some(Unknown::BoughtLater)));
}

#[test]
fn an_early_failure_is_said_up_to_the_last_day_and_the_last_km() {
    // Day 60 and day 61, day 7 and day 8.
    for (failed, rule, last, over) in [
        (Failed::EngineGearbox, Rule::NewAssembly, "2026-01-17", "2026-01-16"),
        (Failed::BatteryMotor, Rule::NewAssembly, "2026-01-17", "2026-01-16"),
        (Failed::Danger, Rule::EarlyDanger, "2026-01-17", "2026-01-16"),
        (Failed::EngineGearbox, Rule::FirstDays, "2026-03-11", "2026-03-10"),
    ] {
        let early = |on: &str, km: u32| rules(&ruled(on, km, failed, &Catalogue::default())).contains(&rule);
        assert!(early(last, 3_000), "{rule:?}");
        assert!(!early(over, 3_000), "{rule:?}: a day later");
        // No distance is in the first days' rule.
        assert_eq!(early(last, 3_001), rule == Rule::FirstDays, "{rule:?}: a kilometre more");
    }
    for failed in [Failed::Ordinary, Failed::Wearing, Failed::DriveControl] {
        let found = rules(&ruled("2026-03-18", 10, failed, &Catalogue::default()));
        assert!(found.iter().all(|rule| matches!(rule, Rule::Repair | Rule::ThreeGuarantees)), "{found:?}");
    }
}

#[test]
fn what_wears_has_the_booklets_period_and_without_it_nobody_can_say() {
    let booklet = promised(Promised { wearing: months(6, 10_000), ..Promised::default() });
    let decision =
        |on: &str, km: u32, catalogue: &Catalogue| ruled(on, km, Failed::Wearing, catalogue).ruled();
    assert_eq!(decision("2025-09-18", 10_000, &booklet), Some(Decision::Warranty));
    assert_eq!(decision("2025-09-17", 10_000, &booklet), Some(Decision::Customer));
    assert_eq!(decision("2025-09-18", 10_001, &booklet), Some(Decision::Customer));
    let silent = ruled("2025-09-18", 10_000, Failed::Wearing, &Catalogue::default());
    assert_eq!((silent.ruled(), silent.unknown), (None, Some(Unknown::Wearing)));
    assert!(Catalogue::standard().promised("任意", day("2026-01-01"), |promised| promised.wearing).is_some());
}

#[test]
fn battery_motor_and_their_control_are_the_makers_as_long_as_it_promises() {
    let booklet = promised(Promised { high_voltage: months(96, 120_000), ..Promised::default() });
    let decision = |on: &str, km: u32, failed: Failed| ruled(on, km, failed, &booklet).ruled();
    for failed in [Failed::BatteryMotor, Failed::DriveControl] {
        assert_eq!(decision("2018-03-18", 120_000, failed), Some(Decision::Warranty), "{}", failed.name());
        assert_eq!(decision("2018-03-17", 120_000, failed), Some(Decision::Customer), "{}", failed.name());
        assert_eq!(decision("2018-03-18", 120_001, failed), Some(Decision::Customer), "{}", failed.name());
    }
    assert_eq!(decision("2018-03-18", 120_000, Failed::Ordinary), Some(Decision::Customer));
    // The law's least holds for them too.
    let short = promised(Promised { high_voltage: months(12, 20_000), ..Promised::default() });
    let law = ruled("2023-03-18", 60_000, Failed::BatteryMotor, &short);
    assert_eq!(law.ruled(), Some(Decision::Warranty));
    assert_eq!(law.maker().map(|finding| finding.rule), Some(Rule::Repair));
}

#[test]
fn a_promise_is_never_less_than_the_law_and_more_where_it_is_more() {
    let decision = |on: &str, km: u32, repair: Option<Lasting>| {
        ruled(on, km, Failed::Ordinary, &promised(Promised { repair, ..Promised::default() })).ruled()
    };
    assert_eq!(decision("2023-03-18", 60_000, months(12, 20_000)), Some(Decision::Warranty));
    assert_eq!(decision("2022-03-18", 100_000, months(48, 100_000)), Some(Decision::Warranty));
    assert_eq!(decision("2022-03-17", 100_000, months(48, 100_000)), Some(Decision::Customer));
    assert_eq!(decision("2022-03-18", 100_001, months(48, 100_000)), Some(Decision::Customer));
    // Longer and not so far: within either of the two.
    assert_eq!(decision("2022-03-18", 40_000, months(48, 40_000)), Some(Decision::Warranty));
    assert_eq!(decision("2022-03-18", 40_001, months(48, 40_000)), Some(Decision::Customer));
    assert_eq!(decision("2023-03-18", 60_000, months(48, 40_000)), Some(Decision::Warranty));
    // A company's car has the maker's word alone.
    let mut tablet = Tablet::new(1);
    let (mut visit, concern) = bought(&mut tablet, "2024-03-18", 20_001);
    identify(&mut tablet, &mut visit, |car| car.private_use = false);
    let short = promised(Promised { repair: months(36, 20_000), ..Promised::default() });
    assert_eq!(visit.ruling(concern, &short, NOW).ruled(), Some(Decision::Customer));
}

#[test]
fn only_a_car_with_a_traction_battery_can_have_one_that_failed() {
    let mut tablet = Tablet::new(1);
    let (mut visit, _) = bought(&mut tablet, "2023-04-20", 38_412);
    assert_eq!(visit.can_fail(), Failed::ALL);
    identify(&mut tablet, &mut visit, |car| car.energy = Energy::Petrol);
    assert_eq!(visit.can_fail(), [Failed::Ordinary, Failed::Wearing, Failed::EngineGearbox, Failed::Danger]);
}
