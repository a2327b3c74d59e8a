use super::*;

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

fn at(text: &str) -> NaiveDateTime {
    NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").expect("a moment")
}

fn span(from: u32, until: u32) -> Span {
    let time = |hour| NaiveTime::from_hms_opt(hour, 0, 0).expect("a time");
    Span { from: time(from), until: time(until) }
}

/// Monday to Friday 8 to 12 and 13 to 18, Saturday 8 to 12; two mechanics, one of them with a permit.
fn workshop() -> Workshop {
    let full = vec![span(8, 12), span(13, 18)];
    let week = [full.clone(), full.clone(), full.clone(), full.clone(), full, vec![span(8, 12)], Vec::new()];
    let skills = vec![Skill::Mechanical, Skill::Diagnosis];
    Workshop {
        calendar: Calendar { week, ..Calendar::default() },
        technicians: vec![
            Technician { skills: skills.clone(), permit_until: None },
            Technician { skills, permit_until: Some(day("2026-03-20")) },
        ],
        queue: Vec::new(),
        finish: 30,
    }
}

fn hours(text: &str) -> Quantity {
    Quantity::read(text).expect("hours")
}

/// Wednesday.
const NOW: &str = "2026-03-18 09:00";

fn ready(now: &str, jobs: &[(Skill, &str)], workshop: &Workshop) -> Result<String, NoPromise> {
    let jobs: Vec<_> = jobs.iter().map(|(skill, text)| (*skill, hours(text))).collect();
    let promise = promise(at(now), &jobs, &[], workshop)?;
    Ok(promise.ready.format("%Y-%m-%d %H:%M").to_string())
}

fn ready_of(now: &str, time: &str, workshop: &Workshop) -> String {
    ready(now, &[(Skill::Mechanical, time)], workshop).expect("a promise")
}

#[test]
fn work_goes_on_after_lunch_the_next_day_and_after_the_weekend() {
    let workshop = workshop();
    for (now, time, expected) in [
        (NOW, "1", "2026-03-18 10:30"),
        (NOW, "2.5", "2026-03-18 12:00"),
        (NOW, "2.6", "2026-03-18 13:15"),
        (NOW, "7.5", "2026-03-18 18:00"),
        (NOW, "7.6", "2026-03-19 08:15"),
        ("2026-03-20 17:00", "1.5", "2026-03-21 09:00"),
        ("2026-03-21 11:00", "1", "2026-03-23 08:30"),
        ("2026-03-22 10:00", "1", "2026-03-23 09:30"),
        ("2026-03-18 06:00", "1", "2026-03-18 09:30"),
        ("2026-03-18 18:00", "1", "2026-03-19 09:30"),
    ] {
        assert_eq!(ready_of(now, time, &workshop), expected, "{time} h from {now}");
    }
}

#[test]
fn holidays_are_passed_over_and_make_up_days_are_worked() {
    let mut workshop = workshop();
    // 清明 Monday 6 April, made up for on Sunday 29 March.
    workshop.calendar.days.insert(day("2026-04-06"), Vec::new());
    workshop.calendar.days.insert(day("2026-03-29"), vec![span(8, 12)]);
    assert_eq!(ready_of("2026-04-04 11:30", "1", &workshop), "2026-04-07 09:00");
    assert_eq!(ready_of("2026-03-28 11:30", "1", &workshop), "2026-03-29 09:00");
}

#[test]
fn where_the_clock_is_put_forward_or_back_the_workshop_opens_by_it() {
    let mut workshop = workshop();
    workshop.calendar.week[6] = vec![span(8, 12)];
    // Sundays on which Berlin's clock changes at night: the hours of work are the same.
    for sunday in ["2026-03-29", "2026-10-25"] {
        let saturday = (day(sunday) - Days::new(1)).format("%Y-%m-%d 11:30").to_string();
        assert_eq!(ready_of(&saturday, "1", &workshop), format!("{sunday} 09:00"));
    }
}

#[test]
fn a_promise_is_rounded_to_the_next_quarter_but_not_after_closing() {
    let mut workshop = workshop();
    workshop.calendar.week[2] =
        vec![Span { from: span(8, 12).from, until: NaiveTime::from_hms_opt(10, 40, 0).expect("a time") }];
    assert_eq!(ready_of(NOW, "0.5", &workshop), "2026-03-18 10:00");
    assert_eq!(ready_of(NOW, "0.51", &workshop), "2026-03-18 10:15");
    assert_eq!(ready_of(NOW, "1.1", &workshop), "2026-03-18 10:40");
}

