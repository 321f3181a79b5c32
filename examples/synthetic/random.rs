//! Chance that follows from a seed.
#![allow(clippy::cast_possible_truncation, reason = "numbers below small ends")]

/// SplitMix64: <https://prng.di.unimi.it/splitmix64.c>.
#[derive(Debug, Clone)]
pub struct Random(u64);

impl Random {
    /// What follows from a seed and a number: neighbours have nothing in common.
    pub fn of(seed: u64, number: u64) -> Self {
        let mut random = Self(seed ^ number.wrapping_mul(0xd134_2543_de82_ef95));
        random.0 = random.next();
        random
    }

    /// Any number.
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `end`, which is not 0.
    pub fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    /// True so many times in a hundred.
    pub fn percent(&mut self, times: u64) -> bool {
        self.below(100) < times
    }

    /// A number below `end` by Zipf's law: the second comes half as often as the first, the third a
    /// third as often.
    pub fn zipf(&mut self, end: u64) -> u64 {
        let share = (self.next() >> 11) as f64 / (1u64 << 53) as f64;
        // The integral of 1/x, turned around: no table, whatever the end.
        let rank = ((end + 1) as f64).powf(share) as u64;
        rank.saturating_sub(1).min(end - 1)
    }

    /// One of these by the same law, the first the most often.
    pub fn often(&mut self, of: &[&'static str]) -> &'static str {
        of[self.zipf(of.len() as u64) as usize]
    }
}
