//! The words that statements are made of, the frequent ones first.

#[rustfmt::skip]
pub const WORDS: &[&str] = &[
    "the", "of", "to", "and", "we", "in", "that", "is", "a", "for", "it", "have", "on", "will",
    "are", "be", "this", "with", "not", "they", "as", "I", "our", "people", "at", "by", "but",
    "has", "from", "was", "been", "all", "their", "there", "more", "can", "would", "who", "an",
    "what", "work", "no", "so", "year", "water", "need", "government", "do", "time", "take",
    "school", "week", "bridge", "council", "price", "harvest", "make", "other", "road", "must",
    "should", "plan", "report", "town", "new", "many", "harbour", "health", "because", "now",
    "first", "last", "month", "public", "after", "before", "which", "any", "market", "children",
    "village", "know", "see", "want", "support", "money", "fund", "every", "help", "law",
    "change", "river", "night", "since", "without", "until", "families", "train", "decision",
    "election", "question", "answer", "number", "power", "station", "farmers", "season",
    "border", "vote", "minister", "house", "open", "closed", "safe", "ready", "clear", "never",
    "always", "again", "today", "tomorrow", "yesterday", "morning", "evening", "problem",
    "solution", "measures", "energy", "budget", "growth", "winter", "summer", "storm", "flood",
    "repair", "build", "built", "teacher", "doctor", "nurse", "patients", "hospital", "library",
    "museum", "court", "judge", "evidence", "witness", "agreement", "contract", "strike",
    "wages", "union", "workers", "company", "factory", "ships", "fish", "forest", "trees",
    "air", "noise", "traffic", "bus", "tram", "ticket", "fare", "housing", "rent", "tenants",
    "owners", "neighbours", "citizens", "visitors", "guests", "festival", "music", "theatre",
    "film", "book", "team", "match", "goal", "season", "coach", "players", "victory", "defeat",
    "respect", "trust", "doubt", "hope", "fear", "anger", "patience", "courage", "mistake",
    "lesson", "future", "past", "history", "science", "research", "data", "study", "model",
    "risk", "chance", "danger", "warning", "signal", "response", "rescue", "teams", "roof",
    "cellar", "wall", "gate", "lamp", "stone", "iron",
];

/// What many say in the same words.
#[rustfmt::skip]
pub const COMMON: &[&str] = &[
    "No comment.", "We shall see.", "Time will tell.", "We did our best.",
    "It is too early to say.", "Nobody was hurt.", "We are looking into it.",
    "That is all I can say.",
];

#[rustfmt::skip]
pub const CUES: &[&str] = &[
    "said", "told", "added", "says", "according to", "warned", "wrote", "insisted", "explained",
    "announced",
];

#[rustfmt::skip]
pub const TITLES: &[&str] = &[
    "spokesman", "spokeswoman", "director", "mayor", "minister of health", "professor",
    "chief executive", "deputy director", "police chief", "head coach", "secretary-general",
    "member of the council", "chairwoman", "analyst",
];

#[rustfmt::skip]
pub const UNNAMED: &[&str] = &[
    "residents", "a spokesman", "officials", "a resident", "eyewitnesses", "a senior official",
    "police", "sources close to the council", "a spokeswoman for the ministry", "experts",
];

#[rustfmt::skip]
pub const BODIES: &[&str] = &[
    "Council", "Institute", "Foundation", "University", "Works", "Hospital", "Trust", "Union",
    "Rangers", "Observatory",
];

#[rustfmt::skip]
pub const GIVEN: &[&str] = &[
    "Ada", "Bo", "Cleo", "Dov", "Edda", "Finn", "Greta", "Hal", "Ines", "Jory", "Kaja", "Leif",
    "Mira", "Nils", "Oda", "Pim", "Quin", "Runa", "Sven", "Tilda", "Ugo", "Vera", "Wim",
    "Xenia", "Yara", "Zeno", "Alma", "Bram", "Dina", "Emil", "Frida", "Gus",
];

#[rustfmt::skip]
pub const FIRST: &[&str] = &[
    "Brom", "Carv", "Dall", "Elm", "Farn", "Grub", "Holm", "Ister", "Jarr", "Kest", "Lorn",
    "Mord", "Nett", "Orl", "Pell", "Quill", "Rask", "Stav", "Thorn", "Ulm", "Vint", "Wend",
    "Yell", "Zorn", "Ashb", "Birk", "Crom", "Drav", "Fenn", "Gorst", "Hask", "Kell",
];

#[rustfmt::skip]
pub const SECOND: &[&str] = &[
    "er", "wick", "ington", "ov", "sson", "aldi", "ham", "ley", "stead", "brook", "mere",
    "dottir", "ek", "ander", "ault", "berg", "combe", "dale", "eau", "field", "gard", "hurst",
    "ino", "ke", "lund", "mann", "nik", "ory", "pole", "quist", "rud", "worth",
];
