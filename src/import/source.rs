//! Where input comes from: files and standard input, plain or compressed, found out from the bytes.

use std::fmt;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// What an input may inflate to, in bytes.
const MAX_INFLATED: u64 = 8 << 30;
/// How many times larger than its compressed form an input may grow …
const MAX_RATIO: u64 = 200;
/// … looked at only behind this many bytes: a short text compresses well without ill will.
const RATIO_FREE: u64 = 64 << 20;
const BUFFER: usize = 256 << 10;

/// An input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// A file.
    File(PathBuf),
    /// A file that keeps what came from elsewhere.
    Kept {
        /// What that is called.
        name: String,
        /// The file.
        path: PathBuf,
    },
    /// Standard input.
    Stdin,
    /// Bytes at hand.
    Given {
        /// What they are called.
        name: String,
        /// The bytes.
        bytes: Arc<[u8]>,
    },
    /// Bytes that the program carries.
    Shipped {
        /// What they are called.
        name: &'static str,
        /// The bytes.
        bytes: &'static [u8],
    },
}

impl Source {
    /// `-` is standard input.
    pub fn named(name: &Path) -> Self {
        if name == Path::new("-") { Self::Stdin } else { Self::File(name.to_owned()) }
    }
}

impl fmt::Display for Source {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path) => path.display().fmt(out),
            Self::Kept { name, .. } => out.write_str(name),
            Self::Stdin => out.write_str("(standard input)"),
            Self::Given { name, .. } => out.write_str(name),
            Self::Shipped { name, .. } => out.write_str(name),
        }
    }
}

/// Why an input cannot be read, or not to its end.
#[derive(Debug, thiserror::Error)]
pub enum SourceError {
    /// It cannot be opened.
    #[error("{source_name}: cannot be opened: {cause}")]
    Open {
        /// The input.
        source_name: String,
        /// What the system said.
        cause: io::Error,
    },
    /// Reading stopped in the middle.
    #[error("{source_name}: reading stopped behind line {line}: {cause}")]
    Read {
        /// The input.
        source_name: String,
        /// The last line read.
        line: u64,
        /// What the system or the decompressor said.
        cause: io::Error,
    },
    /// No format fits its content.
    #[error(
        "{source_name}: none of its first lines has the shape of a known format ({known}); \
         name the format with --format"
    )]
    Unrecognised {
        /// The input.
        source_name: String,
        /// The formats that were tried.
        known: String,
    },
    /// It is not what it should be, as a whole.
    #[error("{source_name}: {problem}")]
    Content {
        /// The input.
        source_name: String,
        /// What is wrong with it.
        problem: String,
    },
    /// It holds nothing.
    #[error("{source_name}: is empty")]
    Empty {
        /// The input.
        source_name: String,
    },
}

/// Bytes taken from an input as it lies there.
#[derive(Debug, Clone, Default)]
struct Counter(Arc<AtomicU64>);

impl Counter {
    fn bytes(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }

    fn add(&self, bytes: usize) {
        self.0.fetch_add(bytes as u64, Ordering::Relaxed);
    }
}

/// Opens an input and inflates what is compressed by gzip, bzip2 or zstd, several members included.
pub fn open(source: &Source) -> Result<Box<dyn BufRead + Send>, SourceError> {
    let failed = |cause| SourceError::Open { source_name: source.to_string(), cause };
    let raw: Box<dyn Read + Send> = match source {
        Source::Stdin => Box::new(io::stdin()),
        Source::Given { bytes, .. } => Box::new(io::Cursor::new(Arc::clone(bytes))),
        Source::Shipped { bytes, .. } => Box::new(*bytes),
        Source::File(path) | Source::Kept { path, .. } => {
            let file = File::open(path).map_err(failed)?;
            if file.metadata().map_err(failed)?.is_dir() {
                return Err(failed(io::Error::other("is a directory")));
            }
            Box::new(file)
        }
    };
    let taken = Counter::default();
    let counted = Counting { inner: raw, counter: taken.clone() };
    let mut head = BufReader::with_capacity(BUFFER, counted);
    let magic = head.fill_buf().map_err(failed)?;
    let inflated: Box<dyn Read + Send> = match compression(magic) {
        Some(Compression::Bzip2) => Box::new(bzip2::bufread::MultiBzDecoder::new(head)),
        Some(Compression::Gzip) => Box::new(flate2::bufread::MultiGzDecoder::new(head)),
        Some(Compression::Zstd) => {
            Box::new(zstd::stream::read::Decoder::with_buffer(head).map_err(failed)?)
        }
        None => return Ok(Box::new(head)),
    };
    let guarded = Guarded { inner: inflated, given: 0, taken };
    Ok(Box::new(BufReader::with_capacity(BUFFER, guarded)))
}

