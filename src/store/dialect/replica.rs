//! Streaming replicas: which of them may answer a read, by how far each has come.
//!
//! A thread watches each server. A replica is asked only as long as it answers its watcher, is
//! behind its primary by no more than the limit, and has what the client itself wrote.

use std::collections::VecDeque;
use std::fmt;
use std::str::FromStr;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::thread;
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;
use diesel::sql_types::{Bool, Nullable, Text};

use super::pool::{PoolHealth, Purpose};
use super::postgres::{Pool, Pooled, pool, reading};
use super::{Options, failed, printable};
use crate::store::error::Result;

/// How often a server is asked how far it is.
const INTERVAL: Duration = Duration::from_millis(150);
/// How long the server itself may take to say it.
const LOOKING: Duration = Duration::from_secs(2);
/// A replica that has not answered for so long counts as gone. Connections to it may hang.
const SILENCE: Duration = Duration::from_millis(600);
/// How long a read waits for a connection to a replica before another server is asked.
const PATIENCE: Duration = Duration::from_millis(100);
/// How many places of the primary are remembered: those of the last minutes.
const REMEMBERED: usize = 4_096;

/// A place in the primary's log (LSN): what a client wrote is on a server that has come this far.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position(u64);

impl Position {
    /// Behind every place in a log: no replica ever comes so far.
    pub const LAST: Self = Self(u64::MAX);
}

/// A text that is no [`Position`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("is not a position such as 0/16B3748")]
pub struct NotAPosition;

impl FromStr for Position {
    type Err = NotAPosition;

    fn from_str(text: &str) -> std::result::Result<Self, NotAPosition> {
        let (high, low) = text.split_once('/').ok_or(NotAPosition)?;
        let half = |part: &str| match part.len() {
            1..=8 if part.bytes().all(|byte| byte.is_ascii_hexdigit()) => {
                u64::from_str_radix(part, 16).map_err(|_| NotAPosition)
            }
            _ => Err(NotAPosition),
        };
        Ok(Self(half(high)? << 32 | half(low)?))
    }
}

impl fmt::Display for Position {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:X}/{:X}", self.0 >> 32, self.0 & 0xffff_ffff)
    }
}

/// How a server is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ServerState {
    /// It answers.
    Up,
    /// It answers, but is too far behind to be asked.
    Lagging,
    /// It answers, but is no replica of this primary.
    Foreign,
    /// It does not answer.
    Down,
}

impl ServerState {
    /// The word for it in `/readyz`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Up => "up",
            Self::Lagging => "lagging",
            Self::Foreign => "foreign",
            Self::Down => "down",
        }
    }
}

/// How a server is doing, for operators.
#[derive(Debug, Clone)]
pub struct ServerHealth {
    /// Its URL without the password.
    pub url: String,
    /// Whether it is asked.
    pub state: ServerState,
    /// How far it is behind; `None` for a primary, and where it is not known.
    pub lag: Option<Duration>,
    /// Reads that went there.
    pub reads: usize,
}

/// A primary and its replicas, watched.
pub struct Replicas {
    primary: Primary,
    replicas: Vec<Arc<Replica>>,
    next: AtomicUsize,
}

/// What is known of the primary.
struct Primary {
    url: String,
    known: Mutex<Course>,
    reads: AtomicUsize,
}

/// What the primary has told.
#[derive(Default)]
struct Course {
    system: Option<String>,
    /// Its places and when it was first seen there, oldest first.
    places: VecDeque<(Instant, Position)>,
    answered: Option<Instant>,
}

/// A replica and what is known of it.
pub struct Replica {
    url: String,
    pool: Pool,
    known: Mutex<Known>,
    max_lag: Duration,
    reads: AtomicUsize,
}

#[derive(Default)]
struct Known {
    answered: Option<Instant>,
    replayed: Option<Position>,
    foreign: bool,
    lag: Option<Duration>,
}

#[derive(QueryableByName)]
struct Look {
    #[diesel(sql_type = Bool)]
    replica: bool,
    #[diesel(sql_type = Nullable<Text>)]
    place: Option<String>,
    #[diesel(sql_type = Text)]
    system: String,
}

const LOOK: &str = "SELECT pg_is_in_recovery() AS replica, \
    (CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_lsn() END)::text \
    AS place, (SELECT system_identifier::text FROM pg_control_system()) AS system";

