//! The uploads that this server imports: which come, which wait, which one runs.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use super::runner::run;
use super::spool::Spool;
use crate::config;
use crate::domain::id::Id;
use crate::domain::import::ImportState;
use crate::import::Stop;
use crate::store::{Store, StoreError, imports};

/// How many uploads may come at once.
const COMING: usize = 8;
/// How many may be kept until they are imported.
const KEPT: usize = 100;

/// The uploads of one server, shared by all of its threads.
pub struct Jobs {
    /// Their files.
    pub spool: Spool,
    /// The database.
    pub store: Store,
    now: Mutex<Now>,
    changed: Condvar,
}

/// How it stands.
#[derive(Default)]
struct Now {
    /// The origins of those that come.
    coming: HashSet<String>,
    /// The one that is imported.
    running: Option<(Id, Stop)>,
    /// Those that somebody stopped, and who.
    stopped: HashMap<Id, String>,
    /// Whether the server stops.
    ending: bool,
    /// Whether nothing is done any more.
    ended: bool,
}

/// Why an upload is not let in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// One of the same origin comes at this moment.
    Same,
    /// As many come, or wait, as may.
    TooMany,
}

/// What became of a job that was to be stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stopped {
    /// It is stopped.
    Now,
    /// It stops with the batch that it is at.
    Soon,
    /// It is none of this server's, or has ended.
    NotHere,
}

/// Why a job that waits could not be stopped.
#[derive(Debug, thiserror::Error)]
pub enum StopError {
    /// Its record could not be changed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Its files could not be removed.
    #[error(transparent)]
    Spool(#[from] std::io::Error),
}

/// An upload that was let in; it makes way with the value.
pub struct Coming {
    jobs: Arc<Jobs>,
    origin: String,
}

impl Drop for Coming {
    fn drop(&mut self) {
        self.jobs.now().coming.remove(&self.origin);
        self.jobs.changed.notify_all();
    }
}

impl Jobs {
    /// Those that an earlier server left; a thread of its own imports them, one after the other.
    ///
    /// # Errors
    /// Where the thread cannot be started.
    pub fn start(store: Store, config: &config::Imports) -> std::io::Result<Arc<Self>> {
        let spool = Spool::new(config.directory.clone());
        let (now, changed) = (Mutex::default(), Condvar::new());
        let jobs = Arc::new(Self { spool, store, now, changed });
        let work = Arc::clone(&jobs);
        thread::Builder::new().name("import-jobs".to_owned()).spawn(move || {
            run(&work);
            work.now().ended = true;
            work.changed.notify_all();
        })?;
        Ok(jobs)
    }

    /// Lets an upload in.
    pub fn admit(self: &Arc<Self>, origin: &str) -> Result<Coming, Refused> {
        let kept = self.spool.jobs().map_or(0, |jobs| jobs.len());
        let mut now = self.now();
        if now.coming.contains(origin) {
            return Err(Refused::Same);
        }
        if now.coming.len() >= COMING || now.coming.len() + kept >= KEPT {
            return Err(Refused::TooMany);
        }
        now.coming.insert(origin.to_owned());
        Ok(Coming { jobs: Arc::clone(self), origin: origin.to_owned() })
    }

    /// Whether an upload of this origin comes at this moment.
    pub fn comes(&self, origin: &str) -> bool {
        self.now().coming.contains(origin)
    }

    /// Stops a job. One that runs ends with its batch; one that waits goes at once.
    ///
    /// # Errors
    /// Where the record or the files of one that waits cannot be changed.
    pub fn stop(&self, id: Id, who: &str) -> Result<Stopped, StopError> {
        {
            let mut now = self.now();
            if !self.spool.has(id) {
                return Ok(Stopped::NotHere);
            }
            now.stopped.insert(id, who.to_owned());
            if let Some((_, stop)) = now.running.as_ref().filter(|(running, _)| *running == id) {
                stop.ask();
                // It may be waiting for the database.
                self.changed.notify_all();
                return Ok(Stopped::Soon);
            }
        }
        let problem = format!("stopped by {who}");
        let state = ImportState::Interrupted;
        self.store.write(|c| imports::stand(c, id, state, Some(&problem)))?;
        self.spool.remove(&id.to_string())?;
        Ok(Stopped::Now)
    }

    /// Nobody has stopped a job that is given again.
    pub fn forget(&self, id: Id) {
        self.now().stopped.remove(&id);
    }

    /// Who stopped a job, if anybody did.
    pub fn stopped(&self, id: Id) -> Option<String> {
        self.now().stopped.get(&id).cloned()
    }

    /// A job begins, with what stops it.
    pub fn begin(&self, id: Id) -> Stop {
        let stop = Stop::default();
        let mut now = self.now();
        if now.ending || now.stopped.contains_key(&id) {
            stop.ask();
        }
        now.running = Some((id, stop.clone()));
        stop
    }

    /// No job runs any more; where this one is over, nothing more is known of it.
    pub fn end(&self, id: Id, over: bool) {
        let mut now = self.now();
        now.running = None;
        if over {
            now.stopped.remove(&id);
        }
    }

    /// Whether the server stops.
    pub fn ending(&self) -> bool {
        self.now().ending
    }

    /// Waits until something has changed, or for so long.
    pub fn wait(&self, time: Duration) {
        let now = self.now();
        if !now.ending {
            drop(self.changed.wait_timeout(now, time));
        }
    }

    /// Asks the job that runs to stop with its batch; none begins any more.
    pub fn stop_all(&self) {
        let mut now = self.now();
        now.ending = true;
        if let Some((_, stop)) = &now.running {
            stop.ask();
        }
        self.changed.notify_all();
    }

    /// Waits until nothing is done any more, for so long at most.
    pub fn wait_for_end(&self, time: Duration) -> bool {
        let now = self.now();
        let ended = self.changed.wait_timeout_while(now, time, |now| !now.ended);
        ended.unwrap_or_else(PoisonError::into_inner).0.ended
    }

    fn now(&self) -> MutexGuard<'_, Now> {
        self.now.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
