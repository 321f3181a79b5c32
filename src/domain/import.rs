//! An import, as far as anybody may ask about it: how it stands.

vocabulary! {
    /// How an import stands.
    ImportState {
        /// It was taken, and waits for its turn.
        Waiting = "WAITING",
        /// It goes on, or was killed; given again, its input is taken up behind what is written.
        Running = "RUNNING",
        /// The whole input was read, and every row is accounted for.
        Finished = "FINISHED",
        /// Reading stopped before the end of the input: what stands before is written.
        Broken = "BROKEN",
        /// Somebody stopped it; given again, its input is taken up behind what is written.
        Interrupted = "INTERRUPTED",
        /// It stopped by itself, as more rows were rejected than it was allowed.
        Stopped = "STOPPED",
    }
}

impl Default for ImportState {
    /// As every import begins, and as a killed one stays.
    fn default() -> Self {
        Self::Running
    }
}

impl ImportState {
    /// Whether nothing more happens by itself.
    pub fn has_ended(self) -> bool {
        match self {
            Self::Waiting | Self::Running => false,
            Self::Finished | Self::Broken | Self::Interrupted | Self::Stopped => true,
        }
    }
}
