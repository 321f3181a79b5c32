//! Who may do what, and the words for what was done.

vocabulary! {
    /// What a token may do.
    Scope {
        /// Ask questions, where these are not public.
        Read = "READ",
        /// Write, change and remove quotes; reads and imports too.
        Write = "WRITE",
        /// Import what extractors wrote, and see how imports stand.
        Import = "IMPORT",
        /// Everything, and read the audit.
        Admin = "ADMIN",
    }
}

vocabulary! {
    /// What was done in one write.
    AuditAction {
        /// A quote was written by a person.
        CreateQuote = "CREATE_QUOTE",
        /// A quote was changed by a person.
        UpdateQuote = "UPDATE_QUOTE",
        /// A quote was removed.
        DeleteQuote = "DELETE_QUOTE",
        /// An article was removed with all its quotes.
        TakeDownArticle = "TAKE_DOWN_ARTICLE",
        /// An article that was taken down may come back.
        RestoreArticle = "RESTORE_ARTICLE",
        /// A quote that was deleted may come back.
        RestoreQuote = "RESTORE_QUOTE",
        /// A run over one input began to write.
        Import = "IMPORT",
        /// A token was made.
        CreateToken = "CREATE_TOKEN",
        /// A token was revoked.
        RevokeToken = "REVOKE_TOKEN",
        /// A person judged who is who.
        Judge = "JUDGE",
        /// A judgement was taken back.
        UndoJudgement = "UNDO_JUDGEMENT",
        /// What every quote means was worked out anew.
        Resolve = "RESOLVE",
    }
}

/// What a token may do: one or more scopes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scopes(Vec<Scope>);

impl Scopes {
    /// These scopes, each once, in the order of the vocabulary.
    pub fn new(scopes: impl IntoIterator<Item = Scope>) -> Self {
        let mut scopes: Vec<Scope> = scopes.into_iter().collect();
        scopes.sort_unstable();
        scopes.dedup();
        Self(scopes)
    }

    /// Whether they allow what this scope is for.
    pub fn allow(&self, wanted: Scope) -> bool {
        self.0.iter().any(|&scope| {
            scope == wanted
                || scope == Scope::Admin
                || scope == Scope::Write && matches!(wanted, Scope::Read | Scope::Import)
        })
    }
}

impl std::fmt::Display for Scopes {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let words: Vec<&str> = self.0.iter().map(|scope| scope.as_str()).collect();
        out.write_str(&words.join(" "))
    }
}

impl std::str::FromStr for Scopes {
    type Err = super::vocabulary::UnknownWord;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let scopes: Result<Vec<Scope>, _> = text.split_whitespace().map(str::parse).collect();
        scopes.map(Self::new)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scopes_allow_what_they_say_and_survive_printing() {
        let scopes = Scopes::new([Scope::Write, Scope::Import, Scope::Write]);
        assert_eq!(scopes.to_string(), "WRITE IMPORT");
        assert_eq!(scopes.to_string().parse(), Ok(scopes.clone()));
        let allowed = |scopes: &Scopes| Scope::ALL.iter().filter(|s| scopes.allow(**s)).count();
        assert!(scopes.allow(Scope::Read) && !scopes.allow(Scope::Admin));
        assert_eq!(allowed(&scopes), 3);
        assert_eq!(allowed(&Scopes::new([Scope::Admin])), Scope::ALL.len());
        assert_eq!(allowed(&Scopes::new([Scope::Write])), 3);
        assert_eq!(allowed(&Scopes::new([Scope::Import])), 1);
        assert_eq!(allowed(&Scopes::new([])), 0);
    }
}
