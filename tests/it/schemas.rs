//! The schemas of both databases, told in one language by their own catalogues: they are the same,
//! and migrations lead there and back.

use std::collections::BTreeSet;

use crate::support::{Backend, Direct, Home, each_backend, repository};

/// Tables of words, of which each database has its own.
const INDEXES_OF_TEXTS: [&str; 2] = ["quote_word", "statement_near"];

/// Everything in the schema, a line each: columns in order, then keys and indexes by name. Types
/// are called as SQLite calls them.
pub fn catalogue(direct: &mut Direct) -> Vec<String> {
    let queries = match direct {
        Direct::Sqlite(_) => SQLITE,
        Direct::Postgres(_) => POSTGRES,
    };
    let mut lines: Vec<String> = queries.iter().flat_map(|query| direct.column(query)).collect();
    lines.retain(|line| !line.contains("__diesel_schema_migrations"));
    // Each database has an index of words of its own kind; what is in it is compared elsewhere.
    lines.retain(|line| !INDEXES_OF_TEXTS.iter().any(|index| line.contains(index)));
    lines
}

/// Columns, primary keys, indexes, foreign keys, and what should not be there at all.
const SQLITE: [&str; 5] = [
    "SELECT 'column ' || m.name || '.' || t.name || ' ' || lower(t.type)
        || coalesce(' DEFAULT ' || t.dflt_value, '')
        || CASE WHEN t.\"notnull\" THEN ' NOT NULL' ELSE '' END AS value
     FROM sqlite_master m, pragma_table_info(m.name) t WHERE m.type = 'table'
     ORDER BY m.name, t.cid",
    "SELECT 'primary key of ' || m.name || ' (' || group_concat(t.name, ', ' ORDER BY t.pk) || ')'
        AS value
     FROM sqlite_master m, pragma_table_info(m.name) t WHERE m.type = 'table' AND t.pk > 0
     GROUP BY m.name ORDER BY m.name",
    "SELECT CASE WHEN l.\"unique\" THEN 'unique index' ELSE 'index ' || l.name END
        || ' on ' || m.name || ' ('
        || group_concat(coalesce(x.name, '?') || CASE WHEN x.desc THEN ' DESC' ELSE '' END, ', '
            ORDER BY x.seqno) || ')'
        || CASE WHEN l.partial THEN ' WHERE ' || substr(i.sql, instr(i.sql, 'WHERE') + 6) ELSE '' END
        AS value
     FROM sqlite_master m, pragma_index_list(m.name) l, pragma_index_xinfo(l.name) x
     LEFT JOIN sqlite_master i ON i.type = 'index' AND i.name = l.name
     WHERE m.type = 'table' AND l.origin <> 'pk' AND x.key
     GROUP BY m.name, l.name ORDER BY 1",
    "SELECT 'foreign key of ' || m.name || ' (' || group_concat(f.\"from\", ', ' ORDER BY f.seq)
        || ') to ' || f.\"table\" || ' (' || group_concat(f.\"to\", ', ' ORDER BY f.seq) || ')'
        || ' ON DELETE ' || f.on_delete || ' ON UPDATE ' || f.on_update AS value
     FROM sqlite_master m, pragma_foreign_key_list(m.name) f WHERE m.type = 'table'
     GROUP BY m.name, f.id ORDER BY 1",
    "SELECT 'there is a ' || type || ' ' || name AS value FROM sqlite_master
     WHERE type NOT IN ('table', 'index') OR upper(sql) LIKE '%CHECK%(%'
        OR upper(sql) LIKE '% DEFERR%'",
];

