//! Photos: what is drawn on them, the place that they show, and that place at the last visit.

use super::change::{Change, Key, PhotoSubject, Picture};
use super::{Visit, answered};
use crate::diagram::{counterpart, length};
use crate::journal::{DeviceId, EntryId, Standing};
use crate::record::{kept, named};

named! {
    /// What a finger draws with.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum Tool {
        /// 圈
        Circle = "circle",
        /// 箭头
        Arrow = "arrow",
        /// 手画
        Line = "line",
        /// 遮住: people, and other cars' plates.
        Cover = "cover",
    }
}

impl Tool {
    /// In the order of offering.
    pub const ALL: [Self; 4] = [Self::Circle, Self::Arrow, Self::Line, Self::Cover];
}

/// A line is followed in steps of this many pixels, of at most 2,048.
const STEP: i32 = 6;
/// The most points of a line: with ten bytes each, 20 lines fit into an entry.
const MOST_POINTS: usize = 600;
/// Less than this many pixels is a touch and no drawing.
const TOUCH: i32 = 24;

/// One thing that was drawn on a photo.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawn {
    /// With what.
    pub tool: Tool,
    /// Pixels of the photo as it was taken, from the left and from the top: two points, of a line all.
    pub points: Vec<[i32; 2]>,
}

kept!(Drawn { tool, points });

impl Drawn {
    /// A finger comes down.
    pub fn begin(tool: Tool, at: [i32; 2]) -> Self {
        Self { tool, points: vec![at] }
    }

    /// The finger goes on.
    pub fn go_on(&mut self, to: [i32; 2]) {
        if self.tool != Tool::Line {
            self.points.truncate(1);
        } else if self.points.len() >= MOST_POINTS
            || self.points.last().is_some_and(|[x, y]| (x - to[0]).abs().max((y - to[1]).abs()) < STEP)
        {
            return;
        }
        self.points.push(to);
    }

    /// Left, top, right, bottom.
    pub fn frame(&self) -> [i32; 4] {
        let of = |axis: usize| self.points.iter().map(move |point| point[axis]);
        let least = |axis| of(axis).min().unwrap_or_default();
        let most = |axis| of(axis).max().unwrap_or_default();
        [least(0), least(1), most(0), most(1)]
    }

    /// Whether it can be seen: a touch draws nothing.
    pub fn is_seen(&self) -> bool {
        let [left, top, right, bottom] = self.frame();
        (right - left).max(bottom - top) >= TOUCH
    }

    /// As path data of SVG and canvas; an arrow's head is so many pixels long.
    pub fn path(&self, head: f64) -> String {
        let [left, top, right, bottom] = self.frame();
        let (Some([x, y]), Some([to_x, to_y])) = (self.points.first(), self.points.last()) else {
            return String::new();
        };
        match self.tool {
            Tool::Circle => {
                let (rx, ry) = (f64::from(right - left) / 2.0, f64::from(bottom - top) / 2.0);
                let middle = f64::from(top) + ry;
                format!("M{left} {middle}A{rx} {ry} 0 1 0 {right} {middle}A{rx} {ry} 0 1 0 {left} {middle}Z")
            }
            Tool::Arrow => {
                // Back along the line, turned by 34° to either side: the tablet's program has no angles.
                let (x_back, y_back) = (f64::from(x - to_x), f64::from(y - to_y));
                let along = head / length(x_back, y_back).max(1.0);
                let (along, across) = (along * 0.83, along * 0.56);
                let side = |turn: f64| {
                    let x = f64::from(*to_x) + x_back * along - y_back * across * turn;
                    let y = f64::from(*to_y) + y_back * along + x_back * across * turn;
                    format!("{} {}", x.round() as i64, y.round() as i64)
                };
                format!("M{x} {y}L{to_x} {to_y}M{}L{to_x} {to_y}L{}", side(1.0), side(-1.0))
            }
            Tool::Line => {
                let points: Vec<String> = self.points.iter().map(|[x, y]| format!("{x} {y}")).collect();
                format!("M{}", points.join("L"))
            }
            Tool::Cover => format!("M{left} {top}H{right}V{bottom}H{left}Z"),
        }
    }
}

