//! A client of graphql-transport-ws, over a real WebSocket.

use std::io::{Read as _, Write as _};
use std::net::{Shutdown, TcpStream};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tungstenite::client::IntoClientRequest as _;
use tungstenite::protocol::CloseFrame;
use tungstenite::protocol::frame::Frame;
use tungstenite::protocol::frame::coding::{Data, OpCode};
use tungstenite::{Error, Message, WebSocket};

use super::server::Server;

/// How long anything may take before it counts as hanging.
const PATIENCE: Duration = Duration::from_secs(20);

/// A connected client.
pub struct Socket(WebSocket<TcpStream>);

/// What a client hears.
#[derive(Debug, PartialEq)]
pub enum Heard {
    /// A message.
    Message(Value),
    /// A ping, which is answered when the client listens again.
    Ping,
    /// The connection is closed, with a code and a reason.
    Closed(u16, String),
}

impl Heard {
    /// The message; anything else is a failure.
    pub fn message(self) -> Value {
        match self {
            Self::Message(message) => message,
            other => panic!("{other:?} instead of a message"),
        }
    }
}

impl Socket {
    /// Connected, and nothing said yet.
    pub fn open(server: &Server) -> Self {
        Self::open_as(server, None)
    }

    fn open_as(server: &Server, authorization: Option<&str>) -> Self {
        let mut request = format!("ws://{}/graphql", server.address).into_client_request().unwrap();
        let protocol = "graphql-transport-ws".parse().unwrap();
        request.headers_mut().insert("Sec-WebSocket-Protocol", protocol);
        if let Some(value) = authorization {
            request.headers_mut().insert("Authorization", value.parse().unwrap());
        }
        let stream = TcpStream::connect(&server.address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream.set_write_timeout(Some(PATIENCE)).unwrap();
        let (socket, response) = tungstenite::client(request, stream).unwrap();
        assert_eq!(response.headers()["Sec-WebSocket-Protocol"], "graphql-transport-ws");
        Self(socket)
    }

    /// Connected and acknowledged.
    pub fn ready(server: &Server) -> Self {
        Self::open(server).initialised()
    }

    /// The same, with a token.
    pub fn ready_as(server: &Server, authorization: &str) -> Self {
        Self::open_as(server, Some(authorization)).initialised()
    }

    fn initialised(self) -> Self {
        let mut socket = self;
        socket.say(&json!({ "type": "connection_init" }));
        assert_eq!(socket.hear().message(), json!({ "type": "connection_ack" }));
        socket
    }

    /// Says messages, which arrive together.
    pub fn say_all(&mut self, messages: &[Value]) {
        for message in messages {
            self.0.write(Message::text(message.to_string())).unwrap();
        }
        self.0.flush().unwrap();
    }

    /// Says a message.
    pub fn say(&mut self, message: &Value) {
        self.send(Message::text(message.to_string())).unwrap();
    }

    /// Sends anything; the server may have closed the connection.
    pub fn send(&mut self, message: Message) -> Result<(), Error> {
        self.0.send(message)
    }

    /// Sends a text message in parts.
    pub fn send_parts(&mut self, parts: &[&str]) {
        for (number, part) in parts.iter().enumerate() {
            let code = if number == 0 { Data::Text } else { Data::Continue };
            let last = number + 1 == parts.len();
            let frame = Frame::message(part.as_bytes().to_vec(), OpCode::Data(code), last);
            self.0.send(Message::Frame(frame)).unwrap();
        }
    }

    /// Sends bytes that are no frame of the client's making.
    pub fn send_bytes(&mut self, bytes: &[u8]) {
        // The server may have closed it in the middle: that is what is waited for.
        let _ = self.0.get_mut().write_all(bytes);
    }

    /// The next thing that comes.
    pub fn hear(&mut self) -> Heard {
        match self.0.read() {
            Ok(Message::Text(text)) => Heard::Message(serde_json::from_str(&text).unwrap()),
            Ok(Message::Ping(_)) => Heard::Ping,
            Ok(Message::Close(Some(CloseFrame { code, reason }))) => {
                Heard::Closed(code.into(), reason.to_string())
            }
            other => panic!("{other:?} instead of what the server sends"),
        }
    }

    /// All bytes that come until the connection is closed, without answering anything.
    pub fn hear_silently(mut self) -> Vec<u8> {
        let (mut bytes, mut part, started) = (Vec::new(), [0; 1024], Instant::now());
        loop {
            assert!(started.elapsed() < PATIENCE, "it is still open: {bytes:?}");
            match self.0.get_mut().read(&mut part).unwrap() {
                0 => return bytes,
                read => bytes.extend_from_slice(&part[..read]),
            }
        }
    }

    /// The code with which the connection is closed now.
    pub fn code(mut self) -> u16 {
        match self.hear() {
            Heard::Closed(code, _) => code,
            other => panic!("{other:?} instead of the end"),
        }
    }

    /// Says `subscribe` with a document.
    pub fn subscribe(&mut self, id: &str, document: &str) {
        self.say(&subscribe(id, document));
    }

    /// The whole answer to a document: one response and its end, or errors.
    pub fn ask(&mut self, document: &str) -> Value {
        self.subscribe("ask", document);
        let message = self.hear().message();
        assert_eq!(message["id"], "ask", "{message}");
        if message["type"] == "next" {
            assert_eq!(self.hear().message(), json!({ "id": "ask", "type": "complete" }));
        }
        message["payload"].clone()
    }
}

/// The message that starts an operation.
pub fn subscribe(id: &str, document: &str) -> Value {
    json!({ "id": id, "type": "subscribe", "payload": { "query": document } })
}

/// The whole answer to a request for an upgrade with these headers beside the usual ones.
pub fn upgrade(server: &Server, headers: &str) -> String {
    let mut stream = TcpStream::connect(&server.address).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    let head = format!(
        "GET /graphql HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
         Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n{headers}\r\n"
    );
    stream.write_all(head.as_bytes()).unwrap();
    stream.shutdown(Shutdown::Write).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}
