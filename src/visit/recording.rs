//! Sounds and videos: what may be recorded, of whom, and what was. The bytes are attachments.

use serde_json::Value;

use super::change::{Change, Key};
use super::customer::PersonName;
use super::{Visit, answered};
use crate::journal::{AttachmentId, EntryId, Personal};
use crate::record::{Kept, misread, named};

/// What a recording is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RecordingSubject {
    /// A concern of the customer.
    Concern(EntryId),
    /// A damage mark.
    Mark(EntryId),
    /// An item of the inspection, by its catalogue id.
    Item(String),
    /// 贵重物品
    Valuables,
    /// 拒绝签名
    Refusal,
    /// 授权
    Authority,
}

named! {
/// What kind of recording.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecordingKind {
    /// Said instead of typed.
    Memo = "memo",
    /// 录音: how the car sounds.
    Sound = "sound",
    /// 录像: how the car does it.
    Video = "video",
}
}

impl RecordingKind {
    /// The longest, in milliseconds.
    pub fn longest(self) -> u32 {
        if self == Self::Video { 30_000 } else { 60_000 }
    }

    /// The largest, in bytes: half a minute of a small picture has 5 MB, a minute of speech 300 kB.
    pub fn largest(self) -> u32 {
        if self == Self::Video { 12_000_000 } else { 2_000_000 }
    }
}

named! {
/// Whose voice or image is in a recording.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heard {
    /// Only the car.
    Car = "car",
    /// Who holds the tablet.
    Advisor = "advisor",
    /// The customer, or somebody with them: only with their separate consent.
    Customer = "customer",
}
}

// One text in the journal: `concern` and its id, `item LFD.paint`.
impl Kept for RecordingSubject {
    fn read(value: Value) -> Result<Self, serde_json::Error> {
        Self::of_text(value.as_str().unwrap_or_default()).map_or_else(|| misread("a subject"), Ok)
    }

    fn write(&self) -> Value {
        self.text().into()
    }
}

impl RecordingSubject {
    fn text(&self) -> String {
        match self {
            Self::Concern(id) => format!("concern {id}"),
            Self::Mark(id) => format!("mark {id}"),
            Self::Item(id) => format!("item {id}"),
            Self::Valuables => "valuables".into(),
            Self::Refusal => "refusal".into(),
            Self::Authority => "authority".into(),
        }
    }

    fn of_text(text: &str) -> Option<Self> {
        let (what, id) = text.split_once(' ').unwrap_or((text, ""));
        Some(match what {
            "concern" => Self::Concern(id.parse().ok()?),
            "mark" => Self::Mark(id.parse().ok()?),
            "item" => Self::Item(id.to_owned()),
            "valuables" => Self::Valuables,
            "refusal" => Self::Refusal,
            "authority" => Self::Authority,
            _ => return None,
        })
    }
}

/// A recording.
#[derive(Clone, Debug, PartialEq)]
pub struct Recording {
    /// The entry that recorded it.
    pub id: EntryId,
    /// What it is about.
    pub subject: RecordingSubject,
    /// A memo, a sound or a video.
    pub kind: RecordingKind,
    /// SHA-256 of the bytes.
    pub attachment: AttachmentId,
    /// Bytes.
    pub size: u32,
    /// Milliseconds.
    pub length: u32,
    /// `audio/webm`
    pub media: String,
    /// When, milliseconds since 1970 UTC, corrected.
    pub at: i64,
    /// Withdrawn ones are kept and can be put back.
    pub withdrawn: bool,
}

/// What was recorded, before it is an entry.
#[derive(Clone, Debug, PartialEq)]
pub struct Recorded {
    /// What it is about.
    pub subject: RecordingSubject,
    /// A memo, a sound or a video.
    pub kind: RecordingKind,
    /// Whose voice or image is in it.
    pub heard: Heard,
    /// Milliseconds.
    pub length: u32,
    /// As the browser names it, `audio/webm;codecs=opus`.
    pub media: String,
}

/// Why a recording is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotARecording {
    /// Nothing is in it.
    Empty,
    /// Neither WebM nor MP4 nor Ogg, or no sound where one is meant.
    OtherType,
    /// Over so many bytes.
    TooLarge(u32),
    /// Over so many milliseconds.
    TooLong(u32),
    /// A person is in it and has not consented.
    NoConsent,
}

