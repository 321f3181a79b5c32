#!/bin/sh
# Import synthetic statements and print, every so many lines, the rate since the last print, the
# processor time and the memory of the import. Usage: tools/bench/synthetic-import.sh [STATEMENTS [FORMAT [EVERY [URL]]]]
# Without URL the database is a new SQLite file below $TMPDIR, which is deleted at the end.
# DIXIT and SYNTHETIC name the programs, SEED the seed.
set -eu
statements=${1:-10000000} format=${2:-native} every=${3:-1000000} url=${4:-}
dixit=${DIXIT:-target/release/dixit} synthetic=${SYNTHETIC:-target/release/examples/synthetic}
work=$(mktemp -d)
trap 'kill $writer $reader 2>/dev/null || true; rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
writer='' reader=''
mkfifo "$work/lines" "$work/told"
"$synthetic" --statements "$statements" --seed "${SEED:-1}" --format "$format" --tell "$every" \
    >"$work/lines" 2>"$work/told" & writer=$!
DATABASE_URL=${url:-sqlite://$work/bench.db} "$dixit" import --json - \
    <"$work/lines" >"$work/report.json" 2>"$work/errors" & reader=$!
memory() { awk -v name="$1:" '$1 == name { printf "%d", $2 / 1024 }' "/proc/$reader/status" 2>/dev/null || true; }
# Seconds of processor time: what the rate is on a busy machine.
processor() { awk -v ticks="$(getconf CLK_TCK)" '{ sub(/.*\) /, ""); printf "%.1f", ($12 + $13) / ticks }' \
    "/proc/$reader/stat" 2>/dev/null || true; }
began=$(date +%s.%N) last=$began
printf '%12s %10s %12s %10s %10s %10s %10s\n' \
    lines seconds 'lines a s' 'cpu s' 'RSS MB' 'peak MB' 'file MB'
while read -r lines word; do
    case $word in lines) ;; *) echo "$lines $word"; continue ;; esac
    now=$(date +%s.%N)
    size=$(du -cm "$work"/bench.db* 2>/dev/null | awk 'END { print $1 }')
    echo "$began $last $now $lines $every $(processor) $(memory VmRSS) $(memory VmHWM) $size" | awk '{
        printf "%12d %10.1f %12.0f %10s %10s %10s %10s\n", $4, $3 - $1, $5 / ($3 - $2), $6, $7, $8, $9 }'
    last=$now
done <"$work/told"
while kill -0 "$reader" 2>/dev/null; do peak=$(memory VmHWM) cpu=$(processor); sleep 0.2; done
code=0; wait "$reader" || code=$?
echo "peak ${peak:-?} MB, ${cpu:-?} s of processor time"
cat "$work/errors" "$work/report.json"
exit "$code"
