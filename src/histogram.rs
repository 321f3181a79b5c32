//! How long things took, counted by many threads at once. Whoever does the work keeps the counts,
//! the server shows them.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::Duration;

/// The upper bounds that are counted by, in microseconds: from a row by its key to the longest wait.
const BOUNDS: [u64; 16] = [
    100, 250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000,
    1_000_000, 2_500_000, 5_000_000, 10_000_000,
];

/// Counts of times.
#[derive(Debug)]
pub struct Histogram {
    /// Times within each bound and not within the one before; the last: beyond all.
    counts: [AtomicU64; BOUNDS.len() + 1],
    /// The sum of all times, in microseconds.
    total: AtomicU64,
}

/// What a histogram has counted so far.
#[derive(Debug, Clone)]
pub struct Counted {
    /// Each upper bound, in seconds, and how many times lie within it.
    pub within: Vec<(f64, u64)>,
    /// How many times there are.
    pub count: u64,
    /// Their sum, in seconds.
    pub seconds: f64,
}

impl Histogram {
    /// Nothing counted yet.
    pub const fn new() -> Self {
        Self { counts: [const { AtomicU64::new(0) }; BOUNDS.len() + 1], total: AtomicU64::new(0) }
    }

    /// Counts a time.
    pub fn add(&self, time: Duration) {
        let micros = u64::try_from(time.as_micros()).unwrap_or(u64::MAX);
        let place = BOUNDS.partition_point(|bound| *bound < micros);
        if let Some(count) = self.counts.get(place) {
            count.fetch_add(1, Relaxed);
        }
        self.total.fetch_add(micros, Relaxed);
    }

    /// What was counted so far. Whoever adds meanwhile may be in the counts and not yet in the sum.
    pub fn read(&self) -> Counted {
        let mut count = 0;
        let mut within = Vec::with_capacity(BOUNDS.len());
        for (number, counted) in self.counts.iter().enumerate() {
            count += counted.load(Relaxed);
            if let Some(bound) = BOUNDS.get(number) {
                within.push((*bound as f64 / 1e6, count));
            }
        }
        Counted { within, count, seconds: self.total.load(Relaxed) as f64 / 1e6 }
    }
}

impl Default for Histogram {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_lies_within_each_bound_that_it_does_not_exceed() {
        let histogram = Histogram::new();
        for micros in [0, 100, 101, 9_000_000, 60_000_000] {
            histogram.add(Duration::from_micros(micros));
        }
        let counted = histogram.read();
        let within = |seconds: f64| counted.within.iter().find(|(bound, _)| *bound == seconds);
        assert_eq!(within(0.0001), Some(&(0.0001, 2)));
        assert_eq!(within(0.00025), Some(&(0.00025, 3)));
        assert_eq!(within(10.0), Some(&(10.0, 4)));
        assert_eq!((counted.count, counted.seconds), (5, 69.000201));
    }
}
