//! 环车检查: items and their grades, zones looked at, damage marks.

use super::change::{Change, DamageKind, Grade, Key, MarkPlace, Origin, PhotoSubject, Seen, Severity};
use super::{Photo, Visit, answered};
use crate::diagram::zones;
use crate::journal::{EntryId, Personal};

/// A damage mark as it stands now.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// The entry that set it.
    pub id: EntryId,
    /// From 1, over the marks that are not withdrawn; 0 for a withdrawn one.
    pub number: usize,
    /// Where.
    pub place: MarkPlace,
    /// What.
    pub kind: DamageKind,
    /// How bad.
    pub severity: Severity,
    /// Since when.
    pub origin: Origin,
    /// In words.
    pub note: Option<Personal<String>>,
    /// Withdrawn ones are kept and can be put back.
    pub withdrawn: bool,
    /// Of a mark of the last visit, what became of it.
    pub carried: Option<Seen>,
    /// It was set in the drawing of another body: it stands in the middle of its zone.
    pub to_place: bool,
}

/// How far a zone or area has been looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Looked {
    /// Items with a grade.
    pub graded: usize,
    /// Items pinned for it.
    pub items: usize,
    /// The worst grade given; marks count too: light as attention, heavy as bad.
    pub worst: Option<Grade>,
}

impl Looked {
    /// Every item has a grade. A zone that nobody looked at is not one without damage.
    pub fn is_done(&self) -> bool {
        self.graded == self.items
    }
}

/// The zone or area that an item belongs to: ids are `zone.item`.
pub fn group_of(item: &str) -> &str {
    item.split_once('.').map_or(item, |(group, _)| group)
}

impl Visit {
    /// The grade of an item.
    pub fn grade(&self, item: &str) -> Option<Grade> {
        (*answered!(self, Key::Item(item.into()), ItemGraded, grade)?).to_owned()
    }

    /// What was said about an item.
    pub fn item_note(&self, item: &str) -> Option<&Personal<String>> {
        answered!(self, Key::ItemNote(item.into()), ItemNoted, note)
    }

    /// Zones and areas of the pinned list, in its order.
    pub fn groups(&self) -> Vec<&str> {
        let mut groups: Vec<&str> = Vec::new();
        for item in self.items() {
            let group = group_of(item);
            if !groups.contains(&group) {
                groups.push(group);
            }
        }
        groups
    }

    /// How far each zone or area of the pinned list has been looked at, in its order, without marks.
    fn graded(&self) -> Vec<(&str, Looked)> {
        let mut groups: Vec<(&str, Looked)> =
            self.groups().into_iter().map(|group| (group, Looked::default())).collect();
        for item in self.items() {
            let group = group_of(item);
            let Some((_, looked)) = groups.iter_mut().find(|(known, _)| *known == group) else { continue };
            looked.items += 1;
            if let Some(grade) = self.grade(item) {
                looked.graded += 1;
                looked.worst = looked.worst.max(rank(grade));
            }
        }
        groups
    }

    /// How many zones and areas are done, and of how many.
    pub fn groups_done(&self) -> (usize, usize) {
        let groups = self.graded();
        (groups.iter().filter(|(_, looked)| looked.is_done()).count(), groups.len())
    }

    /// How far each zone or area has been looked at, in the order of walking round this body; areas after.
    pub fn looked(&self) -> Vec<(String, Looked)> {
        let zones = zones(self.body());
        let mut groups: Vec<(String, Looked)> =
            self.graded().into_iter().map(|(group, looked)| (group.to_owned(), looked)).collect();
        let place = |id: &str| zones.iter().position(|zone| zone.id == id).unwrap_or(usize::MAX);
        groups.sort_by_key(|(group, _)| place(group));
        for mark in self.marks().into_iter().filter(|mark| mark.origin != Origin::Repaired) {
            if let Some((_, looked)) = groups.iter_mut().find(|(zone, _)| *zone == mark.place.zone) {
                looked.worst = looked.worst.max(Some(match mark.severity {
                    Severity::Light => Grade::Attention,
                    Severity::Heavy => Grade::Bad,
                }));
            }
        }
        groups
    }

