//! A photo on its way in: turned upright, scaled down, with a thumbnail. What is kept is always encoded
//! anew from its pixels: nothing that a camera wrote beside them, such as the place, comes along.

use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, HtmlCanvasElement, ImageBitmap};

use super::by_name::{call, get, set, wait_for};
use crate::journal::AttachmentId;
use crate::picture::{NotAPicture, look_at};
use crate::protocol::MAX_ATTACHMENT_BYTES;
use crate::visit::Picture;
use crate::visit::photos::{Drawn, Tool};

/// The longest side that is kept, in pixels.
const LONGEST_SIDE: u32 = 2_048;
/// The longest side of a thumbnail, in pixels.
const THUMBNAIL_SIDE: u32 = 240;
/// The largest thumbnail, in bytes.
const THUMBNAIL_BYTES: usize = 12_000;

/// Bytes that are ready to be kept, and what they are.
pub(crate) struct Encoded {
    pub(crate) picture: Picture,
    pub(crate) bytes: Vec<u8>,
}

/// A photo that is ready to be kept.
pub(crate) struct Photo {
    pub(crate) whole: Encoded,
    pub(crate) thumbnail: Encoded,
}

impl Photo {
    /// Both as an append takes them.
    pub(crate) fn attachments(self) -> Vec<(AttachmentId, Vec<u8>, bool)> {
        let Self { whole, thumbnail } = self;
        vec![
            (thumbnail.picture.attachment, thumbnail.bytes, true),
            (whole.picture.attachment, whole.bytes, false),
        ]
    }
}

/// Looks at a file from camera or folder before it is decoded: it is small, its pixels may be more than
/// the page can hold.
pub(crate) async fn looked_at(file: &Blob) -> Result<(), NotAPicture> {
    if file.size() > MAX_ATTACHMENT_BYTES as f64 {
        return Err(NotAPicture::TooLarge);
    }
    let buffer = JsFuture::from(file.array_buffer()).await.map_err(|_| NotAPicture::Unreadable)?;
    look_at(&js_sys::Uint8Array::new(&buffer).to_vec()).map(drop)
}

/// Reads a file that was looked at. `show` is given the small picture, which is ready long before the
/// large one.
pub(crate) async fn read(file: &Blob, show: &dyn Fn(&Encoded)) -> Result<Photo, NotAPicture> {
    let bitmap = decode(file).await.ok_or(NotAPicture::Unreadable)?;
    let canvas = drawn_on_canvas(&bitmap, (bitmap.width(), bitmap.height()));
    bitmap.close();
    ready(&canvas.ok_or(NotAPicture::Unreadable)?, show).await.ok_or(NotAPicture::Unreadable)
}

/// What is on a canvas as a photo.
pub(crate) async fn ready(canvas: &HtmlCanvasElement, show: &dyn Fn(&Encoded)) -> Option<Photo> {
    let thumbnail = thumbnail(canvas)?;
    show(&thumbnail);
    Some(Photo { thumbnail, whole: encoded(canvas, 0.85).await? })
}

/// A bitmap or the moment of a film, at most as large as is kept.
pub(crate) fn drawn_on_canvas(source: &JsValue, size: (u32, u32)) -> Option<HtmlCanvasElement> {
    scaled(source, size, LONGEST_SIDE)
}

/// What is on a canvas, small.
fn thumbnail(canvas: &HtmlCanvasElement) -> Option<Encoded> {
    let small = scaled(canvas, (canvas.width(), canvas.height()), THUMBNAIL_SIDE)?;
    let mut quality = 0.7;
    loop {
        let thumbnail = encoded_now(&small, quality)?;
        if thumbnail.bytes.len() <= THUMBNAIL_BYTES || quality < 0.2 {
            return Some(thumbnail);
        }
        quality -= 0.15;
    }
}

/// A kept picture with what is drawn on it: what is covered first, in cells so large that nobody reads a
/// plate or knows a face again; then the strokes in red on white, which are seen on every paint.
pub(crate) async fn annotated(original: &[u8], drawn: &[Drawn]) -> Option<Photo> {
    let bytes = js_sys::Array::of1(&js_sys::Uint8Array::from(original));
    let bitmap = decode(&Blob::new_with_u8_array_sequence(&bytes).ok()?).await?;
    let canvas = drawn_on_canvas(&bitmap, (bitmap.width(), bitmap.height()))?;
    bitmap.close();
    let context = canvas.get_context("2d").ok()??;
    for cover in drawn.iter().filter(|drawn| drawn.tool == Tool::Cover) {
        covered(&canvas, cover);
    }
    let width = f64::from(canvas.width().max(canvas.height())) / 180.0;
    for property in ["lineCap", "lineJoin"] {
        set(&context, property, &"round".into());
    }
    for stroke in drawn.iter().filter(|drawn| drawn.tool != Tool::Cover) {
        let path = web_sys::Path2d::new_with_path_string(&stroke.path(width * 5.0)).ok()?;
        for (colour, width) in [("#fff", width * 1.8), ("#c8281e", width)] {
            set(&context, "strokeStyle", &colour.into());
            set(&context, "lineWidth", &width.into());
            call(&context, "stroke", &[&path]).ok()?;
        }
    }
    ready(&canvas, &|_| {}).await
}

