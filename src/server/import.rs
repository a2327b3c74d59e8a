//! `lanepad import`: tables of a dealership's other programs. Everything is checked first; what is wrong is
//! said line by line, and nothing is changed then, unless bad lines are to be left out.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::Args;
use serde_json::Value;

use super::Store;
use crate::locale::Language;
use crate::reference::table::{BadRow, Cells, Heading, Why, column, kind_of, record};
use crate::reference::{Kind, Record};

/// The largest file, in bytes: about 600,000 parts.
const LARGEST_FILE: u64 = 64 << 20;

/// So many lines may stand above the headings.
const LINES_ABOVE: usize = 10;

/// What to import.
#[derive(Clone, Debug, Args)]
pub struct Import {
    /// Tables of operations, parts, labour rates or service plans: CSV (UTF-8 or GB18030) or JSON.
    #[arg(required = true)]
    pub files: Vec<PathBuf>,
    /// Where the database lies.
    #[arg(long, env = "LANEPAD_DATA", default_value = "data")]
    pub data: PathBuf,
    /// Leave bad lines out, instead of changing nothing.
    #[arg(long)]
    pub skip_bad: bool,
    /// The files are all that there is: what is of the same kinds and not in them is taken away. Not
    /// together with lines that are left out: those would be taken away too.
    #[arg(long, conflicts_with = "skip_bad")]
    pub replace: bool,
    /// The language of the report, `zh` or `en`.
    #[arg(long, env = "LANG", default_value = "zh")]
    pub language: String,
}

/// Why a file is not read at all.
#[derive(Debug, PartialEq, Eq)]
enum NotRead {
    TooLarge,
    NotText,
    NoHeading,
    NotJson { line: usize },
}

/// A line of a file, and what it says.
type Line = (u64, Result<Record, BadRow>);

impl Import {
    /// Reads, checks, reports on standard output, and keeps what is good.
    ///
    /// # Errors
    /// Something cannot be read or written, or is wrong and was not to be left out: nothing has changed.
    pub(super) async fn run(self) -> anyhow::Result<()> {
        let t = Language::of_tag(&self.language);
        anyhow::ensure!(self.data.join("lanepad.sqlite").is_file(), "{}", not_here(t, &self.data));
        let mut lines = Vec::new();
        for path in &self.files {
            let name = path.display().to_string();
            let read = read_file(path).with_context(|| name.clone())?;
            match read {
                Ok(read) => lines.extend(read.into_iter().map(|line| (name.clone(), line))),
                Err(why) => anyhow::bail!("{name}: {}", not_read(t, &why)),
            }
        }
        let store = Store::open(&self.data).await?;
        let known = store.reference_keys(Kind::Operation).await?;
        let (good, bad) = checked(lines, &known);
        for (name, line, why) in &bad {
            println!("{name}:{line}: {}", t.bad_row(why));
        }
        if !bad.is_empty() && !self.skip_bad {
            store.close().await;
            anyhow::bail!("{}", nothing_changed(t, bad.len()));
        }
        let mut counts: BTreeMap<Kind, usize> = BTreeMap::new();
        for record in &good {
            *counts.entry(record.kind()).or_default() += 1;
        }
        let mut gone = Vec::new();
        if self.replace {
            let named: HashSet<(Kind, String)> =
                good.iter().map(|record| (record.kind(), record.key())).collect();
            for kind in counts.keys() {
                let kept = store.reference_keys(*kind).await?.into_iter().map(|key| (*kind, key));
                gone.extend(kept.filter(|key| !named.contains(key)));
            }
        }
        let changed = store.put_reference(good, gone).await?;
        store.close().await;
        println!("{}", kept(t, &counts, changed, bad.len()));
        Ok(())
    }
}

fn not_here(t: Language, folder: &Path) -> String {
    let folder = folder.display();
    match t {
        Language::ZhCn => format!("{folder} 里没有接车板的数据库。请先启动一次服务器。"),
        Language::En => format!("There is no database of Lanepad in {folder}. Start the server once before."),
    }
}

