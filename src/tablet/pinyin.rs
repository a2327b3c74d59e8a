//! The usual initial of a Chinese character. The browser sorts by pinyin, so a character stands between
//! the first ones of two letters: no table is carried.

use js_sys::{Function, Map, Object, Reflect};
use wasm_bindgen::JsValue;

use crate::visit::initials;

/// The first characters of each letter in the order of pinyin (I, U and V begin no syllable).
const FIRST: [(char, char); 23] = [
    ('A', '阿'),
    ('B', '八'),
    ('C', '嚓'),
    ('D', '哒'),
    ('E', '妸'),
    ('F', '发'),
    ('G', '旮'),
    ('H', '哈'),
    ('J', '讥'),
    ('K', '咔'),
    ('L', '垃'),
    ('M', '妈'),
    ('N', '拏'),
    ('O', '噢'),
    ('P', '妑'),
    ('Q', '七'),
    ('R', '呥'),
    ('S', '仨'),
    ('T', '它'),
    ('W', '穵'),
    ('X', '夕'),
    ('Y', '丫'),
    ('Z', '帀'),
];

/// How the browser compares by pinyin, and what it said of characters before.
struct Order {
    compare: Function,
    known: Map,
}

thread_local! {
    static ORDER: Option<Order> = order();
}

/// None where the browser does not know pinyin.
fn order() -> Option<Order> {
    let tags = js_sys::Array::of1(&"zh-u-co-pinyin".into());
    let collator = js_sys::Intl::Collator::new(&tags, &Object::new());
    let options = collator.resolved_options();
    let is = Reflect::get(&options, &"collation".into()).ok()?.as_string()?;
    (is == "pinyin").then(|| Order { compare: collator.compare(), known: Map::new() })
}

fn usual(order: &Order, character: char) -> Option<char> {
    let text = JsValue::from(character.to_string());
    let known = order.known.get(&text);
    let at = match known.as_f64() {
        Some(at) => at as usize,
        None => {
            let comes_first = |first: char| {
                let before = order.compare.call2(&JsValue::NULL, &first.to_string().into(), &text);
                before.is_ok_and(|before| before.as_f64().is_some_and(|before| before <= 0.0))
            };
            let at = FIRST.partition_point(|(_, first)| comes_first(*first));
            order.known.set(&text, &JsValue::from(at as u32));
            at
        }
    };
    // Before the first of A: no character whose reading is known.
    FIRST.get(at.checked_sub(1)?).map(|(letter, _)| *letter)
}

/// What a name is found by beside itself.
pub fn initials_of(name: &str) -> String {
    ORDER.with(|order| {
        order.as_ref().map(|order| initials(name, &|character| usual(order, character))).unwrap_or_default()
    })
}
