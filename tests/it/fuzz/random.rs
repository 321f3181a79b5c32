//! Chance that can be had again: everything follows from one seed.

/// SplitMix64: <https://prng.di.unimi.it/splitmix64.c>.
pub struct Random(pub u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `end`, which is not 0.
    pub fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end as u64).unwrap()
    }

    /// True so many times in a hundred.
    pub fn percent(&mut self, times: usize) -> bool {
        self.below(100) < times
    }

    /// One of these.
    pub fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }

    /// So many of these, in their order.
    pub fn some<'a, T>(&mut self, of: &'a [T], most: usize) -> Vec<&'a T> {
        let mut left = most.min(of.len());
        let mut chosen = Vec::new();
        for (at, value) in of.iter().enumerate() {
            if self.below(of.len() - at) < left {
                chosen.push(value);
                left -= 1;
            }
        }
        chosen
    }
}
