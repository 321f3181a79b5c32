//! Tenures: a person holding a role between two bounds, and how a printed role stands to them.

mod bound;
mod capacity;
mod office;

pub use bound::{Bound, BoundKind, Tenure};
pub use capacity::{Claim, Recorded, capacity};

vocabulary! {
    /// How the role that an article prints for its speaker stands to the record of who held which
    /// role when.
    Capacity {
        /// The record has the speaker in this role at the date of the words; of a former or
        /// designated holder: it has the tenure before or behind that date.
        Held = "HELD",
        /// The record says nothing of such a role: the print itself is the only sighting.
        Sighted = "SIGHTED",
        /// The record contradicts the print: it has the role at another time, or has the speaker
        /// in another office that excludes it.
        Conflict = "CONFLICT",
        /// The record does not decide: the date straddles a bound or is not known, several people
        /// of that name are recorded, or the recorded office may be the printed one or not.
        Ambiguous = "AMBIGUOUS",
        /// No named speaker, or no role is printed.
        Unknown = "UNKNOWN",
    }
}

vocabulary! {
    /// Where a tenure comes from.
    TenureOrigin {
        /// A record that was imported: a list of office-holders.
        Recorded = "RECORDED",
        /// Quotes that print the role: whoever is quoted in it was seen in it.
        Sighted = "SIGHTED",
    }
}

#[cfg(test)]
mod tests;
