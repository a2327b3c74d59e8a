//! Pictures for the tests: drawn by the browser, with what a camera would write into them.

use crate::browser::Browser;

/// A JPEG of this size, its left half red and its right half blue, as a camera's chip sees it.
pub(crate) async fn drawn(browser: &Browser, width: u32, height: u32) -> Vec<u8> {
    let script = "const c = document.createElement('canvas'); c.width = arguments[0]; c.height = arguments[1]; const g = c.getContext('2d'); g.fillStyle = '#f00'; g.fillRect(0, 0, c.width / 2, c.height); g.fillStyle = '#00f'; g.fillRect(c.width / 2, 0, c.width / 2, c.height); return c.toDataURL('image/jpeg', 0.9).split(',')[1]";
    let text = browser.js(script, vec![width.into(), height.into()]).await;
    base64(text.as_str().expect("a picture"))
}

/// A square JPEG of noise, which no encoder makes small.
pub(crate) async fn noisy(browser: &Browser, side: u32) -> Vec<u8> {
    let script = "const c = document.createElement('canvas'); c.width = c.height = arguments[0]; const g = c.getContext('2d'); const p = g.createImageData(c.width, c.height); for (let i = 0; i < p.data.length; i += 4) { p.data[i] = Math.random() * 256; p.data[i + 1] = Math.random() * 256; p.data[i + 2] = Math.random() * 256; p.data[i + 3] = 255; } g.putImageData(p, 0, 0); return c.toDataURL('image/jpeg', 0.9).split(',')[1]";
    base64(browser.js(script, vec![side.into()]).await.as_str().expect("a picture"))
}

/// What a camera writes behind the first marker: how it was held, a remark, and where it was.
pub(crate) fn with_exif(jpeg: &[u8], orientation: u16, remark: &str, day: &str) -> Vec<u8> {
    let (remark, day) = (format!("{remark}\0"), format!("{day}\0"));
    // A TIFF of its own: header (8), first directory (2 + 3 × 12 + 4), remark, GPS directory (2 + 12 + 4), day.
    let remark_at = 8 + 42;
    let gps_at = remark_at + remark.len() as u32;
    let day_at = gps_at + 18;
    let mut tiff = b"MM\0\x2a\0\0\0\x08".to_vec();
    let field = |tiff: &mut Vec<u8>, tag: u16, kind: u16, count: u32, value: [u8; 4]| {
        tiff.extend(tag.to_be_bytes());
        tiff.extend(kind.to_be_bytes());
        tiff.extend(count.to_be_bytes());
        tiff.extend(value);
    };
    const ASCII: u16 = 2;
    const SHORT: u16 = 3;
    const LONG: u16 = 4;
    tiff.extend(3_u16.to_be_bytes());
    field(&mut tiff, 0x010e, ASCII, remark.len() as u32, remark_at.to_be_bytes());
    field(&mut tiff, 0x0112, SHORT, 1, (u32::from(orientation) << 16).to_be_bytes());
    field(&mut tiff, 0x8825, LONG, 1, gps_at.to_be_bytes());
    tiff.extend([0; 4]);
    tiff.extend(remark.as_bytes());
    tiff.extend(1_u16.to_be_bytes());
    field(&mut tiff, 0x001d, ASCII, day.len() as u32, day_at.to_be_bytes());
    tiff.extend([0; 4]);
    tiff.extend(day.as_bytes());
    let mut bytes = jpeg[..2].to_vec();
    bytes.extend([0xff, 0xe1]);
    bytes.extend(((2 + 6 + tiff.len()) as u16).to_be_bytes());
    bytes.extend(b"Exif\0\0");
    bytes.extend(tiff);
    bytes.extend(&jpeg[2..]);
    bytes
}

/// Width and height that a JPEG says of itself.
pub(crate) fn size_of(jpeg: &[u8]) -> (u16, u16) {
    let number = |at: usize| u16::from_be_bytes([jpeg[at], jpeg[at + 1]]);
    let mut at = 2;
    loop {
        let marker = jpeg[at + 1];
        if (0xc0..=0xc2).contains(&marker) {
            return (number(at + 7), number(at + 5));
        }
        at += 2 + usize::from(number(at + 2));
    }
}

pub(crate) fn base64(text: &str) -> Vec<u8> {
    let value = |c: u8| match c {
        b'A'..=b'Z' => c - b'A',
        b'a'..=b'z' => c - b'a' + 26,
        b'0'..=b'9' => c - b'0' + 52,
        b'+' => 62,
        _ => 63,
    };
    let digits: Vec<u8> = text.bytes().filter(|c| *c != b'=').map(value).collect();
    let mut bytes = Vec::with_capacity(digits.len() * 3 / 4);
    for four in digits.chunks(4) {
        let word =
            four.iter().fold(0_u32, |word, digit| word << 6 | u32::from(*digit)) << (6 * (4 - four.len()));
        bytes.extend_from_slice(&word.to_be_bytes()[1..four.len()]);
    }
    bytes
}