const POSTGRES: [&str; 5] = [
    "SELECT 'column ' || c.relname || '.' || a.attname || ' '
        || CASE format_type(a.atttypid, a.atttypmod)
            WHEN 'uuid' THEN 'blob' WHEN 'bytea' THEN 'blob' WHEN 'bigint' THEN 'integer'
            WHEN 'double precision' THEN 'real' WHEN 'text' THEN 'text'
            ELSE 'PostgreSQL''s own ' || format_type(a.atttypid, a.atttypmod) END
        || coalesce(' DEFAULT ' || pg_get_expr(d.adbin, d.adrelid), '')
        || CASE WHEN a.attidentity <> '' THEN ' IDENTITY' ELSE '' END
        || CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END AS value
     FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
     LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
        AND a.attnum > 0 AND NOT a.attisdropped
     ORDER BY c.relname COLLATE \"C\", a.attnum",
    "SELECT 'primary key of ' || i.indrelid::regclass || ' ('
        || string_agg(a.attname, ', ' ORDER BY k.place) || ')' AS value
     FROM pg_index i CROSS JOIN unnest(i.indkey::int2[]) WITH ORDINALITY AS k (attnum, place)
     JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
     JOIN pg_class c ON c.oid = i.indrelid
     WHERE i.indisprimary AND c.relnamespace = 'public'::regnamespace
     GROUP BY i.indrelid, c.relname ORDER BY c.relname COLLATE \"C\"",
    "SELECT (CASE WHEN i.indisunique THEN 'unique index' ELSE 'index ' || n.relname END
        || ' on ' || c.relname || ' ('
        || (SELECT string_agg(pg_get_indexdef(i.indexrelid, k, true)
                || CASE WHEN i.indoption[k - 1] & 1 = 1 THEN ' DESC' ELSE '' END, ', ' ORDER BY k)
            FROM generate_series(1, i.indnkeyatts) k) || ')'
        || coalesce(' WHERE ' || pg_get_expr(i.indpred, i.indrelid, true), '')
        || CASE m.amname WHEN 'btree' THEN '' ELSE ' USING ' || m.amname END
        || CASE WHEN i.indnatts > i.indnkeyatts THEN ' INCLUDE' ELSE '' END) COLLATE \"C\" AS value
     FROM pg_index i JOIN pg_class n ON n.oid = i.indexrelid JOIN pg_class c ON c.oid = i.indrelid
     JOIN pg_am m ON m.oid = n.relam
     WHERE NOT i.indisprimary AND c.relnamespace = 'public'::regnamespace ORDER BY 1",
    "SELECT ('foreign key of ' || f.conrelid::regclass || ' ('
        || (SELECT string_agg(a.attname, ', ' ORDER BY place)
            FROM unnest(f.conkey) WITH ORDINALITY AS k (attnum, place)
            JOIN pg_attribute a ON a.attrelid = f.conrelid AND a.attnum = k.attnum)
        || ') to ' || f.confrelid::regclass || ' ('
        || (SELECT string_agg(a.attname, ', ' ORDER BY place)
            FROM unnest(f.confkey) WITH ORDINALITY AS k (attnum, place)
            JOIN pg_attribute a ON a.attrelid = f.confrelid AND a.attnum = k.attnum)
        || ') ON DELETE ' || (actions ->> f.confdeltype::text)
        || ' ON UPDATE ' || (actions ->> f.confupdtype::text)) COLLATE \"C\" AS value
     FROM pg_constraint f CROSS JOIN (SELECT '{\"a\": \"NO ACTION\", \"r\": \"RESTRICT\",
        \"c\": \"CASCADE\", \"n\": \"SET NULL\", \"d\": \"SET DEFAULT\"}'::jsonb AS actions) words
     WHERE f.contype = 'f' ORDER BY 1",
    "SELECT 'there is a ' || kind || ' ' || name AS value FROM (
        SELECT relkind::text AS kind, relname::text AS name FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND relkind NOT IN ('r', 'i')
            -- SQLite counts its writers by itself.
            AND relname <> 'write_turn'
        UNION ALL SELECT 'trigger', tgname FROM pg_trigger WHERE NOT tgisinternal
        UNION ALL SELECT 'constraint', conname FROM pg_constraint
        WHERE connamespace = 'public'::regnamespace
            AND (contype NOT IN ('p', 'u', 'f') OR condeferrable)) others",
];

fn migrated(backend: Backend) -> Home {
    let home = Home::new(backend);
    dixit::store::migration::up(home.url()).unwrap();
    home
}

/// The lines that one has and the other has not.
fn difference(one: &[String], other: &[String]) -> Vec<String> {
    let (one, other): (BTreeSet<_>, BTreeSet<_>) = (one.iter().collect(), other.iter().collect());
    one.symmetric_difference(&other).map(|line| (*line).clone()).collect()
}

#[test]
fn both_databases_have_the_same_tables_columns_keys_and_indexes() {
    let [sqlite, postgres] = Backend::ALL.map(|backend| catalogue(&mut migrated(backend).direct()));
    for (what, least) in [("column ", 90), ("primary key ", 11), ("index ", 20), ("foreign ", 15)] {
        let found = sqlite.iter().filter(|line| line.starts_with(what)).count();
        assert!(found >= least, "only {found} times {what}in {sqlite:#?}");
    }
    assert!(sqlite.iter().all(|line| !line.starts_with("there is ")), "{sqlite:#?}");
    assert_eq!(difference(&sqlite, &postgres), [""; 0]);
    assert!(sqlite == postgres, "columns in another order: {sqlite:#?}\n{postgres:#?}");
}