fn not_read(t: Language, why: &NotRead) -> String {
    match (t, why) {
        (Language::ZhCn, NotRead::TooLarge) => {
            format!("文件超过 {} MB，请分成几个文件。什么都没有改动。", LARGEST_FILE >> 20)
        }
        (Language::En, NotRead::TooLarge) => {
            format!("the file has more than {} MB: divide it. Nothing was changed.", LARGEST_FILE >> 20)
        }
        (Language::ZhCn, NotRead::NotText) => {
            "不是文本文件。请在表格软件里另存为 CSV。什么都没有改动。".into()
        }
        (Language::En, NotRead::NotText) => {
            "is no text. Save it as CSV in the spreadsheet. Nothing was changed.".into()
        }
        (Language::ZhCn, NotRead::NoHeading) => {
            "没有找到表头，例如“配件编码、配件名称、零售价”。什么都没有改动。".into()
        }
        (Language::En, NotRead::NoHeading) => {
            "has no headings that are known, such as “number, name, price”. Nothing was changed.".into()
        }
        (Language::ZhCn, NotRead::NotJson { line }) => {
            format!("第 {line} 行不是完整的 JSON，文件可能不完整。什么都没有改动。")
        }
        (Language::En, NotRead::NotJson { line }) => {
            format!("is no whole JSON at line {line}: it may be cut off. Nothing was changed.")
        }
    }
}

fn nothing_changed(t: Language, bad: usize) -> String {
    match t {
        Language::ZhCn => format!("{bad} 行有错，什么都没有改动。改好再导入，或用 --skip-bad 跳过这些行。"),
        Language::En => {
            let lines = if bad == 1 { "line is" } else { "lines are" };
            format!("{bad} {lines} wrong, nothing was changed. Mend them, or leave them out by --skip-bad.")
        }
    }
}

fn kept(t: Language, counts: &BTreeMap<Kind, usize>, changed: usize, bad: usize) -> String {
    let named = |kind: &Kind, count: &usize| match (t, kind) {
        (Language::ZhCn, Kind::Operation) => format!("{count} 个工时项目"),
        (Language::ZhCn, Kind::Part) => format!("{count} 种配件"),
        (Language::ZhCn, Kind::Rate) => format!("{count} 个工时单价"),
        (Language::ZhCn, Kind::Plan) => format!("{count} 个保养计划"),
        (Language::En, Kind::Operation) => format!("{count} operations"),
        (Language::En, Kind::Part) => format!("{count} parts"),
        (Language::En, Kind::Rate) => format!("{count} labour rates"),
        (Language::En, Kind::Plan) => format!("{count} service plans"),
    };
    let read: Vec<String> = counts.iter().map(|(kind, count)| named(kind, count)).collect();
    match t {
        Language::ZhCn => format!("读入 {}；{changed} 条有变化，跳过 {bad} 行。", read.join("、")),
        Language::En => format!("Read {}; {changed} have changed, {bad} left out.", read.join(", ")),
    }
}

/// The records, each kind and key once, and what is wrong: the file, the line, why.
fn checked(
    lines: Vec<(String, Line)>,
    operations: &HashSet<String>,
) -> (Vec<Record>, Vec<(String, u64, BadRow)>) {
    let mut bad = Vec::new();
    let mut good: Vec<(String, u64, Record)> = Vec::new();
    let mut seen: HashMap<(Kind, String), String> = HashMap::new();
    for (name, (line, read)) in lines {
        match read {
            Err(why) => bad.push((name, line, why)),
            Ok(record) => match seen.entry((record.kind(), record.key())) {
                Entry::Occupied(first) => {
                    bad.push((name, line, BadRow { column: None, why: Why::Twice(first.get().clone()) }));
                }
                Entry::Vacant(place) => {
                    place.insert(format!("{name}:{line}"));
                    good.push((name, line, record));
                }
            },
        }
    }
    let is_strange = |code: &&String| {
        !operations.contains(*code) && !seen.contains_key(&(Kind::Operation, (*code).clone()))
    };
    good.retain(|(name, line, record)| {
        let Record::Plan(plan) = record else { return true };
        let Some(code) = plan.operations.iter().find(is_strange) else { return true };
        let why = Why::NoSuchOperation(code.clone());
        bad.push((name.clone(), *line, BadRow { column: Some("operations"), why }));
        false
    });
    bad.sort_by(|a, b| (&a.0, a.1).cmp(&(&b.0, b.1)));
    (good.into_iter().map(|(_, _, record)| record).collect(), bad)
}

fn read_file(path: &Path) -> std::io::Result<Result<Vec<Line>, NotRead>> {
    if std::fs::metadata(path)?.len() > LARGEST_FILE {
        return Ok(Err(NotRead::TooLarge));
    }
    Ok(read(&std::fs::read(path)?))
}

fn read(bytes: &[u8]) -> Result<Vec<Line>, NotRead> {
    let text = text_of(bytes).ok_or(NotRead::NotText)?;
    match text.trim_start().chars().next() {
        Some('{' | '[') => json(&text),
        _ => table(&text),
    }
}

