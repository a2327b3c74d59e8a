//! 搜索: what a search looks through, of every visit that is here.

use std::cmp::Reverse;

use memchr::memmem::Finder;

/// A visit as it is searched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Searched {
    /// Arrival, milliseconds since 1970 UTC.
    pub arrived: i64,
    /// The dossier.
    pub id: String,
    /// In the form that a search has: plate, VIN, phone and name in lines, its initials behind a tab.
    pub text: String,
}

/// Ends a visit's text: no line and no search has it.
const END: char = '\0';

/// All visits, newest arrival first, one behind the other: a search is one walk through one text.
#[derive(Default)]
pub struct Searchable {
    /// Arrival, dossier, and where its text ends.
    rows: Vec<(i64, String, usize)>,
    text: String,
}

impl Searchable {
    /// Of these visits, in any order.
    pub fn of(mut visits: Vec<Searched>) -> Self {
        visits.sort_by_key(|visit| Reverse(visit.arrived));
        let mut all = Self::default();
        for Searched { arrived, id, text } in visits {
            all.text.push_str(&text);
            all.text.push(END);
            all.rows.push((arrived, id, all.text.len()));
        }
        all
    }

    /// Every visit and its text.
    pub fn visits(&self) -> impl Iterator<Item = (&str, &str)> {
        let mut from = 0;
        self.rows.iter().map(move |(_, id, end)| {
            let text = self.text.get(from..end - END.len_utf8()).unwrap_or_default();
            from = *end;
            (id.as_str(), text)
        })
    }

    /// The visits whose text has this in it.
    pub fn find(&self, text: &str) -> impl Iterator<Item = &str> {
        self.find_with_text(text).map(|(id, _)| id)
    }

    /// The same with the whole text of each.
    pub fn find_with_text(&self, text: &str) -> impl Iterator<Item = (&str, &str)> {
        let finder = Finder::new(text).into_owned();
        let mut from = 0;
        std::iter::from_fn(move || {
            let at = from + finder.find(self.text.as_bytes().get(from..)?)?;
            let row = self.rows.partition_point(|(_, _, end)| *end <= at);
            let (_, id, end) = self.rows.get(row)?;
            let begins = row.checked_sub(1).map_or(0, |before| self.rows[before].2);
            from = *end;
            Some((id.as_str(), self.text.get(begins..end - END.len_utf8())?))
        })
    }

    /// The same where these visits came or have changed since.
    pub fn with(&self, changed: Vec<Searched>) -> Self {
        let stay = self.visits().zip(&self.rows);
        let stay = stay.filter(|((id, _), _)| !changed.iter().any(|other| other.id == *id));
        let stay = stay.map(|((id, text), (arrived, ..))| Searched {
            arrived: *arrived,
            id: id.into(),
            text: text.into(),
        });
        Self::of(stay.chain(changed.iter().cloned()).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn visit(arrived: i64, id: &str, text: &str) -> Searched {
        Searched { arrived, id: id.into(), text: text.into() }
    }

    fn found(all: &Searchable, text: &str) -> Vec<String> {
        all.find(text).map(str::to_owned).collect()
    }

    #[test]
    fn visits_are_found_by_any_part_each_once_and_the_newest_first() {
        let all = Searchable::of(vec![
            visit(1, "old", "粤B1\n138138"),
            visit(3, "new", "粤B2\n138"),
            visit(2, "other", "苏A1\n139"),
        ]);
        assert_eq!(found(&all, "粤B"), ["new", "old"]);
        assert_eq!(found(&all, "13"), ["new", "other", "old"]);
        assert_eq!(found(&all, "138138"), ["old"]);
        assert!(found(&all, "沪").is_empty());
    }

    #[test]
    fn one_visits_end_and_the_next_ones_beginning_are_no_text() {
        let all = Searchable::of(vec![visit(2, "a", "粤B1"), visit(1, "b", "38")]);
        assert!(found(&all, "138").is_empty());
        assert_eq!(all.visits().collect::<Vec<_>>(), [("a", "粤B1"), ("b", "38")]);
        assert!(Searchable::default().find("粤").next().is_none());
    }

    #[test]
    fn what_has_changed_takes_its_place_and_what_is_new_its_own() {
        let all = Searchable::of(vec![visit(1, "a", "粤B1"), visit(3, "b", "粤B2")]);
        let all = all.with(vec![visit(1, "a", "苏A1"), visit(2, "c", "粤B3")]);
        assert_eq!(found(&all, "粤"), ["b", "c"]);
        assert_eq!(found(&all, "苏"), ["a"]);
        assert_eq!(all.visits().count(), 3);
    }
}
