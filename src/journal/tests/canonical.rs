//! Canonical JSON, held against an independent implementation.

use std::fmt::Write as _;
use std::process::Command;

use crate::journal::canonical::place_of;
use crate::journal::canonical::quick::is_canonical;
use crate::journal::{parse_canonical, write_canonical};

#[test]
fn floats_large_integers_duplicate_keys_and_other_forms_than_nfc_are_refused() {
    for text in [
        "1.5",
        "1e3",
        "-0",
        "9007199254740993",
        "-9007199254740993",
        r#"{"a":1,"a":1}"#,
        r#"{"a":1,"\u0061":2}"#,
        "\"e\u{301}\"",
        r#""\ud800""#,
        "[1,]",
        "",
        "nul",
        "{\"e\u{301}\":1}",
    ] {
        assert!(parse_canonical(text.as_bytes()).is_err(), "{text} was read");
        assert!(!is_canonical(text), "{text} was passed on");
    }
}

#[test]
fn keys_are_in_the_order_of_their_utf16_code_units() {
    let value = parse_canonical("{\"\u{e000}\":1,\"\u{1f600}\":2,\"a\":3,\"A\":4}".as_bytes());
    let text = write_canonical(&value.expect("JSON"));
    assert_eq!(text, "{\"A\":4,\"a\":3,\"\u{1f600}\":2,\"\u{e000}\":1}");
}

/// A random document, from a linear congruence: the same on every run.
struct Random(u64);

impl Random {
    fn next(&mut self, below: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % below
    }

    fn string(&mut self) -> String {
        const PIECES: [&str; 24] = [
            "a",
            "Z",
            "0",
            " ",
            "\"",
            "\\",
            "/",
            "\n",
            "\r",
            "\t",
            "\u{8}",
            "\u{c}",
            "\u{1}",
            "\u{1f}",
            "\u{7f}",
            "粤",
            "é",
            "\u{e000}",
            "\u{1f600}",
            "\u{2028}",
            "</script>",
            "\u{fb33}x",
            "ñ",
            "\u{10ffff}",
        ];
        let text: String = (0..self.next(6)).map(|_| PIECES[self.next(24) as usize]).collect();
        unicode_normalization::UnicodeNormalization::nfc(text.as_str()).collect()
    }

    fn document(&mut self, text: &mut String, depth: u64) {
        let kind = self.next(if depth > 3 { 4 } else { 6 });
        match kind {
            0 => text.push_str(["null", "true", "false"][self.next(3) as usize]),
            1 => {
                let digits = self.next(54);
                let number = self.next(u64::from(u32::MAX)).wrapping_mul(self.next(1 << 22));
                let number = (number % (1 << digits)) as i64;
                let _infallible =
                    write!(text, "{}", if number != 0 && self.next(2) == 0 { -number } else { number });
            }
            2 | 3 => text.push_str(&serde_json::to_string(&self.string()).expect("a string")),
            4 => {
                text.push('[');
                for at in 0..self.next(4) {
                    text.push_str(if at > 0 { " , " } else { "" });
                    self.document(text, depth + 1);
                }
                text.push(']');
            }
            _ => {
                let mut keys: Vec<String> = Vec::new();
                for _ in 0..self.next(5) {
                    let key = self.string();
                    if !keys.contains(&key) {
                        keys.push(key);
                    }
                }
                text.push('{');
                for (at, key) in keys.iter().enumerate() {
                    text.push_str(if at > 0 { ",\t" } else { " " });
                    text.push_str(&serde_json::to_string(key).expect("a string"));
                    text.push_str(" :");
                    self.document(text, depth + 1);
                }
                text.push('}');
            }
        }
    }
}

