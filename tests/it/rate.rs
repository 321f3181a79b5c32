//! How often somebody may ask: buckets by address and by token, and who is believed about addresses.

use serde_json::Value;

use crate::support::{Backend, Scrape, Server, Workplace, each_backend, header, text};

const ASK: &str = "{ __typename }";

fn serve(workplace: &Workplace, settings: &[(&str, &str)]) -> Server {
    let mut command = workplace.command(&["serve"]);
    command.envs(settings.iter().copied());
    Server::of(command)
}

/// The statuses of one question for each of these headers.
fn statuses(server: &Server, name: &str, values: &[&str]) -> Vec<u16> {
    let status = |value: &&str| server.post_with(&[(name, *value)], ASK).status_code;
    values.iter().map(status).collect()
}

#[test]
fn who_asks_too_often_waits_and_was_told_before() {
    let workplace = Workplace::new(Backend::Sqlite);
    let server = serve(&workplace, &[("DIXIT_RATE_LIMIT", "2")]);
    for limit in ["\"address\";r=1;t=30", "\"address\";r=0;t=60"] {
        let answer = server.post_with(&[], ASK);
        assert_eq!((answer.status_code, header(&answer, "ratelimit")), (200, limit));
        assert_eq!(header(&answer, "ratelimit-policy"), "\"address\";q=2;w=60");
        assert_eq!(header(&answer, "retry-after"), "");
    }
    for over in [server.post_with(&[], ASK), server.get("/graphql"), server.get("/schema.graphql")]
    {
        let body: Value = serde_json::from_str(over.as_str().unwrap()).unwrap();
        assert_eq!(over.status_code, 429);
        assert_eq!(text(&body, "/errors/0/extensions/code"), "RATE_LIMITED");
        assert_eq!(header(&over, "ratelimit"), "\"address\";r=0;t=60");
        assert_eq!(header(&over, "ratelimit-policy"), "\"address\";q=2;w=60");
        assert_eq!(header(&over, "cache-control"), "no-store");
        let wait: u64 = header(&over, "retry-after").parse().unwrap();
        assert!((1..=30).contains(&wait), "{wait}");
    }
    // What is for probes and for browsers is not limited.
    for path in ["/healthz", "/readyz", "/metrics", "/graphiql/"] {
        let answer = server.get(path);
        assert_ne!(answer.status_code, 429, "{path}");
        assert_eq!(header(&answer, "ratelimit"), "", "{path}");
    }
}

#[test]
fn a_trusted_proxy_tells_whose_request_it_is() {
    let workplace = Workplace::new(Backend::Sqlite);
    let trusted = [("DIXIT_RATE_LIMIT", "1"), ("DIXIT_TRUSTED_PROXIES", "127.0.0.0/8, 10.0.0.1")];
    let server = serve(&workplace, &trusted);
    for (client, status) in [
        ("203.0.113.1", 200),
        ("203.0.113.2", 200),
        ("203.0.113.1", 429),
        // What the client wrote itself is worth nothing.
        ("198.51.100.9, 203.0.113.1", 429),
        ("198.51.100.9, 203.0.113.1, 10.0.0.1", 429),
        ("2001:db8:0:1::1", 200),
        ("[2001:db8:0:1:ffff::2]:4711", 429),
        ("2001:db8:0:2::1", 200),
        ("::ffff:203.0.113.2", 429),
        // Nobody knows: the proxy's own bucket.
        ("unknown", 200),
        ("127.0.0.1", 429),
    ] {
        assert_eq!(statuses(&server, "X-Forwarded-For", &[client]), [status], "{client}");
    }
}

#[test]
fn who_is_not_trusted_is_not_believed() {
    let workplace = Workplace::new(Backend::Sqlite);
    for trusted in ["", "10.0.0.0/8"] {
        let settings = [("DIXIT_RATE_LIMIT", "1"), ("DIXIT_TRUSTED_PROXIES", trusted)];
        let server = serve(&workplace, &settings);
        let spoofed = ["203.0.113.1", "203.0.113.2", "127.0.0.1"];
        assert_eq!(statuses(&server, "X-Forwarded-For", &spoofed), [200, 429, 429]);
        assert_eq!(statuses(&server, "Forwarded", &["for=203.0.113.3"]), [429]);
        assert_eq!(statuses(&server, "X-Real-Ip", &["203.0.113.3"]), [429]);
    }
}