/// A photo.
#[derive(Clone, Debug, PartialEq)]
pub struct Photo {
    /// The entry that recorded it.
    pub id: EntryId,
    /// What it shows.
    pub subject: PhotoSubject,
    /// As papers and customers see it, with what was drawn and covered; at most 2,048 px.
    pub picture: Picture,
    /// Of that; at most 12 kB.
    pub thumbnail: Picture,
    /// As it was taken.
    pub original: Picture,
    /// Of that.
    pub original_thumbnail: Picture,
    /// What was drawn on it.
    pub drawn: Vec<Drawn>,
    /// The tablet that took it.
    pub device: DeviceId,
    /// When, milliseconds since 1970 UTC, corrected.
    pub at: i64,
    /// Withdrawn ones are kept and can be put back.
    pub withdrawn: bool,
}

/// A photo as the journal has it; of its pictures the large one and the small one.
pub(super) struct Taken<'a> {
    by: &'a Standing,
    subject: &'a PhotoSubject,
    pub(super) original: (&'a Picture, &'a Picture),
    drawn: &'a [Drawn],
    pub(super) shown: (&'a Picture, &'a Picture),
}

impl Visit {
    /// Photos in order, withdrawn ones too.
    pub fn photos(&self) -> Vec<Photo> {
        let photo = |taken: Taken| {
            let Taken { by, subject, original, drawn, shown } = taken;
            Photo {
                id: by.id,
                subject: subject.clone(),
                picture: shown.0.clone(),
                thumbnail: shown.1.clone(),
                original: original.0.clone(),
                original_thumbnail: original.1.clone(),
                drawn: drawn.to_vec(),
                device: by.device,
                at: by.at,
                withdrawn: answered!(self, Key::PhotoWithdrawn(by.id), PhotoWithdrawn, withdrawn)
                    .copied()
                    .unwrap_or_default(),
            }
        };
        self.taken().map(photo).collect()
    }

    /// The same without a copy: a visit has up to 200, and its row is made anew at every tap.
    pub(super) fn taken(&self) -> impl Iterator<Item = Taken<'_>> {
        self.journal.additions().filter_map(|(by, fact)| {
            let Change::PhotoTaken { subject, picture, thumbnail } = fact else { return None };
            let original = (picture, thumbnail);
            let (drawn, shown) = match self.journal.answer(&Key::PhotoDrawing(by.id)) {
                Some(Change::PhotoAnnotated { drawn, picture, thumbnail, .. }) => {
                    (&**drawn, (picture, thumbnail))
                }
                _ => (&[][..], original),
            };
            Some(Taken { by, subject, original, drawn, shown })
        })
    }

    /// Photos that count.
    pub fn standing_photos(&self) -> Vec<Photo> {
        self.photos().into_iter().filter(|photo| !photo.withdrawn).collect()
    }

    /// Those that the check-in form shows: what was found later stands on papers of its own.
    pub fn form_photos(&self) -> Vec<Photo> {
        let mut photos = self.standing_photos();
        photos.retain(|photo| !matches!(photo.subject, PhotoSubject::Addition(_)));
        photos
    }

    /// The zone of the car that a photo shows, where it shows one.
    pub fn zone_shown(&self, subject: &PhotoSubject) -> Option<String> {
        match subject {
            PhotoSubject::Zone(zone) => Some(zone.clone()),
            PhotoSubject::Mark(id) => self.zone_of_mark(*id),
            _ => None,
        }
    }

    /// The film beside a zone: its own photos, then all others, each the newest first; with whether it is
    /// of the zone.
    pub fn film(&self, here: &str) -> Vec<(Photo, bool)> {
        let is_here = |photo: &Photo| self.zone_shown(&photo.subject).as_deref() == Some(here);
        let (mut film, mut here) = (Vec::new(), 0);
        for photo in self.standing_photos().into_iter().rev() {
            if is_here(&photo) {
                film.insert(here, (photo, true));
                here += 1;
            } else {
                film.push((photo, false));
            }
        }
        film
    }

    /// Photos of the same place at an earlier visit of the car: those of the same mark first, then the
    /// newest first. Another drawing of the car has other names for some zones.
    pub fn photos_then(&self, subject: &PhotoSubject, earlier: &Self) -> Vec<Photo> {
        let here = self.zone_shown(subject).map(|zone| {
            let then = counterpart(earlier.body(), &zone).map(|shape| shape.id.to_owned());
            then.unwrap_or(zone)
        });
        let (mut photos, mut same) = (Vec::new(), 0);
        for photo in earlier.standing_photos().into_iter().rev() {
            if photo.subject == *subject {
                photos.insert(same, photo);
                same += 1;
            } else if here.is_some() && earlier.zone_shown(&photo.subject) == here {
                photos.push(photo);
            }
        }
        photos
    }
}
