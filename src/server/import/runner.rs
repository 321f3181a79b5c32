//! The thread that imports uploads, one after the other, with the code of `dixit import`.

use std::fs::File;
use std::time::Duration;

use super::jobs::Jobs;
use super::spool::{Job, Turn};
use crate::domain::id::Id;
use crate::domain::import::ImportState;
use crate::import::{
    Options, Progress, Rejection, Report, Resume, RunError, Source, SourceError, run as import,
};
use crate::store::audit::Actor;
use crate::store::write::ImportRow;
use crate::store::{Result, Store, StoreError, chain, imports};

/// How often it is looked whether another server has left the directory, or a job has come to it.
const LOOK: Duration = Duration::from_secs(2);
/// How long a job waits that could not be written, at first and at most.
const PAUSE: (Duration, Duration) = (Duration::from_secs(1), Duration::from_secs(60));

/// Imports what is there and what comes, until the server stops.
pub fn run(jobs: &Jobs) {
    let mut runner = Runner { jobs, turn: None, store: None, pause: PAUSE.0 };
    while !jobs.ending() {
        match runner.next() {
            Some(job) => runner.take(&job),
            None => jobs.wait(LOOK),
        }
    }
}

struct Runner<'j> {
    jobs: &'j Jobs,
    turn: Option<Turn>,
    /// Connections of its own: those who write beside it shall not wait for a whole import.
    store: Option<Store>,
    pause: Duration,
}

/// What is to become of a job.
enum Next {
    /// It is over.
    Over,
    /// It goes on with the next server.
    Later,
    /// It is tried again after a while.
    Again,
}

impl Runner<'_> {
    /// The job that came first of those that are whole.
    fn next(&mut self) -> Option<Job> {
        let spool = &self.jobs.spool;
        let found = match &self.turn {
            Some(_) => spool.jobs(),
            None => spool.turn().and_then(|turn| {
                self.turn = turn;
                if self.turn.is_some() { spool.jobs() } else { Ok(Vec::new()) }
            }),
        };
        let jobs = found.unwrap_or_else(|error| {
            tracing::error!(%error, "the directory of uploads cannot be read");
            Vec::new()
        });
        jobs.into_iter().find(|job| !self.jobs.comes(&job.origin))
    }

    fn take(&mut self, job: &Job) {
        let Ok(id) = job.id.parse::<Id>() else {
            tracing::error!(job.id, "a job has no id");
            return self.remove(job);
        };
        let next = self.work(id, job).unwrap_or_else(|error| {
            tracing::warn!(job.id, error = chain(&error), "an upload waits for the database");
            Next::Again
        });
        match next {
            Next::Over => {
                self.remove(job);
                self.pause = PAUSE.0;
            }
            Next::Later => {}
            Next::Again => {
                self.jobs.wait(self.pause);
                self.pause = (self.pause * 2).min(PAUSE.1);
            }
        }
        self.jobs.end(id, matches!(next, Next::Over));
    }

    fn remove(&self, job: &Job) {
        if let Err(error) = self.jobs.spool.remove(&job.id) {
            tracing::error!(job.id, %error, "an upload cannot be removed");
            self.jobs.wait(LOOK);
        }
    }

    /// Imports a job as far as it goes.
    fn work(&mut self, id: Id, job: &Job) -> Result<Next> {
        let store = match &self.store {
            Some(store) => store.clone(),
            None => self.store.insert(self.jobs.store.apart()?).clone(),
        };
        let row = |store: &Store| -> Result<Option<ImportRow>> {
            Ok(store.read(|c| imports::by_id(c, &[id]))?.pop())
        };
        // Nobody was told of one that has no record: the server was killed before.
        let Some(before) = row(&store)? else { return Ok(Next::Over) };
        if is_over(before.state) {
            return Ok(Next::Over);
        }
        let data = self.jobs.spool.data(&job.id);
        if !data.exists() {
            let gone = "its upload is gone from the server's disk: send it again";
            store.write(|c| imports::stand(c, id, ImportState::Interrupted, Some(gone)))?;
            return Ok(Next::Over);
        }
        // The thread that read it last may still have it.
        while File::open(&data).is_ok_and(|file| file.try_lock().is_err()) {
            if self.jobs.ending() {
                return Ok(Next::Later);
            }
            self.jobs.wait(Duration::from_millis(50));
        }
        let stop = self.jobs.begin(id);
        let token = job.token.0.parse().ok();
        let options = Options {
            format: job.format.as_deref().and_then(|format| format.parse().ok()),
            resume: Resume::Insist,
            origin: Some(job.origin.clone()),
            max_rejects: job.max_rejects,
            actor: Actor { token, name: job.token.1.clone(), request: job.request.clone() },
            stop: stop.clone(),
            ..Options::default()
        };
        let done = match stop.is_asked() {
            true => Ok(Report::default()),
            false => {
                let source = Source::Kept { name: job.name.clone(), path: data };
                import(&store, vec![source], &options, &mut Quiet)
            }
        };
        let stand = |state, problem: Option<&str>| {
            store.write(|c| imports::stand(c, id, state, problem)).map(drop)
        };
        let state = row(&store)?.map_or(ImportState::Broken, |row| row.state);
        match done {
            Ok(_) if is_over(state) && state != ImportState::Stopped => Ok(Next::Over),
            Ok(_) if state == ImportState::Stopped => {
                let most = job.max_rejects.unwrap_or_default();
                stand(state, Some(&format!("more than {most} rows were rejected (max_rejects)")))?;
                Ok(Next::Over)
            }
            Ok(report) => {
                if let Some(who) = self.jobs.stopped(id) {
                    stand(ImportState::Interrupted, Some(&format!("stopped by {who}")))?;
                    Ok(Next::Over)
                } else if stop.is_asked() {
                    stand(ImportState::Waiting, None)?;
                    Ok(Next::Later)
                } else {
                    stand(ImportState::Broken, Some(&report.failed.join("; ")))?;
                    Ok(Next::Over)
                }
            }
            // Whether somebody else has brought it to its end is seen in its record.
            Err(RunError::Store(StoreError::Overtaken)) => Ok(Next::Again),
            Err(RunError::Store(error)) => {
                let problem = "the database could not be written: this is tried again";
                // Where that cannot be written either, the state tells enough.
                let told = stand(ImportState::Waiting, Some(problem));
                drop(told);
                Err(error)
            }
            Err(error) => {
                tracing::error!(job.id, error = chain(&error), "an upload cannot be imported");
                stand(ImportState::Broken, Some("internal error: the server's log says more"))?;
                Ok(Next::Over)
            }
        }
    }
}

/// Whether nothing of an upload in this state is imported any more: it ended by itself.
pub fn is_over(state: ImportState) -> bool {
    state.has_ended() && state != ImportState::Interrupted
}

/// The record tells all there is.
struct Quiet;

impl Progress for Quiet {
    fn written(&mut self, _: &Report) {}
    fn rejected(&mut self, _: &Rejection) {}
    fn told(&mut self, _: &str, _: u64, _: &str) {}
    fn failed(&mut self, _: &SourceError) {}
}
