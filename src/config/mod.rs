//! Configuration: every setting in one table, read from the environment and `.env`.
//!
//! The table makes `.env.example` and refuses what it does not know: a mistyped variable is an
//! error, never a silent default.

mod settings;

use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};
use std::num::NonZeroU32;
use std::path::PathBuf;
use std::time::Duration;

use ipnet::{IpNet, Ipv4Net};

pub use self::settings::example;
use self::settings::{
    CONNECTIONS, DATABASE_URL, DATABASE_WAIT_MS, DRAIN_MS, IMPORT_DIR, LISTEN, LOG, LOG_FORMAT,
    MAX_REPLICA_LAG_MS, MAX_UPLOAD_BYTES, PROFILE, PUBLIC_READS, PUBLIC_URL, RATE_LIMIT, READERS,
    REPLICA_URLS, SETTINGS, SHUTDOWN_SECONDS, SOCKETS, Setting, TOKEN_RATE_LIMIT, TRUSTED_PROXIES,
    WORKERS,
};
use crate::limits::{Limits, Profile, Serving};

/// Where the data is.
#[derive(Debug, Clone)]
pub struct Database {
    /// `DATABASE_URL`.
    pub url: String,
    /// Reading connections.
    pub readers: u32,
    /// How long a caller waits for one.
    pub wait: Duration,
    /// How long a statement of a reader may take: as long as an answer.
    pub statement: Duration,
    /// Streaming replicas that reads go to.
    pub replicas: Vec<String>,
    /// How far behind one may be to be asked.
    pub max_replica_lag: Duration,
}

/// How it is served.
#[derive(Debug, Clone)]
pub struct Server {
    /// Address and port.
    pub listen: SocketAddr,
    /// The address under which people reach it, without a slash at its end.
    pub public_url: Option<String>,
    /// Serving threads; 0 takes one a core.
    pub workers: usize,
    /// How many connections each thread takes at once; more wait to be accepted.
    pub connections: usize,
    /// How many WebSockets may be open at once, over all threads.
    pub sockets: usize,
    /// How long a stop may take, running requests included, in seconds.
    pub shutdown_seconds: u64,
    /// How long connections are taken after the signal to stop.
    pub drain: Duration,
    /// What a request may cost, and how open the API is.
    pub serving: Serving,
    /// Who is let in, and how often.
    pub access: Access,
    /// What may be uploaded, and where it is kept.
    pub imports: Imports,
}

/// What may be uploaded, and where it is kept.
#[derive(Debug, Clone)]
pub struct Imports {
    /// The directory of uploads that are not imported yet.
    pub directory: PathBuf,
    /// The largest upload, in bytes.
    pub most: u64,
}

/// Who is let in, and how often.
#[derive(Debug, Clone)]
pub struct Access {
    /// Whether questions are answered without a token.
    pub public_reads: bool,
    /// How often somebody may ask; none where nobody is limited.
    pub rates: Option<Rates>,
    /// The proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpNet>,
}

/// How often somebody may ask, in requests a minute; as many may come at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rates {
    /// From one address, without a good token.
    pub address: NonZeroU32,
    /// With one token.
    pub token: NonZeroU32,
}

/// What is logged, and how.
#[derive(Debug, Clone)]
pub struct Log {
    /// A filter as `tracing` understands it.
    pub filter: String,
    /// JSON instead of text.
    pub json: bool,
}

/// The whole configuration.
#[derive(Debug, Clone)]
pub struct Config {
    /// Where the data is.
    pub database: Database,
    /// How it is served.
    pub server: Server,
    /// What is logged.
    pub log: Log,
}

/// A setting that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ConfigError {
    /// A variable that begins like one of dixit's and is none.
    #[error("unknown setting {name}; known are {known}")]
    Unknown {
        /// The variable.
        name: String,
        /// Every name that is known.
        known: String,
    },
    /// A value that a setting cannot have.
    #[error("{name}={value}: {problem}. {manual}")]
    Value {
        /// The variable.
        name: &'static str,
        /// Its value.
        value: String,
        /// What is wrong.
        problem: String,
        /// What the setting is.
        manual: &'static str,
    },
    /// A value that is not UTF-8.
    #[error("{0} is not UTF-8")]
    NotText(String),
    /// A `.env` that cannot be read.
    #[error(".env: {0}")]
    File(String),
}

/// Where a setting has its value from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// The environment of the process.
    Environment,
    /// `.env` of the working directory.
    File,
}

/// A setting that somebody has set, as they wrote it: it may hold a password.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// The variable.
    pub name: String,
    /// Its value.
    pub value: String,
    /// Where it stands.
    pub origin: Origin,
}

