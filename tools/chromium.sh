#!/bin/sh
# Installs Debian's Chromium where it is missing: web/browser/ drives it in the tests of the pages.
# CHROMIUM names another one.
set -eu

program=${CHROMIUM:-/usr/bin/chromium}
if [ -x "$program" ]; then exit 0; fi

fail() {
    echo "Chromium is missing: install it, or name one by CHROMIUM ($1)" >&2
    exit 1
}

[ -z "${CHROMIUM:-}" ] || fail "there is no $program"
command -v apt-get >/dev/null || fail "this installs it with apt-get alone, which is not here"
if [ "$(id -u)" = 0 ]; then
    as_root=
elif command -v sudo >/dev/null; then
    as_root=sudo
else
    fail "as root: apt-get install --no-install-recommends chromium"
fi
$as_root apt-get update
$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends chromium fonts-dejavu-core
[ -x "$program" ] || fail "apt-get installed none"
