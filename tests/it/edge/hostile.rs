//! Hostile requests: each is refused, costs next to nothing, and leaves nothing behind. The table
//! of what each costs is printed; `make hostile` measures a release build.

pub mod bodies;
mod wires;

use crate::support::{Server, Wire, each_backend, sample};
use wires::Attack;

const JSON: &str = "application/json";
/// By how much the server may grow, in KiB.
const GROWTH: u64 = 16 << 10;
/// How often each is sent: what one costs is told by their sum.
const TIMES: u64 = 3;

/// Processor time of a process so far, in nanoseconds: that of all its threads.
fn processor(pid: u32) -> u64 {
    let threads = std::fs::read_dir(format!("/proc/{pid}/task")).unwrap();
    let of_thread = |thread: std::io::Result<std::fs::DirEntry>| -> Option<u64> {
        let stat = std::fs::read_to_string(thread.ok()?.path().join("schedstat")).ok()?;
        stat.split(' ').next()?.parse().ok()
    };
    threads.filter_map(of_thread).sum()
}

/// Memory of a process in KiB: what it has now, and the most that it had since `forget_peak`.
pub fn memory(pid: u32) -> (u64, u64) {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap();
    let of = |name: &str| -> u64 {
        let line = status.lines().find_map(|line| line.strip_prefix(name)).unwrap();
        line.trim().trim_end_matches(" kB").parse().unwrap()
    };
    (of("VmRSS:"), of("VmHWM:"))
}

fn forget_peak(pid: u32) {
    std::fs::write(format!("/proc/{pid}/clear_refs"), "5").unwrap();
}

/// What requests cost one by one, and together.
struct Bill<'s> {
    server: &'s Server,
    before: u64,
    /// Microseconds of processor.
    costs: Vec<(u64, String)>,
    /// The same for each MiB that was taken, of what does not end.
    floods: Vec<(u64, String)>,
}

/// How much work was asked for.
enum Work {
    /// So many requests.
    Requests(usize),
    /// So many bytes of a flood.
    Bytes(usize),
}

impl<'s> Bill<'s> {
    /// Of a server that has had work before, so that it has what it needs for it.
    fn new(server: &'s Server) -> Self {
        for _ in 0..50 {
            server.ask("{ quotes(first: 100) { nodes { text article { title } } } }");
        }
        forget_peak(server.id());
        Self { server, before: memory(server.id()).0, costs: Vec::new(), floods: Vec::new() }
    }

    fn measure(&mut self, name: &str, send: impl Fn() -> Work) {
        let before = processor(self.server.id());
        let (mut requests, mut bytes) = (0, 0);
        for _ in 0..TIMES {
            match send() {
                Work::Requests(more) => requests += more.max(1) as u64,
                Work::Bytes(more) => bytes += more as u64,
            }
        }
        // A thread that ended takes its time with it.
        let micros = processor(self.server.id()).saturating_sub(before) / 1_000;
        if let Some(each) = micros.checked_div(requests) {
            self.costs.push((each, name.to_owned()));
        } else {
            let taken = (bytes / TIMES) >> 20;
            self.floods.push(((micros << 20) / bytes, format!("{name} ({taken} MiB taken)")));
        }
    }

    /// Prints it; the server must have stayed small and alive.
    fn close(mut self) {
        let (now, peak) = memory(self.server.id());
        self.costs.sort_unstable_by(|one, other| other.cmp(one));
        let sum: u64 = self.costs.iter().map(|(micros, _)| micros).sum();
        let count = self.costs.len() as u64;
        println!("{count} requests, {} µs of processor each; the worst:", sum / count);
        for (micros, name) in &self.costs[..10] {
            println!("{micros:>9} µs  {name}");
        }
        for (micros, name) in &self.floods {
            println!("{micros:>9} µs a MiB of {name}");
        }
        let before = self.before;
        println!("memory: {before} KiB before, {now} KiB after, {peak} KiB at most");
        assert!(peak < before + GROWTH, "{before} KiB became {peak}");
        assert_eq!(self.server.ask("{ __typename }")["data"]["__typename"], "Query");
    }
}

#[test]
fn hostile_documents_are_refused_and_cost_next_to_nothing() {
    let requests = bodies::bodies();
    assert!(requests.len() > 60, "only {}", requests.len());
    each_backend(|backend| {
        let (_workplace, server) = sample(backend, &[]);
        let mut bill = Bill::new(&server);
        for (name, body) in &requests {
            bill.measure(name, || {
                let response = server.post(JSON, body.as_str());
                let text = response.as_str().unwrap();
                assert!(response.status_code < 500, "{name}: {} {text}", response.status_code);
                assert!(text.len() < 64 << 10, "{name}: an answer of {} bytes", text.len());
                assert!(!text.contains("internal error"), "{name}: {text}");
                Work::Requests(1)
            });
        }
        bill.close();
    });
}

/// The statuses of what comes back for an attack, until the server closes the connection, and how
/// much of a flood it took.
fn answers(server: &Server, attack: &Attack) -> (Vec<u16>, usize) {
    let Attack { name, bytes, flood, .. } = attack;
    let mut wire = Wire::connect(&server.address).unwrap();
    // The server may close it in the middle, and mostly should.
    let mut open = wire.send(bytes).is_ok();
    let mut sent = 0;
    if let Some((part, most)) = flood {
        while open && sent < *most {
            open = wire.send(part).is_ok();
            sent += part.len();
        }
    }
    if open {
        // As well.
        let _ = wire.finish();
    }
    let rest = wire.rest().unwrap_or_else(|error| panic!("{name}: it is still open: {error}"));
    let text = String::from_utf8_lossy(&rest);
    let status = |(at, start): (usize, &str)| text[at + start.len()..][..3].parse().unwrap();
    let statuses = text.match_indices("HTTP/1.1 ").map(status).filter(|status| *status != 100);
    (statuses.collect(), sent)
}

#[test]
fn hostile_bytes_are_answered_once_or_not_at_all() {
    let attacks = wires::attacks();
    assert!(attacks.len() > 100, "only {}", attacks.len());
    each_backend(|backend| {
        let (_workplace, server) = sample(backend, &[]);
        let mut bill = Bill::new(&server);
        for attack in &attacks {
            let Attack { name, answers: most, .. } = attack;
            bill.measure(name, || {
                let (statuses, sent) = answers(&server, attack);
                assert!(statuses.len() <= *most, "{name}: {statuses:?}");
                assert!(statuses.iter().all(|status| *status < 500), "{name}: {statuses:?}");
                if sent > 0 { Work::Bytes(sent) } else { Work::Requests(statuses.len()) }
            });
        }
        bill.close();
    });
}