#[test]
fn what_one_database_lacks_is_noticed() {
    let home = migrated(Backend::Postgres);
    let mut direct = home.direct();
    let whole = catalogue(&mut direct);
    for spoiled in [
        "DROP INDEX quote_statement",
        "DROP INDEX quote_role; CREATE INDEX quote_role ON quote (role_id, ordered_at, id)",
        "DROP INDEX article_ordered; CREATE INDEX article_ordered ON article (id, ordered_at)",
        "CREATE UNIQUE INDEX one ON import (source)",
        "ALTER TABLE quote ALTER COLUMN fingerprint DROP NOT NULL",
        "ALTER TABLE quote ALTER COLUMN via SET DEFAULT ''",
        "ALTER TABLE quote ALTER COLUMN position TYPE integer",
        "ALTER TABLE quote DROP COLUMN via; ALTER TABLE quote ADD COLUMN via TEXT COLLATE \"C\"",
        "ALTER TABLE quote DROP CONSTRAINT quote_article_id_fkey",
        "ALTER TABLE speaker_candidate DROP CONSTRAINT speaker_candidate_pkey",
        "ALTER TABLE quote ADD CHECK (ordinal > 0)",
        "DROP TABLE import_rejection",
    ] {
        direct.run(&format!("BEGIN; {spoiled}"));
        assert!(catalogue(&mut direct) != whole, "nobody notices: {spoiled}");
        direct.run("ROLLBACK");
    }
    assert!(catalogue(&mut direct) == whole, "it was not put back");
}

#[test]
fn texts_on_postgresql_sort_and_compare_by_their_bytes() {
    let home = migrated(Backend::Postgres);
    let texts = "SELECT attrelid::regclass || '.' || attname || ' ' || collname AS value
        FROM pg_attribute JOIN pg_class c ON c.oid = attrelid JOIN pg_collation k
            ON k.oid = attcollation
        WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND attnum > 0
            AND attrelid::regclass::text <> '__diesel_schema_migrations'";
    let texts = home.direct().column(texts);
    assert!(texts.len() > 50, "only {} columns of text", texts.len());
    let others: Vec<&String> = texts.iter().filter(|text| !text.ends_with(" C")).collect();
    assert!(others.is_empty(), "{others:#?}");
}

#[test]
fn tables_on_sqlite_are_strict_about_types() {
    let home = migrated(Backend::Sqlite);
    let lax = "SELECT name AS value FROM pragma_table_list WHERE type = 'table' AND NOT strict
        AND (name = 'quote_word_place' OR name NOT GLOB 'quote_word*')
        AND name NOT GLOB 'statement_near*'
        AND name NOT IN ('sqlite_schema', 'sqlite_temp_schema', '__diesel_schema_migrations')";
    assert_eq!(home.direct().column(lax), [""; 0]);
}

#[test]
fn migrations_go_up_and_down_and_up_again() {
    each_backend(|backend| {
        let home = Home::new(backend);
        let steps = dixit::store::migration::up(home.url()).unwrap();
        let up = catalogue(&mut home.direct());
        for step in steps.iter().rev() {
            assert_eq!(&dixit::store::migration::down(home.url()).unwrap(), &Some(step.clone()));
        }
        assert_eq!(dixit::store::migration::down(home.url()).unwrap(), None);
        assert_eq!(catalogue(&mut home.direct()), [""; 0]);
        assert_eq!(dixit::store::migration::up(home.url()).unwrap(), steps);
        assert_eq!(catalogue(&mut home.direct()), up);
    });
}

#[test]
fn each_migration_is_there_for_both_databases_with_a_way_back() {
    let names = |database: &str| -> BTreeSet<String> {
        let folder = repository("migrations").join(database);
        let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
        let name = |entry: std::fs::DirEntry| {
            for file in ["up.sql", "down.sql"] {
                assert!(entry.path().join(file).exists(), "{file} of {entry:?}");
            }
            entry.file_name().into_string().unwrap()
        };
        entries.map(name).collect()
    };
    assert!(!names("sqlite").is_empty());
    assert_eq!(names("sqlite"), names("postgres"));
}
