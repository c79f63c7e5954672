//! How a cost grows: a parabola through three sizes, and what it comes to at sizes that take long to measure.

use crate::count::Count;

/// Bytes, and what they cost.
pub(crate) type Point = (f64, f64);

/// How much more two megabytes would cost than one, as three smaller sizes let expect: 2 is linear, 4 is quadratic.
pub(crate) fn doubling(points: [Point; 3]) -> f64 {
    const MEGABYTE: f64 = 1_000_000.0;
    let at = |size: f64| interpolate(points, size);
    let (one, two) = (at(MEGABYTE), at(2.0 * MEGABYTE));
    // Where the cost hardly grows, nothing can be said of how it does.
    if one > 0.0 && two > 0.0 { two / one } else { 1.0 }
}

fn interpolate([(x0, y0), (x1, y1), (x2, y2)]: [Point; 3], x: f64) -> f64 {
    y0 * (x - x1) * (x - x2) / ((x0 - x1) * (x0 - x2))
        + y1 * (x - x0) * (x - x2) / ((x1 - x0) * (x1 - x2))
        + y2 * (x - x0) * (x - x1) / ((x2 - x0) * (x2 - x1))
}

/// The factor by which the cost of a byte grew where the bytes doubled, times two.
pub(crate) fn last_doubling([_, (x1, y1), (x2, y2)]: [Point; 3]) -> f64 {
    2.0 * (y2 / y1) / (x2 / x1)
}

/// The function whose own cost bends most.
pub(crate) fn to_blame(counts: &[Count; 3], sizes: [f64; 3]) -> String {
    let bend = |name: &String| {
        let cost = |at: usize| counts[at].by_function.get(name).copied().unwrap_or_default() as f64;
        let slope = |from: usize, to: usize| (cost(to) - cost(from)) / (sizes[to] - sizes[from]);
        slope(1, 2) - slope(0, 1)
    };
    let names = counts[2].by_function.keys();
    names.max_by(|left, right| bend(left).total_cmp(&bend(right))).cloned().unwrap_or_default()
}