impl Replicas {
    /// Watches the primary at `url` and its replicas. A replica may be away: it is asked as soon as
    /// it is there and up to date.
    pub fn watch(url: &str, options: &Options) -> Result<Arc<Self>> {
        let mut replicas = Vec::with_capacity(options.replicas.len());
        for replica in &options.replicas {
            if !super::is_postgres(replica) {
                return Err(failed(replica, "a replica's URL begins with postgres://"));
            }
            super::postgres::check(replica)?;
            replicas.push(Arc::new(Replica {
                url: printable(replica),
                pool: pool(replica, options.readers, reading(options.statement)),
                known: Mutex::default(),
                max_lag: options.max_replica_lag,
                reads: AtomicUsize::new(0),
            }));
        }
        let primary =
            Primary { url: printable(url), known: Mutex::default(), reads: AtomicUsize::new(0) };
        let all = Arc::new(Self { primary, replicas, next: AtomicUsize::new(0) });
        let to_primary = |all: &Self, look| all.primary.saw(look);
        spawn(url.to_owned(), Arc::downgrade(&all), to_primary)?;
        for (number, replica) in options.replicas.iter().enumerate() {
            let to_replica = move |all: &Self, look| all.replica_was_seen(number, look);
            spawn(replica.clone(), Arc::downgrade(&all), to_replica)?;
        }
        Ok(all)
    }

    /// A connection to the next replica that may answer; `None` where none may: the primary is asked.
    pub fn reader(&self, since: Option<Position>) -> Option<(Pooled, Arc<Replica>)> {
        let first = self.next.fetch_add(1, Relaxed);
        let count = self.replicas.len();
        for replica in (0..count).filter_map(|n| self.replicas.get((first.wrapping_add(n)) % count))
        {
            if replica.may_answer(since)
                && let Ok(connection) = replica.pool.get(PATIENCE)
            {
                replica.reads.fetch_add(1, Relaxed);
                return Some((connection, Arc::clone(replica)));
            }
        }
        self.primary.reads.fetch_add(1, Relaxed);
        None
    }

    /// Whether reads may go to another server than the primary.
    pub fn exist(&self) -> bool {
        !self.replicas.is_empty()
    }

    /// How the primary and the replicas are doing, the primary first.
    pub fn health(&self) -> Vec<ServerHealth> {
        let answered = locked(&self.primary.known).answered;
        let up = answered.is_some_and(|at| at.elapsed() < SILENCE);
        let primary = ServerHealth {
            url: self.primary.url.clone(),
            state: if up { ServerState::Up } else { ServerState::Down },
            lag: None,
            reads: self.primary.reads.load(Relaxed),
        };
        std::iter::once(primary).chain(self.replicas.iter().map(|r| r.health())).collect()
    }

    /// The replicas' pools, in the order of [`Replicas::health`].
    pub fn pools(&self) -> impl Iterator<Item = PoolHealth> {
        (1..).zip(&self.replicas).map(|(number, r)| r.pool.health(number, Purpose::Reader))
    }

    fn replica_was_seen(&self, number: usize, look: Option<Look>) {
        let Some(replica) = self.replicas.get(number) else { return };
        let course = locked(&self.primary.known);
        let mut known = locked(&replica.known);
        let before = replica.state(&known);
        let Some(look) = look else {
            *known = Known::default();
            drop(course);
            return replica.tell(before, ServerState::Down);
        };
        let place = look.place.as_deref().and_then(|place| place.parse().ok());
        *known = Known {
            answered: Some(Instant::now()),
            foreign: !look.replica || course.system.as_ref().is_some_and(|id| *id != look.system),
            lag: place.and_then(|place| course.lag(place)),
            replayed: place,
        };
        let after = replica.state(&known);
        replica.tell(before, after);
    }
}

impl Primary {
    fn saw(&self, look: Option<Look>) {
        let mut course = locked(&self.known);
        let Some(look) = look.filter(|look| !look.replica) else { return };
        let now = Instant::now();
        course.answered = Some(now);
        course.system = Some(look.system);
        let Some(place) = look.place.as_deref().and_then(|place| place.parse().ok()) else {
            return;
        };
        if course.places.back().is_some_and(|(_, last)| place < *last) {
            // Another server has taken over, without the last of what the one before had written.
            course.places.clear();
        }
        if course.places.back().is_none_or(|(_, last)| *last < place) {
            course.places.push_back((now, place));
        }
        if course.places.len() > REMEMBERED {
            course.places.pop_front();
        }
    }
}

