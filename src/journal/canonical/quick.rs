//! A quick look at text that is most likely canonical already: nothing is built, nothing is copied.
//! Only where there are many entries, on the server, it is worth its size.

use super::MAX_INTEGER;
use crate::text::is_nfc;

/// Whether a text is in its canonical form already, as what programs write and keep is. "No" only means
/// that it is not certain without a closer look, which `parse` and `write` are: an escape, a key
/// beyond ASCII, deep nesting.
pub(crate) fn is_canonical(text: &str) -> bool {
    let mut scan = Scan { text, at: 0 };
    scan.value(0) && scan.at == text.len()
}

struct Scan<'a> {
    text: &'a str,
    at: usize,
}

impl Scan<'_> {
    fn is(&self, byte: u8) -> bool {
        self.text.as_bytes().get(self.at) == Some(&byte)
    }

    fn take(&mut self, byte: u8) -> bool {
        let is = self.is(byte);
        self.at += usize::from(is);
        is
    }

    fn value(&mut self, depth: u8) -> bool {
        // serde_json reads 127 levels.
        if depth > 100 {
            return false;
        }
        let rest = &self.text[self.at..];
        match rest.as_bytes().first() {
            Some(b'{') => self.object(depth),
            Some(b'[') => self.list(depth),
            Some(b'"') => self.string().is_some(),
            Some(b'-' | b'0'..=b'9') => self.integer(),
            _ => {
                let word = ["null", "true", "false"].into_iter().find(|word| rest.starts_with(word));
                self.at += word.map_or(0, str::len);
                word.is_some()
            }
        }
    }

    fn object(&mut self, depth: u8) -> bool {
        self.at += 1;
        let mut before = "";
        let mut first = true;
        while !self.take(b'}') {
            if !first && !self.take(b',') {
                return false;
            }
            let from = self.at;
            let Some(to) = self.string() else { return false };
            let key = &self.text[from..to];
            if !key.is_ascii() || key <= before || !self.take(b':') || !self.value(depth + 1) {
                return false;
            }
            (before, first) = (&self.text[from..to], false);
        }
        true
    }

    fn list(&mut self, depth: u8) -> bool {
        self.at += 1;
        let mut first = true;
        while !self.take(b']') {
            if !first && !self.take(b',') || !self.value(depth + 1) {
                return false;
            }
            first = false;
        }
        true
    }

    /// Passes a string without escapes; answers where its closing quote is.
    fn string(&mut self) -> Option<usize> {
        if !self.take(b'"') {
            return None;
        }
        let rest = &self.text[self.at..];
        let length = rest.bytes().position(|byte| matches!(byte, b'"' | b'\\' | 0..=31))?;
        self.at += length;
        let end = self.at;
        (self.take(b'"') && is_nfc(&rest[..length])).then_some(end)
    }

    fn integer(&mut self) -> bool {
        let negative = self.take(b'-');
        let rest = &self.text[self.at..];
        let length = rest.bytes().position(|byte| !byte.is_ascii_digit()).unwrap_or(rest.len());
        self.at += length;
        let digits = &rest[..length];
        let shortest = !digits.starts_with('0') || digits == "0" && !negative;
        shortest && digits.parse().is_ok_and(|number: u64| number <= MAX_INTEGER)
    }
}