#[test]
fn a_good_token_has_a_bucket_of_its_own_and_a_bad_one_has_none() {
    each_backend(|backend| {
        let workplace = Workplace::new(backend);
        let create = ["token", "create", "--scope", "read", "--name"];
        let tokens = ["a", "b"].map(|name| {
            let made = workplace.dixit(&[&create[..], &[name]].concat());
            format!("Bearer {}", made.out.trim())
        });
        let limits = [("DIXIT_RATE_LIMIT", "1"), ("DIXIT_TOKEN_RATE_LIMIT", "2")];
        let server = serve(&workplace, &limits);
        let [a, b] = tokens.each_ref().map(String::as_str);
        let first = server.post_with(&[("Authorization", a)], ASK);
        assert_eq!(header(&first, "ratelimit-policy"), "\"token\";q=2;w=60");
        assert_eq!(header(&first, "ratelimit"), "\"token\";r=1;t=30");
        // Who is not known yet waits where others have emptied their address's bucket.
        assert_eq!(statuses(&server, "Authorization", &[b]), [200]);
        // The address has not been charged; now it is, and bad tokens with it.
        assert_eq!(statuses(&server, "Authorization", &["Bearer dixit_x"]), [401]);
        assert_eq!(statuses(&server, "Authorization", &["Bearer dixit_x", "Basic x"]), [429, 429]);
        assert_eq!(server.post_with(&[], ASK).status_code, 429);
        assert_eq!(statuses(&server, "Authorization", &[a, a, b, b]), [200, 429, 200, 429]);
    });
}

/// How many reads the database has answered; asking is one.
fn reads(server: &Server) -> f64 {
    let page = server.get("/metrics");
    Scrape::of(page.as_str().unwrap()).value("dixit_store_reads_total{outcome=\"answered\"}")
}

/// A token that nobody has made.
fn made_up(number: u8) -> String {
    format!("Bearer {}", dixit::domain::token::Secret::new([number; 32]).reveal())
}

#[test]
fn made_up_tokens_cost_an_address_that_asks_too_often_no_reads() {
    each_backend(|backend| {
        let workplace = Workplace::new(backend);
        let made = workplace.dixit(&["token", "create", "--scope", "read", "--name", "a"]);
        let good = format!("Bearer {}", made.out.trim());
        let server = serve(&workplace, &[("DIXIT_RATE_LIMIT", "2")]);
        assert_eq!(statuses(&server, "Authorization", &[&good]), [200]);
        let over: Vec<u16> =
            (0..4).flat_map(|n| statuses(&server, "Authorization", &[&made_up(n)])).collect();
        assert_eq!(over, [401, 401, 429, 429]);
        let before = reads(&server);
        for n in 10..20 {
            assert_eq!(statuses(&server, "Authorization", &[&made_up(n)]), [429]);
        }
        assert_eq!(reads(&server) - before, 1.0);
        // Who was known is asked about, and refused as soon as it is revoked.
        assert_eq!(statuses(&server, "Authorization", &[&good]), [200]);
        assert_eq!(workplace.dixit(&["token", "revoke", "a"]).code, 0);
        assert_ne!(statuses(&server, "Authorization", &[&good]), [200]);
    });
}

#[test]
fn a_token_that_was_refused_just_now_is_refused_without_a_read() {
    let workplace = Workplace::new(Backend::Sqlite);
    let server = serve(&workplace, &[]);
    assert_eq!(statuses(&server, "Authorization", &[&made_up(0)]), [401]);
    let before = reads(&server);
    assert_eq!(statuses(&server, "Authorization", &[&made_up(0)]), [401]);
    assert_eq!(reads(&server) - before, 1.0);
}

#[test]
fn benchmarks_are_not_limited() {
    let workplace = Workplace::new(Backend::Sqlite);
    let off = [("DIXIT_RATE_LIMIT", "off"), ("DIXIT_TOKEN_RATE_LIMIT", "1")];
    let server = serve(&workplace, &off);
    for _ in 0..20 {
        let answer = server.post_with(&[], ASK);
        assert_eq!((answer.status_code, header(&answer, "ratelimit")), (200, ""));
        assert_eq!(header(&answer, "ratelimit-policy"), "");
    }
}
