#!/bin/sh
# Import into PostgreSQL, beside psql's \copy of the same rows as ready-made CSV into the same tables
# with the same indexes. Usage: tools/bench/postgres-import.sh SERVER_URL FILE [DIXIT]
# SERVER_URL is postgres://SUPERUSER@HOST:PORT without a database; two are made and dropped.
set -eu
server=$1 file=$2 dixit=${3:-target/release/dixit}
work=$(mktemp -d)
trap 'rm -rf "$work"; for name in dixit_bench_a dixit_bench_b; do
    PGOPTIONS="-c client_min_messages=warning" psql -q "$server/postgres" -c "DROP DATABASE IF EXISTS $name WITH (FORCE)"; done' EXIT
for name in dixit_bench_a dixit_bench_b; do
    PGOPTIONS="-c client_min_messages=warning" psql -q "$server/postgres" -c "DROP DATABASE IF EXISTS $name WITH (FORCE)" -c "CREATE DATABASE $name"
done
seconds() { start=$(date +%s.%N); "$@" >"$work/out" 2>"$work/err"; end=$(date +%s.%N)
    echo "$start $end" | awk '{ printf "%.1f", $2 - $1 }'; }

DATABASE_URL=$server/dixit_bench_b "$dixit" migrate up >/dev/null
echo "dixit import, first:  $(DATABASE_URL=$server/dixit_bench_a seconds "$dixit" import --json "$file") s"
echo "dixit import, again:  $(DATABASE_URL=$server/dixit_bench_a seconds "$dixit" import --json "$file") s"

tables="organisation organisation_alias speaker speaker_alias speaker_candidate role article statement quote quote_reading"
for table in $tables; do
    printf "%s\n" "\\copy $table TO '$work/$table.csv' CSV" >>"$work/out.sql"
    printf "%s\n" "\\copy $table FROM '$work/$table.csv' CSV" >>"$work/in.sql"
done
psql -q "$server/dixit_bench_a" -f "$work/out.sql"
# As dixit acknowledges each batch, \copy acknowledges each table.
printf "%s %s s\n" "psql \\copy of CSV:   " "$(seconds psql -q -v ON_ERROR_STOP=1 "$server/dixit_bench_b" -f "$work/in.sql")"
psql -At "$server/dixit_bench_a" -c "SELECT count(*) || ' quotes' FROM quote"
