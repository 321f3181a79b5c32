//! A real PostgreSQL server for tests: started in a temporary directory, on a free port.

use std::fs::{self, OpenOptions};
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{Ipv4Addr, TcpListener};
use std::os::unix::fs::chown;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::{Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// The oldest major version that dixit runs on.
const OLDEST: u32 = 15;

/// Fast, and no less correct as long as the machine itself stays up.
const SETTINGS: &str = "
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
max_connections = 200
shared_buffers = 64MB
max_wal_size = 256MB
wal_keep_size = 128MB
fsync = off
full_page_writes = off
wal_writer_delay = 10ms
# In the data directory, which is removed: nothing stays in /dev/shm after a kill.
dynamic_shared_memory_type = mmap
# Messages are looked at here.
lc_messages = 'C'
";

/// Runs the lines that it reads, as the server's user, and answers each with its status. When
/// nobody is left who could write one, it stops the server, be it paused or not.
const KEEPER: &str = r#"
while read -r line; do
    eval "$line" </dev/null >>log 2>&1
    echo "$?"
done
if test -f data/postmaster.pid; then
    kill -CONT "$(sed -n 1p data/postmaster.pid)"
    pg_ctl -D data -m immediate stop
fi
"#;

/// Removes what a killed server leaves: its segment of shared memory, and the file with the id of
/// it and of a process that is no more.
const CLEAR: &str =
    "ipcrm -m $(sed -n '7s/^ *[0-9]* *//p' data/postmaster.pid); rm data/postmaster.pid";

/// Runs the keeper, then removes its directory. It outlives what ends the tests.
const REMOVER: &str = r#"trap '' HUP INT PIPE TERM; "$@"; cd / && rm -rf "$0""#;

/// A PostgreSQL server of its own: data in a temporary directory, gone with the value — or with
/// this process, however it ends.
pub struct Cluster {
    programs: PathBuf,
    directory: PathBuf,
    port: u16,
    keeper: Mutex<Keeper>,
}

/// The shell that runs the server's programs. Its input ends with this process at the latest.
struct Keeper {
    child: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
}

/// The server that tests share, started by the first that asks.
pub fn shared() -> &'static Cluster {
    // Not lazy: where it cannot start, each test says why.
    static SHARED: OnceLock<Cluster> = OnceLock::new();
    SHARED.get_or_init(|| Cluster::start(&[]))
}

impl Cluster {
    /// A new, empty server. `settings` are lines added to `postgresql.conf`; they win over ours.
    pub fn start(settings: &[&str]) -> Self {
        let cluster = Self::without_data();
        let common = "initdb -D data -U dixit --auth=trust --encoding=UTF8 --no-sync";
        // A collation that differs from the order of bytes, wherever there is one.
        let initialise = [
            "--locale=C.UTF-8 --locale-provider=icu --icu-locale=en-US",
            "--locale=en_US.UTF-8",
            "--locale=C.UTF-8",
            "--locale=C",
        ]
        .map(|locale| format!("{common} {locale}"));
        cluster.run(&initialise.join(" || "));
        let configuration = cluster.directory.join("data/postgresql.conf");
        let mut file = OpenOptions::new().append(true).open(configuration).unwrap();
        writeln!(file, "{SETTINGS}{}", settings.join("\n")).unwrap();
        cluster.on_a_free_port()
    }

    /// A streaming replica of this server, started.
    pub fn replica(&self) -> Self {
        let replica = Self::without_data();
        replica.run(&format!(
            "pg_basebackup -h 127.0.0.1 -p {} -U dixit -D data -R -X stream -c fast --no-sync",
            self.port
        ));
        replica.on_a_free_port()
    }

    /// The address of a database, for the superuser.
    pub fn url(&self, database: &str) -> String {
        format!("postgres://dixit@127.0.0.1:{}/{database}", self.port)
    }

