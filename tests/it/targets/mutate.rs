//! Inputs made of others: bytes and pieces changed, repeated, left out, put together, nested.

use crate::fuzz::random::Random;

/// The longest input that is made, in bytes.
const LONGEST: usize = 8 << 10;

/// What breaks things more often than chance does.
const PIECES: [&[u8]; 40] = [
    b"\xEF\xBB\xBF",
    b"\r\n",
    b"\n",
    b"\r",
    b"\0",
    b"\"",
    b"\"\"",
    b"'",
    b"\\",
    b"\\u0000",
    b"\\ud800",
    b"\\u202e",
    b"[",
    b"]",
    b"{",
    b"}",
    b",",
    b":",
    b";",
    b"\t",
    b"null",
    b"true",
    b"\"None\"",
    b"-1",
    b"0",
    b"1e999",
    b"-0.0",
    b"4294967296",
    b"18446744073709551616",
    b"NaN",
    b"0.30000000000000004",
    "\u{301}".as_bytes(),
    "\u{200b}".as_bytes(),
    "“".as_bytes(),
    "\u{fdfa}".as_bytes(),
    "İ".as_bytes(),
    "𝒳".as_bytes(),
    b"\xff\xfe",
    b"\xc3",
    b"(0,0)",
];

/// Makes inputs.
pub struct Mutator(Random);

impl Mutator {
    /// What it makes follows from the seed and the name.
    pub fn new(seed: u64, name: &str) -> Self {
        let mix = |all: u64, byte: u8| (all ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        Self(Random(name.bytes().fold(seed ^ 0xcbf2_9ce4_8422_2325, mix)))
    }

    /// One of these, changed once or several times.
    pub fn mutate(&mut self, corpus: &[Vec<u8>]) -> Vec<u8> {
        let mut data = self.0.one(corpus).clone();
        for _ in 0..=self.0.below(4) {
            self.change(&mut data, corpus);
            data.truncate(LONGEST);
        }
        data
    }

    fn change(&mut self, data: &mut Vec<u8>, corpus: &[Vec<u8>]) {
        let (start, end) = self.range(data);
        match self.0.below(11) {
            0 => data.truncate(end),
            1 => drop(data.drain(start..end)),
            2 => {
                if let Some(byte) = data.get_mut(start) {
                    *byte ^= 1 << self.0.below(8);
                }
            }
            3 => {
                let piece = *self.0.one(&PIECES);
                data.splice(start..start, piece.iter().copied());
            }
            4 => {
                let piece = *self.0.one(&PIECES);
                data.splice(start..end, piece.iter().copied());
            }
            5 => {
                let piece = data[start..end].to_vec();
                data.splice(end..end, piece);
            }
            6 => {
                let other = self.0.one(corpus).clone();
                let (from, to) = self.range(&other);
                data.splice(start..end, other[from..to].iter().copied());
            }
            7 => {
                // The same line or member once more, or one in place of another.
                let separator = *self.0.one(b"\n,:\" \t");
                let parts: Vec<&[u8]> = data.split(|&byte| byte == separator).collect();
                let (one, other) = (self.0.below(parts.len()), self.0.below(parts.len()));
                let mut parts = parts.clone();
                match self.0.below(3) {
                    0 => parts.insert(other, parts[one]),
                    1 => parts[other] = parts[one],
                    _ => parts.swap(one, other),
                }
                *data = parts.join(&separator);
            }
            8 => {
                let depth = 1 << self.0.below(9);
                let (open, close) = *self.0.one(&[(b'[', b']'), (b'{', b'}'), (b'(', b')')]);
                data.splice(end..end, std::iter::repeat_n(close, depth));
                data.splice(start..start, std::iter::repeat_n(open, depth));
            }
            9 => {
                let piece = data[start..end].repeat(1 << self.0.below(8));
                data.splice(start..start, piece.into_iter().take(LONGEST));
            }
            _ => {
                let number = self.0.below(1 << 20).to_string().into_bytes();
                let is_digit = |at: &usize| data[*at].is_ascii_digit();
                let Some(from) = (start..data.len()).find(is_digit) else { return };
                let to = (from..data.len()).find(|at| !is_digit(at)).unwrap_or(data.len());
                data.splice(from..to, number);
            }
        }
    }

    /// A place in these bytes, short more often than long.
    fn range(&mut self, data: &[u8]) -> (usize, usize) {
        let start = self.0.below(data.len() + 1);
        let longest = *self.0.one(&[1, 4, 16, 64, data.len()]);
        (start, data.len().min(start + self.0.below(longest + 1)))
    }
}
