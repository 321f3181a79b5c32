#!/bin/sh
# Import synthetic statements, serve them and ask tools/bench/questions.mjs about them.
# Usage: tools/bench/questions.sh [STATEMENTS [QUESTIONS [URL]]]
# Without URL the database is a new SQLite file below $TMPDIR, which is deleted at the end; one that has
# quotes already is asked as it is. DIXIT and SYNTHETIC name the programs.
set -eu
statements=${1:-1000000} questions=${2:-2000} url=${3:-}
dixit=${DIXIT:-target/release/dixit} synthetic=${SYNTHETIC:-target/release/examples/synthetic}
here=$(dirname "$0")
work=$(mktemp -d)
server=''
trap 'kill $server 2>/dev/null && wait $server || true; rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
export DATABASE_URL="${url:-sqlite://$work/bench.db}" DIXIT_RATE_LIMIT=off DIXIT_LISTEN=127.0.0.1:0 DIXIT_LOG=info
if [ -z "$url" ] || [ -z "$("$dixit" export --filter '{"kind": {"in": ["DIRECT"]}}' 2>/dev/null | head -n 1)" ]; then
    "$synthetic" --statements "$statements" | "$dixit" import --json - >"$work/report.json" 2>"$work/errors"
fi
"$dixit" serve >"$work/log" 2>&1 & server=$!
address=''
while [ -z "$address" ]; do
    kill -0 $server 2>/dev/null || { cat "$work/log"; exit 1; }
    address=$(grep -om1 'http://127.0.0.1:[0-9]*' "$work/log" || true)
    sleep 0.2
done
node "$here/questions.mjs" "$address/graphql" "$questions"
# A file that connections map counts as often as they do, and is the machine's cache: the process's own is less.
awk '$1 == "VmHWM:" || $1 == "RssAnon:" { told[$1] = $2 / 1024 }
     END { printf "\nthe server: %d MB of its own at the end, %d MB at the peak with what it maps\n",
           told["RssAnon:"], told["VmHWM:"] }' "/proc/$server/status"
