//! `lanepad import` of the dealership's own tables: hours, days, mechanics, people, texts.

use lanepad::catalogue::{Catalogue, Passage};
use lanepad::promise::Span;
use reqwest::StatusCode;
use tempfile::TempDir;

use crate::import::{begun, import, said};
use crate::server::Server;

const HOURS: &str =
    "星期,开始,结束\r\n周一至周五,08:30,12:00\r\n周一至周五,13:00,18:00\r\n周六,09:00,12:00\r\n";
const DAYS: &str = "日期,开始,结束,名称\r\n2026-10-01,,,国庆节\r\n2026-09-30,08:30,12:00,节前\r\n";
const MECHANICS: &str = "姓名,技能,电工证有效期\r\n赵强,机电、诊断、高压,2027-01-31\r\n孙伟,钣金、喷漆,\r\n";
const STAFF: &str = "工号,姓名,岗位\r\nlin,林晓彤,服务顾问\r\nhe,何静,质检员\r\n";
const TEXTS: &str = "文本,版本,中文,英文\r\n增项条款,2026-01,先问您。,We ask you first.\r\n";

/// The catalogue that tablets get, with its tag; none where they hold the newest.
async fn catalogue(server: &Server, held: &str) -> Option<(Catalogue, String)> {
    let address = format!("{}/api/v1/catalogue", server.address);
    let answer = reqwest::Client::new().get(address).header("if-none-match", held).send().await.unwrap();
    if answer.status() == StatusCode::NOT_MODIFIED {
        return None;
    }
    let tag = answer.headers()["etag"].to_str().unwrap().to_owned();
    Some((answer.json().await.unwrap(), tag))
}

fn write(folder: &TempDir, name: &str, text: &str) {
    std::fs::write(folder.path().join(name), text).unwrap();
}

fn hours_on(catalogue: &Catalogue, day: &str) -> Vec<String> {
    let workshop = catalogue.workshop.as_ref().expect("a workshop").workshop();
    let written = |span: &Span| format!("{}-{}", span.from.format("%H:%M"), span.until.format("%H:%M"));
    workshop.calendar.on(day.parse().expect("a day")).iter().map(written).collect()
}

#[tokio::test]
async fn tablets_get_hours_days_mechanics_people_and_texts_once_they_are_imported() {
    let (gb, _, _) = encoding_rs::GB18030.encode(HOURS);
    let (folder, server) = begun("hours.csv", &gb);
    for (name, text) in [("days.csv", DAYS), ("mechanics.csv", MECHANICS), ("staff.csv", STAFF)] {
        write(&folder, name, text);
    }
    write(&folder, "texts.csv", &format!("\u{feff}{TEXTS}"));
    let (_, before) = catalogue(&server, "").await.unwrap();
    assert_eq!(catalogue(&server, &before).await, None, "nothing new");
    let files = ["hours.csv", "days.csv", "mechanics.csv", "staff.csv", "texts.csv"];
    let output = import(folder.path(), &files, &["--language", "zh"]);
    assert!(output.status.success(), "{}", said(&output));
    let sentence = "读入 3 行营业时间、2 行节假日、2 名技师、2 名员工、1 段文本；13 条有变化，跳过 0 行。";
    assert_eq!(said(&output).trim(), sentence);
    let (now, tag) = catalogue(&server, &before).await.expect("another catalogue");
    assert_eq!(hours_on(&now, "2026-09-28"), ["08:30-12:00", "13:00-18:00"], "a Monday");
    assert_eq!(hours_on(&now, "2026-09-30"), ["08:30-12:00"]);
    assert_eq!(hours_on(&now, "2026-10-01"), [] as [&str; 0]);
    assert_eq!(hours_on(&now, "2026-10-03"), ["09:00-12:00"], "a Saturday");
    let plan = now.workshop.clone().expect("a workshop");
    assert_eq!(plan.mechanics.iter().map(|mechanic| mechanic.skills.len()).collect::<Vec<_>>(), [2, 2]);
    assert!(plan.mechanics[0].permit_until.is_some() && plan.mechanics[1].permit_until.is_none());
    assert_eq!(now.staff.iter().map(|member| &*member.name).collect::<Vec<_>>(), ["林晓彤", "何静"]);
    assert_eq!(now.wording(Passage::AdditionalWork).map(|own| &*own.text.zh), Some("先问您。"));
    assert!(!now.inspection.is_empty() && now.interview.is_some(), "the rest is as it was");
    // The same again is no other catalogue.
    let output = import(folder.path(), &files, &["--language", "en"]);
    assert!(said(&output).contains("0 have changed, 0 left out."), "{}", said(&output));
    assert_eq!(catalogue(&server, &tag).await, None);
}

