use super::*;
use crate::catalogue::Day;
use crate::coverage::GuaranteeClass;
use crate::estimate::Payer;
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
    identify(tablet, &mut visit, |car| car.purchased = Some(on.to_owned()));
    tablet.write(&mut visit, Change::OdometerRead { km, reason: None });
    let concern = visit.standing_concerns()[0].id;
    tablet.write(&mut visit, Change::ConcernFound { concern, found: Found::Confirmed });
    (visit, concern)
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

/// The archive with the visit's own car in it.
fn archive(visit: &Visit, change: impl FnOnce(&mut KnownVehicle)) -> Catalogue {
    let mut catalogue = crate::demo::demo(day("2026-03-18"), 480);
    let mut car = catalogue.vehicles[1].clone();
    car.vin = visit.vin().expect("a VIN").to_string();
    change(&mut car);
    catalogue.vehicles = vec![car];
    catalogue.promised = None;
    catalogue
}

#[test]
fn a_recall_needs_no_reason_while_one_is_open_for_this_very_car() {
    let (visit, concern) = bought(&mut Tablet::new(1), "2020-01-01", 38_412);
    let what = Label { zh: "换气囊".into(), en: "Replace airbag".into() };
    let recall = Recall { number: "S0000M0002V".into(), what };
    let open = archive(&visit, |car| car.recalls = Some(vec![recall.clone()]));
    let ruling = visit.ruling(concern, &open, NOW);
    assert_eq!(ruling.recalls, [recall]);
    let Ok(Change::CoverageDecided { recall: Some(number), .. }) =
        ruling.decide(concern, Decision::Recall, "")
    else {
        panic!("it is with the rules")
    };
    assert_eq!(number, "S0000M0002V");
    let mut moved = open;
    moved.vehicles[0].vin = "LFV3A28W8N3012345".into();
    moved.vehicles[0].plate =
        visit.plate().and_then(|plate| plate.number()).expect("a plate").as_str().into();
    let ruling = visit.ruling(concern, &moved, NOW);
    assert!(ruling.recalls.is_empty(), "a plate may have moved");
    assert!(ruling.decide(concern, Decision::Recall, " ").is_err());
    assert!(ruling.decide(concern, Decision::Recall, "厂家电话通知").is_ok());
}

/// A job on the visit's noise, of the third class, that the customer paid.
fn job(came: &str, left: &str, km: u32) -> EarlierJob {
    EarlierJob {
        number: "GD1".into(),
        code: "R0006".into(),
        what: Label { zh: "更换右前轮毂轴承".into(), en: "Replace front right wheel bearing".into() },
        symptom: "noise".into(),
        guarantee: GuaranteeClass::Other,
        came: Day(day(came)),
        left: Day(day(left)),
        km,
        payer: Payer::Customer,
        minutes: 60,
        deducted: None,
        failed: None,
    }
}

fn with_jobs(jobs: Vec<EarlierJob>, on: &str, now: i64) -> (Ruling, EntryId) {
    let (visit, concern) = bought(&mut Tablet::new(1), on, 38_412);
    let catalogue = archive(&visit, |car| car.jobs = Some(jobs));
    (visit.ruling(concern, &catalogue, now), concern)
}

#[test]
fn our_own_job_on_the_same_comes_back_free_up_to_the_last_day_and_the_last_km() {
    let ruled = |left: &str, km: u32| {
        let (ruling, concern) = with_jobs(vec![job("2026-03-01", left, km)], "2020-01-01", NOW);
        (ruling.ruled(), ruling.decide(concern, Decision::Workshop, "").is_ok())
    };
    assert_eq!(ruled("2026-03-08", 36_412), (Some(Decision::Workshop), true));
    assert_eq!(ruled("2026-03-07", 36_412), (Some(Decision::Customer), false));
    assert_eq!(ruled("2026-03-08", 36_411), (Some(Decision::Customer), false));
    let other = EarlierJob { symptom: "brakes".into(), ..job("2026-03-08", "2026-03-08", 38_000) };
    assert_eq!(with_jobs(vec![other], "2020-01-01", NOW).0.rework, None);
}

#[test]
fn another_cause_is_to_be_shown_until_the_third_day_after_the_car_came() {
    let late = |days: i64| {
        let jobs = vec![job("2026-03-10", "2026-03-10", 38_000)];
        let rework = with_jobs(jobs, "2020-01-01", NOW + days * A_DAY).0.rework.expect("it comes back");
        assert_eq!(rework.cause_until, day("2026-03-21"));
        rework.is_late
    };
    assert!(!late(0) && !late(3));
    assert!(late(4));
}

#[test]
fn while_our_own_job_is_guaranteed_the_customer_pays_only_for_a_reason_and_the_makers_warranty_still_holds() {
    let jobs = vec![job("2026-03-10", "2026-03-10", 38_000)];
    let (ruling, concern) = with_jobs(jobs.clone(), "2023-04-20", NOW);
    let decide = |decision| ruling.decide(concern, decision, "").is_ok();
    assert!(decide(Decision::Workshop) && decide(Decision::Warranty));
    assert!(!decide(Decision::Customer) && !decide(Decision::Goodwill));
    let (ruling, concern) = with_jobs(jobs, "2022-03-17", NOW);
    assert!(ruling.decide(concern, Decision::Warranty, "").is_err(), "the maker's is over");
}