/// A mark says UTF-8, and so do bytes that are all of it; else it is GB18030, as Windows has it in China.
fn text_of(bytes: &[u8]) -> Option<String> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    if bytes.contains(&0) {
        return None;
    }
    // Of a file that is cut within a character the rest can be read; the mark keeps its last line unended.
    match std::str::from_utf8(bytes) {
        Ok(text) => return Some(text.to_owned()),
        Err(cut) if cut.error_len().is_none() => {
            return Some(String::from_utf8_lossy(bytes).into_owned());
        }
        Err(_) => {}
    }
    let (text, strange) = encoding_rs::GB18030.decode_without_bom_handling(bytes);
    let is_cut =
        text.ends_with(char::REPLACEMENT_CHARACTER) && text.matches(char::REPLACEMENT_CHARACTER).count() == 1;
    (!strange || is_cut).then(|| text.into_owned())
}

/// Counts lines up to places that come one behind the other.
struct Lines<'a> {
    text: &'a str,
    at: usize,
    line: u64,
}

impl Lines<'_> {
    /// The line in which the row that begins here has its first sign: the reader has a row begin before
    /// the line break of the one above it.
    fn of(&mut self, row: usize) -> u64 {
        let breaks = self.text[row..].bytes().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        let begins = row + breaks;
        self.line += self.text[self.at..begins].matches('\n').count() as u64;
        self.at = begins;
        self.line
    }
}

fn table(text: &str) -> Result<Vec<Line>, NotRead> {
    let separated = |by: u8| {
        csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(by).from_reader(text.as_bytes())
    };
    let heading = |by: u8| {
        let rows = separated(by).into_records().take(LINES_ABOVE).enumerate();
        rows.filter_map(|(at, row)| Some((at, Heading::read(row.ok()?.iter())?))).next()
    };
    let found = [b',', b';', b'\t'].into_iter().find_map(|by| heading(by).map(|found| (by, found)));
    let (by, (at, heading)) = found.ok_or(NotRead::NoHeading)?;
    let (mut lines, mut counted) = (Vec::new(), Lines { text, at: 0, line: 1 });
    for row in separated(by).into_records().skip(at + 1) {
        // The text is UTF-8 and rows may be of any length: nothing else can be wrong.
        let Ok(row) = row else { return Err(NotRead::NotText) };
        let line = row.position().map_or(0, |place| counted.of(place.byte() as usize));
        if row.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        lines.push((line, heading.cells(row.iter()).and_then(|cells| record(heading.kind, &cells))));
    }
    if let Some((_, last)) = lines.last_mut()
        && !text.ends_with(['\n', '\r'])
    {
        *last = Err(BadRow { column: None, why: Why::CutOff });
    }
    Ok(lines)
}

/// A list of objects, or an object of such lists; their lines are counted from 1 over all of them.
fn json(text: &str) -> Result<Vec<Line>, NotRead> {
    let value: Value = serde_json::from_str(text).map_err(|error| NotRead::NotJson { line: error.line() })?;
    let lists = match value {
        Value::Array(list) => vec![list],
        Value::Object(lists) => lists.into_iter().filter_map(|(_, list)| list.as_array().cloned()).collect(),
        _ => Vec::new(),
    };
    let rows = (1_u64..).zip(lists.into_iter().flatten());
    let lines: Vec<Line> = rows.map(|(line, row)| (line, of_object(&row))).collect();
    if lines.is_empty() { Err(NotRead::NoHeading) } else { Ok(lines) }
}

