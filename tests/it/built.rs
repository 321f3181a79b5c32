//! The pages that `make web` builds, as the server sends them: policies, compressed forms, sizes.

use std::path::Path;

use crate::support::{Backend, Server, Workplace, files, header, read, repository, sample};

/// The most that a first view of the front end may take on the wire, in bytes.
const FIRST_VIEW: usize = 60 << 10;

fn built(page: &str) -> bool {
    let built = repository(&format!("web/dist/{page}/index.html")).exists();
    assert!(built || std::env::var_os("CI").is_none(), "the {page} is not built: run make web");
    built
}

/// What a page loads: each `src` and `href`.
fn links(html: &str) -> Vec<&str> {
    let links = html.split([' ', '>']).filter_map(|word| {
        word.strip_prefix("src=\"").or(word.strip_prefix("href=\""))?.strip_suffix('"')
    });
    links.filter(|link| *link != "data:,").collect()
}

fn get(server: &Server, path: &str, accepts: &str) -> minreq::Response {
    let request = minreq::get(server.url(path)).with_timeout(20);
    request.with_header("Accept-Encoding", accepts).send().unwrap()
}

#[test]
fn the_pages_ask_nobody_but_this_server() {
    let workplace = Workplace::new(Backend::Sqlite);
    let server = Server::start(&workplace);
    for (name, path, files) in
        [("frontend", "/", "/assets/"), ("playground", "/graphiql/", "/graphiql/")]
    {
        let page = server.get(path);
        let html = page.as_str().unwrap();
        let policy = header(&page, "content-security-policy");
        assert!(header(&page, "content-type").starts_with("text/html"));
        for directive in policy.split(';').filter(|one| !one.contains("trusted-types")) {
            let (directive, sources) = directive.trim().split_once(' ').unwrap();
            let harmless = |source: &str| match directive {
                "style-src" => source == "'unsafe-inline'" && name == "playground",
                "font-src" | "img-src" => source == "data:",
                _ => source == "'none'",
            };
            let mut sources = sources.split(' ');
            assert!(sources.all(|source| source == "'self'" || harmless(source)), "{directive}");
        }
        assert!(policy.contains("default-src 'none'") && policy.contains("script-src 'self';"));
        if !built(name) {
            assert_eq!(page.status_code, 503);
            assert!(html.contains("was not built") && html.contains("make web"), "{html}");
            continue;
        }
        assert_eq!(page.status_code, 200);
        assert!(!html.contains("<script>") && !html.contains("<style"), "{html}");
        let links = links(html);
        assert!(links.len() >= 2, "{html}");
        for link in links {
            assert!(link.starts_with(files), "{link}");
            assert_eq!(server.get(link).status_code, 200, "{link}");
        }
        for wrong in ["assets/nothing.js", "..%2f..%2fpackage.json", "%2fetc%2fpasswd"] {
            let path = format!("{}{wrong}", if name == "frontend" { "/assets/" } else { path });
            assert_eq!(server.get(&path).status_code, 404, "{path}");
        }
    }
}

#[test]
fn the_playground_is_found_without_its_slash() {
    let workplace = Workplace::new(Backend::Sqlite);
    let server = Server::start(&workplace);
    let moved = server.get("/graphiql?query=%7Ba%7D&b=%0D%0A");
    let to = header(&moved, "location");
    assert_eq!((moved.status_code, to), (308, "/graphiql/?query=%7Ba%7D&b=%0D%0A"));
    assert_eq!(header(&server.get("/graphiql"), "location"), "/graphiql/");
}

#[test]
fn files_are_sent_in_the_form_that_the_client_likes() {
    if !built("frontend") {
        return;
    }
    let workplace = Workplace::new(Backend::Sqlite);
    let server = Server::start(&workplace);
    let plain = server.get("/");
    let html = plain.as_str().unwrap().to_owned();
    for (accepts, encoding) in [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip, deflate", "gzip"),
        ("br;q=0.5, gzip", "gzip"),
        ("br;q=0, gzip;q=0", ""),
        ("identity", ""),
        ("zstd", ""),
        (";;;", ""),
    ] {
        let answer = get(&server, "/", accepts);
        let found = (answer.status_code, header(&answer, "content-encoding"));
        assert_eq!(found, (200, encoding), "{accepts}");
        assert_eq!(header(&answer, "vary"), "Accept-Encoding", "{accepts}");
        assert_eq!(answer.as_bytes() == html.as_bytes(), encoding.is_empty(), "{accepts}");
    }
    let script = links(&html).into_iter().find(|link| link.ends_with(".js")).unwrap();
    let packed = get(&server, script, "br");
    let dist = repository("web/dist/frontend").join(&script[1..]);
    assert_eq!(packed.as_bytes(), std::fs::read(format!("{}.br", dist.display())).unwrap());
    assert_eq!(header(&packed, "content-type"), "text/javascript; charset=utf-8");
    assert_eq!(header(&packed, "cache-control"), "public, max-age=31536000, immutable");
    assert_eq!(header(&plain, "cache-control"), "no-cache");
}

#[test]
fn a_first_view_of_the_front_end_is_small() {
    if !built("frontend") {
        return;
    }
    let workplace = Workplace::new(Backend::Sqlite);
    let server = Server::start(&workplace);
    for accepts in ["br", "gzip"] {
        let html = server.get("/").as_str().unwrap().to_owned();
        let paths = links(&html).into_iter().chain(["/"]);
        let size: usize = paths.map(|path| get(&server, path, accepts).as_bytes().len()).sum();
        println!("a first view takes {size} bytes in {accepts}");
        assert!(size <= FIRST_VIEW, "{size} bytes in {accepts}");
    }
}

#[test]
fn the_locked_profile_has_the_front_end_and_no_playground() {
    let (_workplace, server) = sample(Backend::Sqlite, &[("DIXIT_PROFILE", "locked")]);
    let page = server.get("/");
    assert_eq!(page.status_code, if built("frontend") { 200 } else { 503 });
    assert_eq!(server.get("/graphiql/").status_code, 404);
}

#[test]
fn what_is_built_never_writes_markup() {
    let mut looked_at = 0;
    let mut folders = vec![repository("web/frontend")];
    while let Some(folder) = folders.pop() {
        let entries = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path());
        for path in entries {
            if path.is_dir() {
                folders.push(path);
            } else {
                looked_at += 1;
                no_markup(&path);
            }
        }
    }
    assert!(looked_at > 40, "only {looked_at} files");
    let css = files(&repository("web/frontend/styles"), ".css");
    assert!(css.iter().all(|path| !read(path).contains("url(")), "a style loads something");
}

fn no_markup(path: &Path) {
    let text = read(path);
    for word in ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("] {
        assert!(!text.contains(word), "{} has {word}", path.display());
    }
}
