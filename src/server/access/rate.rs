//! How often somebody may ask: a bucket for each address and for each token, refilled evenly.
//!
//! Answers tell by `RateLimit-Policy` and `RateLimit`
//! (draft-ietf-httpapi-ratelimit-headers-10: `q` requests in `w` seconds; `r` are left, all of
//! them again in `t` seconds).

use std::collections::HashMap;
use std::net::{IpAddr, Ipv4Addr};
use std::num::NonZeroU32;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use governor::clock::{Clock as _, DefaultClock};
use governor::middleware::StateInformationMiddleware;
use governor::nanos::Nanos;
use governor::state::StateStore;
use governor::state::keyed::ShrinkableKeyedStateStore;
use governor::{Quota, RateLimiter};

use crate::domain::id::Id;

/// The time that a rate counts in, in seconds.
const WINDOW: u64 = 60;
/// How many buckets are remembered. Beyond, somebody new shares one with their neighbours.
const MOST: usize = 100_000;
/// How many such shared buckets there are of each family of addresses.
const CROWDS: u16 = 256;

/// Whose bucket it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Key {
    /// An IPv4 address.
    V4(Ipv4Addr),
    /// The /64 of an IPv6 address: one customer has all of it.
    V6([u8; 8]),
    /// A token.
    Token(Id),
    /// All who came when there was no room: see [`Key::crowd`].
    Crowd(u16),
}

impl From<IpAddr> for Key {
    fn from(address: IpAddr) -> Self {
        match address.to_canonical() {
            IpAddr::V4(address) => Self::V4(address),
            IpAddr::V6(address) => {
                let [a, b, c, d, e, f, g, h, ..] = address.octets();
                Self::V6([a, b, c, d, e, f, g, h])
            }
        }
    }
}

impl Key {
    /// The bucket of those for whom there is no room: one for each /8 of IPv4, and of IPv6 one for
    /// the /32s, which are single providers, with the same checksum. Who fills all buckets from a
    /// network of their own is thereby slowed down beside few others.
    fn crowd(self) -> Self {
        match self {
            Self::V4(address) => Self::Crowd(u16::from(address.octets()[0])),
            Self::V6([a, b, c, d, ..]) => Self::Crowd(CROWDS + u16::from(a ^ b ^ c ^ d)),
            Self::Token(id) => Self::Crowd(2 * CROWDS + u16::from(id.as_bytes()[0])),
            Self::Crowd(_) => self,
        }
    }
}

/// Buckets of one size.
pub struct Limiter {
    policy: &'static str,
    quota: NonZeroU32,
    buckets: RateLimiter<Key, Buckets, DefaultClock, StateInformationMiddleware>,
    /// Who was refused, and until when they will be; as bounded as the buckets.
    over: Mutex<HashMap<Key, Instant>>,
}

/// What a request found in its bucket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Charge {
    policy: &'static str,
    quota: NonZeroU32,
    /// How many more requests may come at once.
    left: u32,
    /// How long to wait, where this one was too much.
    pub wait: Option<Duration>,
}

impl Limiter {
    /// Empty of all traces: everybody may send so many requests at once, and as many in a minute.
    pub fn new(policy: &'static str, quota: NonZeroU32) -> Self {
        let per_minute = Quota::per_minute(quota);
        let buckets = RateLimiter::new(per_minute, Buckets::new(MOST), DefaultClock::default());
        Self { policy, quota, buckets, over: Mutex::default() }
    }

    /// Takes one request out of a bucket, if it is in there.
    pub fn charge(&self, key: Key) -> Charge {
        let Self { policy, quota, .. } = *self;
        let (left, wait) = match self.buckets.check_key(&key) {
            Ok(state) => (state.remaining_burst_capacity(), None),
            Err(until) => (0, Some(until.wait_time_from(self.buckets.clock().now()))),
        };
        if let Some(wait) = wait {
            let mut over = locked(&self.over);
            if over.len() < MOST || over.contains_key(&key) {
                over.insert(key, Instant::now() + wait);
            }
        }
        Charge { policy, quota, left, wait }
    }

    /// What a request would find in a bucket that has refused one and is still empty; takes nothing.
    pub fn over(&self, key: Key) -> Option<Charge> {
        let until = *locked(&self.over).get(&key)?;
        let wait = until.checked_duration_since(Instant::now())?;
        let Self { policy, quota, .. } = *self;
        Some(Charge { policy, quota, left: 0, wait: Some(wait) })
    }

    /// Forgets whose buckets are full again.
    pub fn forget(&self) {
        self.buckets.retain_recent();
        let now = Instant::now();
        locked(&self.over).retain(|_, until| *until > now);
    }
}

impl Charge {
    /// The value of `RateLimit-Policy`.
    pub fn policy(&self) -> String {
        format!("\"{}\";q={};w={WINDOW}", self.policy, self.quota)
    }

    /// The value of `RateLimit`.
    pub fn limit(&self) -> String {
        let quota = u64::from(self.quota.get());
        let full = (quota - u64::from(self.left).min(quota)) * WINDOW;
        format!("\"{}\";r={};t={}", self.policy, self.left, full.div_ceil(quota))
    }

