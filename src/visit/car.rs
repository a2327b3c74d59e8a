//! The car as it is drawn: its body, on which side its driver sits, and what became of the marks of its
//! last visit.

use super::change::{Change, DamageKind, Key, MarkPlace, Origin, Seen, Severity};
use super::{Visit, answered};
use crate::diagram::{Body, Side, View, centre, counterpart, zone, zones};
use crate::journal::{EntryId, Personal};

/// A mark of the last visit of the same car: a proposal until somebody looked at it again.
#[derive(Clone, Debug, PartialEq)]
pub struct Carried {
    /// The entry that set it there.
    pub earlier: EntryId,
    /// Where it stands in the drawing of this visit.
    pub place: MarkPlace,
    /// Where it was set.
    pub set: MarkPlace,
    /// What.
    pub kind: DamageKind,
    /// How bad.
    pub severity: Severity,
    /// In words.
    pub note: Option<String>,
}

impl Carried {
    /// What is written once somebody looked.
    pub fn seen(self, seen: Seen) -> Change {
        Change::CarriedMarkSeen {
            earlier: self.earlier,
            place: self.set,
            kind: self.kind,
            severity: self.severity,
            note: self.note.map(Personal::from),
            seen,
        }
    }
}

/// Where a zone comes in the walk round the car.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlaceInWalk {
    /// The view that it lies in.
    pub view: View,
    /// From 1, among the inspected zones of the view.
    pub number: usize,
    /// How many those are.
    pub of: usize,
    /// Of a zone on one side, whether the driver sits there.
    pub drivers: Option<bool>,
}

impl Visit {
    /// Where a zone comes in the walk; areas have no place in it.
    pub fn place_in_the_walk(&self, group: &str) -> Option<PlaceInWalk> {
        let (body, groups) = (self.body(), self.groups());
        let view = zone(body, group)?.view;
        let mut of_view = zones(body).iter().filter(|zone| zone.view == view && groups.contains(&zone.id));
        let of = of_view.clone().count();
        let number = of_view.position(|zone| zone.id == group)? + 1;
        let side = Side::of_zone(group).filter(|_| matches!(view, View::Left | View::Right));
        Some(PlaceInWalk { view, number, of, drivers: side.map(|side| side == self.steering()) })
    }

    /// The drawing that fits the car.
    pub fn body(&self) -> Body {
        answered!(self, Key::Body, BodyChosen, body).copied().unwrap_or_else(|| self.first_body())
    }

    fn first_body(&self) -> Body {
        self.opening().map_or(Body::Sedan, |opening| opening.body)
    }

    /// Where the driver sits; on the left where nobody said.
    pub fn steering(&self) -> Side {
        answered!(self, Key::Steering, SteeringSeen, side).copied().unwrap_or_default()
    }

    /// Where marks stand in the drawing that fits the car. One that was set in another keeps its zone, at
    /// the zone's middle, and is to be placed again.
    pub(super) fn placing(&self) -> impl Fn(&MarkPlace) -> (MarkPlace, bool) {
        let (first, now) = (self.first_body(), self.body());
        move |place| {
            if place.body.unwrap_or(first) == now {
                return (place.clone(), false);
            }
            match counterpart(now, &place.zone) {
                Some(shape) => {
                    let (x, y) = centre(now, shape);
                    let zone = shape.id.to_owned();
                    (MarkPlace { view: shape.view, zone, x, y, body: Some(now) }, true)
                }
                None => (place.clone(), true),
            }
        }
    }

    /// Whether an earlier visit was of the same car: by VIN where both know it, else by plate. A plate
    /// goes to another car now and then.
    pub fn is_of_car_of(&self, earlier: &Self) -> bool {
        let arrived = |visit: &Self| visit.opening().map(|opening| opening.arrived);
        if earlier.cancelled().is_some() || arrived(earlier) >= arrived(self) {
            return false;
        }
        match (self.vin(), earlier.vin()) {
            (Some(own), Some(other)) => own == other,
            _ => {
                let number = self.plate().and_then(super::Plate::number);
                number.is_some() && number == earlier.plate().and_then(super::Plate::number)
            }
        }
    }

    /// The marks that an earlier visit of the car left, as this visit proposes them.
    pub fn carried_from(&self, earlier: &Self) -> Vec<Carried> {
        let (placing, drawn) = (self.placing(), earlier.body());
        let left = earlier.marks().into_iter().filter(|mark| mark.origin != Origin::Repaired);
        left.map(|mark| {
            let set = MarkPlace { body: mark.place.body.or(Some(drawn)), ..mark.place };
            Carried {
                earlier: mark.id,
                place: placing(&set).0,
                set,
                kind: mark.kind,
                severity: mark.severity,
                note: mark.note.and_then(|note| note.value().cloned()),
            }
        })
        .collect()
    }

    /// Those of which nobody said yet what became of them, where they stand now.
    pub fn open_of(&self, proposed: &[Carried]) -> Vec<Carried> {
        let placing = self.placing();
        let open = proposed.iter().filter(|mark| self.what_became_of(mark.earlier).is_none());
        open.map(|mark| Carried { place: placing(&mark.set).0, ..mark.clone() }).collect()
    }

    /// What became of a mark of the last visit.
    pub fn what_became_of(&self, earlier: EntryId) -> Option<Seen> {
        answered!(self, Key::CarriedMark(earlier), CarriedMarkSeen, seen).copied()
    }
}
