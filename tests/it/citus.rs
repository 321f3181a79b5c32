//! The rules under which Citus can distribute the tables, checked on PostgreSQL's own catalogue:
//! Citus itself is in no registry of packages. A stand-in for its functions records what the
//! migrations ask of it.

use crate::layers::{code, rust_files};
use crate::support::{Backend, Direct, Home};

/// What the migrations call, with Citus's own signatures.
const STAND_IN: &str = "
CREATE SCHEMA citus;
CREATE TYPE citus.distribution_type AS ENUM ('hash', 'range', 'append');
-- In the order of calls; `by` is the column that decides where a row lives, NULL for a table that
-- is on every node; tables of one `together` keep equal values on one node.
CREATE TABLE citus.place (
    number SERIAL, relation REGCLASS PRIMARY KEY, by TEXT, together TEXT
);
CREATE FUNCTION create_reference_table(table_name REGCLASS) RETURNS VOID LANGUAGE SQL AS
    'INSERT INTO citus.place (relation) VALUES (table_name)';
CREATE FUNCTION create_distributed_table(
    table_name REGCLASS, distribution_column TEXT,
    distribution_type citus.distribution_type DEFAULT 'hash',
    colocate_with TEXT DEFAULT 'default', shard_count INT DEFAULT NULL
) RETURNS VOID LANGUAGE SQL AS $$
    INSERT INTO citus.place (relation, by, together)
    SELECT table_name, distribution_column, CASE WHEN colocate_with IN ('none', 'default')
        THEN table_name::text
        ELSE (SELECT together FROM citus.place WHERE relation = to_regclass(colocate_with)) END
$$;
";

/// As if the extension had been created.
const EXTENSION: &str = "
SET allow_system_table_mods = on;
INSERT INTO pg_extension
    (oid, extname, extowner, extnamespace, extrelocatable, extversion, extconfig, extcondition)
VALUES (4000000000, 'citus', 10, 'citus'::regnamespace, false, '12.1', NULL, NULL);
";

/// The rules, each as what breaks it.
const RULES: [&str; 8] = [
    // Every table has its place.
    "SELECT 'neither distributed nor on every node: ' || relname AS value FROM pg_class
     WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
        AND oid NOT IN (SELECT relation FROM citus.place)
        AND relname <> '__diesel_schema_migrations'",
    // Columns that rows are distributed by are there, never NULL, and of one type in a group.
    "SELECT 'distributed by a column that cannot be: ' || relation AS value FROM citus.place p
     WHERE by IS NOT NULL AND NOT EXISTS (SELECT FROM pg_attribute a JOIN citus.place first
            ON first.relation = to_regclass(p.together)
        JOIN pg_attribute b ON b.attrelid = first.relation AND b.attname = first.by
        WHERE a.attrelid = p.relation AND a.attname = p.by AND a.attnotnull
            AND a.atttypid = b.atttypid)",
    // What is unique is so within a shard.
    "SELECT 'unique across shards: ' || i.indexrelid::regclass AS value FROM pg_index i
     JOIN citus.place p ON p.relation = i.indrelid AND p.by IS NOT NULL
     WHERE (i.indisunique OR i.indisexclusion) AND NOT EXISTS (SELECT FROM pg_attribute a
        WHERE a.attrelid = i.indrelid AND a.attname = p.by AND a.attnum = ANY (i.indkey))",
    // A reference leads to what is on every node, or stays in the shard; and where it leads is
    // distributed first.
    "SELECT 'a foreign key that leaves its shard: ' || conname AS value FROM pg_constraint f
     LEFT JOIN citus.place a ON a.relation = f.conrelid
     LEFT JOIN citus.place b ON b.relation = f.confrelid
     WHERE f.contype = 'f' AND NOT coalesce(b.number <= a.number AND (b.by IS NULL
        OR a.together = b.together AND EXISTS (
            SELECT FROM unnest(f.conkey, f.confkey) AS k (x, y)
            JOIN pg_attribute x ON x.attrelid = f.conrelid AND x.attnum = k.x AND x.attname = a.by
            JOIN pg_attribute y ON y.attrelid = f.confrelid AND y.attnum = k.y AND y.attname = b.by
        )), false)",
    "SELECT 'an exclusion or deferrable constraint: ' || conname AS value FROM pg_constraint
     WHERE connamespace = 'public'::regnamespace AND (contype = 'x' OR condeferrable)",
    "SELECT 'a trigger: ' || tgname AS value FROM pg_trigger WHERE NOT tgisinternal",
    "SELECT 'a rule, or a view with LATERAL: ' || rulename || ' of ' || c.relname AS value
     FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class
     WHERE c.relnamespace = 'public'::regnamespace AND (rulename <> '_RETURN'
        OR pg_get_viewdef(c.oid) ILIKE '%lateral%')",
    "SELECT 'a value that the node gives: ' || attrelid::regclass || '.' || attname AS value
     FROM pg_attribute JOIN citus.place ON relation = attrelid
     WHERE atthasdef OR attidentity <> ''",
];

