//! What no client library sends: heads, framings and bytes that are made to confuse or to fill.

use crate::support::{graphql_body, posted};

/// What goes over one connection.
pub struct Attack {
    pub name: String,
    /// Sent first, in one piece.
    pub bytes: Vec<u8>,
    /// Sent again and again behind it, until this many bytes have gone or the server has closed.
    pub flood: Option<(Vec<u8>, usize)>,
    /// How many answers may come at most; one more would be one to a request that was smuggled.
    pub answers: usize,
}

const HUGE: usize = 256 << 20;
const GET: &str = "GET /graphql?query=%7B__typename%7D HTTP/1.1\r\nHost: x\r\n";

/// Everything that is tried.
pub fn attacks() -> Vec<Attack> {
    let mut all = floods();
    let mut one = |name: &str, answers: usize, bytes: Vec<u8>| {
        all.push(Attack { name: name.to_owned(), bytes, flood: None, answers });
    };
    for (name, bytes) in heads().into_iter().chain(paths()).chain(garbage()) {
        one(&name, 1, bytes);
    }
    for (name, bytes) in framings() {
        one(&name, 1, bytes);
    }
    let question = posted(&graphql_body("{ __typename }"), "");
    one("100 requests at once", 100, question.repeat(100));
    one("1,000 requests without an end", 1_000, format!("{GET}\r\n").repeat(1_000).into_bytes());
    one("half a request behind a whole one", 1, [&question[..], &question[..40]].concat());
    one("half a body and an end", 1, question[..question.len() - 5].to_vec());
    one("half a head and an end", 1, question[..60].to_vec());
    one("a whole request and an end", 1, question);
    one("nothing", 0, Vec::new());
    let announced = format!("Content-Type: application/json\r\nContent-Length: {HUGE}\r\n\r\n{{");
    one(
        "256 MB that are announced",
        1,
        format!("POST /graphql HTTP/1.1\r\nHost: x\r\n{announced}").into_bytes(),
    );
    all
}

/// Bodies and heads that do not end.
fn floods() -> Vec<Attack> {
    let flood = |name: &str, head: String, part: &[u8], most| Attack {
        name: name.to_owned(),
        bytes: head.into_bytes(),
        flood: Some((part.to_vec(), most)),
        answers: 1,
    };
    let post = "POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n";
    let spaces = vec![b' '; 64 << 10];
    let chunk = [b"10000\r\n", spaces.as_slice(), b"\r\n"].concat();
    let bytewise = b"1\r\n \r\n".repeat(10_000);
    let header = b"X-Filler: 0123456789abcdef0123456789abcdef\r\n".repeat(1_000);
    vec![
        flood(
            "256 MB by their length",
            format!("{post}Content-Length: {HUGE}\r\n\r\n"),
            &spaces,
            HUGE,
        ),
        flood(
            "256 MB in chunks",
            format!("{post}Transfer-Encoding: chunked\r\n\r\n"),
            &chunk,
            HUGE,
        ),
        flood(
            "chunks of a byte",
            format!("{post}Transfer-Encoding: chunked\r\n\r\n"),
            &bytewise,
            32 << 20,
        ),
        flood(
            "256 MB to a page that takes none",
            format!("POST /healthz HTTP/1.1\r\nHost: x\r\nContent-Length: {HUGE}\r\n\r\n"),
            &spaces,
            HUGE,
        ),
        flood("256 MB behind a GET", format!("{GET}Content-Length: {HUGE}\r\n\r\n"), &spaces, HUGE),
        flood("a head without an end", format!("{post}X-A: b\r\n"), &header, 16 << 20),
        flood("a header without an end", format!("{post}X-A: "), &spaces, 16 << 20),
        flood("a path without an end", "GET /".to_owned(), &[b'a'; 64 << 10], 16 << 20),
        flood(
            "a chunk's size without an end",
            format!("{post}Transfer-Encoding: chunked\r\n\r\n"),
            &[b'0'; 64 << 10],
            16 << 20,
        ),
        flood(
            "a chunk's extension without an end",
            format!("{post}Transfer-Encoding: chunked\r\n\r\n1;"),
            &[b'x'; 64 << 10],
            16 << 20,
        ),
        flood("empty lines", String::new(), &b"\r\n".repeat(32 << 10), 16 << 20),
    ]
}

type Named = (String, Vec<u8>);

fn named(name: &str, text: String) -> Named {
    (name.to_owned(), text.into_bytes())
}

