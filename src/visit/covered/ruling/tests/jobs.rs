//! What the archive brings along: recalls, our own jobs that come back, repairs that add up.

use super::*;
use crate::catalogue::Day;
use crate::coverage::GuaranteeClass;
use crate::visit::work_order::tests as work_order;

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
    let other = Recall { number: "S0000M0003V".into(), ..recall.clone() };
    let open = archive(&visit, |car| car.recalls = Some(vec![recall.clone(), other.clone()]));
    let ruling = visit.ruling(concern, &open, NOW);
    assert_eq!(ruling.recalls, [recall, other]);
    let Ok(Change::CoverageDecided { recall: Some(number), .. }) =
        ruling.decide(concern, Decision::Recall, "")
    else {
        panic!("it is with the rules")
    };
    assert_eq!(number, "S0000M0002V S0000M0003V", "those that are open");
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
        replaced: None,
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
fn the_same_part_replaced_twice_and_failing_again_is_too_often() {
    let replaced = |part: &str| EarlierJob {
        replaced: Some(part.into()),
        symptom: "power".into(),
        failed: Some(Failed::BatteryMotor),
        ..repaired(1, 1).remove(0)
    };
    let due = |jobs: Vec<EarlierJob>, failed| {
        let mut tablet = Tablet::new(1);
        let (mut visit, concern) = bought(&mut tablet, "2024-03-18", 38_412);
        tablet.write(&mut visit, Change::FailureNamed { concern, failed });
        let catalogue = archive(&visit, |car| car.jobs = Some(jobs));
        visit.ruling(concern, &catalogue, NOW).repairs.map(|repairs| repairs.due).unwrap_or_default()
    };
    let motor = Failed::BatteryMotor;
    assert_eq!(due(vec![replaced("motor")], motor), [Due::NearlyReplacements]);
    assert_eq!(due(vec![replaced("motor"), replaced("motor")], motor), [Due::Replacements]);
    assert_eq!(
        due(vec![replaced("motor"), replaced("battery")], motor),
        [Due::NearlyReplacements],
        "each is counted alone"
    );
    assert_eq!(due(vec![replaced("motor"), replaced("motor")], Failed::Ordinary), [], "it is another fault");
    let noise = |job| EarlierJob { symptom: "noise".into(), failed: None, ..job };
    let same = vec![noise(replaced("stator")), noise(replaced("stator"))];
    assert_eq!(due(same, Failed::Ordinary), [Due::Replacements], "the same fault, by its symptom");
    let paid = |job| EarlierJob { payer: Payer::Customer, ..job };
    assert_eq!(due(vec![paid(replaced("motor")), replaced("motor")], motor), [Due::NearlyReplacements]);
}

#[test]
fn a_period_that_ends_on_a_holiday_is_still_open_on_the_first_day_after_it() {
    let mut tablet = Tablet::new(1);
    let (visit, concern) = bought(&mut tablet, "2023-03-16", 38_412);
    let ends = |holidays: &[&str]| {
        let mut catalogue = archive(&visit, |_| {});
        let plan = catalogue.workshop.get_or_insert_default();
        plan.holidays = Some(holidays.iter().map(|text| Day(day(text))).collect());
        visit.ruling(concern, &catalogue, NOW).maker().expect("a period").last_day
    };
    assert_eq!(ends(&[]), day("2026-03-16"));
    assert_eq!(
        ends(&["2026-03-15", "2026-03-17"]),
        day("2026-03-16"),
        "the days beside it count for nothing"
    );
    assert_eq!(ends(&["2026-03-16", "2026-03-17"]), day("2026-03-18"));
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
fn a_repair_that_the_maker_bears_counts_from_the_signed_order() {
    let mut tablet = Tablet::new(1);
    let mut visit = work_order::agreed(&mut tablet);
    let concern = confirmed(&mut tablet, &mut visit, "2024-03-18", 38_412);
    let after = |visit: &Visit, minutes: i64| {
        let signed = visit.signed_orders().first().map_or(NOW, |order| order.at);
        let ruling = visit.ruling(concern, &Catalogue::default(), signed + minutes * 60_000);
        ruling.repairs.map(|repairs| (repairs.count.longest, repairs.count.days, repairs.due))
    };
    let decided = visit.ruling(concern, &Catalogue::default(), NOW).decide(concern, Decision::Warranty, "");
    tablet.write(&mut visit, decided.expect("it is with the rules"));
    assert_eq!(after(&visit, 6 * 24 * 60), None, "nothing is signed");
    work_order::sign(&mut tablet, &mut visit);
    let hours = |hours: i64| after(&visit, hours * 60);
    assert_eq!(hours(72), Some((3, 3, vec![])));
    assert_eq!(hours(73), Some((4, 4, vec![Due::NearlyAnotherCar])), "a rest is a day");
    assert_eq!(hours(120), Some((5, 5, vec![Due::NearlyAnotherCar])));
    assert_eq!(after(&visit, 120 * 60 + 1), Some((6, 6, vec![Due::AnotherCar])));
    let ruling = visit.ruling(concern, &Catalogue::default(), NOW);
    let customer = ruling.decide(concern, Decision::Customer, "磕碰").expect("a reason");
    tablet.write(&mut visit, customer);
    assert_eq!(after(&visit, 6 * 24 * 60), None, "the customer's own is no repair of the guarantees");
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
    assert!(motor.look((today, 30_000), |_| false).is_inside());
    let seal = of("粤BC20417");
    let after = |day: Option<Day>| day.map(|day| day.0);
    assert!(after(seal.delivered) > after(seal.purchased));
    let repairs: Vec<Repair> = seal.jobs.expect("jobs").iter().map(EarlierJob::repair).collect();
    assert_eq!(Count::of(&repairs), Count { repairs: 3, days: 21, longest: 9, replaced: 0 });
}
