//! The outline of a zone: its points, and what lies in it or how far beside it.

use super::{Body, ZoneShape, path};

/// Points of the fold-out.
pub(super) type Outline = Vec<(f64, f64)>;

/// A zone's outline as points of the fold-out: curves flattened, arcs by their chord.
pub(super) fn outline(body: Body, zone: &ZoneShape) -> Outline {
    let mut numbers = Vec::new();
    let mut points = Outline::new();
    let mut command = 'M';
    let mut rest = path(body, zone);
    while let Some(c) = rest.chars().next() {
        if c.is_ascii_alphabetic() {
            command = c;
            numbers.clear();
            rest = &rest[1..];
        } else if c == ' ' || c == ',' {
            rest = &rest[1..];
        } else {
            let end =
                rest[1..].find(|c: char| !c.is_ascii_digit() && c != '.').map_or(rest.len(), |at| at + 1);
            numbers.push(number(&rest[..end]));
            rest = &rest[end..];
        }
        add(&mut points, command, &mut numbers);
    }
    points.into_iter().map(|(x, y)| zone.view.place(body, x, y)).collect()
}

/// A number of a path, `-12.75`: exact there, and without the tables that reading any number takes,
/// which were a fiftieth of the app.
fn number(text: &str) -> f64 {
    let digits = text.bytes().filter(u8::is_ascii_digit);
    let digits = digits.fold(0_i32, |number, digit| number * 10 + i32::from(digit - b'0'));
    let decimals = text.find('.').map_or(0, |at| text.len() - at - 1);
    let scale = (0..decimals).fold(1.0, |scale, _| scale * 10.0);
    f64::from(if text.starts_with('-') { -digits } else { digits }) / scale
}

fn add(points: &mut Vec<(f64, f64)>, command: char, numbers: &mut Vec<f64>) {
    match (command, numbers.as_slice()) {
        ('M' | 'L', [x, y]) => points.push((*x, *y)),
        ('A', [_, _, _, _, _, x, y]) => points.push((*x, *y)),
        ('C', [x1, y1, x2, y2, x3, y3]) => {
            let (x0, y0) = points.last().copied().unwrap_or((*x1, *y1));
            for step in 1..=6 {
                let t = f64::from(step) / 6.0;
                let u = 1.0 - t;
                let at = |a: f64, b: f64, c: f64, d: f64| {
                    u * u * u * a + 3.0 * u * u * t * b + 3.0 * u * t * t * c + t * t * t * d
                };
                points.push((at(x0, *x1, *x2, *x3), at(y0, *y1, *y2, *y3)));
            }
        }
        _ => return,
    }
    numbers.clear();
}

pub(super) fn bounds(outline: &[(f64, f64)]) -> ((f64, f64), (f64, f64)) {
    let grow = |(low, high): ((f64, f64), (f64, f64)), (x, y): &(f64, f64)| {
        ((low.0.min(*x), low.1.min(*y)), (high.0.max(*x), high.1.max(*y)))
    };
    outline.iter().fold((outline[0], outline[0]), grow)
}

fn edges(outline: &[(f64, f64)]) -> impl Iterator<Item = ((f64, f64), (f64, f64))> {
    outline.iter().copied().zip(outline.iter().copied().cycle().skip(1))
}

pub(super) fn contains(outline: &[(f64, f64)], x: f64, y: f64) -> bool {
    let crosses = |((x1, y1), (x2, y2)): &((f64, f64), (f64, f64))| {
        (*y1 > y) != (*y2 > y) && x < (x2 - x1) * (y - y1) / (y2 - y1) + x1
    };
    edges(outline).filter(crosses).count() % 2 == 1
}

pub(super) fn area(outline: &[(f64, f64)]) -> f64 {
    edges(outline).map(|((x1, y1), (x2, y2))| x1 * y2 - x2 * y1).sum::<f64>().abs() / 2.0
}

/// The length of a vector: a square root, not the library's careful one.
pub(crate) fn length(dx: f64, dy: f64) -> f64 {
    (dx * dx + dy * dy).sqrt()
}

pub(super) fn distance(outline: &[(f64, f64)], x: f64, y: f64) -> f64 {
    let to_edge = |((x1, y1), (x2, y2)): ((f64, f64), (f64, f64))| {
        let (dx, dy) = (x2 - x1, y2 - y1);
        let square = dx * dx + dy * dy;
        let t = if square == 0.0 { 0.0 } else { (((x - x1) * dx + (y - y1) * dy) / square).clamp(0.0, 1.0) };
        length(x - x1 - t * dx, y - y1 - t * dy)
    };
    edges(outline).map(to_edge).fold(f64::INFINITY, f64::min)
}

#[cfg(test)]
mod tests {
    use super::super::{Body, path, zones};
    use super::number;

    #[test]
    fn every_number_of_every_path_is_read_as_it_is_written() {
        let all = Body::ALL.into_iter().flat_map(|body| zones(body).iter().map(move |zone| (body, zone)));
        for (body, zone) in all {
            for text in path(body, zone).split(|c: char| !c.is_ascii_digit() && c != '.' && c != '-') {
                assert!(text.is_empty() || text.parse() == Ok(number(text)), "{}: {text}", zone.id);
            }
        }
        assert_eq!(number("-12.75"), -12.75);
    }
}
