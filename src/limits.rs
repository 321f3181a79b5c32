//! What a request may cost, and how open the API is: one table, which makes the settings, their
//! defaults and `serviceConfig`. Plain numbers; whoever enforces one reads it here.

/// Writes the struct, its defaults and the table of [`Limit`]s.
macro_rules! limits {
    ($($(#[doc = $manual:literal])+ $field:ident, $setting:literal, $name:literal, $unit:ident,
        $least:literal ..= $most:literal = $default:literal;)+) => {
        /// The limits of one server. Every value lies within the bounds that its [`Limit`] has.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub struct Limits {
            $($(#[doc = $manual])+ pub $field: u64,)+
        }

        impl Default for Limits {
            fn default() -> Self {
                Self { $($field: $default,)+ }
            }
        }

        impl Limits {
            /// Every limit, in the order in which a request meets them.
            pub const ALL: &[Limit] = &[$(Limit {
                setting: $setting,
                name: $name,
                manual: concat!($($manual),+),
                unit: Unit::$unit,
                least: $least,
                most: $most,
                default: $default,
                of: |limits| limits.$field,
                set: |limits, value| limits.$field = value,
            }),+];
        }
    };
}

/// One limit.
#[derive(Debug, Clone, Copy)]
pub struct Limit {
    /// The variable that sets it.
    pub setting: &'static str,
    /// What errors and `serviceConfig` call it.
    pub name: &'static str,
    /// What it limits.
    pub manual: &'static str,
    /// What it counts.
    pub unit: Unit,
    /// The smallest value that it can have.
    pub least: u64,
    /// The largest.
    pub most: u64,
    /// The value that it has where nothing is said.
    pub default: u64,
    /// Its value.
    pub of: fn(&Limits) -> u64,
    /// Gives it a value.
    pub set: fn(&mut Limits, u64),
}

/// What a limit counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Things: fields, aliases, levels.
    Count,
    /// Bytes.
    Bytes,
    /// Milliseconds.
    Milliseconds,
}

limits! {
    /// How long a client may take to send the head of its first request.
    head_ms, "DIXIT_MAX_HEAD_MS", "headMs", Milliseconds, 100..=600000 = 5000;
    /// How long a connection may say nothing between two requests; the next head has its time beyond.
    keep_alive_ms, "DIXIT_KEEP_ALIVE_MS", "keepAliveMs", Milliseconds, 100..=600000 = 15000;
    /// The largest body of a request to /graphql, and the largest message on a WebSocket.
    body_bytes, "DIXIT_MAX_BODY_BYTES", "bodyBytes", Bytes, 1024..=16777216 = 262144;
    /// How long a client may take to send a body.
    body_ms, "DIXIT_MAX_BODY_MS", "bodyMs", Milliseconds, 100..=600000 = 10000;
    /// How deep the JSON of a request may nest.
    json_depth, "DIXIT_MAX_JSON_DEPTH", "jsonDepth", Count, 4..=36 = 32;
    /// How many values the JSON of a request may hold: objects, lists and what is in them.
    json_values, "DIXIT_MAX_JSON_VALUES", "jsonValues", Count, 10..=100000 = 400;
    /// How long a client may take to initialise a WebSocket that it has opened.
    socket_init_ms, "DIXIT_MAX_SOCKET_INIT_MS", "socketInitMs", Milliseconds, 100..=600000 = 3000;
    /// How long a WebSocket may say nothing before it is pinged; after as long again it is closed.
    socket_idle_ms, "DIXIT_SOCKET_IDLE_MS", "socketIdleMs", Milliseconds, 100..=600000 = 30000;
    /// How many operations a WebSocket may have running at once.
    socket_operations, "DIXIT_MAX_SOCKET_OPERATIONS", "socketOperations", Count, 1..=1000 = 20;
    /// The longest GraphQL document.
    document_bytes, "DIXIT_MAX_DOCUMENT_BYTES", "documentBytes", Bytes, 256..=1048576 = 16384;
    /// How many opening brackets a document may hold, strings and comments included.
    brackets, "DIXIT_MAX_BRACKETS", "brackets", Count, 20..=400 = 200;
    /// How deep brackets may nest in a document; GraphiQL's own introspection is 15 deep.
    nesting, "DIXIT_MAX_NESTING", "nesting", Count, 20..=48 = 40;
    /// How many names, numbers, strings and signs a document may hold.
    document_tokens, "DIXIT_MAX_DOCUMENT_TOKENS", "documentTokens", Count, 100..=100000 = 1000;
    /// How many fragments a document may define.
    fragments, "DIXIT_MAX_FRAGMENTS", "fragments", Count, 0..=1000 = 50;
    /// How many fields a document's operations may have once their fragments are put in place; each
    /// that is put in place counts as one more.
    fields, "DIXIT_MAX_FIELDS", "fields", Count, 20..=100000 = 2000;
    /// How many fields an operation may have at its root.
    root_fields, "DIXIT_MAX_ROOT_FIELDS", "rootFields", Count, 1..=1000 = 20;
    /// How many aliases a document may hold.
    aliases, "DIXIT_MAX_ALIASES", "aliases", Count, 0..=10000 = 30;
    /// How many directives a document may hold.
    directives, "DIXIT_MAX_DIRECTIVES", "directives", Count, 0..=10000 = 50;
    /// How many directives one field, fragment or operation may have.
    directives_at_once, "DIXIT_MAX_DIRECTIVES_AT_ONCE", "directivesAtOnce", Count, 0..=1000 = 5;
    /// How deep a question may nest, introspection aside.
    data_depth, "DIXIT_MAX_DATA_DEPTH", "dataDepth", Count, 4..=18 = 12;
    /// How deep introspection may nest; GraphiQL's own is 15 deep.
    schema_depth, "DIXIT_MAX_SCHEMA_DEPTH", "schemaDepth", Count, 4..=32 = 16;
    /// How many lists of introspection may nest in each other.
    schema_lists, "DIXIT_MAX_SCHEMA_LISTS", "schemaLists", Count, 1..=16 = 3;
    /// The most that introspection may cost: each field 1, `types` 64 times its fields, another list of
    /// introspection 4 times; GraphiQL's own costs about 70000.
    schema_cost, "DIXIT_MAX_SCHEMA_COST", "schemaCost", Count, 1000..=10000000 = 100000;
    /// The most that a question may cost: each field 1, a list its page size times its fields.
    complexity, "DIXIT_MAX_COMPLEXITY", "complexity", Count, 100..=10000000 = 10000;
    /// How much one request may have counted: each dimension of `facets` and each `timeline`, of each list.
    aggregates, "DIXIT_MAX_AGGREGATES", "aggregates", Count, 1..=1000 = 40;
    /// How many buckets a timeline may have.
    timeline_buckets, "DIXIT_MAX_TIMELINE_BUCKETS", "timelineBuckets", Count, 10..=100000 = 1500;
    /// How many rows `importQuotes` takes at once; larger batches go by POST to /import.
    import_rows, "DIXIT_MAX_IMPORT_ROWS", "importRows", Count, 1..=1000 = 50;
    /// The longest text that `verify` takes, in Unicode scalar values.
    verify_characters, "DIXIT_MAX_VERIFY_CHARACTERS", "verifyCharacters", Count, 100..=100000 = 10000;
    /// How many questions `verifyMany` takes at once; more go through `dixit verify --json`.
    verify_inputs, "DIXIT_MAX_VERIFY_INPUTS", "verifyInputs", Count, 1..=1000 = 50;
    /// How long an answer may take to be worked out.
    execution_ms, "DIXIT_MAX_EXECUTION_MS", "executionMs", Milliseconds, 10..=600000 = 5000;
    /// How many errors a response lists.
    errors, "DIXIT_MAX_ERRORS", "errors", Count, 1..=10000 = 20;
    /// The largest response.
    response_bytes, "DIXIT_MAX_RESPONSE_BYTES", "responseBytes", Bytes, 65536..=1073741824 = 8388608;
}

/// How open the API is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Profile {
    /// Questions may come by GET, and the schema can be asked for: for people and tools.
    #[default]
    Public,
    /// No introspection, no playground, no GET: for clients whose questions are known.
    Locked,
}

impl Profile {
    /// Whether it tells the schema: by introspection, as a file, in the playground.
    pub fn tells_schema(self) -> bool {
        self == Self::Public
    }
}

/// How an API is served.
#[derive(Debug, Clone, Copy, Default)]
pub struct Serving {
    /// What a request may cost.
    pub limits: Limits,
    /// How open it is.
    pub profile: Profile,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_default_lies_within_its_bounds_and_every_limit_can_be_set() {
        let mut limits = Limits::default();
        for limit in Limits::ALL {
            assert!((limit.least..=limit.most).contains(&limit.default), "{}", limit.name);
            assert_eq!((limit.of)(&limits), limit.default, "{}", limit.name);
            (limit.set)(&mut limits, limit.most);
            assert_eq!((limit.of)(&limits), limit.most, "{}", limit.name);
        }
    }
}