/// A quarter of the shorter side is one cell: of a plate a character and a half.
fn covered(canvas: &HtmlCanvasElement, cover: &Drawn) -> Option<()> {
    let edge = |at: i32, most: u32| at.clamp(0, most as i32);
    let [left, top, right, bottom] = cover.frame();
    let (left, right) = (edge(left, canvas.width()), edge(right, canvas.width()));
    let (top, bottom) = (edge(top, canvas.height()), edge(bottom, canvas.height()));
    let (width, height) = (right - left, bottom - top);
    let cell = (width.min(height) / 4).max(1);
    let (across, down) = ((width / cell).max(1), (height / cell).max(1));
    let small = blank(across as u32, down as u32)?;
    let number = JsValue::from;
    let there = [left, top, width, height].map(number);
    let here = [0, 0, across, down].map(number);
    let draw =
        |onto: &HtmlCanvasElement, from: &JsValue, of: &[JsValue; 4], to: &[JsValue; 4]| -> Option<()> {
            let context = onto.get_context("2d").ok()??;
            let arguments: Vec<&JsValue> = std::iter::once(from).chain(of).chain(to).collect();
            call(&context, "drawImage", &arguments).ok().map(drop)
        };
    draw(&small, canvas, &there, &here)?;
    draw(canvas, &small, &here, &there)
}

/// Decoded upright: the browser applies the camera's orientation.
async fn decode(file: &Blob) -> Option<ImageBitmap> {
    let promise = web_sys::window()?.create_image_bitmap_with_blob(file).ok()?;
    JsFuture::from(promise).await.ok()?.dyn_into().ok()
}

fn blank(width: u32, height: u32) -> Option<HtmlCanvasElement> {
    let document = web_sys::window()?.document()?;
    let canvas: HtmlCanvasElement = document.create_element("canvas").ok()?.unchecked_into();
    canvas.set_width(width);
    canvas.set_height(height);
    Some(canvas)
}

fn scaled(source: &JsValue, (width, height): (u32, u32), side: u32) -> Option<HtmlCanvasElement> {
    let scale = (f64::from(side) / f64::from(width.max(height))).min(1.0);
    let fit = |pixels: u32| ((f64::from(pixels) * scale).round() as u32).max(1);
    let canvas = blank(fit(width), fit(height))?;
    let context = canvas.get_context("2d").ok()??;
    // Drawn by name: the context's own type would bring its whole interface along.
    let place = [0, 0, canvas.width(), canvas.height()].map(JsValue::from);
    let arguments: Vec<&JsValue> = std::iter::once(source).chain(&place).collect();
    call(&context, "drawImage", &arguments).ok()?;
    Some(canvas)
}

async fn encoded(canvas: &HtmlCanvasElement, quality: f64) -> Option<Encoded> {
    let promise = js_sys::Promise::new(&mut |resolve, _| {
        let _ =
            canvas.to_blob_with_type_and_encoder_options(&resolve, "image/jpeg", &JsValue::from_f64(quality));
    });
    let blob: Blob = JsFuture::from(promise).await.ok()?.dyn_into().ok()?;
    let buffer = JsFuture::from(blob.array_buffer()).await.ok()?;
    let bytes = js_sys::Uint8Array::new(&buffer).to_vec();
    let attachment = hashed(&buffer).await.unwrap_or_else(|| AttachmentId::of(&bytes));
    Some(of_canvas(canvas, attachment, bytes))
}

/// Megabytes are the browser's to hash, where the page came by a safe way.
async fn hashed(buffer: &JsValue) -> Option<AttachmentId> {
    let subtle = get(&web_sys::window()?.crypto().ok()?.into(), "subtle");
    let hash = wait_for(&subtle, "digest", &[&"SHA-256".into(), buffer]).await.ok()?;
    js_sys::Uint8Array::new(&hash).to_vec().try_into().ok().map(AttachmentId::from_bytes)
}

/// A small one is encoded where it is called: the browser keeps what is asked for as a blob for idle
/// moments, a third of a second on a slow tablet.
fn encoded_now(canvas: &HtmlCanvasElement, quality: f64) -> Option<Encoded> {
    let quality = JsValue::from_f64(quality);
    let address = canvas.to_data_url_with_type_and_encoder_options("image/jpeg", &quality).ok()?;
    let base64 = address.strip_prefix("data:image/jpeg;base64,")?;
    // Every letter is a byte.
    let bytes: Vec<u8> = web_sys::window()?.atob(base64).ok()?.chars().map(|letter| letter as u8).collect();
    Some(of_canvas(canvas, AttachmentId::of(&bytes), bytes))
}

fn of_canvas(canvas: &HtmlCanvasElement, attachment: AttachmentId, bytes: Vec<u8>) -> Encoded {
    let picture =
        Picture { attachment, size: bytes.len() as u32, width: canvas.width(), height: canvas.height() };
    Encoded { picture, bytes }
}
