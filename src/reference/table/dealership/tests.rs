use super::*;
use crate::reference::table::{Heading, TableRow, table_row};

fn row(heading: &str, cells: &str) -> Result<CatalogueRow, BadRow> {
    let heading = Heading::read(heading.split('\t')).expect("a heading");
    match table_row(heading.table, &heading.cells(cells.split('\t'))?)? {
        TableRow::Catalogue(row) => Ok(row),
        TableRow::Record(record) => panic!("{record:?}"),
    }
}

fn open(cells: &str) -> Result<OpenHours, BadRow> {
    match row("星期\t开始\t结束", cells)? {
        CatalogueRow::Hours(hours) => Ok(hours),
        other => panic!("{other:?}"),
    }
}

#[test]
fn weekdays_are_read_as_people_write_them() {
    for (text, days) in [
        ("周一", &[0][..]),
        ("星期天", &[6]),
        ("Sat", &[5]),
        ("3", &[2]),
        ("周一至周五", &[0, 1, 2, 3, 4]),
        ("mon-wed", &[0, 1, 2]),
        ("周六到周一", &[5, 6, 0]),
        ("周二、周四", &[1, 3]),
        ("每天", &[0, 1, 2, 3, 4, 5, 6]),
    ] {
        assert_eq!(
            open(&format!("{text}\t8:30\t12:00")).map(|hours| hours.weekdays),
            Ok(days.to_vec()),
            "{text}"
        );
    }
    for text in ["周八", "工作日", "周", "0", "周一至", "一-二-三"] {
        assert_eq!(open(&format!("{text}\t8:30\t12:00")), bad("weekday", Why::NotAWeekday), "{text}");
    }
    assert_eq!(open("\t8:30\t12:00"), bad("weekday", Why::Missing));
}

#[test]
fn hours_end_after_they_begin_and_a_day_without_any_is_closed() {
    let minutes =
        |cells: &str| open(cells).map(|hours| hours.span.map(|span| (span.until - span.from).num_minutes()));
    assert_eq!(minutes("周一\t08:30\t12:00"), Ok(Some(210)));
    assert_eq!(minutes("周一\t８：30\t08:31:00"), Ok(Some(1)));
    for closed in ["周日\t\t", "周日\t休息\t", "Sun\tClosed\t"] {
        assert_eq!(minutes(closed), Ok(None), "{closed}");
    }
    assert_eq!(minutes("周一\t12:00\t12:00"), bad("until", Why::NotLater));
    assert_eq!(minutes("周一\t18:00\t08:00"), bad("until", Why::NotLater));
    assert_eq!(minutes("周一\t9点\t18:00"), bad("from", Why::NotATime));
    assert_eq!(minutes("周一\t09:00\t24:00"), bad("until", Why::NotATime));
    assert_eq!(minutes("周一\t09:00\t"), bad("until", Why::Missing));
    assert_eq!(minutes("周一\t\t18:00"), bad("from", Why::Missing));
}

