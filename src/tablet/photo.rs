//! A photo on its way in: turned upright, scaled down, with a thumbnail.

use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, File, HtmlCanvasElement, ImageBitmap};

use crate::journal::AttachmentId;
use crate::protocol::MAX_ATTACHMENT_BYTES;
use crate::visit::Picture;

/// The longest side that is kept, in pixels.
const LONGEST_SIDE: u32 = 2_048;
/// The longest side of a thumbnail, in pixels.
const THUMBNAIL_SIDE: u32 = 240;
/// The largest thumbnail, in bytes.
const THUMBNAIL_BYTES: usize = 12_000;

/// Why a file was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NotAPhoto {
    /// The browser cannot read it as a picture.
    NotAnImage,
    /// Over 20 MB.
    TooLarge,
}

/// A photo that is ready to be kept.
pub(crate) struct Photo {
    pub(crate) picture: Picture,
    pub(crate) thumbnail: Picture,
    pub(crate) bytes: Vec<u8>,
    pub(crate) thumbnail_bytes: Vec<u8>,
}

/// Reads a file from camera or folder.
pub(crate) async fn read(file: File) -> Result<Photo, NotAPhoto> {
    if file.size() > MAX_ATTACHMENT_BYTES as f64 {
        return Err(NotAPhoto::TooLarge);
    }
    let bitmap = decode(&file).await.ok_or(NotAPhoto::NotAnImage)?;
    let (bytes, width, height) = scaled(&bitmap, LONGEST_SIDE, 0.85).await.ok_or(NotAPhoto::NotAnImage)?;
    let mut quality = 0.7;
    let (thumbnail_bytes, small_width, small_height) = loop {
        let thumbnail = scaled(&bitmap, THUMBNAIL_SIDE, quality).await.ok_or(NotAPhoto::NotAnImage)?;
        if thumbnail.0.len() <= THUMBNAIL_BYTES || quality < 0.2 {
            break thumbnail;
        }
        quality -= 0.15;
    };
    bitmap.close();
    let picture = |bytes: &[u8], width, height| Picture {
        attachment: AttachmentId::of(bytes),
        size: bytes.len() as u32,
        width,
        height,
    };
    Ok(Photo {
        picture: picture(&bytes, width, height),
        thumbnail: picture(&thumbnail_bytes, small_width, small_height),
        bytes,
        thumbnail_bytes,
    })
}

/// Decoded upright: the browser applies the camera's orientation.
async fn decode(file: &Blob) -> Option<ImageBitmap> {
    let promise = web_sys::window()?.create_image_bitmap_with_blob(file).ok()?;
    JsFuture::from(promise).await.ok()?.dyn_into().ok()
}

async fn scaled(bitmap: &ImageBitmap, side: u32, quality: f64) -> Option<(Vec<u8>, u32, u32)> {
    let (width, height) = (bitmap.width(), bitmap.height());
    let scale = (f64::from(side) / f64::from(width.max(height))).min(1.0);
    let fit = |pixels: u32| ((f64::from(pixels) * scale).round() as u32).max(1);
    let (width, height) = (fit(width), fit(height));
    let document = web_sys::window()?.document()?;
    let canvas: HtmlCanvasElement = document.create_element("canvas").ok()?.unchecked_into();
    canvas.set_width(width);
    canvas.set_height(height);
    let context = canvas.get_context("2d").ok()??;
    // Drawn by name: the context's own type would bring its whole interface along.
    let draw: js_sys::Function = js_sys::Reflect::get(&context, &"drawImage".into()).ok()?.dyn_into().ok()?;
    let arguments = js_sys::Array::of5(bitmap, &0.into(), &0.into(), &width.into(), &height.into());
    draw.apply(&context, &arguments).ok()?;
    let promise = js_sys::Promise::new(&mut |resolve, _| {
        let _ =
            canvas.to_blob_with_type_and_encoder_options(&resolve, "image/jpeg", &JsValue::from_f64(quality));
    });
    let blob: Blob = JsFuture::from(promise).await.ok()?.dyn_into().ok()?;
    let buffer = JsFuture::from(blob.array_buffer()).await.ok()?;
    Some((js_sys::Uint8Array::new(&buffer).to_vec(), width, height))
}
