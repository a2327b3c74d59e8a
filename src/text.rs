//! Unicode normal forms and capitals. A browser brings their tables along, so the app does not carry
//! them a second time: they were a tenth of it.

use std::borrow::Cow;

/// Whether a character is the same in every normal form and never joins its neighbours: ASCII, the
/// ideographs and the punctuation between them. Most of what is typed here, and no table is asked.
fn is_plain(c: char) -> bool {
    matches!(c, '\0'..='\x7f' | '\u{3001}'..='\u{3029}' | '\u{4e00}'..='\u{9fff}' | '“' | '”' | '—' | '·')
}

/// Whether a text is in NFC.
pub(crate) fn is_nfc(text: &str) -> bool {
    text.chars().all(is_plain) || tables::is_nfc(text)
}

/// NFC.
pub(crate) fn nfc(text: &str) -> Cow<'_, str> {
    if is_nfc(text) { Cow::Borrowed(text) } else { Cow::Owned(tables::nfc(text)) }
}

/// NFKC: full width becomes half width.
pub(crate) fn nfkc(text: &str) -> String {
    if text.chars().all(is_plain) { text.to_owned() } else { tables::nfkc(text) }
}

/// Capitals.
pub(crate) fn upper(text: &str) -> String {
    if text.chars().all(is_plain) { text.to_ascii_uppercase() } else { tables::upper(text) }
}

#[cfg(not(target_arch = "wasm32"))]
mod tables {
    use unicode_normalization::UnicodeNormalization as _;

    // A look at each character, without a copy: every string of every entry passes here.
    pub(super) fn is_nfc(text: &str) -> bool {
        unicode_normalization::is_nfc(text)
    }
    pub(super) fn nfc(text: &str) -> String {
        text.nfc().collect()
    }
    pub(super) fn nfkc(text: &str) -> String {
        text.nfkc().collect()
    }
    pub(super) fn upper(text: &str) -> String {
        text.to_uppercase()
    }
}

#[cfg(target_arch = "wasm32")]
mod tables {
    use js_sys::JsString;

    pub(super) fn is_nfc(text: &str) -> bool {
        nfc(text) == text
    }
    pub(super) fn nfc(text: &str) -> String {
        JsString::from(text).normalize("NFC").into()
    }
    pub(super) fn nfkc(text: &str) -> String {
        JsString::from(text).normalize("NFKC").into()
    }
    pub(super) fn upper(text: &str) -> String {
        JsString::from(text).to_upper_case().into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_called_plain_is_what_the_tables_leave_alone() {
        for c in ('\0'..='\u{ffff}').filter(|c| is_plain(*c)) {
            let alone = c.to_string();
            assert_eq!(tables::nfc(&alone), alone);
            assert_eq!(tables::nfkc(&alone), alone);
            assert_eq!(tables::upper(&alone), alone.to_ascii_uppercase());
        }
        let all: String = ('\0'..='\u{ffff}').filter(|c| is_plain(*c)).collect();
        assert_eq!(tables::nfkc(&all), all, "plain characters never join each other");
    }

    #[test]
    fn full_width_becomes_half_width_and_marks_join_their_letters() {
        assert_eq!(nfkc("４８，６００ｋｍ"), "48,600km");
        assert_eq!(nfc("e\u{301}"), "é");
        assert!(!is_nfc("e\u{301}") && is_nfc("é") && is_nfc("粤B·D12345"));
        assert_eq!(upper("ärger 粤b"), "ÄRGER 粤B");
    }
}