    /// The value of `Retry-After`, in whole seconds, where the request was too much.
    pub fn retry_after(&self) -> Option<u64> {
        let wait = self.wait?;
        Some(wait.as_secs() + u64::from(wait.subsec_nanos() > 0)).map(|seconds| seconds.max(1))
    }
}

/// The buckets' states: a bounded map. (governor's own grows with whoever comes.)
struct Buckets {
    most: usize,
    states: Mutex<HashMap<Key, Nanos>>,
}

impl Buckets {
    fn new(most: usize) -> Self {
        Self { most, states: Mutex::default() }
    }

    fn states(&self) -> MutexGuard<'_, HashMap<Key, Nanos>> {
        locked(&self.states)
    }
}

fn locked<V>(all: &Mutex<HashMap<Key, V>>) -> MutexGuard<'_, HashMap<Key, V>> {
    all.lock().unwrap_or_else(PoisonError::into_inner)
}

impl StateStore for Buckets {
    type Key = Key;

    fn measure_and_replace<T, F, E>(&self, key: &Key, decide: F) -> Result<T, E>
    where
        F: Fn(Option<Nanos>) -> Result<(T, Nanos), E>,
    {
        let mut states = self.states();
        let room = states.len() < self.most || states.contains_key(key);
        let key = if room { *key } else { key.crowd() };
        let (outcome, next) = decide(states.get(&key).copied())?;
        states.insert(key, next);
        Ok(outcome)
    }
}

impl ShrinkableKeyedStateStore<Key> for Buckets {
    fn retain_recent(&self, drop_below: Nanos) {
        let mut states = self.states();
        states.retain(|_, state| *state > drop_below);
        let room = states.len() * 2;
        states.shrink_to(room);
    }

    fn len(&self) -> usize {
        self.states().len()
    }

    fn is_empty(&self) -> bool {
        self.states().is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(address: &str) -> Key {
        address.parse::<IpAddr>().unwrap().into()
    }

    fn quota(quota: u32) -> NonZeroU32 {
        NonZeroU32::new(quota).unwrap()
    }

    #[test]
    fn an_address_is_its_customers() {
        assert_eq!(key("2001:db8:1:2::1"), key("2001:db8:1:2:ffff:ffff:ffff:ffff"));
        assert_ne!(key("2001:db8:1:2::1"), key("2001:db8:1:3::1"));
        assert_eq!(key("::ffff:192.0.2.1"), key("192.0.2.1"));
        assert_ne!(key("192.0.2.1"), key("192.0.2.2"));
    }

    #[test]
    fn a_bucket_is_emptied_by_its_owner_alone_and_tells_how_it_is() {
        let limiter = Limiter::new("address", quota(3));
        for (left, full) in [(2, 20), (1, 40), (0, 60)] {
            let charge = limiter.charge(key("192.0.2.1"));
            assert_eq!((charge.left, charge.retry_after()), (left, None));
            assert_eq!(charge.policy(), "\"address\";q=3;w=60");
            assert_eq!(charge.limit(), format!("\"address\";r={left};t={full}"));
        }
        let over = limiter.charge(key("192.0.2.1"));
        let wait = over.wait.unwrap();
        assert!(wait <= Duration::from_secs(20) && wait > Duration::from_secs(15), "{wait:?}");
        assert!((16..=20).contains(&over.retry_after().unwrap()));
        assert_eq!(over.limit(), "\"address\";r=0;t=60");
        assert_eq!(limiter.charge(key("192.0.2.2")).left, 2);
    }

    #[test]
    fn many_addresses_take_bounded_room_and_those_that_are_known_keep_theirs() {
        let clock = governor::clock::FakeRelativeClock::default();
        let per_minute = Quota::per_minute(quota(2));
        let limiter: RateLimiter<_, _, _, StateInformationMiddleware> =
            RateLimiter::new(per_minute, Buckets::new(2), clock.clone());
        let left = |address: &str| {
            limiter.check_key(&key(address)).map(|state| state.remaining_burst_capacity()).ok()
        };
        assert_eq!(left("192.0.2.1"), Some(1));
        assert_eq!(left("2001:db8::1"), Some(1));
        // No room: the /8 has one bucket; others are not touched.
        assert_eq!(left("198.51.100.1"), Some(1));
        assert_eq!(left("198.51.100.2"), Some(0));
        assert_eq!(left("198.1.2.3"), None);
        assert_eq!(left("203.0.113.1"), Some(1));
        assert_eq!(left("2001:db8:0:1::1"), Some(1));
        assert_eq!(left("192.0.2.1"), Some(0));
        for n in 0..100_000_u32 {
            let _ = limiter.check_key(&IpAddr::from(n.to_be_bytes()).into());
            let _ = limiter
                .check_key(&IpAddr::from(u128::from(n).wrapping_mul(1 << 80).to_be_bytes()).into());
        }
        assert!(limiter.len() <= 2 + 2 * usize::from(CROWDS), "{}", limiter.len());
        clock.advance(Duration::from_secs(WINDOW));
        clock.advance(Duration::from_secs(WINDOW));
        limiter.retain_recent();
        assert!(limiter.is_empty(), "{} are remembered", limiter.len());
    }
}