/// The fast look may say "not certain" of anything, but "yes" only of what the slow way leaves alone.
#[test]
fn what_is_passed_on_without_a_closer_look_is_what_a_closer_look_would_write() {
    let mut random = Random(7);
    let mut passed = 0;
    for _ in 0..20_000 {
        let mut document = String::new();
        random.document(&mut document, 0);
        let canonical = write_canonical(&parse_canonical(document.as_bytes()).expect(&document));
        let mut bytes = canonical.clone().into_bytes();
        let at = random.next(bytes.len() as u64) as usize;
        bytes[at] = b"{}[],:\"\\ 01-ae"[random.next(14) as usize];
        for text in [Some(document), Some(canonical), String::from_utf8(bytes).ok()].into_iter().flatten() {
            if is_canonical(&text) {
                passed += 1;
                let value = parse_canonical(text.as_bytes()).expect(&text);
                assert_eq!(write_canonical(&value), text);
            }
        }
    }
    assert!(passed > 15_000, "{passed}");
    let entry = r#"{"author":"林","change":{"item_graded":{"grade":null,"list":[]}},"seq":-12,"version":{}}"#;
    assert!(is_canonical(entry));
    for other in
        [r#"{"b":1,"a":2}"#, r#"{"a":1,"a":2}"#, r#"{"a": 1}"#, r#"["\u0061"]"#, "[01]", "[-0]", "[1] "]
    {
        assert!(!is_canonical(other), "{other} was passed on");
    }
    let deep = "[".repeat(300) + &"]".repeat(300);
    assert!(!is_canonical(&deep) && parse_canonical(deep.as_bytes()).is_err());
}

#[test]
fn a_members_place_is_found_among_its_objects_own_members() {
    let text = r#"{"a":"\",\"m\":1","b":{"k":0,"m":[1,2]},"m":[3,4],"z":5}"#;
    assert_eq!(&text[place_of(text, "m").unwrap()], r#","m":[3,4]"#);
    assert_eq!(&text[place_of(text, "z").unwrap()], r#","z":5"#);
    let without = text.replace(r#","m":[3,4]"#, "");
    for (key, follows) in [("m", r#","z":5}"#), ("zz", "}")] {
        let place = place_of(&without, key).unwrap();
        assert!(place.is_empty() && &without[place.start..] == follows);
    }
    for (text, key) in [(text, "a"), (text, "A"), ("{}", "a"), ("", "a")] {
        assert_eq!(place_of(text, key).filter(|place| !place.is_empty()), None);
    }
}

#[test]
fn canonical_json_equals_byte_for_byte_what_an_independent_implementation_makes() {
    let modules = std::env::var("LANEPAD_NODE_MODULES")
        .expect("LANEPAD_NODE_MODULES names the folder that the set-up installed from npm");
    let folder = std::env::temp_dir().join(format!("lanepad-canonical-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a temporary folder");
    let mut random = Random(42);
    let mut documents = String::new();
    let mut ours = String::new();
    for _ in 0..100_000 {
        let mut document = String::new();
        random.document(&mut document, 0);
        let value = parse_canonical(document.as_bytes()).expect(&document);
        documents.push_str(&document);
        documents.push('\n');
        ours.push_str(&write_canonical(&value));
        ours.push('\n');
    }
    let file = folder.join("documents");
    std::fs::write(&file, documents).expect("written");
    let script = "const c=require(process.argv[1]+'/canonicalize');\
        const f=(c.default||c);\
        const lines=require('fs').readFileSync(process.argv[2],'utf8').split('\\n').slice(0,-1);\
        process.stdout.write(lines.map(l=>f(JSON.parse(l))+'\\n').join(''))";
    let output = Command::new("node").args(["-e", script, &modules]).arg(&file).output().expect("node runs");
    std::fs::remove_dir_all(&folder).expect("removed");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let theirs = String::from_utf8(output.stdout).expect("UTF-8");
    for (ours, theirs) in ours.lines().zip(theirs.lines()) {
        assert_eq!(ours, theirs);
    }
    assert_eq!(ours.len(), theirs.len());
}
