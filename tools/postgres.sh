#!/bin/sh
# Installs the programs of a PostgreSQL server where they are missing. No server is left running:
# tests start their own (tests/it/support/cluster.rs looks at the same places).
set -eu

found() {
    for folder in "$(pg_config --bindir 2>/dev/null || true)" /usr/lib/postgresql/*/bin; do
        if [ -x "$folder/initdb" ]; then return 0; fi
    done
    command -v initdb >/dev/null
}

if found; then exit 0; fi

fail() {
    echo "PostgreSQL is missing: install its server, version 15 or newer ($1)" >&2
    exit 1
}

command -v apt-get >/dev/null || fail "this installs it with apt-get alone, which is not here"
if [ "$(id -u)" = 0 ]; then
    as_root=
elif command -v sudo >/dev/null; then
    as_root=sudo
else
    fail "as root: apt-get install --no-install-recommends postgresql"
fi

# Debian's package makes and starts a server of its own unless it is told not to.
settings=/etc/postgresql-common/createcluster.d/dixit.conf
trap '$as_root rm -f "$settings"' EXIT
$as_root mkdir -p "${settings%/*}"
echo "create_main_cluster = false" | $as_root tee "$settings" >/dev/null
$as_root apt-get update
$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends postgresql
found || fail "apt-get installed none"