impl Course {
    /// How far a replica at this place is behind: since when the primary had been further when it
    /// answered last. A primary that is gone runs away from nobody. `None` before the replica has
    /// reached the first place that this process saw: it may be behind by hours.
    fn lag(&self, place: Position) -> Option<Duration> {
        let (_, first) = self.places.front()?;
        if place < *first {
            return None;
        }
        let further = self.places.iter().find(|(_, passed)| *passed > place);
        let since = |(at, _): &(Instant, Position)| {
            self.answered.map_or(Duration::ZERO, |now| now.saturating_duration_since(*at))
        };
        Some(further.map_or(Duration::ZERO, since))
    }
}

impl Replica {
    /// Not asked again before its watcher has seen it.
    pub fn lost(&self) {
        *locked(&self.known) = Known::default();
    }

    fn may_answer(&self, since: Option<Position>) -> bool {
        let known = locked(&self.known);
        self.state(&known) == ServerState::Up && since <= known.replayed
    }

    fn state(&self, known: &Known) -> ServerState {
        if known.answered.is_none_or(|at| at.elapsed() > SILENCE) {
            ServerState::Down
        } else if known.foreign {
            ServerState::Foreign
        } else if known.lag.is_none_or(|lag| lag > self.max_lag) {
            ServerState::Lagging
        } else {
            ServerState::Up
        }
    }

    fn health(&self) -> ServerHealth {
        let known = locked(&self.known);
        let state = self.state(&known);
        let lag = if state == ServerState::Down { None } else { known.lag };
        ServerHealth { url: self.url.clone(), state, lag, reads: self.reads.load(Relaxed) }
    }

    fn tell(&self, before: ServerState, after: ServerState) {
        if before != after {
            tracing::info!(replica = self.url, state = after.as_str(), "a replica changed");
        }
    }
}

/// Looks at a server again and again, until nobody holds the store any more.
fn spawn(
    url: String,
    all: Weak<Replicas>,
    saw: impl Fn(&Replicas, Option<Look>) + Send + 'static,
) -> Result<()> {
    let watch = {
        let url = url.clone();
        move || {
            let mut connection = None;
            loop {
                let look = look(&url, &mut connection);
                let Some(all) = all.upgrade() else { return };
                saw(&all, look);
                drop(all);
                thread::sleep(INTERVAL);
            }
        }
    };
    thread::Builder::new()
        .name("replica-watch".to_owned())
        .spawn(watch)
        .map(drop)
        .map_err(|error| failed(&url, error))
}

/// How far a server is; `None` where it does not answer.
fn look(url: &str, connection: &mut Option<PgConnection>) -> Option<Look> {
    if connection.is_none() {
        let mut new = PgConnection::establish(&super::postgres::bounded(url)).ok()?;
        new.batch_execute(&reading(LOOKING)).ok()?;
        *connection = Some(new);
    }
    let look = diesel::sql_query(LOOK).get_result(connection.as_mut()?);
    if let Err(error) = &look {
        tracing::debug!(%error, "a server does not answer its watcher");
        *connection = None;
    }
    look.ok()
}

/// What a panic left is still what was known last.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_read_what_the_server_prints() {
        let position: Position = "16/B374D848".parse().unwrap_or(Position(0));
        assert_eq!(position, Position(0x16_B374_D848));
        assert_eq!(position.to_string(), "16/B374D848");
        for wrong in ["", "0", "0/", "/0", "0/123456789", "0/+1", "x/1", "0/1/2"] {
            assert_eq!(wrong.parse::<Position>(), Err(NotAPosition), "{wrong}");
        }
    }

    #[test]
    fn the_lag_counts_from_when_the_primary_went_further() {
        let now = Instant::now();
        let ago = |seconds| now.checked_sub(Duration::from_secs(seconds)).unwrap_or(now);
        let course = Course {
            places: [(ago(30), Position(10)), (ago(20), Position(20)), (ago(5), Position(30))]
                .into(),
            answered: Some(now),
            ..Course::default()
        };
        let seconds = |place| course.lag(Position(place)).map(|lag| lag.as_secs());
        assert_eq!(seconds(9), None);
        assert_eq!(seconds(10), Some(20));
        assert_eq!(seconds(25), Some(5));
        assert_eq!(seconds(30), Some(0));
        assert_eq!(seconds(40), Some(0));
        // It stops counting when the primary is heard of no more.
        let gone = Course { answered: Some(ago(4)), ..course };
        assert_eq!(gone.lag(Position(25)).map(|lag| lag.as_secs()), Some(1));
    }
}