/// Heads that are large, odd or packed.
fn heads() -> Vec<Named> {
    let with = |name: &str, lines: String| named(name, format!("{GET}{lines}\r\n"));
    let numbered = |n: usize| (0..n).map(|n| format!("X-{n}: {n}\r\n")).collect::<String>();
    let mut all = vec![
        with("a header of 60 kB", format!("X-A: {}\r\n", "b".repeat(60_000))),
        with("a header of 100 kB", format!("X-A: {}\r\n", "b".repeat(100_000))),
        with("90 headers", numbered(90)),
        with("1,000 headers", numbered(1_000)),
        with("10,000 headers", numbered(10_000)),
        with("one header 90 times", "X-A: b\r\n".repeat(90)),
        with("two hosts", "Host: y\r\n".to_owned()),
        with("a folded header", "X-A: b\r\n c\r\n".to_owned()),
        with("a header without a colon", "X-A\r\n".to_owned()),
        with("a header without a name", ": b\r\n".to_owned()),
        with("a NUL in a header", "X-A: b\0c\r\n".to_owned()),
        with("a lone CR in a header", "X-A: b\rX-B: c\r\n".to_owned()),
        with("10,000 media types", format!("Accept: {}\r\n", "a/b;q=0.1,".repeat(5_000))),
        with("a quality that is no number", "Accept: */*;q=nan,*/*;q=-1,*/*;q=1e999\r\n".to_owned()),
        with("an id of a request that ends its line", "X-Request-Id: a%0d%0aX-B: c\r\n".to_owned()),
        with("a position that is none", format!("Dixit-Position: {}\r\n", "F/".repeat(5_000))),
        with("ranges", format!("Range: bytes={}\r\n", "0-1,".repeat(5_000))),
        with("an expectation that is none", "Expect: the unexpected\r\n".to_owned()),
        with("an upgrade to HTTP/2", "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n".to_owned()),
        named(
            "an upgrade to a WebSocket, then garbage",
            format!(
                "{GET}Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n\
                 Sec-WebSocket-Key: !\r\nSec-WebSocket-Protocol: graphql-transport-ws\r\n\r\n{}",
                "\u{81}\u{7f}\u{ff}".repeat(1_000)
            ),
        ),
        named("no host", "GET /graphql HTTP/1.1\r\n\r\n".to_owned()),
        named("lines that end in LF", "GET /healthz HTTP/1.1\nHost: x\n\n".to_owned()),
        (
            "a header that is not UTF-8".to_owned(),
            [GET.as_bytes(), b"X-Request-Id: \xff\xfe\r\nDixit-Position: \xff\r\nContent-Type: \xff\r\n\r\n"].concat(),
        ),
    ];
    let bomb = "\u{1f}\u{8b}\u{8}".repeat(1_000);
    for encoding in ["gzip", "deflate", "br", "zstd", "gzip, gzip, gzip", "identity", "x"] {
        let line = format!("Content-Encoding: {encoding}\r\n");
        all.push((format!("a body packed by {encoding}"), posted(&bomb, &line)));
    }
    for method in ["CONNECT", "TRACE", "OPTIONS", "PRI", "get", "PROPFIND", "G\u{0}T", "GET,POST"] {
        let text = format!("{method} /graphql?query=%7B__typename%7D HTTP/1.1\r\nHost: x\r\n\r\n");
        all.push(named(&format!("the method {}", method.escape_debug()), text));
    }
    all.push(named(
        "a method of 100 kB",
        format!("{} / HTTP/1.1\r\nHost: x\r\n\r\n", "A".repeat(100_000)),
    ));
    for version in
        ["HTTP/1.0", "HTTP/0.9", "HTTP/2.0", "HTTP/3", "HTTP/1.10", "http/1.1", "FTP/1.1", ""]
    {
        let text = format!("GET /graphql?query=%7B__typename%7D {version}\r\n\r\n");
        all.push(named(&format!("the version {version:?}"), text));
    }
    all.push(named(
        "HTTP/1.0 that is kept alive",
        "GET /healthz HTTP/1.0\r\nConnection: keep-alive\r\n\r\n".to_owned(),
    ));
    all
}

