//! The kinds of database that tests run on, and what each says in its own words.

/// A kind of database that dixit runs on. What holds on one must hold on each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Backend {
    /// The embedded one.
    Sqlite,
    /// A server.
    Postgres,
}

impl Backend {
    /// Every kind.
    pub const ALL: [Self; 2] = [Self::Sqlite, Self::Postgres];

    /// The expression for a column of ids as 32 hexadecimal digits.
    pub fn hex(self, column: &str) -> String {
        match self {
            Self::Sqlite => format!("lower(hex({column}))"),
            Self::Postgres => format!("replace({column}::text, '-', '')"),
        }
    }
}

/// Runs a test's body on every kind of database.
pub fn each_backend(body: impl Fn(Backend)) {
    for backend in Backend::ALL {
        println!("on {backend:?}");
        body(backend);
    }
}