/// The consent to recordings of a person.
#[derive(Clone, Debug, PartialEq)]
pub struct Consent {
    /// Who; missing where erased.
    pub who: Personal<PersonName>,
    /// When, milliseconds since 1970 UTC, corrected.
    pub at: i64,
}

/// A stop takes a moment, in a page that is not seen several seconds: a recording may be longer than its
/// limit by so many milliseconds before it is refused.
const LATE: u32 = 5_000;

impl Visit {
    /// Recordings in order, withdrawn ones too.
    pub fn recordings(&self) -> Vec<Recording> {
        let made = self.journal.additions().filter_map(|(by, fact)| match fact {
            Change::RecordingMade { subject, kind, attachment, size, length, media, .. } => Some(Recording {
                id: by.id,
                subject: subject.clone(),
                kind: *kind,
                attachment: *attachment,
                size: *size,
                length: *length,
                media: media.clone(),
                at: by.at,
                withdrawn: answered!(self, Key::RecordingWithdrawn(by.id), RecordingWithdrawn, withdrawn)
                    .copied()
                    .unwrap_or_default(),
            }),
            _ => None,
        });
        made.collect()
    }

    /// Recordings about something that count.
    pub fn recordings_of(&self, subject: &RecordingSubject) -> Vec<Recording> {
        let counts = |recording: &Recording| !recording.withdrawn && recording.subject == *subject;
        self.recordings().into_iter().filter(counts).collect()
    }

    /// The consent that stands. Where two tablets say different things, it is none.
    pub fn recording_consent(&self) -> Option<Consent> {
        match &self.journal.answers(&Key::RecordingConsent)[..] {
            [answer] => match answer.fact {
                Change::RecordingConsented { who, given: true, .. } => {
                    Some(Consent { who: who.clone(), at: answer.by.at })
                }
                _ => None,
            },
            _ => None,
        }
    }

    /// Whether a recording of these may begin.
    ///
    /// # Errors
    /// [`NotARecording::NoConsent`] where a person would be in it who has not consented.
    pub fn may_record(&self, heard: Heard) -> Result<(), NotARecording> {
        match heard {
            Heard::Customer if self.recording_consent().is_none() => Err(NotARecording::NoConsent),
            Heard::Customer | Heard::Car | Heard::Advisor => Ok(()),
        }
    }

    /// The fact of a recording.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn recording_made(&self, made: Recorded, bytes: &[u8]) -> Result<Change, NotARecording> {
        let Recorded { subject, kind, heard, length, media } = made;
        self.may_record(heard)?;
        let media = media.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        let sound = ["audio/webm", "audio/mp4", "audio/ogg"].contains(&media.as_str());
        let video = ["video/webm", "video/mp4"].contains(&media.as_str());
        if bytes.is_empty() {
            return Err(NotARecording::Empty);
        }
        if !(if kind == RecordingKind::Video { video } else { sound }) {
            return Err(NotARecording::OtherType);
        }
        if bytes.len() > kind.largest() as usize {
            return Err(NotARecording::TooLarge(kind.largest()));
        }
        if length > kind.longest() + LATE {
            return Err(NotARecording::TooLong(kind.longest()));
        }
        let (attachment, size) = (AttachmentId::of(bytes), bytes.len() as u32);
        Ok(Change::RecordingMade { subject, kind, heard, attachment, size, length, media })
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{Tablet, name, ready};
    use super::*;

    fn recorded(visit: &Visit, kind: RecordingKind, heard: Heard) -> Recorded {
        let subject = RecordingSubject::Concern(visit.concerns()[0].id);
        let media = if kind == RecordingKind::Video { "video/webm;codecs=vp8,opus" } else { "audio/webm" };
        Recorded { subject, kind, heard, length: 14_000, media: media.into() }
    }

