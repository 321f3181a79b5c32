//! What a quote can be: its kind, its sort of speaker, its medium, its further speakers.

vocabulary! {
    /// How the words are rendered.
    QuoteKind {
        /// Inside quotation marks: the speaker's own words.
        Direct = "DIRECT",
        /// Reported without quotation marks: the writer's rendering of what was said.
        Indirect = "INDIRECT",
        /// A few of the speaker's own words inside the writer's sentence.
        Mixed = "MIXED",
    }
}

vocabulary! {
    /// What sort of source the words are attributed to.
    SpeakerKind {
        /// A person with a name.
        Person = "PERSON",
        /// A body speaks as such ("the United Nations said").
        Organisation = "ORGANISATION",
        /// One person without a name ("a Taliban spokesman"). Two of them are never one person.
        UnnamedIndividual = "UNNAMED_INDIVIDUAL",
        /// Several persons without names ("residents", "some officials").
        UnnamedGroup = "UNNAMED_GROUP",
        /// A paper, report, law or book.
        Document = "DOCUMENT",
        /// The article names no source ("is said to be").
        Unattributed = "UNATTRIBUTED",
    }
}

vocabulary! {
    /// What the print of one quote leaves open, and the rest of its article may settle.
    Unsettled {
        /// The speaker is a surname alone ("Kirby said").
        Speaker = "SPEAKER",
        /// Several organisations go by the name that is printed ("the ministry").
        Organisation = "ORGANISATION",
        /// Both.
        Both = "BOTH",
    }
}

vocabulary! {
    /// Where the words were first given, as far as the article says.
    Medium {
        /// A speech or public address.
        Speech = "SPEECH",
        /// An interview.
        Interview = "INTERVIEW",
        /// A press conference or briefing.
        PressBriefing = "PRESS_BRIEFING",
        /// A press release.
        PressRelease = "PRESS_RELEASE",
        /// A written statement, letter or e-mail.
        WrittenStatement = "WRITTEN_STATEMENT",
        /// A post on a social network.
        SocialPost = "SOCIAL_POST",
        /// Radio, television or a podcast.
        Broadcast = "BROADCAST",
        /// A debate, hearing or question in a parliament.
        Parliament = "PARLIAMENT",
        /// A court hearing, filing or judgment.
        Court = "COURT",
        /// A report, study or book.
        Publication = "PUBLICATION",
        /// Something else that the article names.
        Other = "OTHER",
    }
}

vocabulary! {
    /// How a further speaker of a quote stands to the first one.
    FurtherSpeakerMode {
        /// Said together by both.
        Joint = "JOINT",
        /// Said by the one or by the other: the extractor was not sure.
        Alternative = "ALTERNATIVE",
    }
}