impl Config {
    /// Reads the environment and, where it is silent, `.env` of the working directory.
    pub fn from_environment() -> Result<Self, ConfigError> {
        let given = given()?;
        Self::read(&given.into_iter().map(|one| (one.name, one.value)).collect())
    }

    /// Reads these variables; an empty one is absent.
    pub fn read(values: &BTreeMap<String, String>) -> Result<Self, ConfigError> {
        let names = || {
            let limits = Limits::ALL.iter().map(|limit| limit.setting);
            SETTINGS.iter().map(|setting| setting.name).chain(limits)
        };
        let known = |name: &str| names().any(|known| known == name);
        if let Some(name) = values.keys().find(|name| name.starts_with("DIXIT_") && !known(name)) {
            let known = names().collect::<Vec<_>>().join(", ");
            return Err(ConfigError::Unknown { name: name.clone(), known });
        }
        let text = |setting: &'static Setting| -> String {
            let given = values.get(setting.name).map(|value| value.trim());
            given.filter(|value| !value.is_empty()).unwrap_or(setting.default).to_owned()
        };
        let number = |setting: &'static Setting, from: u64, to: u64| -> Result<u64, ConfigError> {
            let value = text(setting);
            match value.parse() {
                Ok(number) if (from..=to).contains(&number) => Ok(number),
                _ => refuse(setting, value, format!("is not a number from {from} to {to}")),
            }
        };
        let choice = |setting: &'static Setting, [yes, no]: [&str; 2]| match text(setting) {
            value if value == yes => Ok(true),
            value if value == no => Ok(false),
            value => refuse(setting, value, format!("is neither {yes} nor {no}")),
        };
        let profile = match choice(&PROFILE, ["public", "locked"])? {
            true => Profile::Public,
            false => Profile::Locked,
        };
        let mut serving = Serving { profile, ..Serving::default() };
        for limit in Limits::ALL {
            let Some(value) = values.get(limit.setting).filter(|v| !v.trim().is_empty()) else {
                continue;
            };
            match value.trim().parse() {
                Ok(number) if (limit.least..=limit.most).contains(&number) => {
                    (limit.set)(&mut serving.limits, number);
                }
                _ => {
                    let problem = format!("is not a number from {} to {}", limit.least, limit.most);
                    return Err(ConfigError::Value {
                        name: limit.setting,
                        value: value.clone(),
                        problem,
                        manual: limit.manual.trim(),
                    });
                }
            }
        }
        let rate = |setting: &'static Setting| -> Result<NonZeroU32, ConfigError> {
            let rate = number(setting, 1, 1_000_000)?;
            Ok(u32::try_from(rate).ok().and_then(NonZeroU32::new).unwrap_or(NonZeroU32::MIN))
        };
        let shutdown_seconds = number(&SHUTDOWN_SECONDS, 0, 600)?;
        let drain = number(&DRAIN_MS, 0, 60_000)?;
        if (drain, shutdown_seconds) != (0, 0) && drain >= shutdown_seconds * 1000 {
            let name = SHUTDOWN_SECONDS.name;
            let problem = format!(
                "is not less than {name}={shutdown_seconds}, which it is a part of: a second is \
                 1000 ms"
            );
            return refuse(&DRAIN_MS, drain.to_string(), problem);
        }
        let listen = text(&LISTEN);
        Ok(Self {
            database: Database {
                url: text(&DATABASE_URL),
                readers: number(&READERS, 1, 256)?.try_into().unwrap_or(256),
                wait: Duration::from_millis(number(&DATABASE_WAIT_MS, 1, 60_000)?),
                statement: Duration::from_millis(serving.limits.execution_ms),
                replicas: text(&REPLICA_URLS)
                    .split(',')
                    .map(|url| url.trim().to_owned())
                    .filter(|url| !url.is_empty())
                    .collect(),
                max_replica_lag: Duration::from_millis(number(&MAX_REPLICA_LAG_MS, 1, 600_000)?),
            },
            server: Server {
                listen: match listen.parse() {
                    Ok(address) => address,
                    Err(_) => return refuse(&LISTEN, listen, "is not ADDRESS:PORT".to_owned()),
                },
                public_url: public_url(text(&PUBLIC_URL))?,
                workers: number(&WORKERS, 0, 256)?.try_into().unwrap_or(0),
                shutdown_seconds,
                drain: Duration::from_millis(drain),
                connections: number(&CONNECTIONS, 1, 1_000_000)?.try_into().unwrap_or(1024),
                sockets: number(&SOCKETS, 1, 1_000_000)?.try_into().unwrap_or(256),
                serving,
                access: Access {
                    public_reads: choice(&PUBLIC_READS, ["on", "off"])?,
                    rates: match text(&RATE_LIMIT).as_str() {
                        "off" => None,
                        _ => Some(Rates {
                            address: rate(&RATE_LIMIT)?,
                            token: rate(&TOKEN_RATE_LIMIT)?,
                        }),
                    },
                    trusted_proxies: networks(text(&TRUSTED_PROXIES))?,
                },
                imports: Imports {
                    directory: text(&IMPORT_DIR).into(),
                    most: number(&MAX_UPLOAD_BYTES, 1024, 1 << 40)?,
                },
            },
            log: Log { filter: text(&LOG), json: choice(&LOG_FORMAT, ["json", "text"])? },
        })
    }
}