/// An input as a file that can be read at any place: itself, or a temporary one where it is compressed
/// or standard input.
pub fn plain(source: &Source) -> Result<File, SourceError> {
    let failed = |cause| SourceError::Open { source_name: source.to_string(), cause };
    if let Source::File(path) | Source::Kept { path, .. } = source {
        let mut file = File::open(path).map_err(failed)?;
        let mut magic = [0; 4];
        let read = file.read(&mut magic).map_err(failed)?;
        if compression(&magic[..read]).is_none() && file.metadata().map_err(failed)?.is_file() {
            file.rewind().map_err(failed)?;
            return Ok(file);
        }
    }
    let mut file = tempfile::tempfile().map_err(failed)?;
    io::copy(&mut open(source)?, &mut file).map_err(failed)?;
    file.rewind().map_err(failed)?;
    Ok(file)
}

/// How bytes are compressed, by how they begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Compression {
    Bzip2,
    Gzip,
    Zstd,
}

fn compression(magic: &[u8]) -> Option<Compression> {
    match magic {
        [b'B', b'Z', b'h', ..] => Some(Compression::Bzip2),
        [0x1f, 0x8b, ..] => Some(Compression::Gzip),
        [0x28, 0xb5, 0x2f, 0xfd, ..] => Some(Compression::Zstd),
        _ => None,
    }
}

/// What bytes are that hold inputs and are none themselves, and how those come out.
pub(super) fn archive(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [b'P', b'K', 3 | 5, 4 | 6, ..] => {
            Some("is a zip archive or an Excel workbook: unpack it, or save it as CSV, first")
        }
        [0xfd, b'7', b'z', b'X', b'Z', ..] => {
            Some("is compressed by xz: inflate it first (`xz -d`)")
        }
        [b'7', b'z', 0xbc, 0xaf, ..] => Some("is a 7z archive: unpack it first (`7z x`)"),
        // POSIX.1-1988, "ustar Interchange Format": `magic` stands at byte 257.
        _ if bytes.get(257..).is_some_and(|magic| magic.starts_with(b"ustar")) => {
            Some("is a tar archive: unpack it first (`tar -x`)")
        }
        [b'P', b'A', b'R', b'1', 0x15, ..] => {
            Some("is Parquet: convert it to JSON lines or CSV first")
        }
        _ => None,
    }
}

struct Counting<R> {
    inner: R,
    counter: Counter,
}

impl<R: Read> Read for Counting<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.counter.add(read);
        Ok(read)
    }
}

/// Stops a decompression bomb.
struct Guarded<R> {
    inner: R,
    given: u64,
    taken: Counter,
}

impl<R: Read> Read for Guarded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.given += read as u64;
        if self.given > MAX_INFLATED {
            return Err(io::Error::other(format!("inflates to more than {MAX_INFLATED} bytes")));
        }
        if self.given > RATIO_FREE && self.given / self.taken.bytes().max(1) > MAX_RATIO {
            let message = format!("inflates to more than {MAX_RATIO} times its size");
            return Err(io::Error::other(message));
        }
        Ok(read)
    }
}
