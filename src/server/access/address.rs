//! Whose request it is, where proxies may stand in between.

use std::net::{IpAddr, SocketAddr};

use actix_web::http::header::HeaderMap;
use ipnet::IpNet;

/// Each proxy adds behind a comma whom it was asked by.
const FORWARDED: &str = "X-Forwarded-For";

/// The address of the client: the peer, or, where that is a trusted proxy, the last address that
/// `X-Forwarded-For` has before the trusted ones. What stands further left was written by the
/// client, and is not looked at.
pub fn client(peer: IpAddr, headers: &HeaderMap, trusted: &[IpNet]) -> IpAddr {
    let trusts = |address: &IpAddr| trusted.iter().any(|network| network.contains(address));
    let mut client = peer.to_canonical();
    if !trusts(&client) {
        return client;
    }
    // Several headers are one list.
    let lines: Vec<_> = headers.get_all(FORWARDED).map(|line| line.as_bytes()).collect();
    let entries = lines.iter().rev().flat_map(|line| line.rsplit(|byte| *byte == b','));
    for entry in entries.map(<[u8]>::trim_ascii).filter(|entry| !entry.is_empty()) {
        // Nobody knows who wrote what stands left of something that is no address.
        let Some(address) = read(entry) else { break };
        client = address;
        if !trusts(&client) {
            break;
        }
    }
    client
}

/// `192.0.2.1`, `192.0.2.1:4711`, `2001:db8::1`, `[2001:db8::1]`, `[2001:db8::1]:4711`.
fn read(entry: &[u8]) -> Option<IpAddr> {
    let text = std::str::from_utf8(entry).ok()?;
    let bare = text.strip_prefix('[').and_then(|text| text.strip_suffix(']'));
    let address = match bare {
        Some(bare) => IpAddr::V6(bare.parse().ok()?),
        None => {
            let with_port = || text.parse().map(|address: SocketAddr| address.ip());
            text.parse().or_else(|_| with_port()).ok()?
        }
    };
    Some(address.to_canonical())
}

#[cfg(test)]
mod tests {
    use actix_web::http::header::{HeaderName, HeaderValue};

    use super::*;

    fn found(peer: &str, lines: &[&str], trusted: &[&str]) -> String {
        let mut headers = HeaderMap::new();
        for line in lines {
            let name = HeaderName::from_static("x-forwarded-for");
            headers.append(name, HeaderValue::from_bytes(line.as_bytes()).unwrap());
        }
        let trusted: Vec<IpNet> = trusted.iter().map(|network| network.parse().unwrap()).collect();
        client(peer.parse().unwrap(), &headers, &trusted).to_string()
    }

    #[test]
    fn without_trust_the_peer_is_the_client_whatever_it_says() {
        for trusted in [&[][..], &["10.0.0.0/8"]] {
            assert_eq!(found("192.0.2.7", &["203.0.113.1"], trusted), "192.0.2.7");
            assert_eq!(found("::ffff:192.0.2.7", &["203.0.113.1"], trusted), "192.0.2.7");
        }
    }

    #[test]
    fn a_trusted_proxy_is_believed_and_what_the_client_wrote_is_not() {
        let trusted = &["10.0.0.0/8", "fd00::/8"];
        for (lines, client) in [
            (&["203.0.113.1"][..], "203.0.113.1"),
            // Spoofed on the left.
            (&["127.0.0.1, 203.0.113.1"], "203.0.113.1"),
            (&["10.9.9.9, 127.0.0.1, 203.0.113.1"], "203.0.113.1"),
            // Proxies behind each other.
            (&["198.51.100.1, 203.0.113.1, 10.1.1.1, fd00::1"], "203.0.113.1"),
            // Everybody is trusted: the one furthest away.
            (&["10.2.2.2, 10.1.1.1"], "10.2.2.2"),
            // Several headers are one list.
            (&["198.51.100.1", "203.0.113.1"], "203.0.113.1"),
            (&["198.51.100.1, 203.0.113.1", "10.1.1.1"], "203.0.113.1"),
            // Empty parts are none.
            (&["203.0.113.1, , ,10.1.1.1,"], "203.0.113.1"),
            (&["203.0.113.1", "", " , "], "203.0.113.1"),
            (&[], "10.0.0.1"),
            (&[""], "10.0.0.1"),
            // Garbage: the last that is known.
            (&["unknown"], "10.0.0.1"),
            (&["203.0.113.1, unknown, 10.1.1.1"], "10.1.1.1"),
            (&["203.0.113.1, _hidden, 198.51.100.1"], "198.51.100.1"),
            (&["203.0.113.1, 1.2.3"], "10.0.0.1"),
            (&["203.0.113.1, \u{fffd}"], "10.0.0.1"),
            // Ports and brackets.
            (&["203.0.113.1:4711"], "203.0.113.1"),
            (&["2001:db8::1"], "2001:db8::1"),
            (&["[2001:db8::1]"], "2001:db8::1"),
            (&["[2001:db8::1]:4711, [fd00::1]:80"], "2001:db8::1"),
            (&["[203.0.113.1]"], "10.0.0.1"),
            (&["[2001:db8::1"], "10.0.0.1"),
            (&["203.0.113.1:99999"], "10.0.0.1"),
            (&["fe80::1%eth0"], "10.0.0.1"),
            (&["::ffff:203.0.113.1"], "203.0.113.1"),
            (&["203.0.113.1, ::ffff:10.1.1.1"], "203.0.113.1"),
        ] {
            assert_eq!(found("10.0.0.1", lines, trusted), client, "{lines:?}");
            let mapped = found("::ffff:10.0.0.1", lines, trusted);
            assert_eq!(mapped, client, "{lines:?}");
        }
    }
}
