//! The real server: the real binary on a free port, with a database of its own.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, ChildStdout, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use super::backend::Backend;
use super::repository;
use super::workplace::Workplace;

/// A running server; stopped with the value.
pub struct Server {
    child: Child,
    out: BufReader<ChildStdout>,
    /// `127.0.0.1:PORT`.
    pub address: String,
}

impl Server {
    /// `dixit serve` at a workplace.
    pub fn start(workplace: &Workplace) -> Self {
        Self::of(workplace.command(&["serve"]))
    }

    /// A command that serves, such as `dixit demo`. Nobody is limited, unless the test says so.
    pub fn of(mut command: Command) -> Self {
        command.env("DIXIT_LISTEN", "127.0.0.1:0").env("DIXIT_WORKERS", "2");
        if command.get_envs().all(|(name, _)| name != "DIXIT_RATE_LIMIT") {
            command.env("DIXIT_RATE_LIMIT", "off");
        }
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        out.read_line(&mut line).unwrap();
        let address = line.trim().strip_prefix("dixit listens on http://");
        let address = address.unwrap_or_else(|| panic!("the server said {line:?}")).to_owned();
        Self { child, out, address }
    }

    /// Its process.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// The next line that it printed after the one with its address.
    pub fn line(&mut self) -> String {
        let mut line = String::new();
        self.out.read_line(&mut line).unwrap();
        line.trim_end().to_owned()
    }

    /// The address of a path.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// GET, without following redirects.
    pub fn get(&self, path: &str) -> minreq::Response {
        send(minreq::get(self.url(path)))
    }

    /// A request without a body, with these headers.
    pub fn request(&self, method: &str, path: &str, headers: &[(&str, &str)]) -> minreq::Response {
        let method = minreq::Method::Custom(method.to_owned());
        send(with(minreq::Request::new(method, self.url(path)), headers))
    }

    /// POST of a body to `/graphql`.
    pub fn post(&self, media: &str, body: impl Into<Vec<u8>>) -> minreq::Response {
        send(minreq::post(self.url("/graphql")).with_header("Content-Type", media).with_body(body))
    }

    /// POST of a document to `/graphql` with these headers.
    pub fn post_with(&self, headers: &[(&str, &str)], document: &str) -> minreq::Response {
        let request = minreq::post(self.url("/graphql"))
            .with_header("Content-Type", "application/json")
            .with_body(graphql_body(document));
        send(with(request, headers))
    }

    /// What comes back for these bytes until the connection is closed, which they must ask for.
    pub fn raw(&self, request: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        String::from_utf8_lossy(&answer).into_owned()
    }

    /// The answer to a document; the status must be 200.
    pub fn ask(&self, document: &str) -> serde_json::Value {
        serde_json::from_str(&self.answer(document, None)).unwrap()
    }

    /// The answer to a document with these variables, as it came.
    pub fn answer(&self, document: &str, variables: Option<serde_json::Value>) -> String {
        let body = serde_json::json!({ "query": document, "variables": variables });
        let response = self.post("application/json", body.to_string());
        assert_eq!(response.status_code, 200, "{}", response.as_str().unwrap());
        response.as_str().unwrap().to_owned()
    }

    /// Sends SIGTERM.
    pub fn terminate(&self) {
        let pid = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &pid]).status().unwrap().success());
    }

    /// Waits for its end, for fifteen seconds at most.
    pub fn end(&mut self) -> ExitStatus {
        let started = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            assert!(started.elapsed() < Duration::from_secs(15), "the server does not stop");
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A server over the sample, started with these settings, and where it works.
pub fn sample(backend: Backend, settings: &[(&str, &str)]) -> (Workplace, Server) {
    let workplace = Workplace::new(backend);
    let sample = repository("sample/statements.jsonl");
    assert_eq!(workplace.import(&[&sample.to_string_lossy()]).0, 0);
    let mut command = workplace.command(&["serve"]);
    command.envs(settings.iter().copied());
    (workplace, Server::of(command))
}

fn with(request: minreq::Request, headers: &[(&str, &str)]) -> minreq::Request {
    headers.iter().fold(request, |request, (name, value)| request.with_header(*name, *value))
}

fn send(request: minreq::Request) -> minreq::Response {
    request.with_timeout(20).with_follow_redirects(false).send().unwrap()
}

/// The value of an answer's header; empty where there is none.
pub fn header<'a>(response: &'a minreq::Response, name: &str) -> &'a str {
    let found = response.headers.iter().find(|(given, _)| given.eq_ignore_ascii_case(name));
    found.map_or("", |(_, value)| value)
}

/// A GraphQL request as JSON.
pub fn graphql_body(document: &str) -> String {
    serde_json::json!({ "query": document }).to_string()
}
