//! What a picture file says of itself, read from its bytes without decoding it: a decoder would take
//! four bytes for every pixel first, and the tablet's page would be gone.

/// The most pixels that are decoded: 64 million, 256 MB while it lasts. A tablet's own camera has 8 to
/// 16 million, a phone's up to 50.
pub const MOST_PIXELS: u64 = 64_000_000;

/// Why a file is not taken as a photo.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotAPicture {
    /// Neither JPEG, PNG nor WebP, or no browser can read it.
    Unreadable,
    /// HEIC, which browsers cannot read: the camera can be set to JPEG.
    Heic,
    /// It ends before its picture does.
    CutOff,
    /// Over 20 MB.
    TooLarge,
    /// More than [`MOST_PIXELS`].
    TooManyPixels {
        /// As the file says.
        width: u32,
        /// As the file says.
        height: u32,
    },
}

/// Width and height of a whole picture, before its orientation is applied.
///
/// # Errors
/// Why it must not or cannot be decoded.
pub fn look_at(bytes: &[u8]) -> Result<(u32, u32), NotAPicture> {
    let size = match bytes {
        [0xff, 0xd8, 0xff, ..] => jpeg(bytes),
        [0x89, b'P', b'N', b'G', ..] => png(bytes),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => webp(bytes),
        [_, _, _, _, b'f', b't', b'y', b'p', b'h' | b'm', b'e' | b'i' | b's', ..] => {
            return Err(NotAPicture::Heic);
        }
        _ => return Err(NotAPicture::Unreadable),
    };
    let (width, height) = size.ok_or(NotAPicture::CutOff)?;
    match u64::from(width) * u64::from(height) {
        0 => Err(NotAPicture::Unreadable),
        1..=MOST_PIXELS => Ok((width, height)),
        _ => Err(NotAPicture::TooManyPixels { width, height }),
    }
}

fn two(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from(*bytes.get(at)?) << 8 | u32::from(*bytes.get(at + 1)?))
}

/// From the end, where it stands in a whole file of 10 MB.
fn holds(bytes: &[u8], what: &[u8]) -> bool {
    bytes.windows(what.len()).rev().any(|window| window == what)
}

/// ISO 10918-1, annex B: segments with their lengths up to the first scan, whose end is `FF D9`. Behind
/// it cameras write what they like.
fn jpeg(bytes: &[u8]) -> Option<(u32, u32)> {
    let (mut at, mut size) = (2, None);
    loop {
        match (*bytes.get(at)?, *bytes.get(at + 1)?) {
            (0xff, 0xff) => at += 1,
            (0xff, 0xda) => return size.filter(|_| holds(&bytes[at..], &[0xff, 0xd9])),
            (0xff, marker) => {
                // A frame, of whatever kind; C4, C8 and CC are tables.
                if matches!(marker, 0xc0..=0xcf if !matches!(marker, 0xc4 | 0xc8 | 0xcc)) {
                    size = Some((two(bytes, at + 7)?, two(bytes, at + 5)?));
                }
                at += 2 + two(bytes, at + 2)? as usize;
            }
            _ => return None,
        }
    }
}

/// Width and height stand in the first chunk; the last one is `IEND`.
fn png(bytes: &[u8]) -> Option<(u32, u32)> {
    let four = |at| Some(two(bytes, at)? << 16 | two(bytes, at + 2)?);
    Some((four(16)?, four(20)?)).filter(|_| holds(&bytes[24..], b"IEND"))
}

/// The container says its length; its first chunk is one of three.
fn webp(bytes: &[u8]) -> Option<(u32, u32)> {
    let small = |at: usize| bytes.get(at).map(|byte| u32::from(*byte));
    let pair = |at| Some(small(at)? | small(at + 1)? << 8);
    let length = pair(4)? | pair(6)? << 16;
    let size = match bytes.get(12..16)? {
        b"VP8X" => (1 + (pair(24)? | small(26)? << 16), 1 + (pair(27)? | small(29)? << 16)),
        b"VP8L" => {
            let bits = pair(21)? | pair(23)? << 16;
            (1 + (bits & 0x3fff), 1 + (bits >> 14 & 0x3fff))
        }
        _ => (pair(26)? & 0x3fff, pair(28)? & 0x3fff),
    };
    Some(size).filter(|_| bytes.len() as u64 >= u64::from(length) + 8)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A JPEG with a thumbnail of its own in its Exif, a table, a frame and a scan.
    fn jpeg_of(width: u16, height: u16) -> Vec<u8> {
        let mut bytes = vec![0xff, 0xd8, 0xff, 0xe1, 0, 10, 0xff, 0xd8, 0xff, 0xda, 0, 0, 0xff, 0xd9];
        bytes.extend([0xff, 0xff, 0xc4, 0, 4, 1, 2, 0xff, 0xc2, 0, 9, 8]);
        bytes.extend(height.to_be_bytes());
        bytes.extend(width.to_be_bytes());
        bytes.extend([1, 0, 0xff, 0xda, 0, 3, 1, 9, 9, 0xff, 0, 9, 0xff, 0xd9]);
        bytes
    }

    #[test]
    fn a_picture_says_its_size_before_it_is_decoded() {
        assert_eq!(look_at(&jpeg_of(4_000, 3_000)), Ok((4_000, 3_000)));
        let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\x03\x20\0\0\x02\x58".to_vec();
        png.extend(b"\x08\x02\0\0\0....\0\0\0\0IEND");
        assert_eq!(look_at(&png), Ok((800, 600)));
        let mut webp = b"RIFF\x16\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0".to_vec();
        webp.extend([0x1f, 0x03, 0, 0x57, 0x02, 0]);
        assert_eq!(look_at(&webp), Ok((800, 600)));
    }

    #[test]
    fn a_hundred_million_pixels_are_refused_by_their_header() {
        let why = NotAPicture::TooManyPixels { width: 10_000, height: 10_000 };
        assert_eq!(look_at(&jpeg_of(10_000, 10_000)), Err(why));
        assert_eq!(look_at(&jpeg_of(8_192, 6_144)), Ok((8_192, 6_144)), "50 million are a phone's");
    }

    #[test]
    fn a_photo_cut_off_at_any_byte_is_told_from_a_whole_one_whatever_its_thumbnail_ends_with() {
        let whole = jpeg_of(640, 480);
        for end in 3..whole.len() {
            assert_eq!(look_at(&whole[..end]), Err(NotAPicture::CutOff), "{end} bytes");
        }
        let mut with_more = whole;
        with_more.extend(b"what a camera appends");
        assert_eq!(look_at(&with_more), Ok((640, 480)));
    }

    #[test]
    fn what_no_browser_reads_is_named() {
        for brand in ["heic", "heix", "mif1", "msf1"] {
            let file = format!("\0\0\0\x18ftyp{brand}\0\0\0\0");
            assert_eq!(look_at(file.as_bytes()), Err(NotAPicture::Heic), "{brand}");
        }
        for file in [&b""[..], b"not a picture", b"\0\0\0\x18ftypavif\0\0\0\0", b"GIF89a"] {
            assert_eq!(look_at(file), Err(NotAPicture::Unreadable));
        }
        assert_eq!(look_at(&jpeg_of(0, 480)), Err(NotAPicture::Unreadable));
    }
}