    /// Creates a database as a copy of a template, to which nobody may be connected.
    pub fn create(&self, database: &str, template: &str) {
        // Up to twice as fast as through the log, and less for a replica to read.
        self.psql(
            "postgres",
            &format!(r#"CREATE DATABASE "{database}" TEMPLATE "{template}" STRATEGY FILE_COPY"#),
        );
    }

    /// Drops a database and whatever is connected to it.
    pub fn drop_database(&self, database: &str) {
        self.psql("postgres", &format!(r#"DROP DATABASE "{database}" WITH (FORCE)"#));
    }

    /// Runs SQL and answers its rows: unaligned, a line each, without a head. Each statement is a
    /// transaction of its own.
    pub fn psql(&self, database: &str, sql: &str) -> String {
        let mut command = clean(self.programs.join("psql"));
        let mut child = command
            .args(["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", &self.url(database)])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("psql starts");
        let mut input = child.stdin.take().unwrap();
        let output = std::thread::scope(|scope| {
            // It stops reading where a statement fails, which its status tells.
            scope.spawn(move || input.write_all(sql.as_bytes()));
            child.wait_with_output().unwrap()
        });
        let told = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{told}in {database}, of {sql}");
        let rows = String::from_utf8(output.stdout).unwrap();
        rows.strip_suffix('\n').unwrap_or(&rows).to_owned()
    }

    /// Stops it as a crash does, in an orderly way: sessions are cut, recovery follows.
    pub fn stop_immediately(&self) {
        self.run("pg_ctl -D data -m immediate stop");
    }

    /// Starts it after a stop or a kill, on the same port.
    pub fn start_again(&self) {
        let deadline = Instant::now() + Duration::from_secs(10);
        while !self.starts() {
            assert!(Instant::now() < deadline, "it does not start again:\n{}", self.log());
            std::thread::sleep(Duration::from_millis(100));
        }
    }

    /// Kills all its processes at once, as a machine does that runs out of memory.
    pub fn kill(&self) {
        // What is stopped starts no further process.
        self.pause();
        self.signal("KILL", &self.processes(), "ZX");
        self.run(CLEAR);
    }

    /// Makes it hang: connections are open, nothing answers.
    pub fn pause(&self) {
        let processes = self.processes();
        assert!(!processes.is_empty(), "no server to pause");
        self.signal("STOP", &processes[..1], "TZX");
        self.signal("STOP", &self.processes(), "TZX");
    }

    /// Ends a pause.
    pub fn resume(&self) {
        self.send("CONT", &self.processes());
    }

    /// A directory and its keeper, before there is data.
    fn without_data() -> Self {
        let programs = programs();
        let user = other_user();
        let prefix = prefix(user);
        let directory = directory(user, &prefix);
        let mut path = programs.clone().into_os_string();
        path.push(":");
        path.push(std::env::var_os("PATH").unwrap_or_default());
        let mut command = clean("sh");
        command.args(["-c", REMOVER]).arg(directory.path()).args(prefix).args(["sh", "-c", KEEPER]);
        command.current_dir(directory.path()).env("PATH", path);
        // A group of its own: Ctrl-C ends the tests, and thereby the keeper's input.
        command.process_group(0).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().expect("sh starts");
        let input = child.stdin.take();
        let output = BufReader::new(child.stdout.take().expect("it is piped"));
        let keeper = Mutex::new(Keeper { child, input, output });
        Self { programs, directory: directory.keep(), port: 0, keeper }
    }

    fn on_a_free_port(mut self) -> Self {
        for _ in 0..5 {
            let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
            self.port = listener.local_addr().unwrap().port();
            drop(listener);
            if self.starts() {
                return self;
            }
        }
        panic!("five free ports were taken before the server had them");
    }

    /// Whether it starts; false where another process has its port.
    fn starts(&self) -> bool {
        let before = self.log().len();
        let started = self.tell(&format!("pg_ctl -D data -l log -o '-p {}' start", self.port));
        let log = self.log();
        let taken = log.get(before..).is_some_and(|new| new.contains("Address already in use"));
        assert!(started || taken, "the server does not start:\n{log}");
        started
    }

    fn log(&self) -> String {
        fs::read(self.directory.join("log"))
            .map(|log| String::from_utf8_lossy(&log).into_owned())
            .unwrap_or_default()
    }

    /// Runs a line of shell as the server's user, in its directory. It must succeed.
    fn run(&self, line: &str) {
        assert!(self.tell(line), "failed: {line}\n{}", self.log());
    }

    fn tell(&self, line: &str) -> bool {
        let mut keeper = self.keeper.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(input) = &mut keeper.input else { return false };
        let told = writeln!(input, "{line}");
        let mut status = String::new();
        told.and_then(|()| keeper.output.read_line(&mut status)).is_ok() && status.trim() == "0"
    }

    /// The server's processes: the postmaster, then its children. Each has a group of its own.
    fn processes(&self) -> Vec<u32> {
        let pid = fs::read_to_string(self.directory.join("data/postmaster.pid"));
        let pid = pid.ok().and_then(|text| text.lines().next()?.parse().ok());
        let Some(postmaster) = pid else { return Vec::new() };
        let all = fs::read_dir("/proc").expect("this needs /proc").flatten();
        let all = all.filter_map(|entry| entry.file_name().to_str()?.parse().ok());
        let children = all.filter(|&pid| stat(pid).is_some_and(|(_, of)| of == postmaster));
        std::iter::once(postmaster).chain(children).collect()
    }

    fn send(&self, name: &str, processes: &[u32]) {
        let pids: Vec<String> = processes.iter().map(u32::to_string).collect();
        // Some may have ended meanwhile.
        self.tell(&format!("kill -{name} {}", pids.join(" ")));
    }

    /// Sends a signal, and waits until each process is in one of these states, or gone.
    fn signal(&self, name: &str, processes: &[u32], states: &str) {
        self.send(name, processes);
        let deadline = Instant::now() + Duration::from_secs(10);
        let there = |pid: &u32| stat(*pid).is_none_or(|(state, _)| states.contains(state));
        while !processes.iter().all(there) {
            assert!(Instant::now() < deadline, "SIG{name} does not reach {processes:?}");
            std::thread::sleep(Duration::from_millis(2));
        }
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // A paused server takes no order to stop.
        self.send("CONT", &self.processes());
        let keeper = self.keeper.get_mut().unwrap_or_else(PoisonError::into_inner);
        keeper.input = None;
        // It ends when server and directory are gone.
        let _ = keeper.child.wait();
    }
}

/// The state of a process and its parent, while there is one.
fn stat(pid: u32) -> Option<(char, u32)> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // The name before may have anything in it.
    let mut fields = stat.rsplit_once(") ")?.1.split(' ');
    Some((fields.next()?.chars().next()?, fields.next()?.parse().ok()?))
}

/// The folder of a recent server's programs; a missing server is a failure.
fn programs() -> PathBuf {
    let configured = answer(&["pg_config", "--bindir"]).map(PathBuf::from);
    let packaged = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut packaged: Vec<_> = packaged.map(|version| version.path().join("bin")).collect();
    packaged.sort_by_key(|folder| std::cmp::Reverse(major_version(folder)));
    let path = std::env::var_os("PATH").unwrap_or_default();
    // A link in PATH may stand alone there; its target has the other programs beside it.
    let linked = std::env::split_paths(&path)
        .filter_map(|folder| Some(folder.join("initdb").canonicalize().ok()?.parent()?.to_owned()));
    let folders: Vec<PathBuf> = configured.into_iter().chain(packaged).chain(linked).collect();
    let newest = folders.iter().filter_map(|folder| major_version(folder)).max();
    let newest = newest.expect("no PostgreSQL server here: `make test` installs one");
    assert!(newest >= OLDEST, "dixit needs PostgreSQL {OLDEST}, and here is only {newest}");
    let recent = |folder: &PathBuf| major_version(folder).is_some_and(|version| version >= OLDEST);
    folders.into_iter().find(recent).expect("the newest is recent")
}

/// The major version of the server in a folder, if there is one.
fn major_version(folder: &Path) -> Option<u32> {
    // `initdb (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)`, `initdb (PostgreSQL) 19beta1`
    let version = answer(&[folder.join("initdb").to_str()?, "--version"])?;
    let number = version.split(' ').nth(2)?;
    number.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
}

/// Whom the server runs as where that must not be us, because we are root.
fn other_user() -> Option<(u32, u32)> {
    let id = |words: &[&str]| answer(&[&["id"], words].concat())?.parse().ok();
    if id(&["-u"]).expect("`id -u` answers a number") != 0 {
        return None;
    }
    let user = |name| Some((id(&["-u", name])?, id(&["-g", name])?));
    Some(user("postgres").or_else(|| user("nobody")).expect("no user postgres or nobody"))
}

/// A directory that the server's user owns and reaches.
fn directory(user: Option<(u32, u32)>, prefix: &[String]) -> TempDir {
    let mut places = vec![std::env::temp_dir(), "/tmp".into(), "/var/tmp".into()];
    // Copying a database makes some three hundred files: ten times faster in memory than on a disk.
    let room = answer(&["df", "-Pk", "/dev/shm"])
        .and_then(|table| table.lines().last()?.split_whitespace().nth(3)?.parse::<u64>().ok());
    if std::env::var_os("TMPDIR").is_none() && room.is_some_and(|kilobytes| kilobytes > 4 << 20) {
        places.insert(0, "/dev/shm".into());
    }
    let suitable = |place| {
        let directory =
            tempfile::Builder::new().prefix("dixit-postgres-").tempdir_in(place).ok()?;
        if let Some((user, group)) = user {
            chown(directory.path(), Some(user), Some(group)).expect("root may give it away");
        }
        let test = ["test", "-w", directory.path().to_str()?];
        let words: Vec<&str> = prefix.iter().map(String::as_str).chain(test).collect();
        answer(&words).map(|_| directory)
    };
    let found = places.iter().find_map(suitable);
    found.unwrap_or_else(|| panic!("the server's user cannot write to any of {places:?}"))
}

/// What comes before a command, so that it runs as the server's user.
fn prefix(user: Option<(u32, u32)>) -> Vec<String> {
    let Some((user, group)) = user else { return Vec::new() };
    let ids = [format!("--reuid={user}"), format!("--regid={group}")];
    [vec!["setpriv".to_owned()], ids.to_vec(), vec!["--clear-groups".to_owned()]].concat()
}

/// What a program answers, if it succeeds.
fn answer(words: &[&str]) -> Option<String> {
    let output = Command::new(words[0]).args(&words[1..]).stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// A command without the variables that PostgreSQL's programs listen to.
fn clean(program: impl AsRef<std::ffi::OsStr>) -> Command {
    let mut command = Command::new(program);
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("PG") {
            command.env_remove(name);
        }
    }
    command.env("LC_ALL", "C");
    command
}
