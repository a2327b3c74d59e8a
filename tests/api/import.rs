//! `lanepad import`: the real program, real files, a real server that goes on meanwhile.

use std::path::Path;
use std::process::{Command, Output};

use lanepad::money::Fen;
use lanepad::protocol::ReferencePage;
use lanepad::reference::{Kind, Record};
use tempfile::TempDir;

use crate::server::Server;

const PARTS: &str = "配件编码,配件名称,零售价,库存\r\nA1,前制动片,468,4\r\nA2,后制动片,398,0\r\n";

/// A server with an empty dealership and a file beside it.
pub(crate) fn begun(name: &str, bytes: &[u8]) -> (TempDir, Server) {
    let folder = TempDir::new().unwrap();
    let server = Server::start(folder.path());
    std::fs::write(folder.path().join(name), bytes).unwrap();
    (folder, server)
}

pub(crate) fn import(folder: &Path, files: &[&str], flags: &[&str]) -> Output {
    let files = files.iter().map(|file| folder.join(file));
    let mut command = Command::new(env!("CARGO_BIN_EXE_lanepad"));
    command.arg("import").args(files).arg("--data").arg(folder).args(flags).output().expect("it runs")
}

pub(crate) fn said(output: &Output) -> String {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("UTF-8");
    text(&output.stdout) + &text(&output.stderr)
}

async fn page(server: &Server, after: u64) -> ReferencePage {
    let address = format!("{}/api/v1/reference?after={after}", server.address);
    reqwest::get(address).await.unwrap().json().await.unwrap()
}

#[tokio::test]
async fn parts_of_a_windows_program_are_imported_beside_a_running_server_and_come_as_a_difference() {
    let (gb, _, _) = encoding_rs::GB18030.encode(PARTS);
    let (folder, server) = begun("parts.csv", &gb);
    let output = import(folder.path(), &["parts.csv"], &["--language", "zh"]);
    assert!(output.status.success(), "{}", said(&output));
    assert_eq!(said(&output).trim(), "读入 2 种配件；2 条有变化，跳过 0 行。");
    let first = page(&server, 0).await;
    let Record::Part(part) = &first.records[0] else { panic!("{first:?}") };
    assert_eq!((&*part.name.zh, part.price), ("前制动片", Fen(46_800)));
    assert_eq!((first.records.len(), first.more), (2, false));
    // The same again changes nothing; what has changed comes alone.
    import(folder.path(), &["parts.csv"], &[]);
    assert_eq!(page(&server, first.position).await.records, []);
    std::fs::write(folder.path().join("parts.csv"), PARTS.replace("398", "402")).unwrap();
    let output = import(folder.path(), &["parts.csv"], &["--language", "en"]);
    assert_eq!(said(&output).trim(), "Read 2 parts; 1 have changed, 0 left out.");
    let second = page(&server, first.position).await;
    let [Record::Part(part)] = &*second.records else { panic!("{second:?}") };
    assert_eq!((&*part.number, part.price), ("A2", Fen(40_200)));
    assert!(second.position > first.position);
}

#[tokio::test]
async fn every_bad_line_is_said_and_nothing_is_changed_unless_they_are_to_be_left_out() {
    let bad = format!("{PARTS}A3,,12,1\r\nA4,机油,9.13E+17,1\r\nA1,前制动片,468,4\r\nA5,滤芯,38\r\n");
    let (folder, server) = begun("parts.csv", bad.as_bytes());
    let output = import(folder.path(), &["parts.csv"], &["--language", "zh"]);
    assert!(!output.status.success());
    for sentence in [
        "parts.csv:4: 配件名称：不能为空",
        "parts.csv:5: 零售价：不是数字",
        "parts.csv:2 重复",
        "parts.csv:7: 这一行有 3 格，表头有 4 格",
        "4 行有错，什么都没有改动。",
    ] {
        assert!(said(&output).contains(sentence), "{sentence} in {}", said(&output));
    }
    assert_eq!(page(&server, 0).await.records, []);
    let output = import(folder.path(), &["parts.csv"], &["--skip-bad", "--language", "en"]);
    assert!(output.status.success(), "{}", said(&output));
    assert!(said(&output).contains("parts.csv:4: name: must not be empty"), "{}", said(&output));
    assert!(said(&output).contains("Read 2 parts; 2 have changed, 4 left out."), "{}", said(&output));
    assert_eq!(page(&server, 0).await.records.len(), 2);
}