    /// What "the rest is good" writes: every item of these groups that has no grade, graded good.
    pub fn rest_is_good(&self, groups: &[&str]) -> Vec<Change> {
        let rest = self.items().into_iter().filter(|item| groups.contains(&group_of(item)));
        rest.filter(|item| self.grade(item).is_none())
            .map(|item| Change::ItemGraded { item: item.to_owned(), grade: Some(Grade::Good) })
            .collect()
    }

    /// Marks that count, in order of setting.
    pub fn marks(&self) -> Vec<Mark> {
        self.all_marks().into_iter().filter(|mark| !mark.withdrawn).collect()
    }

    /// The zone that a mark lies in; none of one that is withdrawn or not here.
    pub fn zone_of_mark(&self, id: EntryId) -> Option<String> {
        let set = match self.journal.counted(&id) {
            Some((_, Change::DamageMarked { place, .. })) => place,
            _ => answered!(self, Key::CarriedMark(id), CarriedMarkSeen, place)?,
        };
        let withdrawn = answered!(self, Key::MarkWithdrawn(id), MarkWithdrawn, withdrawn);
        let place = answered!(self, Key::MarkPlace(id), MarkMoved, place).unwrap_or(set);
        (withdrawn != Some(&true)).then(|| self.placing()(place).0.zone)
    }

    /// Marks, withdrawn ones too, carried ones from when somebody looked at them.
    pub fn all_marks(&self) -> Vec<Mark> {
        let placing = self.placing();
        let mut marks: Vec<Mark> = Vec::new();
        for (by, fact) in self.journal.facts() {
            let (id, place, said, note, seen) = match fact {
                Change::DamageMarked { place, kind, severity, origin } => {
                    (by.id, place, (*kind, *severity, *origin), None, None)
                }
                Change::CarriedMarkSeen { earlier, .. } if marks.iter().all(|mark| mark.id != *earlier) => {
                    match self.journal.answer(&Key::CarriedMark(*earlier)) {
                        Some(Change::CarriedMarkSeen { place, kind, severity, note, seen, .. }) => {
                            (*earlier, place, (*kind, *severity, seen.origin()), note.as_ref(), Some(*seen))
                        }
                        _ => continue,
                    }
                }
                _ => continue,
            };
            let place = answered!(self, Key::MarkPlace(id), MarkMoved, place).unwrap_or(place);
            let (place, to_place) = placing(place);
            let (kind, severity, origin) = match self.journal.answer(&Key::MarkDescription(id)) {
                Some(Change::MarkDescribed { kind, severity, origin, .. }) => (*kind, *severity, *origin),
                _ => said,
            };
            let withdrawn = answered!(self, Key::MarkWithdrawn(id), MarkWithdrawn, withdrawn)
                .copied()
                .unwrap_or_default();
            marks.push(Mark {
                id,
                number: 0,
                place,
                kind,
                severity,
                origin: seen.map_or(origin, Seen::origin),
                note: answered!(self, Key::MarkNote(id), MarkNoted, note).or(note).cloned(),
                withdrawn,
                carried: seen,
                to_place,
            });
        }
        for (number, mark) in (1..).zip(marks.iter_mut().filter(|mark| !mark.withdrawn)) {
            mark.number = number;
        }
        marks
    }

    /// The photos of a mark.
    pub fn photos_of(&self, mark: EntryId) -> Vec<Photo> {
        let mut photos = self.standing_photos();
        photos.retain(|photo| photo.subject == PhotoSubject::Mark(mark));
        photos
    }
}

/// Grades that say something is wrong, in order; a good or inapplicable item says nothing.
fn rank(grade: Grade) -> Option<Grade> {
    match grade {
        Grade::Good | Grade::NotApplicable => None,
        Grade::Attention | Grade::Bad => Some(grade),
    }
}
