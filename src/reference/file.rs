//! A file as lines: which encoding, which separator, where the headings are, and whether it is whole. Pure.

use serde_json::Value;

use super::table::{BadRow, Cells, Heading, TableRow, Why, column, table_of, table_row};

/// The largest file, in bytes: about 600,000 parts.
pub const LARGEST_FILE: u64 = 64 << 20;

/// So many lines may stand above the headings.
const LINES_ABOVE: usize = 10;

/// Why a file is not read at all.
#[derive(Debug, PartialEq, Eq)]
pub enum NotRead {
    /// More than [`LARGEST_FILE`] bytes.
    TooLarge,
    /// Neither of the encodings.
    NotText,
    /// No row says what the others are.
    NoHeading,
    /// JSON that ends or goes wrong in this line.
    NotJson {
        /// From 1.
        line: usize,
    },
}

/// A line of a file, and what it says.
pub type Line = (u64, Result<TableRow, BadRow>);

/// Reads a file's bytes.
///
/// # Errors
/// It is no table that is known, or not a whole one.
pub fn read(bytes: &[u8]) -> Result<Vec<Line>, NotRead> {
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
        lines.push((line, heading.cells(row.iter()).and_then(|cells| table_row(heading.table, &cells))));
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
        Value::Object(mut lists) => {
            // Holidays of a year are published with the papers that they stand in.
            if lists.contains_key("days") {
                lists.remove("papers");
            }
            lists.into_iter().filter_map(|(_, list)| list.as_array().cloned()).collect()
        }
        _ => Vec::new(),
    };
    let rows = (1_u64..).zip(lists.into_iter().flatten());
    let lines: Vec<Line> = rows.map(|(line, row)| (line, of_object(&row))).collect();
    if lines.is_empty() { Err(NotRead::NoHeading) } else { Ok(lines) }
}

fn of_object(row: &Value) -> Result<TableRow, BadRow> {
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
    table_row(table_of(&columns).ok_or_else(not_one)?, &cells)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::rows::{CatalogueRow, Worked};
    use crate::money::Fen;
    use crate::reference::Record;

    const PARTS: &str = "配件编码,配件名称,零售价\r\nA1,前制动片,468\r\nA2,\"机油,\n5W-30\",86.5\r\n";

    fn prices(lines: &[Line]) -> Vec<(u64, Fen)> {
        let price = |line: &Line| match line {
            (at, Ok(TableRow::Record(Record::Part(part)))) => (*at, part.price),
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
        let Ok(TableRow::Record(Record::Part(part))) = &lines[0].1 else { panic!("{lines:?}") };
        assert_eq!((part.price, part.models.len()), (Fen(46_800), 2));
        assert!(matches!(lines[1].1, Ok(TableRow::Record(Record::Plan(_)))));
        assert_eq!(lines[2], (3, Err(BadRow { column: None, why: Why::NotAnObject })));
    }

    #[test]
    fn holidays_are_read_as_they_are_published() {
        let text = r#"{"year": 2026, "papers": ["https://www.gov.cn/x.htm"], "days": [
            {"name": "国庆节", "date": "2026-10-01", "isOffDay": true},
            {"name": "国庆节", "date": "2026-10-10", "isOffDay": false}]}"#;
        let lines = read(text.as_bytes()).expect("JSON");
        let worked = lines.into_iter().map(|(_, line)| match line {
            Ok(TableRow::Catalogue(CatalogueRow::Day(_, worked))) => worked,
            other => panic!("{other:?}"),
        });
        assert_eq!(worked.collect::<Vec<_>>(), [Worked::Holiday, Worked::AsUsual]);
    }
}