fn of_object(row: &Value) -> Result<Record, BadRow> {
    let not_one = || BadRow { column: None, why: Why::NotAnObject };
    let fields = row.as_object().ok_or_else(not_one)?;
    let text = |value: &Value| match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        Value::Array(items) => items.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(";"),
        other => other.to_string(),
    };
    let cells: Cells = fields.iter().filter_map(|(name, value)| Some((column(name)?, text(value)))).collect();
    let columns: Vec<&str> = cells.keys().copied().collect();
    record(kind_of(&columns).ok_or_else(not_one)?, &cells)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::Fen;

    const PARTS: &str = "配件编码,配件名称,零售价\r\nA1,前制动片,468\r\nA2,\"机油,\n5W-30\",86.5\r\n";

    fn prices(lines: &[Line]) -> Vec<(u64, Fen)> {
        let price = |line: &Line| match line {
            (at, Ok(Record::Part(part))) => (*at, part.price),
            other => panic!("{other:?}"),
        };
        lines.iter().map(price).collect()
    }

    #[test]
    fn a_table_is_read_in_either_encoding_with_a_mark_or_without_and_by_each_separator() {
        let good = vec![(2, Fen(46_800)), (3, Fen(8_650))];
        let marked = [b"\xEF\xBB\xBF", PARTS.as_bytes()].concat();
        let (gb, _, _) = encoding_rs::GB18030.encode(PARTS);
        for bytes in [PARTS.as_bytes(), &marked, &gb] {
            assert_eq!(prices(&read(bytes).expect("a table")), good);
        }
        for by in [";", "\t"] {
            let text = format!(
                "库存表,2026\r\n\r\n{}",
                "number,name,price\nA1,Pad,468\nA2,Oil,86.5\n".replace(',', by)
            );
            assert_eq!(prices(&read(text.as_bytes()).expect("a table")).len(), 2, "{by:?}");
        }
    }

    #[test]
    fn a_file_that_is_cut_off_says_so_in_its_last_line() {
        let (gb, _, _) = encoding_rs::GB18030.encode(PARTS);
        for whole in [PARTS.as_bytes(), &gb] {
            for end in 40..whole.len() - 1 {
                let lines = read(&whole[..end]).expect("a table");
                let bad = |(_, line): &Line| line.is_err();
                let ends_with_a_line = whole[..end].ends_with(b"\n") || whole[..end].ends_with(b"\r");
                let ends_within = !ends_with_a_line && !lines.is_empty();
                assert!(!ends_within || lines.last().is_some_and(bad), "cut after {end} bytes: {lines:?}");
            }
        }
        let text = "[{\"number\": \"A1\", \"name\": \"Pad\",\n \"price\": 46";
        assert_eq!(read(text.as_bytes()), Err(NotRead::NotJson { line: 2 }));
    }

    #[test]
    fn what_is_no_table_is_refused_as_a_whole() {
        assert_eq!(read(b"PK\x03\x04\0\0\x08"), Err(NotRead::NotText));
        assert_eq!(read(&[0xFF, 0xFE, 0x41, 0x80, 0x20, 0xFF]), Err(NotRead::NotText));
        assert_eq!(read("姓名,电话\n陈志远,138\n".as_bytes()), Err(NotRead::NoHeading));
        assert_eq!(read(b""), Err(NotRead::NoHeading));
        assert_eq!(read(b"{}"), Err(NotRead::NoHeading));
    }

    #[test]
    fn json_is_read_by_the_columns_own_names() {
        let text = r#"{"parts": [{"number": "A1", "name": "前制动片", "price": 468, "models": ["汉", "秦"]}],
                       "plans": [{"model": "汉", "months": 12, "km": 20000, "operations": ["M01"]}, 7]}"#;
        let lines = read(text.as_bytes()).expect("JSON");
        let Ok(Record::Part(part)) = &lines[0].1 else { panic!("{lines:?}") };
        assert_eq!((part.price, part.models.len()), (Fen(46_800), 2));
        assert!(matches!(lines[1].1, Ok(Record::Plan(_))));
        assert_eq!(lines[2], (3, Err(BadRow { column: None, why: Why::NotAnObject })));
    }

    #[test]
    fn what_stands_twice_and_plans_of_unknown_operations_are_bad_lines() {
        let lines = |text: &str| {
            let lines = read(text.as_bytes()).expect("a table");
            lines.into_iter().map(|line| ("a.csv".to_owned(), line)).collect::<Vec<_>>()
        };
        let twice = lines("number,name,price\nA1,Pad,468\nA1,Pad,469\nA1,Pad,470\n");
        let (good, bad) = checked(twice, &HashSet::new());
        assert_eq!(good.len(), 1);
        let why =
            |line| ("a.csv".to_owned(), line, BadRow { column: None, why: Why::Twice("a.csv:2".into()) });
        assert_eq!(bad, [why(3), why(4)]);
        let plan = || lines("model,months,km,operations\nHan,12,20000,M01;M02\n");
        let (good, bad) = checked(plan(), &HashSet::from(["M01".to_owned()]));
        assert!(good.is_empty());
        assert_eq!(bad[0].2.why, Why::NoSuchOperation("M02".into()));
        let both = [plan(), lines("code,name,hours\nM01,Oil,0.5\nM02,Filter,0.2\n")].concat();
        assert_eq!(checked(both, &HashSet::new()).0.len(), 3, "the order of the files does not matter");
    }
}
