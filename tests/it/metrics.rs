//! `/metrics`: a page that a scraper reads, with figures that are true.

use serde_json::json;

use crate::support::cluster::Cluster;
use crate::support::{Backend, Scrape, Server, Workplace, each_backend, native_row};

const READ: &str = "{ quotes(first: 5) { totalCount } }";

fn scrape(server: &Server) -> Scrape {
    let page = server.get("/metrics");
    assert_eq!(page.status_code, 200);
    let media = ("content-type", "text/plain; version=0.0.4; charset=utf-8");
    assert!(page.headers.iter().any(|(name, value)| (name.as_str(), value.as_str()) == media));
    Scrape::of(page.as_str().unwrap())
}

/// An import of two rows, of which one is refused.
fn import(workplace: &Workplace) {
    let good = native_row("a", "We shall see.", json!({}));
    let bad = native_row("b", "We shall not.", json!({ "kind": "nonsense" }));
    let file = workplace.file("rows.jsonl", good + &bad);
    assert_eq!(workplace.import(&[&file]).0, 1);
}

#[test]
fn what_an_operator_watches_is_on_the_page() {
    each_backend(|backend| {
        let workplace = Workplace::new(backend);
        import(&workplace);
        let mut command = workplace.command(&["serve"]);
        command.env("DIXIT_READERS", "3");
        let server = Server::of(command);
        for _ in 0..7 {
            server.ask(READ);
        }
        assert_eq!(server.get("/nothing").status_code, 404);
        let page = scrape(&server);

        assert_eq!(page.value("dixit_database_up"), 1.0);
        assert_eq!(page.has("dixit_database_server_up"), backend == Backend::Postgres);
        let answered = page.value(r#"dixit_store_reads_total{outcome="answered"}"#);
        // The page's own question is one of them.
        assert_eq!(answered, 8.0);
        assert_eq!(page.value("dixit_store_read_seconds_count"), answered);
        assert!(page.value("dixit_store_read_seconds_sum") > 0.0);
        for outcome in ["busy", "lost", "timeout", "failed"] {
            let series = format!("dixit_store_reads_total{{outcome=\"{outcome}\"}}");
            assert_eq!(page.value(&series), 0.0);
        }

        let writers = if backend == Backend::Sqlite { 1.0 } else { 4.0 };
        // The writer looks once whether the indexes are complete.
        for (pool, most, waits) in [("reader", 3.0, 8.0), ("writer", writers, 1.0)] {
            let of = |name: &str| {
                page.value(&format!("dixit_pool_{name}{{pool=\"{pool}\",server=\"primary\"}}"))
            };
            assert_eq!(of("connections_max"), most);
            assert!(of("connections") <= most && of("connections_in_use") <= of("connections"));
            assert_eq!(of("connections_in_use") + of("connections_idle"), of("connections"));
            assert_eq!((of("timeouts_total"), of("wait_seconds_count")), (0.0, waits), "{pool}");
        }

        let count = |route: &str, status: &str| {
            let labels = format!("{{route=\"{route}\",status=\"{status}\"}}");
            page.value(&format!("dixit_http_requests_total{labels}"))
        };
        assert_eq!((count("/graphql", "2xx"), count("other", "4xx")), (7.0, 1.0));
        assert_eq!(page.value(r#"dixit_http_request_seconds_count{route="/graphql"}"#), 7.0);

        assert_eq!(page.value(r#"dixit_imports{state="finished"}"#), 1.0);
        assert_eq!(page.value(r#"dixit_imports{state="running"}"#), 0.0);
        assert_eq!(page.value("dixit_newest_import_running"), 0.0);
        assert_eq!(page.value("dixit_newest_import_lines"), 2.0);
        for (outcome, lines) in [("accepted", 1.0), ("known", 0.0), ("rejected", 1.0)] {
            let series = format!("dixit_newest_import_outcomes{{outcome=\"{outcome}\"}}");
            assert_eq!(page.value(&series), lines);
        }
        assert!(page.value("dixit_newest_import_idle_seconds") < 600.0);

        let version = env!("CARGO_PKG_VERSION");
        assert_eq!(page.value(&format!("dixit_build_info{{version=\"{version}\"}}")), 1.0);
        assert!(page.value("process_start_time_seconds") > 1.7e9);
        if cfg!(target_os = "linux") {
            assert!(page.value("process_resident_memory_bytes") > 1e6);
            assert!(page.value("process_open_fds") > 3.0);
        }
    });
}

#[test]
fn a_database_without_imports_has_none_to_tell_of() {
    each_backend(|backend| {
        let workplace = Workplace::new(backend);
        let page = scrape(&Server::start(&workplace));
        assert_eq!(page.value(r#"dixit_imports{state="finished"}"#), 0.0);
        assert!(!page.has("dixit_newest_import_lines"));
    });
}

#[test]
fn an_import_that_crashed_is_seen_to_stand_still() {
    each_backend(|backend| {
        let workplace = Workplace::new(backend);
        import(&workplace);
        let long_ago = "UPDATE import SET state = 'RUNNING', changed_at = changed_at - 3600000000";
        workplace.direct().unwrap().run(long_ago);
        let page = scrape(&Server::start(&workplace));
        assert_eq!(page.value("dixit_newest_import_running"), 1.0);
        assert_eq!(page.value(r#"dixit_imports{state="running"}"#), 1.0);
        assert!(page.value("dixit_newest_import_idle_seconds") >= 3600.0);
    });
}

#[test]
fn a_question_that_fails_takes_nothing_but_its_own_answer() {
    each_backend(|backend| {
        let workplace = Workplace::new(backend);
        let server = Server::start(&workplace);
        server.ask(READ);
        workplace.direct().unwrap().run("DROP TABLE import_rejection; DROP TABLE import");
        let page = scrape(&server);
        assert_eq!(page.value("dixit_database_up"), 0.0);
        assert!(!page.has("dixit_imports"));
        assert_eq!(page.value(r#"dixit_store_reads_total{outcome="failed"}"#), 1.0);
        assert_eq!(page.value(r#"dixit_http_requests_total{route="/graphql",status="2xx"}"#), 1.0);
    });
}

#[test]
fn without_its_database_the_page_still_answers() {
    let cluster = Cluster::start(&[]);
    cluster.create("away", "template0");
    let workplace = Workplace::at(cluster.url("away"));
    let mut command = workplace.command(&["serve"]);
    command.env("DIXIT_DATABASE_WAIT_MS", "300");
    let server = Server::of(command);
    assert_eq!(scrape(&server).value("dixit_database_up"), 1.0);
    cluster.stop_immediately();
    let page = scrape(&server);
    assert_eq!(page.value("dixit_database_up"), 0.0);
    assert!(!page.has("dixit_imports") && page.has("process_start_time_seconds"));
    // One that found its connection dead waits for another, in vain.
    let timeouts = r#"dixit_pool_timeouts_total{pool="reader",server="primary"}"#;
    assert!(scrape(&server).value(timeouts) >= 1.0);
}