fn broken(direct: &mut Direct) -> Vec<String> {
    RULES.iter().flat_map(|rule| direct.column(rule)).collect()
}

/// A database with the stand-in, migrated.
fn migrated(prepared: &[&str]) -> Home {
    let home = Home::new(Backend::Postgres);
    prepared.iter().for_each(|statements| home.direct().run(statements));
    dixit::store::migration::up(home.url()).unwrap();
    home
}

#[test]
fn with_citus_every_table_is_distributed_by_its_rules() {
    let home = migrated(&[STAND_IN, EXTENSION]);
    let mut direct = home.direct();
    assert_eq!(broken(&mut direct), [""; 0]);
    let by = direct.column(
        "SELECT relation || ' by ' || by || ' beside ' || together AS value FROM citus.place
         WHERE by IS NOT NULL ORDER BY number",
    );
    assert_eq!(
        by,
        [
            "article by id beside article",
            "quote by article_id beside article",
            "quote_reading by article_id beside article",
            "statement by id beside statement",
            "removal by article_id beside article",
            "quote_moved by article_id beside article",
            "import_seen by article_id beside article",
            "quote_word by article_id beside article",
            "statement_near by shingle beside statement_near",
        ]
    );
}

#[test]
fn without_citus_nothing_is_distributed() {
    let places = "SELECT relation::text AS value FROM citus.place";
    assert_eq!(migrated(&[STAND_IN]).direct().column(places), [""; 0]);
}

#[test]
fn what_citus_would_refuse_is_noticed() {
    let home = migrated(&[STAND_IN, EXTENSION]);
    let mut direct = home.direct();
    for (spoiled, told) in [
        ("CREATE TABLE more (id UUID PRIMARY KEY)", "neither"),
        ("UPDATE citus.place SET by = 'speaker_id' WHERE relation = 'quote'::regclass", "cannot"),
        ("UPDATE citus.place SET together = NULL WHERE relation = 'quote'::regclass", "cannot"),
        ("CREATE UNIQUE INDEX ON quote (external_id)", "unique across"),
        ("ALTER TABLE statement ADD UNIQUE (first_quote_id)", "unique across"),
        ("ALTER TABLE quote ADD FOREIGN KEY (statement_id) REFERENCES statement", "leaves"),
        ("ALTER TABLE role ADD one UUID REFERENCES article", "leaves"),
        ("UPDATE citus.place SET number = 99 WHERE relation = 'article'::regclass", "leaves"),
        ("ALTER TABLE quote ADD EXCLUDE (text WITH =)", "exclusion"),
        (
            "ALTER TABLE role ADD one UUID REFERENCES organisation DEFERRABLE INITIALLY DEFERRED",
            "deferrable",
        ),
        (
            "CREATE TRIGGER t BEFORE UPDATE ON quote FOR EACH ROW
             EXECUTE FUNCTION suppress_redundant_updates_trigger()",
            "a trigger",
        ),
        ("CREATE RULE r AS ON DELETE TO quote DO INSTEAD NOTHING", "a rule"),
        (
            "CREATE VIEW v AS SELECT a.id FROM article a,
             LATERAL (SELECT id FROM quote q WHERE q.article_id = a.id LIMIT 1) l",
            "LATERAL",
        ),
        ("ALTER TABLE import ADD number BIGINT GENERATED ALWAYS AS IDENTITY", "gives"),
        ("ALTER TABLE import ADD number BIGSERIAL", "gives"),
    ] {
        direct.run(&format!("BEGIN; {spoiled}"));
        let broken = broken(&mut direct);
        assert!(broken.iter().any(|line| line.contains(told)), "{spoiled}: {broken:?}");
        direct.run("ROLLBACK");
    }
    assert_eq!(broken(&mut direct), [""; 0]);
}

/// What Citus does not take across shards, in any spelling of it.
const REFUSED: [&str; 8] = [
    "lateral",
    "for update",
    "for share",
    "for no key update",
    "for key share",
    ".for_update()",
    ".for_share()",
    ".for_no_key_update()",
];

#[test]
fn no_query_says_what_citus_refuses() {
    for path in rust_files("src/store") {
        let code = code(&path).to_lowercase();
        for words in REFUSED {
            assert!(!code.contains(words), "{} says {words}", path.display());
        }
    }
}