/// Every setting that somebody has set; an empty one is set to its default.
///
/// # Errors
/// A `.env` that cannot be read, or a value that is not UTF-8.
pub fn given() -> Result<Vec<Given>, ConfigError> {
    let mut values: BTreeMap<String, (String, Origin)> = BTreeMap::new();
    let is_ours = |name: &str| name == DATABASE_URL.name || name.starts_with("DIXIT_");
    match dotenvy::from_filename_iter(".env") {
        Ok(pairs) => {
            let mut last = None;
            for pair in pairs {
                let (name, value) = pair.map_err(|error| unreadable(&error, last.as_ref()))?;
                last = Some(name.clone());
                if is_ours(&name) {
                    values.insert(name, (value, Origin::File));
                }
            }
        }
        Err(error) if error.not_found() => {}
        Err(error) => return Err(unreadable(&error, None)),
    }
    for (name, value) in std::env::vars_os() {
        let Ok(name) = name.into_string() else { continue };
        if is_ours(&name) {
            let value = value.into_string().map_err(|_| ConfigError::NotText(name.clone()))?;
            values.insert(name, (value, Origin::Environment));
        }
    }
    let set = values.into_iter();
    Ok(set.map(|(name, (value, origin))| Given { name, value, origin }).collect())
}

/// Whether the environment asks for logs in JSON, whatever is wrong with all else: whoever reads
/// them reads why nothing was started, too.
pub fn wants_json() -> bool {
    std::env::var(LOG_FORMAT.name).is_ok_and(|format| format.trim() == "json")
}

/// An address of the web without what would make others of it wrong: a query, a fragment, a password.
fn public_url(text: String) -> Result<Option<String>, ConfigError> {
    if text.is_empty() {
        return Ok(None);
    }
    let read = url::Url::parse(&text).ok().filter(|url| {
        matches!(url.scheme(), "http" | "https")
            && url.has_host()
            && (url.username(), url.password(), url.query(), url.fragment())
                == ("", None, None, None)
            && url.path() == "/"
    });
    match read {
        Some(url) => Ok(Some(url.as_str().trim_end_matches('/').to_owned())),
        None => {
            let problem = "is not http:// or https:// with a host, and a port perhaps, alone";
            refuse(&PUBLIC_URL, text, problem.to_owned())
        }
    }
}

/// Addresses and networks, separated by commas.
fn networks(text: String) -> Result<Vec<IpNet>, ConfigError> {
    let parts = text.split(',').map(str::trim).filter(|part| !part.is_empty());
    let network = |part: &str| {
        let address = part.parse().map(|address: IpAddr| IpNet::from(address.to_canonical()));
        address.or_else(|_| part.parse().map(canonical)).ok()
    };
    match parts.map(|part| network(part).ok_or(part)).collect::<Result<_, _>>() {
        Ok(networks) => Ok(networks),
        Err(part) => {
            let problem =
                format!("`{part}` is neither an address nor a network such as 10.0.0.0/8");
            refuse(&TRUSTED_PROXIES, text, problem)
        }
    }
}

/// A network of IPv4 in the clothes of IPv6 is one of IPv4, as the addresses in it are.
fn canonical(network: IpNet) -> IpNet {
    let mapped = match network {
        IpNet::V6(v6) => v6.addr().to_ipv4_mapped().zip(v6.prefix_len().checked_sub(96)),
        IpNet::V4(_) => None,
    };
    let v4 = mapped.and_then(|(address, length)| Ipv4Net::new(address, length).ok());
    v4.map_or(network, IpNet::V4)
}

/// What is wrong with `.env`, without the line itself: its value may be a password.
fn unreadable(error: &dotenvy::Error, before: Option<&String>) -> ConfigError {
    ConfigError::File(match (error, before) {
        (dotenvy::Error::LineParse(..), before) => {
            let place = match before {
                Some(name) => format!("behind {name}"),
                None => "at its beginning".to_owned(),
            };
            format!("a line {place} cannot be read: put a value with spaces or signs in 'quotes'")
        }
        (other, _) => other.to_string(),
    })
}

