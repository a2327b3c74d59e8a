//! One row per word: name, Chinese, English. A table for each part of the work, in files of their own.

macro_rules! words {
    ($($name:ident: $zh:literal | $en:literal;)*) => {
        impl Language {
            $(
                #[doc = $zh]
                pub fn $name(self) -> &'static str {
                    match self {
                        Self::ZhCn => $zh,
                        Self::En => $en,
                    }
                }
            )*
        }

        #[cfg(test)]
        #[test]
        fn no_word_is_empty_and_english_holds_no_chinese() {
            for (name, zh, en) in [$((stringify!($name), $zh, $en)),*] {
                assert!(!zh.is_empty() && !en.is_empty(), "{name}");
                assert!(!en.chars().any(|c| ('\u{3000}'..='\u{9fff}').contains(&c)), "{name}: {en}");
            }
        }
    };
}
