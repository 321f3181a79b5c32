//! One connection to a server, byte for byte: what an ordinary client hides.

use std::io::{BufRead as _, BufReader, Error, ErrorKind, Read as _, Result, Write as _};
use std::net::TcpStream;
use std::time::Duration;

/// How long a read may take before it counts as hanging.
const PATIENCE: Duration = Duration::from_secs(20);

/// A connection that can be used again and again.
pub struct Wire {
    stream: BufReader<TcpStream>,
}

/// An answer that came whole.
#[derive(Debug)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The status line and the headers.
    pub head: String,
    /// The body.
    pub body: Vec<u8>,
}

impl Answer {
    /// Whether the server says that it closes the connection.
    pub fn closes(&self) -> bool {
        self.head.to_ascii_lowercase().contains("\r\nconnection: close\r\n")
    }

    /// The body as text.
    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }
}

impl Wire {
    /// Connects to `HOST:PORT`.
    pub fn connect(address: &str) -> Result<Self> {
        let stream = TcpStream::connect(address)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        stream.set_write_timeout(Some(PATIENCE))?;
        stream.set_nodelay(true)?;
        Ok(Self { stream: BufReader::new(stream) })
    }

    /// Sends bytes.
    pub fn send(&mut self, bytes: &[u8]) -> Result<()> {
        self.stream.get_mut().write_all(bytes)
    }

    /// Says that nothing more comes; answers can still be read.
    pub fn finish(&mut self) -> Result<()> {
        self.stream.get_mut().shutdown(std::net::Shutdown::Write)
    }

    /// Reads an answer with its body; one that ends early is an error.
    pub fn answer(&mut self) -> Result<Answer> {
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            if self.stream.read_line(&mut head)? == 0 {
                let what = format!("closed after {} bytes of a head", head.len());
                return Err(Error::new(ErrorKind::UnexpectedEof, what));
            }
        }
        let bad = || Error::new(ErrorKind::InvalidData, head.clone());
        let status = head.get(9..12).and_then(|code| code.parse().ok()).ok_or_else(bad)?;
        let length = head.lines().find_map(|line| {
            let (name, value) = line.split_once(':')?;
            name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse().ok())?
        });
        let mut body = vec![0; length.ok_or_else(bad)?];
        self.stream.read_exact(&mut body)?;
        Ok(Answer { status, head, body })
    }

    /// Everything that comes until the server closes the connection.
    pub fn rest(&mut self) -> Result<Vec<u8>> {
        let mut rest = Vec::new();
        match self.stream.read_to_end(&mut rest) {
            Err(error) if error.kind() != ErrorKind::ConnectionReset => Err(error),
            _ => Ok(rest),
        }
    }
}

/// A GraphQL request by POST, as it goes over the wire, with more lines for its head.
pub fn posted(body: &str, more: &str) -> Vec<u8> {
    let length = body.len();
    format!(
        "POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n\
         Content-Length: {length}\r\n{more}\r\n{body}"
    )
    .into_bytes()
}
