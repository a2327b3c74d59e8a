//! Icons and damage glyphs as path data: strokes with round ends, no fills.

use crate::visit::DamageKind;

/// An icon in a box of 24, stroke 2; always beside a word but for a few that stand alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is named for what it shows")]
pub enum Icon {
    Board,
    Settings,
    Search,
    Offline,
    Words,
    Forward,
    Back,
    Pen,
    Unsent,
    Car,
    Clock,
    Tick,
    Plus,
    Erase,
    Warning,
    Info,
    Camera,
    Cross,
    Dash,
    Bin,
    Sent,
    Undo,
    Lock,
    Person,
    Again,
    Print,
    Sheet,
    Merge,
    Move,
    Export,
    Microphone,
    Charge,
    Scan,
    Circle,
    Arrow,
    Stroke,
    Cover,
    Play,
    Pause,
    Stop,
    Video,
    Sound,
    Up,
    Down,
}

/// The icon's strokes.
pub fn icon(icon: Icon) -> &'static str {
    match icon {
        Icon::Board => "M4 5h7v6H4z M13 5h7v6h-7z M4 13h7v6H4z M13 13h7v6h-7z",
        Icon::Settings => "M4 8h9 M17 8h3 M15 6v4 M4 16h3 M11 16h9 M9 14v4",
        Icon::Search => "M10.5 4.5a6 6 0 1 0 0 12a6 6 0 1 0 0-12z M15 15l5 5",
        Icon::Offline => {
            "M7 18h10a4 4 0 0 0 2.6-7 M5.2 17A3.8 3.8 0 0 1 6.6 10 A5.5 5.5 0 0 1 14.5 6.6 M4 4l16 16"
        }
        Icon::Words => "M4 5h16v11h-8l-4.5 3.5V16H4z M8 9.5h8 M8 12.5h5",
        Icon::Forward => "M9 5l7 7-7 7",
        Icon::Back => "M15 5l-7 7 7 7",
        Icon::Pen => "M5 19l1-4.2L16.2 4.6l3.2 3.2L9.2 18z M14 7l3 3",
        Icon::Unsent => {
            "M7 18a4 4 0 0 1-.4-8A5.6 5.6 0 0 1 17.4 10.4 A3.8 3.8 0 0 1 17 18 M12 20v-7 M9.2 15.4l2.8-2.8 2.8 2.8"
        }
        Icon::Car => {
            "M4 16v-3.5l2.2-1L8.5 7h7l2.5 4.5 2 1V16h-2.5 M6.5 16H4 M9.5 16h5 M8 14.3a1.7 1.7 0 1 0 0 3.4a1.7 1.7 0 1 0 0-3.4z M16 14.3a1.7 1.7 0 1 0 0 3.4a1.7 1.7 0 1 0 0-3.4z"
        }
        Icon::Clock => "M12 4a8 8 0 1 0 0 16a8 8 0 1 0 0-16z M12 8v4.4l3 1.8",
        Icon::Charge => "M13 4L7 13h4.5L10.5 20 17 11h-4.5z",
        Icon::Scan => "M4 8V4h4 M16 4h4v4 M20 16v4h-4 M8 20H4v-4 M7 12h10",
        Icon::Circle => "M12 6c4.4 0 8 2.7 8 6s-3.6 6-8 6-8-2.7-8-6 3.6-6 8-6z",
        Icon::Arrow => "M5 19L19 5 M10 5h9v9",
        Icon::Stroke => "M4 14c2-5 4-5 6-1s4 4 6 0 3-3 4-4",
        Icon::Cover => "M4 6h16v12H4z M12 6v12 M4 12h16",
        Icon::Play => "M8 5l11 7-11 7z",
        Icon::Pause => "M9 5v14 M15 5v14",
        Icon::Stop => "M7 7h10v10H7z",
        Icon::Video => "M4 7h11v10H4z M15 11l5-3v8l-5-3",
        Icon::Sound => "M4 10v4 M8 7v10 M12 4v16 M16 8v8 M20 11v2",
        Icon::Up => "M5 15l7-7 7 7",
        Icon::Down => "M5 9l7 7 7-7",
        Icon::Tick => "M5 12.5l4.5 4.5L19 7",
        Icon::Plus => "M12 5v14 M5 12h14",
        Icon::Erase => "M9 6h11v12H9l-5-6z M12 10l4 4 M16 10l-4 4",
        Icon::Warning => "M12 4.5L21 19.5H3z M12 10v4 M12 16.8v.2",
        Icon::Info => "M12 4a8 8 0 1 0 0 16a8 8 0 1 0 0-16z M12 11v5 M12 8v.1",
        Icon::Camera => "M4 8h4l1.5-2.5h5L16 8h4v11H4z M12 10.2a3.3 3.3 0 1 0 0 6.6a3.3 3.3 0 1 0 0-6.6z",
        Icon::Cross => "M6 6l12 12 M18 6L6 18",
        Icon::Dash => "M6 12h12",
        Icon::Bin => "M5 7h14 M9 7V4.5h6V7 M7 7l1 12.5h8L17 7",
        Icon::Sent => {
            "M7 18a4 4 0 0 1-.4-8A5.6 5.6 0 0 1 17.4 10.4 A3.8 3.8 0 0 1 17 18z M9.2 13.6l2 2 3.6-3.8"
        }
        Icon::Undo => "M8 5L4 9l4 4 M4 9h10a5.5 5.5 0 0 1 0 11h-4",
        Icon::Lock => "M6 11h12v9H6z M8.5 11V8a3.5 3.5 0 0 1 7 0v3",
        Icon::Person => "M12 4.5a3.7 3.7 0 1 0 0 7.4a3.7 3.7 0 1 0 0-7.4z M5 20c.6-4 3.4-6 7-6s6.4 2 7 6",
        Icon::Again => "M5 11a7 7 0 0 1 12-4l2 2 M19 4.5V9h-4.5 M19 13a7 7 0 0 1-12 4l-2-2 M5 19.5V15h4.5",
        Icon::Print => "M7 9V4h10v5 M7 16H4V9h16v7h-3 M7 13.5h10V20H7z",
        Icon::Sheet => "M6 4h8l4 4v12H6z M14 4v4h4 M9 12h6 M9 16h6",
        Icon::Merge => "M7 4v13 M4 14l3 3 3-3 M17 20V7 M14 10l3-3 3 3",
        Icon::Move => {
            "M12 4v16 M4 12h16 M9.5 6.5L12 4l2.5 2.5 M9.5 17.5L12 20l2.5-2.5 M6.5 9.5L4 12l2.5 2.5 M17.5 9.5L20 12l-2.5 2.5"
        }
        Icon::Export => "M12 4v11 M8 11l4 4 4-4 M5 19h14",
        Icon::Microphone => {
            "M12 4a2.5 2.5 0 0 1 2.5 2.5v4.5a2.5 2.5 0 0 1-5 0V6.5A2.5 2.5 0 0 1 12 4z M6.5 11a5.5 5.5 0 0 0 11 0 M12 16.5V20"
        }
    }
}

/// The glyph of a damage, in a box of 26 × 22 round the origin.
pub fn glyph(kind: DamageKind) -> &'static str {
    match kind {
        DamageKind::Scratch => "M-7 4L-2-5L1 3L7-5",
        DamageKind::Dent => "M-7-3C-4 5 4 5 7-3",
        DamageKind::Chip => "M-5-2L-5-2M1-5L1-5M5 2L5 2M-1 4L-1 4",
        DamageKind::Crack => "M-6-5L-1-1L-3 3L2 1L6 6",
        DamageKind::Scuff => "M-6-4L5-4M-6 0L6 0M-5 4L3 4",
        DamageKind::Missing => "M-6-6L-2-6M2-6L6-6L6-2M6 2L6 6L2 6M-2 6L-6 6L-6 2M-6-2L-6-6",
    }
}