    #[test]
    fn without_the_customers_consent_no_recording_of_a_person_is_made_and_one_of_the_car_is() {
        let mut tablet = Tablet::new(1);
        let mut visit = ready(&mut tablet);
        let make =
            |visit: &Visit, heard| visit.recording_made(recorded(visit, RecordingKind::Sound, heard), b"1");
        assert_eq!(make(&visit, Heard::Customer), Err(NotARecording::NoConsent));
        assert!(make(&visit, Heard::Car).is_ok() && make(&visit, Heard::Advisor).is_ok());
        let consent = |given| Change::RecordingConsented {
            who: name("陈志远").into(),
            words: "为说明故障，可以录下我的声音".into(),
            given,
        };
        tablet.write(&mut visit, consent(true));
        assert!(make(&visit, Heard::Customer).is_ok());
        assert_eq!(visit.recording_consent().expect("given").who.value(), Some(&name("陈志远")));
        tablet.write(&mut visit, consent(false));
        assert_eq!(make(&visit, Heard::Customer), Err(NotARecording::NoConsent), "withdrawn as easily");
    }

    #[test]
    fn what_a_recording_is_about_reads_as_it_was_written() {
        let mark = EntryId::of(b"a mark");
        for subject in [
            RecordingSubject::Concern(mark),
            RecordingSubject::Mark(mark),
            RecordingSubject::Item("LFD.paint".into()),
            RecordingSubject::Valuables,
            RecordingSubject::Refusal,
            RecordingSubject::Authority,
        ] {
            let written = subject.write();
            assert_eq!(RecordingSubject::read(written).expect("a subject"), subject);
        }
        for unknown in ["", "concern", "concern e:1", "of_tomorrow 1"] {
            assert!(RecordingSubject::read(unknown.into()).is_err(), "{unknown}");
        }
    }

    #[test]
    fn types_sizes_and_lengths_have_limits_on_both_sides() {
        let visit = ready(&mut Tablet::new(1));
        let made = |kind, media: &str, length, size: usize| {
            let recorded = Recorded { media: media.into(), length, ..recorded(&visit, kind, Heard::Car) };
            visit.recording_made(recorded, &vec![1; size]).map(|_| ())
        };
        let (memo, video) = (RecordingKind::Memo, RecordingKind::Video);
        assert_eq!(made(memo, "audio/mp4", 60_900, 2_000_000), Ok(()));
        assert_eq!(
            made(memo, "audio/webm;codecs=opus", 1, 2_000_001),
            Err(NotARecording::TooLarge(2_000_000))
        );
        assert_eq!(made(memo, "audio/webm", 65_001, 1), Err(NotARecording::TooLong(60_000)));
        assert_eq!(made(memo, "video/webm", 1, 1), Err(NotARecording::OtherType));
        assert_eq!(made(memo, "audio/webm", 1, 0), Err(NotARecording::Empty));
        assert_eq!(made(video, "video/webm;codecs=vp9", 30_100, 12_000_000), Ok(()));
        assert_eq!(made(video, "video/webm", 30_000, 12_000_001), Err(NotARecording::TooLarge(12_000_000)));
        assert_eq!(made(video, "video/webm", 35_001, 1), Err(NotARecording::TooLong(30_000)));
        assert_eq!(made(video, "video/x-msvideo", 1, 1), Err(NotARecording::OtherType));
    }

    #[test]
    fn a_recording_is_named_last_among_the_attachments_and_can_be_withdrawn_and_put_back() {
        let mut tablet = Tablet::new(1);
        let mut visit = ready(&mut tablet);
        let made = recorded(&visit, RecordingKind::Video, Heard::Car);
        let subject = made.subject.clone();
        let change = visit.recording_made(made, b"video").expect("a recording");
        let recording = tablet.write(&mut visit, change);
        let photo = |bytes: &[u8]| super::super::Picture {
            attachment: AttachmentId::of(bytes),
            size: 1,
            width: 4,
            height: 3,
        };
        let subject_of_photo = super::super::PhotoSubject::Dashboard;
        tablet.write(
            &mut visit,
            Change::PhotoTaken {
                subject: subject_of_photo,
                picture: photo(b"picture"),
                thumbnail: photo(b"small"),
            },
        );
        let named = visit.attachments();
        assert_eq!(named.last(), Some(&AttachmentId::of(b"video")));
        assert_eq!(named.len(), 3);
        assert_eq!(visit.recordings_of(&subject).len(), 1);
        tablet.write(&mut visit, Change::RecordingWithdrawn { recording, withdrawn: true });
        assert!(visit.recordings_of(&subject).is_empty());
        tablet.write(&mut visit, Change::RecordingWithdrawn { recording, withdrawn: false });
        assert_eq!(visit.recordings_of(&subject).len(), 1);
    }
}
