//! Random numbers that are the same everywhere.

/// Random numbers (SplitMix64) with the same sequence everywhere.
pub struct Random(pub u64);

impl Random {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end.max(1) as u64).unwrap()
    }

    /// A number from `from` to `to`, both possible.
    pub fn within(&mut self, from: usize, to: usize) -> usize {
        from + self.below(to + 1 - from.min(to))
    }

    /// The same, or nothing where there is none.
    pub fn between(&mut self, from: usize, to: usize) -> Option<usize> {
        (from <= to).then(|| self.within(from, to))
    }

    pub fn pick<'a, T: ?Sized>(&mut self, list: &[&'a T]) -> &'a T {
        list[self.below(list.len())]
    }
}