/// Targets that lead elsewhere, or nowhere.
fn paths() -> Vec<Named> {
    let mut all = Vec::new();
    for target in [
        "/graphiql/../../../../etc/passwd",
        "/graphiql/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
        "/graphiql/..%2f..%2f..%2fetc%2fpasswd",
        "/graphiql//etc/passwd",
        "/graphiql/..\\..\\Cargo.toml",
        "/graphiql/index.html%00.js",
        "/graphiql/\0",
        "/graphiql/%",
        "/graphiql/%zz",
        "/graphiql/%ff%fe",
        "/%00",
        "//evil.example/",
        "http://evil.example/graphql?query=%7B__typename%7D",
        "evil.example:80",
        "*",
        "?",
        "/graphql#?query=%7B__typename%7D",
        "/graphql?query",
        "/graphql?query=%00",
        "/graphql?query=%FF%FE",
        "/graphql?query=%7B__typename%7D&variables=%5B%5B%5B",
        "/graphql?query=%7B__typename%7D&operationName=%00",
    ] {
        let text = format!("GET {target} HTTP/1.1\r\nHost: x\r\nAccept: */*\r\n\r\n");
        all.push(named(&format!("GET {}", target.escape_debug()), text));
    }
    let long = |name: &str, target: String| {
        named(name, format!("GET {target} HTTP/1.1\r\nHost: x\r\n\r\n"))
    };
    all.extend([
        long("a path of 60 kB", "/a".repeat(30_000)),
        long("a path of 200 kB", "/a".repeat(100_000)),
        long("a path of 10,000 steps up", format!("/graphiql/{}", "../".repeat(10_000))),
        long("a query of 60 kB", format!("/graphql?query=%7B{}%7D", "a+".repeat(30_000))),
        long("a query of 100 kB", format!("/graphql?query=%7B{}%7D", "a+".repeat(50_000))),
        long("10,000 parameters", format!("/graphql?{}", "query=a&".repeat(7_000))),
        long("brackets by GET", format!("/graphql?query={}", "%7Ba(b:%5B".repeat(6_000))),
        long(
            "deep variables by GET",
            format!("/graphql?query=%7Ba%7D&variables={}", "%7B%22a%22:".repeat(5_000)),
        ),
    ]);
    all
}

/// Requests whose end two readers may see at different places.
fn framings() -> Vec<Named> {
    let inner = "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n";
    let body = format!("0\r\n\r\n{inner}");
    let length = body.len();
    let post = "POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n";
    let framed = |lines: String| format!("{post}{lines}\r\n{body}");
    let mut all = vec![
        named(
            "a length and chunks",
            framed(format!("Content-Length: {length}\r\nTransfer-Encoding: chunked\r\n")),
        ),
        named(
            "chunks and a length",
            framed(format!("Transfer-Encoding: chunked\r\nContent-Length: {length}\r\n")),
        ),
        named("two lengths", framed(format!("Content-Length: {length}\r\nContent-Length: 5\r\n"))),
        named("two lengths in a line", framed(format!("Content-Length: {length}, 5\r\n"))),
    ];
    for value in
        ["-1", "+5", "0x5", "5 5", "", "5;", "18446744073709551616", "99999999999999999999", "1e3"]
    {
        all.push(named(
            &format!("the length {value:?}"),
            framed(format!("Content-Length: {value}\r\n")),
        ));
    }
    for line in [
        "Transfer-Encoding : chunked",
        "Transfer-Encoding: xchunked",
        "Transfer-Encoding: identity",
        "Transfer-Encoding: chunked, identity",
        "Transfer-Encoding: gzip, chunked",
        "Transfer-Encoding:\tchunked",
        "Transfer-Encoding: \u{b}chunked",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: x",
        " Transfer-Encoding: chunked",
    ] {
        let lines = format!("Content-Length: {length}\r\n{line}\r\n");
        all.push(named(&format!("a length and {}", line.escape_debug()), framed(lines)));
    }
    for size in ["ffffffffffffffff", "10000000000000000", "-1", "0x5", " 5", "5 ", "g", "", "5\n"] {
        let text = format!("{post}Transfer-Encoding: chunked\r\n\r\n{size}\r\nabcde\r\n0\r\n\r\n");
        all.push(named(&format!("a chunk of {size:?}"), text));
    }
    let trailer = "Content-Length: 5\r\n".repeat(1_000);
    all.push(named(
        "trailers",
        format!("{post}Transfer-Encoding: chunked\r\n\r\n0\r\n{trailer}\r\n"),
    ));
    all
}

/// Bytes that are no HTTP.
fn garbage() -> Vec<Named> {
    let bytes = |name: &str, bytes: &[u8]| (name.to_owned(), bytes.to_vec());
    let every: Vec<u8> = (0..=255).cycle().take(100_000).collect();
    vec![
        bytes("zeros", &[0; 100_000]),
        bytes("every byte", &every),
        bytes("the beginning of TLS", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"),
        bytes("the preface of HTTP/2", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0"),
        bytes("the greeting of another protocol", b"SSH-2.0-OpenSSH_9.2\r\n"),
        bytes("JSON without HTTP", b"{\"query\":\"{__typename}\"}"),
        bytes("a WebSocket's frame", b"\x81\xfe\xff\xff\0\0\0\0"),
    ]
}
