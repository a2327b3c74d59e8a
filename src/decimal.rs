//! Numbers of drawings as text. Printing any float exactly takes tables and long arithmetic, a
//! two-hundredth of the app; a drawing's numbers are small, and tenths are all that is seen.

use std::fmt;

/// A number with so many places behind the point.
pub(crate) struct Decimal(f64, u32);

/// To tenths, `12.5`.
pub(crate) fn tenths(number: f64) -> Decimal {
    Decimal(number, 1)
}

/// To hundredths, `12.50`.
pub(crate) fn hundredths(number: f64) -> Decimal {
    Decimal(number, 2)
}

impl fmt::Display for Decimal {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(number, places) = *self;
        let scale = 10_i64.pow(places);
        let whole = (number * scale as f64).round() as i64;
        let (before, behind) = (whole.abs() / scale, whole.abs() % scale);
        let sign = if whole < 0 { "-" } else { "" };
        write!(to, "{sign}{before}.{behind:0width$}", width = places as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_the_standard_library_rounds_them() {
        for number in [0.0, 0.04, -0.06, 1.96, 12.34, -7.89, 756.0, -0.31, 99.99] {
            let rounded = |places: usize| format!("{number:.places$}");
            assert_eq!(tenths(number).to_string(), rounded(1));
            assert_eq!(hundredths(number).to_string(), rounded(2));
        }
    }
}