#[test]
fn a_fault_that_was_repaired_twice_in_vain_goes_to_another_shop() {
    let second = job("2026-03-08", "2026-03-10", 38_000);
    let another = |jobs| with_jobs(jobs, "2020-01-01", NOW).0.rework.map(|rework| rework.another_shop);
    assert_eq!(another(vec![second.clone()]), Some(false));
    assert_eq!(another(vec![job("2026-02-26", "2026-02-26", 37_000), second.clone()]), Some(true));
    assert_eq!(another(vec![job("2026-02-25", "2026-02-25", 37_000), second]), Some(false));
}

#[test]
fn a_service_does_not_come_back() {
    let mut tablet = Tablet::new(1);
    let (mut visit, concern) = bought(&mut tablet, "2023-04-20", 38_412);
    let symptom = Some("routine".to_owned());
    tablet.write(&mut visit, Change::ConcernGrouped { concern, symptom });
    let service = EarlierJob { symptom: "routine".into(), ..job("2026-03-10", "2026-03-10", 38_000) };
    let catalogue = archive(&visit, |car| car.jobs = Some(vec![service]));
    assert_eq!(visit.ruling(concern, &catalogue, NOW).rework, None);
}

/// So many repairs of so many whole days each, borne by the maker.
fn repaired(times: usize, days: u32) -> Vec<EarlierJob> {
    let minutes = days * 24 * 60;
    let one = EarlierJob { payer: Payer::Manufacturer, minutes, ..job("2025-06-01", "2025-06-20", 20_000) };
    vec![one; times]
}

fn due(jobs: Vec<EarlierJob>) -> Vec<Due> {
    with_jobs(jobs, "2024-03-18", NOW).0.repairs.map(|repairs| repairs.due).unwrap_or_default()
}

#[test]
fn the_makers_repairs_of_the_same_are_said_at_three_and_too_many_at_five() {
    assert_eq!(due(repaired(2, 1)), []);
    assert_eq!(due(repaired(3, 1)), [Due::NearlyRepairs]);
    assert_eq!(due(repaired(4, 1)), [Due::NearlyRepairs]);
    assert_eq!(due(repaired(5, 1)), [Due::Repairs]);
    let of_other = |job| EarlierJob { symptom: "brakes".into(), ..job };
    assert_eq!(due(repaired(5, 1).into_iter().map(of_other).collect()), []);
    let paid = |job| EarlierJob { payer: Payer::Customer, ..job };
    assert_eq!(due(repaired(5, 1).into_iter().map(paid).collect()), []);
}

#[test]
fn days_of_repair_add_up_whatever_the_problem_was_without_those_that_are_deducted() {
    let of_other = |job| EarlierJob { symptom: "brakes".into(), ..job };
    let days = |days: u32| due(repaired(1, days).into_iter().map(of_other).collect());
    assert_eq!(days(19), []);
    assert_eq!(days(20), [Due::NearlyDays]);
    assert_eq!(days(30), [Due::NearlyDays]);
    assert_eq!(days(31), [Due::Days]);
    let waited = |job| EarlierJob { deducted: Some(24 * 60), ..job };
    assert_eq!(due(repaired(1, 31).into_iter().map(waited).collect()), [Due::NearlyDays]);
}

#[test]
fn repairs_count_while_the_three_guarantees_run_and_those_made_within_alone() {
    let jobs = repaired(5, 1);
    assert_eq!(with_jobs(jobs.clone(), "2024-03-17", NOW).0.repairs, None, "two years and a day");
    let early = |job| EarlierJob { came: Day(day("2024-03-17")), ..job };
    assert_eq!(due(jobs.into_iter().map(early).collect()), [], "before it was bought");
}

#[test]
fn dangers_are_counted_together_and_two_are_too_many() {
    let dangers = |times: usize| {
        let danger = |job| EarlierJob { failed: Some(Failed::Danger), symptom: "steering".into(), ..job };
        let mut tablet = Tablet::new(1);
        let (mut visit, concern) = bought(&mut tablet, "2024-03-18", 38_412);
        tablet.write(&mut visit, Change::FailureNamed { concern, failed: Failed::Danger });
        let catalogue =
            archive(&visit, |car| car.jobs = Some(repaired(times, 1).into_iter().map(danger).collect()));
        visit.ruling(concern, &catalogue, NOW).repairs.map(|repairs| repairs.due)
    };
    assert_eq!(dangers(0), None);
    assert_eq!(dangers(1), Some(vec![Due::NearlyRepairs]));
    assert_eq!(dangers(2), Some(vec![Due::Repairs]));
}

#[test]
fn the_demo_has_a_recall_a_job_that_comes_back_and_repairs_that_add_up() {
    let today = day("2026-03-18");
    let demo = crate::demo::demo(today, 480);
    let of = |plate: &str| demo.known(plate, "")[0].clone();
    assert_eq!(of("粤BD12345").recalls.map(|recalls| recalls.len()), Some(1));
    let motor = of("粤BD77180").jobs.expect("a job").remove(0).job();
    assert!(motor.look((today, 30_000), nobody_rests).is_inside());
    let seal = of("粤BC20417");
    let after = |day: Option<Day>| day.map(|day| day.0);
    assert!(after(seal.delivered) > after(seal.purchased));
    let repairs: Vec<Repair> = seal.jobs.expect("jobs").iter().map(EarlierJob::repair).collect();
    assert_eq!(Count::of(&repairs), Count { repairs: 3, days: 21, longest: 9 });
}