#[tokio::test]
async fn a_bad_line_of_one_table_keeps_all_of_them_out() {
    let (folder, server) = begun("staff.csv", STAFF.as_bytes());
    write(&folder, "parts.csv", "number,name,price\nA1,Pad,468\n");
    let hours =
        "星期,开始,结束\r\n周八,08:30,12:00\r\n周一,18:00,08:30\r\n周二,8:00,12:00\r\n周二,11:00,18:00\r\n";
    write(&folder, "hours.csv", hours);
    write(&folder, "days.csv", &format!("{DAYS}2026-02-30,,,\r\n2026-10-01,,,\r\n"));
    write(&folder, "mechanics.csv", &format!("{MECHANICS}李明,洗车,\r\n周涛,高压,\r\n"));
    write(&folder, "texts.csv", &format!("{TEXTS}收费标准,2026-01,按公布的单价。,\r\n"));
    write(&folder, "roles.csv", "工号,姓名,岗位\r\nx,王芳,司机\r\nlin,林晓,服务顾问\r\n");
    let files =
        ["staff.csv", "parts.csv", "hours.csv", "days.csv", "mechanics.csv", "texts.csv", "roles.csv"];
    let (_, before) = catalogue(&server, "").await.unwrap();
    let output = import(folder.path(), &files, &["--language", "zh"]);
    assert!(!output.status.success());
    for sentence in [
        "hours.csv:2: 星期：不是星期，例如 周一",
        "hours.csv:3: 结束：不晚于开始时间",
        "hours.csv:4 的时间重叠",
        "days.csv:4: 日期：不是日期",
        "days.csv:2 重复",
        "mechanics.csv:4: 技能：应为：机电、诊断、高压、钣金、喷漆",
        "mechanics.csv:5: 电工证有效期：不能为空",
        "texts.csv:3: 英文：不能为空",
        "roles.csv:2: 岗位：应为：服务顾问、",
        "staff.csv:2 重复",
        "10 行有错，什么都没有改动。",
    ] {
        assert!(said(&output).contains(sentence), "{sentence} in {}", said(&output));
    }
    assert_eq!(catalogue(&server, &before).await, None);
    let output = import(folder.path(), &files, &["--skip-bad", "--language", "en"]);
    assert!(output.status.success(), "{}", said(&output));
    let (now, _) = catalogue(&server, &before).await.expect("another catalogue");
    assert_eq!(hours_on(&now, "2026-09-29"), ["08:00-12:00"], "a Tuesday");
    assert_eq!((now.staff.len(), now.workshop.expect("a workshop").mechanics.len()), (2, 2));
}

#[tokio::test]
async fn a_whole_list_takes_away_what_it_does_not_name_and_other_kinds_stay() {
    let (folder, server) = begun("staff.csv", STAFF.as_bytes());
    write(&folder, "texts.csv", TEXTS);
    import(folder.path(), &["staff.csv", "texts.csv"], &[]);
    write(&folder, "staff.csv", "id,name,role\nhe,何静,advisor\n");
    let output = import(folder.path(), &["staff.csv"], &["--replace", "--language", "en"]);
    assert_eq!(said(&output).trim(), "Read 1 people; 2 have changed, 0 left out.");
    let (now, _) = catalogue(&server, "").await.unwrap();
    assert_eq!(now.staff.iter().map(|member| &*member.id.0).collect::<Vec<_>>(), ["he"]);
    assert!(now.wording(Passage::AdditionalWork).is_some());
}

#[tokio::test]
async fn what_was_imported_before_a_dealership_is_set_up_stays() {
    let (folder, server) = begun("staff.csv", STAFF.as_bytes());
    write(&folder, "hours.csv", HOURS);
    import(folder.path(), &["staff.csv", "hours.csv"], &[]);
    let dealership = serde_json::json!({
        "id": "", "name": "南行汽车", "address": "深圳", "phone": "0755-26551234", "hours": "08:30–18:00",
        "privacy_contact": "0755-26551234", "province": "粤", "utc_offset_minutes": 480,
    });
    let request = serde_json::json!({ "dealership": dealership, "advisors": ["林晓彤", "王芳"] });
    let address = format!("{}/api/v1/dealership", server.address);
    let answer = reqwest::Client::new().post(address).json(&request).send().await.unwrap();
    assert!(answer.status().is_success(), "{}", answer.status());
    let (now, _) = catalogue(&server, "").await.unwrap();
    let names: Vec<_> = now.staff.iter().map(|member| (&*member.id.0, &*member.name)).collect();
    assert_eq!(names, [("lin", "林晓彤"), ("he", "何静"), ("advisor-1", "王芳")], "nobody stands twice");
    assert_eq!(hours_on(&now, "2026-10-03"), ["09:00-12:00"]);
    assert!(now.is_set_up());
}

#[tokio::test]
async fn what_is_imported_into_the_demo_stands_in_place_of_its_own() {
    let folder = TempDir::new().unwrap();
    let server = Server::start_with(folder.path(), &["--demo"]);
    let (demo, tag) = catalogue(&server, "").await.unwrap();
    write(&folder, "hours.csv", "weekday,from,until\nsun,,\n");
    write(&folder, "texts.csv", TEXTS);
    let output = import(folder.path(), &["hours.csv", "texts.csv"], &["--language", "en"]);
    assert!(output.status.success(), "{}", said(&output));
    let (now, _) = catalogue(&server, &tag).await.expect("another catalogue");
    assert_eq!(hours_on(&now, "2026-10-04"), [] as [&str; 0], "a Sunday");
    assert_eq!(hours_on(&now, "2026-10-05"), hours_on(&demo, "2026-10-05"));
    assert_eq!((now.staff.len(), now.vehicles.len()), (demo.staff.len(), demo.vehicles.len()));
    assert!(now.wording(Passage::AdditionalWork).is_some() && now.is_set_up());
}
