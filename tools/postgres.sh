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

missing="PostgreSQL is missing: install its server, version 15 or newer"
. "$(dirname "$0")/apt.sh"

seek_root postgresql

# Debian's package makes and starts a server of its own unless it is told not to.
settings=/etc/postgresql-common/createcluster.d/dixit.conf
trap '$as_root rm -f "$settings"' EXIT
$as_root mkdir -p "${settings%/*}"
echo "create_main_cluster = false" | $as_root tee "$settings" >/dev/null
apt_install postgresql
found || fail "apt-get installed none"