#[test]
fn a_season_is_two_days_of_every_year() {
    let season = |from: &str, until: &str| {
        let cells = format!("周一\t8:00\t18:00\t{from}\t{until}");
        match row("星期\t开始\t结束\t季节开始\t季节结束", &cells)? {
            CatalogueRow::Hours(hours) => Ok(hours.season),
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(season("5月1日", "9/30"), Ok(Some(("05-01".into(), "09-30".into()))));
    assert_eq!(season("12-1", "02-29"), Ok(Some(("12-01".into(), "02-29".into()))));
    assert_eq!(season("", ""), Ok(None));
    assert_eq!(season("5-1", ""), bad("season_until", Why::Missing));
    assert_eq!(season("5-1", "6-31"), bad("season_until", Why::NotADay));
    assert_eq!(season("夏", "9-30"), bad("season_from", Why::NotADay));
}

#[test]
fn a_day_is_closed_or_has_hours_or_is_worked_as_usual() {
    let own = |cells: &str| row("日期\t开始\t结束\t名称", cells);
    let public = |cells: &str| row("name\tdate\tisOffDay", cells);
    let day =
        |worked| Ok(CatalogueRow::Day(crate::catalogue::Day("2026-10-01".parse().expect("a day")), worked));
    assert_eq!(own("2026/10/1\t\t\t国庆节"), day(Worked::Closed));
    assert!(matches!(own("2026-10-01\t9:00\t12:00\t"), Ok(CatalogueRow::Day(_, Worked::Hours(_)))));
    assert_eq!(public("国庆节\t2026-10-01\ttrue"), day(Worked::Holiday));
    assert_eq!(public("国庆节\t2026-10-01\tfalse"), day(Worked::AsUsual));
    assert!(matches!(
        public("国庆节\t2026-10-01\tmaybe"),
        Err(BadRow { column: Some("is_off_day"), why: Why::NotOneOf(_) })
    ));
    assert_eq!(own("2026-02-30\t\t\t"), bad("date", Why::NotADay));
    assert_eq!(own("\t\t\t"), bad("date", Why::Missing));
    let both = row("date\tfrom\tuntil\tis_off_day", "2026-10-01\t9:00\t12:00\ttrue");
    assert_eq!(both, bad("is_off_day", Why::ClosedAndOpen));
}

#[test]
fn a_mechanic_has_skills_or_a_permit_and_high_voltage_never_without_one() {
    let of = |skills: &str, until: &str| match row(
        "姓名\t技能\t电工证有效期",
        &format!("赵强\t{skills}\t{until}"),
    )? {
        CatalogueRow::Mechanic(mechanic) => Ok(mechanic),
        other => panic!("{other:?}"),
    };
    let both = of("机电、诊断;机电", "").expect("a mechanic");
    assert_eq!(
        (both.skills, both.name.as_deref()),
        (vec![Skill::Mechanical, Skill::Diagnosis], Some("赵强"))
    );
    let permit = of("高压,paint", "2027-01-31").expect("a mechanic");
    assert_eq!((permit.skills, permit.permit_until.is_some()), (vec![Skill::Paint], true));
    assert_eq!(of("高压", ""), bad("permit_until", Why::Missing));
    assert_eq!(of("", ""), bad("skill", Why::Missing));
    assert!(of("", "2027-01-31").is_ok());
    assert_eq!(of("机电", "明年"), bad("permit_until", Why::NotADay));
    assert!(matches!(of("机电、洗车", ""), Err(BadRow { column: Some("skill"), why: Why::NotOneOf(_) })));
}

#[test]
fn a_person_has_an_id_a_name_and_a_role() {
    let of = |cells: &str| row("工号\t姓名\t岗位", cells);
    let member = |role| {
        let (id, name) = (StaffId("07".into()), "何静".into());
        Ok(CatalogueRow::Staff(StaffMember { id, name, role }))
    };
    assert_eq!(of("07\t何静\t质检员"), member(Role::Inspector));
    assert_eq!(row("id\tname\trole", "07\t何静\tteam_leader"), member(Role::TeamLeader));
    assert_eq!(of("\t何静\t质检员"), bad("id", Why::Missing));
    assert_eq!(of("07\t\t质检员"), bad("person", Why::Missing));
    assert_eq!(of("07\t何静\t"), bad("role", Why::Missing));
    assert!(matches!(of("07\t何静\t司机"), Err(BadRow { column: Some("role"), why: Why::NotOneOf(_) })));
}

#[test]
fn a_text_is_kept_as_it_was_written_in_both_languages_with_its_version() {
    let of = |cells: &str| row("文本\t版本\t中文\t英文", cells);
    let text = of("增项条款\t2026-01\t先问您，\n您同意才做（书面）。\tWe ask first.");
    let Ok(CatalogueRow::Text(text)) = text else { panic!("{text:?}") };
    assert_eq!((&*text.id, &*text.version), ("additional_work", "2026-01"));
    assert_eq!(text.text.zh, "先问您， 您同意才做（书面）。", "full-width signs stay");
    assert_eq!(of("增项条款\t1\t文\t"), bad("en", Why::Missing));
    assert_eq!(of("增项条款\t1\t　\ttext"), bad("zh", Why::Missing));
    assert_eq!(of("增项条款\t\t文\ttext"), bad("version", Why::Missing));
    assert_eq!(of("\t1\t文\ttext"), bad("id", Why::Missing));
    assert!(matches!(of("别的\t1\t文\ttext"), Err(BadRow { column: Some("id"), why: Why::NotOneOf(_) })));
    let long = |count: usize| of(&format!("收费标准\t1\t{}\ttext", "字".repeat(count)));
    assert!(long(LONGEST_TEXT).is_ok());
    assert_eq!(long(LONGEST_TEXT + 1), bad("zh", Why::TextTooLong));
}

#[test]
fn a_text_has_places_only_for_what_its_paper_knows() {
    let of = |id: &str, zh: &str| row("文本\t版本\t中文\t英文", &format!("{id}\t1\t{zh}\ttext"));
    assert!(of("质保", "{days} 日或 {km}").is_ok());
    assert_eq!(of("质保", "{day} 日"), bad("zh", Why::Braces));
    assert_eq!(of("收费标准", "{km}"), bad("zh", Why::Braces));
    assert!(of("个人信息告知", "请联系 {contact}（{hours}）").is_ok());
    assert_eq!(of("个人信息告知", "{km}"), bad("zh", Why::Braces));
    assert!(of("接车确认", "我已核对。").is_ok() && of("录音录像同意", "可以录音。").is_ok());
    assert_eq!(of("接车确认", "{contact}"), bad("zh", Why::Braces));
}
