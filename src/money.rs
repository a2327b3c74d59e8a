//! Money, quantities and tax: whole fen and thousandths, no float anywhere.

use std::fmt;

use crate::record::kept_within;
use crate::text::nfkc;

/// Why a text is no amount or quantity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotANumber {
    /// Something else than digits, a point and separators of thousands; also `9.13E+17`, which a
    /// spreadsheet made of a number.
    Unreadable,
    /// More places behind the point than there are.
    TooFine,
    /// More than can be counted.
    TooLarge,
}

/// An amount in fen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fen(pub i64);

/// Hours or pieces, in thousandths.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Quantity(pub i64);

kept_within!(Fen);
kept_within!(Quantity);

/// A rate of tax in hundredths of a per cent: 1,300 are 13 %.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TaxRate(pub u16);

/// Reads `1,286.50`, `￥1286.5`, `-3` as a whole number of the smallest unit.
fn read(text: &str, places: u32) -> Result<i64, NotANumber> {
    let text = nfkc(text);
    let text = text.trim().trim_start_matches(['¥', '￥']).trim_end_matches('元').trim();
    let (negative, digits) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
    let (whole, behind) = digits.split_once('.').unwrap_or((digits, ""));
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or_default();
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    // Separators stand before three digits each or nowhere: `1,28` is a slip, perhaps of a decimal comma.
    let grouped = whole.contains(',');
    if !is_number(first)
        || grouped && first.len() > 3
        || !groups.all(|group| group.len() == 3 && is_number(group))
    {
        return Err(NotANumber::Unreadable);
    }
    if digits.ends_with('.') || !behind.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(NotANumber::Unreadable);
    }
    let behind = behind.trim_end_matches('0');
    if behind.len() > places as usize {
        return Err(NotANumber::TooFine);
    }
    let mut number: i64 = 0;
    let padding = std::iter::repeat_n(b'0', places as usize - behind.len());
    for digit in whole.bytes().filter(u8::is_ascii_digit).chain(behind.bytes()).chain(padding) {
        let more = number.checked_mul(10).and_then(|number| number.checked_add(i64::from(digit - b'0')));
        number = more.ok_or(NotANumber::TooLarge)?;
    }
    Ok(if negative { -number } else { number })
}

/// Divides; half and more is one more, away from zero, so that what is given back equals what was charged.
fn half_up(number: i128, by: i128) -> Option<i64> {
    let half = if number < 0 { -by / 2 } else { by / 2 };
    i64::try_from((number + half) / by).ok()
}

impl Fen {
    /// An amount as people type it and as other programs write it.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn read(text: &str) -> Result<Self, NotANumber> {
        read(text, 2).map(Self)
    }

    /// So many at this price, to the fen, half up; `None` beyond what can be counted.
    pub fn times(self, quantity: Quantity) -> Option<Self> {
        half_up(i128::from(self.0) * i128::from(quantity.0), 1_000).map(Self)
    }

    /// The sum; `None` beyond what can be counted.
    pub fn plus(self, other: Self) -> Option<Self> {
        self.0.checked_add(other.0).map(Self)
    }

    /// The sum of many; `None` beyond what can be counted.
    pub fn sum(amounts: impl IntoIterator<Item = Self>) -> Option<Self> {
        amounts.into_iter().try_fold(Self(0), Self::plus)
    }

    /// The net and the tax of an amount with its tax in it: 增值税法 Art. 7 has both shown apart.
    pub fn apart(self, rate: TaxRate) -> (Self, Self) {
        let whole = 10_000 + i128::from(rate.0);
        let net = half_up(i128::from(self.0) * 10_000, whole).expect("less than the amount");
        (Self(net), Self(self.0 - net))
    }

    /// The tax that comes on top of a net amount, half up; `None` beyond what can be counted.
    pub fn tax_on_top(self, rate: TaxRate) -> Option<Self> {
        half_up(i128::from(self.0) * i128::from(rate.0), 10_000).map(Self)
    }

    /// 大写: 1286.50 is 壹仟贰佰捌拾陆元伍角整.
    pub fn in_capitals(self) -> String {
        let all = self.0.unsigned_abs();
        let (yuan, jiao, fen) = (all / 100, (all / 10 % 10) as usize, (all % 10) as usize);
        let mut text = String::from(if self.0 < 0 { "负" } else { "" });
        if yuan > 0 || all == 0 {
            text += &if yuan == 0 { "零".to_owned() } else { capitals(yuan) };
            text.push('元');
        }
        match (jiao, fen) {
            (0, 0) => text.push('整'),
            (0, fen) => {
                text += if yuan > 0 { "零" } else { "" };
                text.push(DIGITS[fen]);
                text.push('分');
            }
            (jiao, fen) => {
                text.push(DIGITS[jiao]);
                text.push('角');
                if fen == 0 {
                    text.push('整');
                } else {
                    text.push(DIGITS[fen]);
                    text.push('分');
                }
            }
        }
        text
    }
}

