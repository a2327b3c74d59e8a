//! Microphone and camera: what they record comes as bytes, and ends by itself after a time.

use leptos::prelude::set_timeout;
use std::time::Duration;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    BlobEvent, MediaRecorder, MediaRecorderOptions, MediaStream, MediaStreamConstraints, MediaStreamTrack,
    RecordingState,
};

use super::by_name::{get, set};
use super::device;

/// Speech needs no more, in bits per second: a minute has 300 kB.
const SOUND: u32 = 40_000;
/// Half a minute of a picture of 1,280 pixels has 5 MB, in bits per second.
const PICTURE: u32 = 1_200_000;

/// Why nothing is recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NoMicrophone {
    /// Not allowed, by a person or the browser's settings.
    Refused,
    /// There is none.
    Missing,
    /// Another program has it.
    Busy,
    /// This browser cannot.
    Unable,
}

impl NoMicrophone {
    fn of(error: &JsValue) -> Self {
        match get(error, "name").as_string().as_deref() {
            Some("NotAllowedError" | "SecurityError") => Self::Refused,
            Some("NotFoundError" | "OverconstrainedError") => Self::Missing,
            Some("NotReadableError" | "AbortError") => Self::Busy,
            _ => Self::Unable,
        }
    }
}

/// A recording that runs.
#[derive(Clone)]
pub(crate) struct Running {
    recorder: MediaRecorder,
    /// For a preview.
    pub(crate) stream: MediaStream,
    ends: js_sys::Promise,
    /// Milliseconds since 1970 UTC.
    pub(crate) began: i64,
}

/// What was recorded: its bytes, its type as the browser names it, milliseconds.
pub(crate) type Taken = (Vec<u8>, String, u32);

/// Begins a recording of at most so many milliseconds.
pub(crate) async fn begin(video: bool, longest: u32) -> Result<Running, NoMicrophone> {
    let why = |error: JsValue| NoMicrophone::of(&error);
    let constraints = MediaStreamConstraints::new();
    constraints.set_audio(&JsValue::TRUE);
    if video {
        let picture = device::object("facingMode", &"environment".into());
        set(&picture, "width", &1280.into());
        constraints.set_video(&picture);
    }
    let devices = leptos::prelude::window().navigator().media_devices().map_err(why)?;
    let asked = devices.get_user_media_with_constraints(&constraints).map_err(why)?;
    let stream: MediaStream = JsFuture::from(asked).await.map_err(why)?.unchecked_into();
    let running = record(stream.clone(), video);
    match running {
        Ok(running) => {
            let ends = running.clone();
            set_timeout(move || ends.stop(), Duration::from_millis(longest.into()));
            Ok(running)
        }
        Err(_) => {
            close(&stream);
            Err(NoMicrophone::Unable)
        }
    }
}

fn record(stream: MediaStream, video: bool) -> Result<Running, JsValue> {
    let options = MediaRecorderOptions::new();
    let types = if video { ["video/webm", "video/mp4"] } else { ["audio/webm", "audio/mp4"] };
    if let Some(known) = types.into_iter().find(|media| MediaRecorder::is_type_supported(media)) {
        options.set_mime_type(known);
    }
    options.set_audio_bits_per_second(SOUND);
    options.set_video_bits_per_second(PICTURE);
    let recorder = MediaRecorder::new_with_media_stream_and_media_recorder_options(&stream, &options)?;
    // It comes in one piece, at the end.
    let ends = js_sys::Promise::new(&mut |resolve, reject| {
        recorder.set_ondataavailable(Some(&resolve));
        recorder.set_onerror(Some(&reject));
    });
    recorder.start()?;
    Ok(Running { recorder, stream, ends, began: device::now() })
}

fn close(stream: &MediaStream) {
    for track in stream.get_tracks().iter() {
        track.unchecked_into::<MediaStreamTrack>().stop();
    }
}

impl Running {
    /// Ends it; what was recorded comes from `ended`.
    pub(crate) fn stop(&self) {
        if self.recorder.state() != RecordingState::Inactive {
            let _ = self.recorder.stop();
        }
        close(&self.stream);
    }

    /// What was recorded, once it has ended.
    pub(crate) async fn ended(&self) -> Result<Taken, NoMicrophone> {
        let unable = |_| NoMicrophone::Unable;
        let ended = JsFuture::from(self.ends.clone()).await;
        let length = (device::now() - self.began).max(0) as u32;
        close(&self.stream);
        let blob = ended.map_err(unable)?.unchecked_into::<BlobEvent>().data().ok_or(NoMicrophone::Unable)?;
        let buffer = JsFuture::from(blob.array_buffer()).await.map_err(unable)?;
        Ok((js_sys::Uint8Array::new(&buffer).to_vec(), self.recorder.mime_type(), length))
    }
}