#[tokio::test]
async fn one_bad_file_among_several_keeps_all_of_them_out() {
    let (folder, server) = begun("parts.csv", PARTS.as_bytes());
    let write = |name: &str, bytes: &[u8]| std::fs::write(folder.path().join(name), bytes).unwrap();
    write("binary.csv", b"PK\x03\x04\0\0\x08\0");
    write("half.json", br#"[{"number": "A9", "name": "Pad", "pr"#);
    write("other.csv", "姓名,电话\n陈志远,138\n".as_bytes());
    write("cut.csv", PARTS.trim_end().replace("A1", "B1").as_bytes());
    for (file, sentence) in [
        ("binary.csv", "is no text"),
        ("half.json", "is no whole JSON at line 1"),
        ("other.csv", "has no headings that are known"),
        ("cut.csv", "cut.csv:3: the file ends here without a line break"),
    ] {
        let output = import(folder.path(), &["parts.csv", file], &["--language", "en"]);
        assert!(!output.status.success(), "{file}");
        assert!(said(&output).contains(sentence), "{file}: {}", said(&output));
        assert_eq!(page(&server, 0).await.records, [], "{file}");
    }
}

#[tokio::test]
async fn a_file_of_200_mb_is_refused_before_it_is_read() {
    let (folder, _server) = begun("parts.csv", PARTS.as_bytes());
    let file = std::fs::File::options().append(true).open(folder.path().join("parts.csv")).unwrap();
    file.set_len(200 << 20).unwrap();
    let output = import(folder.path(), &["parts.csv"], &["--language", "en"]);
    assert!(!output.status.success());
    assert!(said(&output).contains("the file has more than 64 MB: divide it."), "{}", said(&output));
}

#[test]
fn without_a_database_it_says_so_and_makes_none() {
    let folder = TempDir::new().unwrap();
    std::fs::write(folder.path().join("parts.csv"), PARTS).unwrap();
    let output = import(folder.path(), &["parts.csv"], &["--language", "en"]);
    assert!(!output.status.success());
    assert!(said(&output).contains("There is no database of Lanepad"), "{}", said(&output));
    assert!(!folder.path().join("lanepad.sqlite").exists());
}

#[tokio::test]
async fn more_records_than_a_page_holds_come_in_pages_without_a_gap_or_a_twin() {
    let rows: String = (0..4_500).map(|n| format!("P{n},前制动片,{n}\n")).collect();
    let (folder, server) = begun("parts.csv", format!("number,name,price\n{rows}").as_bytes());
    let output = import(folder.path(), &["parts.csv"], &[]);
    assert!(output.status.success(), "{}", said(&output));
    let (mut after, mut numbers, mut pages) = (0, Vec::new(), 0);
    loop {
        let page = page(&server, after).await;
        numbers.extend(page.records.iter().map(Record::key));
        (after, pages) = (page.position, pages + 1);
        if !page.more {
            break;
        }
    }
    assert_eq!(pages, 3);
    assert_eq!(numbers, (0..4_500).map(|n| format!("P{n}")).collect::<Vec<_>>());
    let malformed = reqwest::get(format!("{}/api/v1/reference?after=x", server.address)).await.unwrap();
    assert_eq!(malformed.status(), 400);
}

#[tokio::test]
async fn what_a_whole_list_no_longer_has_is_taken_away_and_comes_as_gone() {
    let (folder, server) = begun("parts.csv", PARTS.as_bytes());
    std::fs::write(folder.path().join("jobs.csv"), "code,name,hours\nM01,换机油,0.5\n").unwrap();
    import(folder.path(), &["parts.csv", "jobs.csv"], &[]);
    let before = page(&server, 0).await.position;
    std::fs::write(folder.path().join("parts.csv"), "number,name,price,stock\nA2,后制动片,398,0\n").unwrap();
    let output = import(folder.path(), &["parts.csv"], &["--replace", "--language", "en"]);
    assert_eq!(said(&output).trim(), "Read 1 parts; 1 have changed, 0 left out.");
    let after = page(&server, before).await;
    assert_eq!(after.gone, [(Kind::Part, "A1".to_owned())], "operations are another kind and stay");
    assert_eq!(after.records, []);
    // And back again: a new record with a position of its own.
    std::fs::write(folder.path().join("parts.csv"), PARTS).unwrap();
    import(folder.path(), &["parts.csv"], &[]);
    let back = page(&server, after.position).await;
    assert_eq!((back.records.len(), back.gone.len()), (1, 0));
}

#[tokio::test]
async fn the_demo_has_operations_parts_and_services_and_a_shop_of_its_own_begins_without() {
    let folder = TempDir::new().unwrap();
    let server = Server::start_with(folder.path(), &["--demo"]);
    let first = page(&server, 0).await;
    assert!(first.more && first.records.len() == 2_000, "{}", first.records.len());
    server.stop();
    let again = Server::start_with(folder.path(), &["--demo"]);
    assert_eq!(page(&again, 0).await, first, "a second start changes nothing");
    let (_folder, server) = begun("parts.csv", PARTS.as_bytes());
    assert_eq!(page(&server, 0).await.records, []);
}

#[tokio::test]
async fn asked_from_where_it_has_never_been_a_server_says_that_it_begins_anew() {
    let (folder, server) = begun("parts.csv", PARTS.as_bytes());
    import(folder.path(), &["parts.csv"], &[]);
    let newest = page(&server, 0).await.position;
    let same = page(&server, newest).await;
    assert_eq!((same.position, same.more, same.records.len()), (newest, false, 0));
    // A tablet that was told more by the file that stood in its place.
    let anew = page(&server, newest + 7).await;
    assert_eq!((anew.position, anew.more, anew.records.len()), (0, true, 0));
}