const DIGITS: [char; 10] = ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'];

/// A number above zero. Each unit counts what is above it; 零 stands where a lower part does not begin
/// with its highest place.
fn capitals(number: u64) -> String {
    let units = [(100_000_000, '亿'), (10_000, '万'), (1_000, '仟'), (100, '佰'), (10, '拾')];
    let Some((size, unit)) = units.into_iter().find(|(size, _)| number >= *size) else {
        return DIGITS[number as usize].to_string();
    };
    let (high, low) = (number / size, number % size);
    let mut text = capitals(high);
    text.push(unit);
    if low > 0 {
        if low < size / 10 {
            text.push('零');
        }
        text += &capitals(low);
    }
    text
}

impl fmt::Display for Fen {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        let all = self.0.unsigned_abs();
        let digits = (all / 100).to_string();
        to.write_str(if self.0 < 0 { "-" } else { "" })?;
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) {
                to.write_str(",")?;
            }
            write!(to, "{digit}")?;
        }
        write!(to, ".{:02}", all % 100)
    }
}

impl Quantity {
    /// One piece.
    pub const ONE: Self = Self(1_000);

    /// A quantity as people type it, with up to three places.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn read(text: &str) -> Result<Self, NotANumber> {
        read(text, 3).map(Self)
    }
}

impl fmt::Display for Quantity {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        let all = self.0.unsigned_abs();
        write!(to, "{}{}", if self.0 < 0 { "-" } else { "" }, all / 1_000)?;
        match all % 1_000 {
            0 => Ok(()),
            behind => to.write_str(format!(".{behind:03}").trim_end_matches('0')),
        }
    }
}

