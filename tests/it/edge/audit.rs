//! The GraphQL Foundation's audit of servers that speak GraphQL over HTTP, from the npm package
//! `graphql-http`.

use std::process::Command;

use crate::support::{each_backend, repository, sample};

#[test]
fn the_audit_of_graphql_over_http_has_nothing_to_say() {
    each_backend(|backend| {
        let (_workplace, server) = sample(backend, &[]);
        let audit = Command::new("node")
            .arg("audit.mjs")
            .arg(server.url("/graphql"))
            .current_dir(repository("web/audit"))
            .output()
            .expect("node is there: the README asks for it");
        let said = String::from_utf8_lossy(&audit.stdout);
        assert!(audit.status.success(), "{said}{}", String::from_utf8_lossy(&audit.stderr));
        assert!(said.ends_with("61 of 61\n"), "{said}");
        print!("{said}");
    });
}