fn refuse<T>(setting: &'static Setting, value: String, problem: String) -> Result<T, ConfigError> {
    let Setting { name, manual, .. } = *setting;
    Err(ConfigError::Value { name, value, problem, manual })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pairs: &[(&str, &str)]) -> Result<Config, ConfigError> {
        Config::read(&pairs.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect())
    }

    #[test]
    fn the_defaults_are_valid() {
        let config = read(&[]).expect("defaults");
        assert_eq!(config.database.url, "sqlite://dixit.db");
        assert_eq!(config.server.listen.port(), 8080);
    }

    #[test]
    fn a_public_address_is_told_without_its_last_slash() {
        let told = |url| read(&[("DIXIT_PUBLIC_URL", url)]).expect("valid").server.public_url;
        assert_eq!(told("https://Quotes.Example/").as_deref(), Some("https://quotes.example"));
        assert_eq!(told("http://localhost:8080").as_deref(), Some("http://localhost:8080"));
        assert_eq!(told(""), None);
    }

    #[test]
    fn a_mistyped_variable_is_an_error() {
        let error = read(&[("DIXIT_LISTN", "x")]).expect_err("unknown").to_string();
        assert!(error.contains("DIXIT_LISTN") && error.contains("DIXIT_LISTEN"), "{error}");
    }

    #[test]
    fn a_bad_value_names_its_setting_and_what_it_takes() {
        let error = read(&[("DIXIT_READERS", "0")]).expect_err("bounds").to_string();
        assert!(error.contains("DIXIT_READERS=0") && error.contains("1 to 256"), "{error}");
        for (name, value, said) in [
            ("DIXIT_RATE_LIMIT", "0", "1 to 1000000"),
            ("DIXIT_RATE_LIMIT", "Off", "`off`"),
            ("DIXIT_TOKEN_RATE_LIMIT", "off", "1 to 1000000"),
            ("DIXIT_PUBLIC_READS", "no", "neither on nor off"),
            ("DIXIT_TRUSTED_PROXIES", "10.0.0.1, 10.0.0.0/33", "`10.0.0.0/33`"),
            ("DIXIT_TRUSTED_PROXIES", "proxy.example", "`proxy.example`"),
            ("DIXIT_PUBLIC_URL", "quotes.example", "https://"),
            ("DIXIT_PUBLIC_URL", "javascript:alert(1)", "https://"),
            ("DIXIT_PUBLIC_URL", "https://quotes.example/?a", "https://"),
            ("DIXIT_PUBLIC_URL", "https://quotes.example/below", "https://"),
            ("DIXIT_PUBLIC_URL", "https://u:p@quotes.example", "https://"),
        ] {
            let error = read(&[(name, value)]).expect_err(value).to_string();
            assert!(error.contains(name) && error.contains(said), "{error}");
        }
    }

    #[test]
    fn draining_is_a_part_of_stopping() {
        let times = |seconds, ms| {
            read(&[("DIXIT_SHUTDOWN_SECONDS", seconds), ("DIXIT_DRAIN_MS", ms)])
                .map(|config| config.server.drain.as_millis())
                .map_err(|error| error.to_string())
        };
        assert_eq!(times("0", "0"), Ok(0));
        assert_eq!(times("1", "999"), Ok(999));
        for (seconds, ms) in [("0", ""), ("0", "1"), ("1", "1000"), ("10", "30000")] {
            let error = times(seconds, ms).expect_err("too long");
            let named = format!("DIXIT_SHUTDOWN_SECONDS={seconds}");
            assert!(error.contains("DIXIT_DRAIN_MS=") && error.contains(&named), "{error}");
        }
    }

    #[test]
    fn without_a_limit_by_address_there_is_none_by_token() {
        let access = |pairs| read(pairs).expect("valid").server.access;
        let rates = access(&[("DIXIT_TOKEN_RATE_LIMIT", "7")]).rates.expect("limited");
        assert_eq!((rates.address.get(), rates.token.get()), (6000, 7));
        assert_eq!(access(&[("DIXIT_RATE_LIMIT", "off")]).rates, None);
        let access =
            access(&[("DIXIT_TRUSTED_PROXIES", "::ffff:10.0.0.1, ::ffff:10.1.0.0/112, fd00::/8,")]);
        let networks: Vec<String> = access.trusted_proxies.iter().map(IpNet::to_string).collect();
        assert_eq!(networks, ["10.0.0.1/32", "10.1.0.0/16", "fd00::/8"]);
    }
}