/// The net of each line and of all of them. Net lines may miss the net total by fen: the total is right,
/// and the largest line takes the difference.
pub fn net_lines(gross: &[Fen], rate: TaxRate) -> Option<(Vec<Fen>, Fen)> {
    let (net, _) = Fen::sum(gross.iter().copied())?.apart(rate);
    let mut lines: Vec<Fen> = gross.iter().map(|line| line.apart(rate).0).collect();
    let missing = net.0 - Fen::sum(lines.iter().copied())?.0;
    // The first of several that are as large.
    if let Some(largest) = (0..lines.len()).rev().max_by_key(|at| lines[*at].0.unsigned_abs()) {
        lines[largest].0 += missing;
    }
    Some((lines, net))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn amounts_are_read_as_people_and_programs_write_them() {
        for (text, fen) in [
            ("1286.50", 128_650),
            ("1,286.50", 128_650),
            ("￥1,286.50", 128_650),
            ("¥ 1286.5", 128_650),
            ("１２８６．５", 128_650),
            ("0.30", 30),
            (" 12 元", 1_200),
            ("-3", -300),
            ("1.500", 150),
            ("92233720368547758.07", i64::MAX),
        ] {
            assert_eq!(Fen::read(text), Ok(Fen(fen)), "{text}");
        }
        for (text, why) in [
            ("", NotANumber::Unreadable),
            ("9.13E+17", NotANumber::Unreadable),
            ("1,28", NotANumber::Unreadable),
            ("1286,500", NotANumber::Unreadable),
            ("12.", NotANumber::Unreadable),
            (".5", NotANumber::Unreadable),
            ("1.2.3", NotANumber::Unreadable),
            ("--3", NotANumber::Unreadable),
            ("十二", NotANumber::Unreadable),
            ("1.005", NotANumber::TooFine),
            ("92233720368547758.08", NotANumber::TooLarge),
        ] {
            assert_eq!(Fen::read(text), Err(why), "{text}");
        }
        assert_eq!(Quantity::read("0.125"), Ok(Quantity(125)));
        assert_eq!(Quantity::read("0.1255"), Err(NotANumber::TooFine));
    }

    #[test]
    fn amounts_and_quantities_are_written_in_figures() {
        for (fen, text) in [
            (0, "0.00"),
            (5, "0.05"),
            (128_650, "1,286.50"),
            (100_000_000, "1,000,000.00"),
            (-99_905, "-999.05"),
        ] {
            assert_eq!(Fen(fen).to_string(), text);
        }
        for (thousandths, text) in
            [(1_000, "1"), (1_500, "1.5"), (125, "0.125"), (-300, "-0.3"), (10, "0.01")]
        {
            assert_eq!(Quantity(thousandths).to_string(), text);
        }
    }

    #[test]
    fn a_line_is_rounded_half_up_to_the_fen() {
        for (price, quantity, line) in [
            ("158.33", "0.3", "47.50"),
            ("85.15", "0.7", "59.61"),
            ("0.01", "0.5", "0.01"),
            ("0.01", "0.499", "0.00"),
            ("0.01", "-0.5", "-0.01"),
            ("128.00", "1", "128.00"),
        ] {
            let quantity = Quantity::read(quantity).expect("a quantity");
            let product = Fen::read(price).expect("a price").times(quantity);
            assert_eq!(product, Fen::read(line).ok(), "{price} × {quantity}");
        }
        assert_eq!(Fen(i64::MAX).times(Quantity(1_001)), None, "more than can be counted");
        assert_eq!(Fen(i64::MAX).times(Quantity::ONE), Some(Fen(i64::MAX)));
        assert_eq!(Fen::sum([Fen(i64::MAX), Fen(1)]), None);
    }

    #[test]
    fn totals_stand_in_capitals() {
        for (amount, text) in [
            ("1286.50", "壹仟贰佰捌拾陆元伍角整"),
            ("10.05", "壹拾元零伍分"),
            ("1000", "壹仟元整"),
            ("10005.00", "壹万零伍元整"),
            ("0.30", "叁角整"),
            ("0.05", "伍分"),
            ("0", "零元整"),
            ("0.35", "叁角伍分"),
            ("1001.01", "壹仟零壹元零壹分"),
            ("10100", "壹万零壹佰元整"),
            ("100000", "壹拾万元整"),
            ("205000", "贰拾万伍仟元整"),
            ("10010000", "壹仟零壹万元整"),
            ("100001000", "壹亿零壹仟元整"),
            ("123456789012.34", "壹仟贰佰叁拾肆亿伍仟陆佰柒拾捌万玖仟零壹拾贰元叁角肆分"),
            ("1000000000000", "壹万亿元整"),
            ("-12.50", "负壹拾贰元伍角整"),
        ] {
            assert_eq!(Fen::read(amount).expect("an amount").in_capitals(), text, "{amount}");
        }
    }

    #[test]
    fn tax_stands_apart_from_the_net() {
        for (gross, net, tax) in
            [("1286.50", "1138.50", "148.00"), ("100.00", "88.50", "11.50"), ("0.01", "0.01", "0")]
        {
            let (own_net, own_tax) = Fen::read(gross).expect("an amount").apart(TaxRate(1_300));
            assert_eq!((Ok(own_net), Ok(own_tax)), (Fen::read(net), Fen::read(tax)), "{gross}");
        }
        assert_eq!(Fen(128_650).tax_on_top(TaxRate(1_300)), Some(Fen(16_725)), "167.245, half up once");
        assert_eq!(Fen(i64::MAX).tax_on_top(TaxRate(20_000)), None);
        assert_eq!(Fen(10_000).apart(TaxRate(0)), (Fen(10_000), Fen(0)));
        assert_eq!(Fen(10_100).apart(TaxRate(100)), (Fen(10_000), Fen(100)), "a small payer's 1 %");
    }

    #[test]
    fn the_largest_line_takes_what_the_net_lines_miss() {
        // Each of the small ones is 0.885 net, and together they would be three fen too much.
        let gross = [Fen(10_000), Fen(1), Fen(1), Fen(1)];
        let (lines, net) = net_lines(&gross, TaxRate(1_300)).expect("small");
        assert_eq!(net, Fen(10_003).apart(TaxRate(1_300)).0);
        assert_eq!(Fen::sum(lines.iter().copied()), Some(net));
        assert_eq!(lines[1..], [Fen(1), Fen(1), Fen(1)]);
        assert_eq!(net_lines(&[], TaxRate(1_300)), Some((vec![], Fen(0))));
    }

    /// What capitals say, read as a person does: a digit waits for its unit, 万 and 亿 count all before.
    fn read_capitals(text: &str) -> Option<i64> {
        let (negative, text) = text.strip_prefix('负').map_or((false, text), |rest| (true, rest));
        let (mut all, mut section, mut digit) = (0_i64, 0_i64, 0_i64);
        let mut eights = 0_i64;
        let mut fen = 0_i64;
        for c in text.chars() {
            if let Some(value) = DIGITS.iter().position(|known| *known == c) {
                digit = value as i64;
                continue;
            }
            match c {
                '拾' => section += digit * 10,
                '佰' => section += digit * 100,
                '仟' => section += digit * 1_000,
                '万' => {
                    all += (section + digit) * 10_000;
                    section = 0;
                }
                '亿' => {
                    eights = (eights + all + section + digit) * 100_000_000;
                    (all, section) = (0, 0);
                }
                '元' => {
                    fen = (eights + all + section + digit) * 100;
                    section = 0;
                }
                '角' => fen += digit * 10,
                '分' => fen += digit,
                '整' => {}
                _ => return None,
            }
            digit = 0;
        }
        Some(if negative { -fen } else { fen })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn what_capitals_say_is_the_amount(fen in -1_000_000_000_000_000_i64..1_000_000_000_000_000, zeros in 0_u32..12) {
            // Amounts of people are full of zeros.
            let fen = fen / 10_i64.pow(zeros) * 10_i64.pow(zeros);
            let text = Fen(fen).in_capitals();
            prop_assert_eq!(read_capitals(&text), Some(fen), "{}", text);
            prop_assert!(!text.contains("零零"), "{}", text);
        }

        #[test]
        fn what_is_written_is_read_as_the_same(fen in any::<i64>().prop_filter("has an opposite", |fen| *fen != i64::MIN)) {
            prop_assert_eq!(Fen::read(&Fen(fen).to_string()), Ok(Fen(fen)));
        }

        #[test]
        fn net_and_tax_are_the_amount_and_the_lines_are_the_net(lines in prop::collection::vec(-1_000_000_i64..10_000_000, 0..30), rate in 0_u16..3_000) {
            let gross: Vec<Fen> = lines.into_iter().map(Fen).collect();
            let (net_each, net) = net_lines(&gross, TaxRate(rate)).expect("small");
            let all = Fen::sum(gross.iter().copied()).expect("small");
            let (own, tax) = all.apart(TaxRate(rate));
            prop_assert_eq!(own, net);
            prop_assert_eq!(net.plus(tax), Some(all));
            prop_assert_eq!(Fen::sum(net_each), Some(net));
        }
    }
}