#[test]
fn others_cars_come_first_and_are_divided_among_those_who_can() {
    let mut workshop = workshop();
    workshop.queue = vec![(Skill::Mechanical, hours("4")), (Skill::Paint, hours("40"))];
    assert_eq!(ready_of(NOW, "1", &workshop), "2026-03-18 13:30", "2 h wait, 1 h work, half an hour");
    let twice = ready(NOW, &[(Skill::Mechanical, "0.5"), (Skill::Mechanical, "0.5")], &workshop);
    assert_eq!(twice.as_deref(), Ok("2026-03-18 13:30"), "they stand before it once");
}

#[test]
fn high_voltage_needs_a_permit_that_holds_on_the_day() {
    let mut workshop = workshop();
    let job = [(Skill::HighVoltage, "1")];
    assert_eq!(ready("2026-03-20 09:00", &job, &workshop).as_deref(), Ok("2026-03-20 10:30"));
    let nobody = Err(NoPromise::Nobody(Skill::HighVoltage));
    assert_eq!(ready("2026-03-21 09:00", &job, &workshop), nobody, "it held until the day before");
    let into_the_next = [(Skill::HighVoltage, "2")];
    assert_eq!(ready("2026-03-20 17:00", &into_the_next, &workshop), nobody, "nor for what goes on then");
    workshop.technicians.truncate(1);
    assert_eq!(ready(NOW, &job, &workshop), nobody);
    assert_eq!(ready(NOW, &[(Skill::Paint, "1")], &workshop), Err(NoPromise::Nobody(Skill::Paint)));
}

#[test]
fn parts_are_counted_on_the_day_after_and_one_without_a_date_allows_no_promise() {
    let workshop = workshop();
    let jobs = [(Skill::Mechanical, hours("1"))];
    let part = |name: &str, comes| Needed { name: name.into(), comes };
    let on = |comes: &[Comes]| {
        let parts: Vec<Needed> = comes.iter().map(|comes| part("制动片", *comes)).collect();
        promise(at(NOW), &jobs, &parts, &workshop).map(|promise| promise.ready)
    };
    assert_eq!(on(&[Comes::InStore]), Ok(at("2026-03-18 10:30")));
    assert_eq!(on(&[Comes::During(day("2026-03-17"))]), Ok(at("2026-03-18 10:30")), "it should be here");
    assert_eq!(on(&[Comes::During(day("2026-03-18"))]), Ok(at("2026-03-19 09:30")));
    let late = [Comes::During(day("2026-03-21")), Comes::During(day("2026-03-18"))];
    assert_eq!(on(&late), Ok(at("2026-03-23 09:30")), "the latest counts, and the weekend");
    assert_eq!(on(&[Comes::Unknown]), Err(NoPromise::NoDate("制动片".into())));
}

#[test]
fn a_promise_says_how_it_came_about() {
    let mut workshop = workshop();
    let none = Quantity(0);
    let cars = [(Skill::Mechanical, hours("12")), (Skill::Mechanical, none), (Skill::Mechanical, hours("8"))];
    workshop.queue = cars.to_vec();
    let queue = What::Queue { skill: Skill::Mechanical, hours: hours("20"), cars: 2, people: 2 };
    let parts = [Needed { name: "制动片".into(), comes: Comes::During(day("2026-03-18")) }];
    let jobs = [(Skill::Diagnosis, hours("0.5")), (Skill::Mechanical, hours("1"))];
    let promise = promise(at(NOW), &jobs, &parts, &workshop).expect("a promise");
    let step = |what, until: &str| Step { what, until: at(until) };
    assert_eq!(
        promise.steps,
        [
            step(What::Part("制动片".into(), day("2026-03-18")), "2026-03-19 08:00"),
            step(What::Work(Skill::Diagnosis, hours("0.5")), "2026-03-19 08:30"),
            step(queue, "2026-03-19 10:00"),
            step(What::Work(Skill::Mechanical, hours("1")), "2026-03-19 11:00"),
            step(What::Finish(30), "2026-03-19 11:30"),
        ]
    );
    assert_eq!(promise.ready, at("2026-03-19 11:30"));
}

#[test]
fn a_workshop_that_is_closed_for_a_year_promises_nothing() {
    let mut workshop = workshop();
    workshop.calendar = Calendar::default();
    assert_eq!(ready(NOW, &[(Skill::Mechanical, "1")], &workshop), Err(NoPromise::TooFar));
}

#[test]
fn another_time_than_was_said_needs_a_reason() {
    let (said, later) = (at(NOW), at("2026-03-18 17:00"));
    assert_eq!(changed(None, later, ""), Ok(()));
    assert_eq!(changed(Some(said), said, ""), Ok(()));
    assert_eq!(changed(Some(said), later, " "), Err(NeedsReason { before: said }));
    assert_eq!(changed(Some(said), later, "配件未到"), Ok(()));
}
