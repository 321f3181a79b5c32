//! What the database said of tokens a moment ago: enough to spare it a question, never to let
//! anybody in.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::caller::NoGood;
use crate::domain::token::Digest;

/// How many tokens of each kind are remembered. Beyond, the database is asked.
const MOST: usize = 10_000;
/// How long a token stays refused: nobody holds one before it is made, and none comes back.
const REFUSED: Duration = Duration::from_secs(5);
/// How long one that was good may be asked about from an address that has asked too often.
const KNOWN: Duration = Duration::from_secs(600);

/// Tokens by their digests.
#[derive(Default)]
pub struct Recent {
    refused: Mutex<HashMap<Digest, (Instant, NoGood)>>,
    known: Mutex<HashMap<Digest, Instant>>,
}

impl Recent {
    /// Why this token was refused, if that was just now.
    pub fn refusal(&self, digest: &Digest) -> Option<NoGood> {
        let refused = locked(&self.refused);
        let (at, why) = refused.get(digest)?;
        (at.elapsed() < REFUSED).then_some(*why)
    }

    /// Whether this token was good not long ago.
    pub fn knows(&self, digest: &Digest) -> bool {
        locked(&self.known).get(digest).is_some_and(|at| at.elapsed() < KNOWN)
    }

    /// It is no good.
    pub fn refuse(&self, digest: Digest, why: NoGood) {
        locked(&self.known).remove(&digest);
        add(&mut locked(&self.refused), digest, (Instant::now(), why));
    }

    /// It is good.
    pub fn know(&self, digest: Digest) {
        add(&mut locked(&self.known), digest, Instant::now());
    }

    /// Forgets what is too old to count.
    pub fn forget(&self) {
        locked(&self.refused).retain(|_, (at, _)| at.elapsed() < REFUSED);
        locked(&self.known).retain(|_, at| at.elapsed() < KNOWN);
    }
}

fn add<V>(all: &mut HashMap<Digest, V>, digest: Digest, value: V) {
    if all.len() < MOST || all.contains_key(&digest) {
        all.insert(digest, value);
    }
}

fn locked<V>(all: &Mutex<HashMap<Digest, V>>) -> MutexGuard<'_, HashMap<Digest, V>> {
    all.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::token::Secret;

    #[test]
    fn it_has_bounded_room() {
        let recent = Recent::default();
        let digest = |n: usize| {
            let mut random = [0; 32];
            random[..8].copy_from_slice(&n.to_be_bytes());
            Secret::new(random).digest()
        };
        for n in 0..=MOST {
            recent.refuse(digest(n), NoGood::NotHere);
        }
        assert!(recent.refusal(&digest(0)).is_some());
        assert!(recent.refusal(&digest(MOST)).is_none());
        recent.know(digest(MOST));
        assert!(recent.knows(&digest(MOST)) && !recent.knows(&digest(0)));
        recent.refuse(digest(MOST), NoGood::Revoked);
        assert!(!recent.knows(&digest(MOST)));
    }
}
