#!/bin/sh
# Installs Debian's Chromium where it is missing: web/browser/ drives it in the tests of the pages.
# CHROMIUM names another one.
set -eu

program=${CHROMIUM:-/usr/bin/chromium}
if [ -x "$program" ]; then exit 0; fi

missing="Chromium is missing: install it, or name one by CHROMIUM"
. "$(dirname "$0")/apt.sh"

[ -z "${CHROMIUM:-}" ] || fail "there is no $program"
seek_root chromium
apt_install chromium fonts-dejavu-core
[ -x "$program" ] || fail "apt-get installed none"
