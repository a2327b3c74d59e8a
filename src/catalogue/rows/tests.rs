use super::*;
use crate::catalogue::Label;
use crate::journal::StaffId;
use crate::reference::Skill;
use crate::visit::staff::Role;

fn span(from: &str, until: &str) -> Span {
    let time = |text| NaiveTime::parse_from_str(text, "%H:%M").expect("a time");
    Span { from: time(from), until: time(until) }
}

fn hours(weekday: usize, hours: Option<(&str, &str)>) -> CatalogueRow {
    let span = hours.map(|(from, until)| span(from, until));
    CatalogueRow::Hours(OpenHours { weekdays: vec![weekday], season: None, span })
}

fn day(text: &str, worked: Worked) -> CatalogueRow {
    CatalogueRow::Day(Day(text.parse().expect("a day")), worked)
}

fn member(id: &str, name: &str) -> CatalogueRow {
    CatalogueRow::Staff(StaffMember { id: StaffId(id.into()), name: name.into(), role: Role::Advisor })
}

fn text(id: &str, version: &str) -> CatalogueRow {
    let text = Label { zh: format!("条款 {version}"), en: format!("Terms {version}") };
    CatalogueRow::Text(TextBlock { id: id.into(), version: version.into(), text })
}

fn mechanic(name: &str) -> CatalogueRow {
    CatalogueRow::Mechanic(Mechanic {
        skills: vec![Skill::Mechanical],
        permit_until: None,
        name: Some(name.into()),
    })
}

#[test]
fn a_weekday_that_is_named_has_the_hours_of_its_rows_and_the_others_stay() {
    let mut catalogue = Catalogue::default();
    let both = [hours(0, Some(("13:00", "18:00"))), hours(0, Some(("08:30", "12:00")))];
    assert_eq!(catalogue.take(&both, false), 1);
    assert_eq!(catalogue.take(&[hours(1, Some(("09:00", "17:00")))], false), 1);
    let week = |catalogue: &Catalogue| catalogue.workshop.clone().expect("a workshop").week;
    assert_eq!(week(&catalogue)[0], ["08:30-12:00", "13:00-18:00"], "in the order of the day");
    assert_eq!(week(&catalogue)[1], ["09:00-17:00"]);
    assert_eq!(catalogue.take(&[hours(0, None)], false), 1);
    assert_eq!((week(&catalogue)[0].len(), week(&catalogue)[1].len()), (0, 1), "closed on Mondays");
    assert_eq!(catalogue.workshop.expect("a workshop").finish, FINISH);
}

#[test]
fn a_season_says_what_is_otherwise_in_it() {
    let mut catalogue = Catalogue::default();
    let summer = CatalogueRow::Hours(OpenHours {
        weekdays: vec![0, 1],
        season: Some(("05-01".into(), "09-30".into())),
        span: Some(span("08:00", "19:00")),
    });
    let rows = [hours(0, Some(("08:30", "17:00"))), summer];
    assert_eq!(catalogue.take(&rows, false), 3);
    let plan = catalogue.workshop.clone().expect("a workshop");
    assert_eq!(plan.week[0], ["08:30-17:00"]);
    let season = &plan.seasons.expect("seasons")[0];
    assert_eq!(season.week[1].as_deref(), Some(&["08:00-19:00".to_owned()][..]));
    assert_eq!(season.week[2], None);
    assert_eq!(catalogue.take(&rows, false), 0, "the same again");
    assert_eq!(catalogue.take(&rows[..1], true), 2, "a whole list without the season");
    assert_eq!(catalogue.workshop.expect("a workshop").seasons, None);
}

#[test]
fn days_that_are_otherwise_stand_in_order_and_a_make_up_day_is_as_usual() {
    let mut catalogue = Catalogue::default();
    let own = Worked::Hours(span("09:00", "12:00"));
    let rows =
        [day("2026-10-10", Worked::AsUsual), day("2026-10-01", Worked::Closed), day("2026-02-16", own)];
    assert_eq!(catalogue.take(&rows, false), 3);
    let days = catalogue.workshop.clone().expect("a workshop").days;
    let days: Vec<_> = days.iter().map(|(day, spans)| (day.to_string(), spans.join(" "))).collect();
    let said = [("2026-02-16", "09:00-12:00"), ("2026-10-01", ""), ("2026-10-10", AS_USUAL)];
    assert_eq!(days, said.map(|(day, spans)| (day.to_owned(), spans.to_owned())));
    assert_eq!(catalogue.take(&[day("2026-10-01", own)], false), 1);
    assert_eq!(catalogue.workshop.expect("a workshop").days.len(), 3);
}

#[test]
fn a_holiday_stays_one_where_the_dealership_works_and_a_make_up_day_is_none() {
    let mut catalogue = Catalogue::default();
    let is = |catalogue: &Catalogue, text: &str| catalogue.is_holiday(text.parse().expect("a day"));
    let rows = [day("2026-10-01", Worked::Holiday), day("2026-10-10", Worked::AsUsual)];
    // The day is closed, and it is a holiday.
    assert_eq!(catalogue.take(&rows, false), 3);
    assert_eq!(catalogue.take(&rows, false), 0, "the same again");
    assert!(is(&catalogue, "2026-10-01") && !is(&catalogue, "2026-10-10"));
    let own = Worked::Hours(span("09:00", "12:00"));
    assert_eq!(catalogue.take(&[day("2026-10-01", own), day("2026-10-02", Worked::Closed)], true), 3);
    assert!(is(&catalogue, "2026-10-01"), "its own hours say nothing of holidays");
    assert!(!is(&catalogue, "2026-10-02"), "closed is no holiday");
    catalogue.take(&[day("2026-10-01", Worked::AsUsual)], false);
    assert!(!is(&catalogue, "2026-10-01"), "the paper has changed");
    catalogue.take(&rows, false);
    catalogue.take(&[day("2027-01-01", Worked::Holiday)], true);
    assert!(is(&catalogue, "2027-01-01") && !is(&catalogue, "2026-10-01"), "all that there are");
}

#[test]
fn people_and_texts_are_known_by_their_ids_and_a_whole_list_takes_the_others_away() {
    let mut catalogue = Catalogue::default();
    let rows = [
        member("lin", "林晓彤"),
        member("he", "何静"),
        text("charging", "1"),
        mechanic("赵"),
        mechanic("孙"),
    ];
    assert_eq!(catalogue.take(&rows, false), 5);
    assert_eq!(catalogue.take(&[member("he", "何敏")], false), 1);
    assert_eq!((catalogue.staff.len(), &*catalogue.staff[1].name), (2, "何敏"));
    assert_eq!(catalogue.take(&[text("charging", "2"), text("guarantee", "2")], false), 2);
    assert_eq!(catalogue.take(&[mechanic("赵"), text("guarantee", "2")], true), 2);
    assert_eq!(catalogue.texts.expect("texts").len(), 1);
    assert_eq!(catalogue.workshop.expect("a workshop").mechanics.len(), 1);
    assert_eq!(catalogue.staff.len(), 2, "no row was about people");
}
