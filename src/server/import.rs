//! `lanepad import`: tables of a dealership's other programs. Everything is checked first; what is wrong is
//! said line by line, and nothing is changed then, unless bad lines are to be left out.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::Args;

use super::Store;
use crate::catalogue::rows::CatalogueRow;
use crate::locale::Language;
use crate::promise::Span;
use crate::reference::file::{LARGEST_FILE, Line, NotRead, read};
use crate::reference::table::{BadRow, Table, TableRow, Why};
use crate::reference::{Kind, Record};

/// What to import.
#[derive(Clone, Debug, Args)]
pub struct Import {
    /// Tables of operations, parts, labour rates, service plans, opening hours, days, mechanics, people or
    /// texts: CSV (UTF-8 or GB18030) or JSON.
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

impl Import {
    /// Reads, checks, reports on standard output, and keeps what is good.
    ///
    /// # Errors
    /// Something cannot be read or written, or is wrong and was not to be left out: nothing has changed.
    pub(super) async fn run(self) -> anyhow::Result<()> {
        let t = Language::of_tag(&self.language);
        anyhow::ensure!(
            self.data.join("lanepad.sqlite").is_file(),
            "{}",
            t.no_database(&self.data.display().to_string())
        );
        let mut lines = Vec::new();
        for path in &self.files {
            let name = path.display().to_string();
            let read = read_file(path).with_context(|| name.clone())?;
            match read {
                Ok(read) => lines.extend(read.into_iter().map(|line| (name.clone(), line))),
                Err(why) => anyhow::bail!("{name}: {}", t.file_not_read(&why)),
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
            anyhow::bail!("{}", t.import_refused(bad.len()));
        }
        let mut counts: BTreeMap<Table, usize> = BTreeMap::new();
        for row in &good {
            *counts.entry(row.table()).or_default() += 1;
        }
        let (records, rows) = apart(good);
        let mut gone = Vec::new();
        if self.replace {
            let named: HashSet<(Kind, String)> =
                records.iter().map(|record| (record.kind(), record.key())).collect();
            for kind in counts.keys() {
                let Table::Of(kind) = *kind else { continue };
                let kept = store.reference_keys(kind).await?.into_iter().map(|key| (kind, key));
                gone.extend(kept.filter(|key| !named.contains(key)));
            }
        }
        let changed = store.import(records, gone, rows, self.replace).await?;
        store.close().await;
        println!("{}", t.imported(&counts, changed, bad.len()));
        Ok(())
    }
}

/// Records of reference data, and rows of the catalogue.
fn apart(rows: Vec<TableRow>) -> (Vec<Record>, Vec<CatalogueRow>) {
    let (mut records, mut others) = (Vec::new(), Vec::new());
    for row in rows {
        match row {
            TableRow::Record(record) => records.push(record),
            TableRow::Catalogue(row) => others.push(row),
        }
    }
    (records, others)
}

/// What a row is about, by name.
type Subject = (Table, String);

/// The hours of a row that was read before, and where it stands.
type Stood = (Option<Span>, String);

/// What a row is about, and its hours there.
fn about(row: &TableRow) -> Vec<(Subject, Option<Span>)> {
    match row {
        TableRow::Record(record) => vec![((row.table(), record.key()), None)],
        TableRow::Catalogue(of) => {
            of.about().into_iter().map(|(name, span)| ((row.table(), name), span)).collect()
        }
    }
}

/// Why two rows about the same do not go together, if so; the first one stands at `first`.
fn conflict(one: Option<Span>, other: Option<Span>, first: &str) -> Option<Why> {
    match (one, other) {
        (Some(one), Some(other)) if one.until <= other.from || other.until <= one.from => None,
        _ if one == other => Some(Why::Twice(first.to_owned())),
        _ => Some(Why::Overlaps(first.to_owned())),
    }
}

/// The rows that go together, and what is wrong: the file, the line, why.
fn checked(
    lines: Vec<(String, Line)>,
    operations: &HashSet<String>,
) -> (Vec<TableRow>, Vec<(String, u64, BadRow)>) {
    let mut bad = Vec::new();
    let mut good: Vec<(String, u64, TableRow)> = Vec::new();
    let mut seen: HashMap<Subject, Vec<Stood>> = HashMap::new();
    for (name, (line, read)) in lines {
        let row = match read {
            Ok(row) => row,
            Err(why) => {
                bad.push((name, line, why));
                continue;
            }
        };
        let about = about(&row);
        let before = about.iter().find_map(|(what, span)| {
            let mut before = seen.get(what).into_iter().flatten();
            before.find_map(|(other, first)| conflict(*span, *other, first))
        });
        match before {
            Some(why) => bad.push((name, line, BadRow { column: None, why })),
            None => {
                for (what, span) in about {
                    seen.entry(what).or_default().push((span, format!("{name}:{line}")));
                }
                good.push((name, line, row));
            }
        }
    }
    let is_strange = |code: &&String| {
        !operations.contains(*code) && !seen.contains_key(&(Table::Of(Kind::Operation), (*code).clone()))
    };
    good.retain(|(name, line, row)| {
        let TableRow::Record(Record::Plan(plan)) = row else { return true };
        let Some(code) = plan.operations.iter().find(is_strange) else { return true };
        let why = Why::NoSuchOperation(code.clone());
        bad.push((name.clone(), *line, BadRow { column: Some("operations"), why }));
        false
    });
    bad.sort_by(|a, b| (&a.0, a.1).cmp(&(&b.0, b.1)));
    (good.into_iter().map(|(_, _, row)| row).collect(), bad)
}

fn read_file(path: &Path) -> std::io::Result<Result<Vec<Line>, NotRead>> {
    if std::fs::metadata(path)?.len() > LARGEST_FILE {
        return Ok(Err(NotRead::TooLarge));
    }
    Ok(read(&std::fs::read(path)?))
}

#[cfg(test)]
mod tests {
    use super::*;

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

    #[test]
    fn hours_that_meet_and_what_is_closed_and_open_at_once_are_bad_lines() {
        let bad = |text: &str| {
            let lines = read(text.as_bytes()).expect("a table").into_iter();
            let (_, bad) = checked(lines.map(|line| ("a.csv".to_owned(), line)).collect(), &HashSet::new());
            bad.into_iter().map(|(_, line, bad)| (line, bad.why)).collect::<Vec<_>>()
        };
        let hours = |rows: &str| bad(&format!("weekday,from,until\n{rows}"));
        let overlaps = |line| vec![(line, Why::Overlaps("a.csv:2".into()))];
        assert_eq!(hours("mon,08:30,12:00\nmon,12:00,18:00\n"), []);
        assert_eq!(hours("mon,08:30,12:00\nmon,11:59,18:00\n"), overlaps(3));
        assert_eq!(hours("mon-fri,08:30,12:00\nwed,,\n"), overlaps(3));
        assert_eq!(hours("mon,,\nmon,,\n"), [(3, Why::Twice("a.csv:2".into()))]);
        let days = "date,from,until\n2026-10-01,,\n2026-10-02,9:00,12:00\n2026-10-01,09:00,12:00\n";
        assert_eq!(bad(days), overlaps(4));
        let people = "id,person,role\nlin,林晓彤,顾问\nlin,何静,质检\n";
        assert_eq!(bad(people), [(3, Why::Twice("a.csv:2".into()))]);
    }
}
