//! Resolution: from an attribution as printed to speaker, role and organisation, each of them optional.
//!
//! First of what one quote prints ([`resolve`]), then of what the rest of its article settles
//! ([`Neighbours`]), then of what people judged ([`Rules`](super::judgement::Rules)). Each is a
//! function of its arguments, so that it can be done again at any time, in any order, and on any
//! machine with the same result. None corrects what was printed, or invents a person.

mod neighbours;

pub use neighbours::Neighbours;

use super::id::{Id, Kind};
use super::organisation::{self, Context, OpenBody, Organisation, Words};
use super::person::{self, SpeakerReading};
use super::quote::{SpeakerKind, Unsettled};
use super::reading::{Printed, Reading};
use super::role::{Understanding, understand};
use super::vocabulary::{Domain, Function, OrganisationKind, Status, Voice};

/// A speaker that a quote names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResolvedSpeaker {
    /// Made from the Wikidata id where the row settles one, else from the folded name.
    pub id: Id,
    /// The name without titles.
    pub name: String,
    /// The folded name.
    pub name_key: String,
    /// The Wikidata id that the row settles.
    pub wikidata: Option<String>,
}

/// An organisation that a quote, a role or an article names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ResolvedOrganisation {
    /// One that the shipped vocabulary knows.
    Listed(&'static Organisation),
    /// A proper name that it does not know.
    Unlisted {
        /// The name without article.
        name: String,
        /// What its words say of its kind.
        kind: OrganisationKind,
    },
}

/// A role that a quote gives its source.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "the fields are the role vocabularies of the same names")]
pub struct ResolvedRole {
    pub id: Id,
    /// The title as printed, save white space around it.
    pub title: String,
    pub title_key: String,
    pub function: Function,
    pub domain: Domain,
    pub status: Status,
    pub voice: Voice,
}

/// What a reading's attribution means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resolution {
    /// The person, where a name is printed.
    pub speaker: Option<ResolvedSpeaker>,
    /// The organisation, where the print decides which.
    pub organisation: Option<ResolvedOrganisation>,
    /// The role, where one is printed.
    pub role: Option<ResolvedRole>,
    /// The sort of source.
    pub speaker_kind: SpeakerKind,
    /// The domain that the source is an official of.
    pub official_of: Option<Domain>,
    /// Whether the speaker is a surname alone, that nothing settled.
    pub short_name: bool,
    /// The organisation that a name or a generic body leaves open, where nothing settled it.
    pub open_body: Option<OpenOrganisation>,
}

/// An organisation that the print leaves open: "MoD", "the ministry".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenOrganisation {
    /// Which ones a name may mean, or nothing.
    reading: organisation::Reading,
    /// What sort of body it is.
    body: Option<OpenBody>,
    /// Whether the print calls it a ministry.
    is_ministry: bool,
}

impl OpenOrganisation {
    /// What an understanding leaves open.
    ///
    /// A post alone leaves nothing open: "the defence minister" beside the Pentagon is not of the
    /// Pentagon. A body must be printed: "the ministry", "MoD".
    fn of(understanding: &Understanding, prints: [Option<&str>; 2]) -> Option<Self> {
        let reading = understanding.organisation.clone();
        let mut prints = prints.into_iter().flatten();
        let body =
            understanding.open.filter(|_| prints.clone().any(|p| OpenBody::read(p).is_some()));
        let open = match reading {
            organisation::Reading::Ambiguous(_) => true,
            organisation::Reading::Nothing => body.is_some(),
            _ => false,
        };
        let is_ministry = prints.any(|print| print.to_lowercase().contains("minist"));
        open.then_some(Self { reading, body, is_ministry })
    }

    /// Whether the print may call an organisation so: nobody calls the Pentagon "the ministry".
    fn may_be(&self, organisation: &ResolvedOrganisation) -> bool {
        !self.is_ministry || organisation.name().contains("Minist")
    }

    /// The organisation that these words settle.
    fn settled(&self, context: &Context) -> Option<ResolvedOrganisation> {
        organisation::settle(&self.reading, self.body, context).map(ResolvedOrganisation::Listed)
    }
}

/// What something beside the print settles.
#[derive(Debug, Clone, Default)]
pub struct Settled {
    /// Who speaks.
    pub speaker: Option<ResolvedSpeaker>,
    /// For which organisation.
    pub organisation: Option<ResolvedOrganisation>,
}

impl ResolvedOrganisation {
    /// Reads a printed name; `None` where it is generic or ambiguous.
    pub fn read(printed: &str) -> Option<Self> {
        Self::of(organisation::read(printed))
    }

    /// Every organisation that a name may mean: one, or several where it is ambiguous.
    pub fn meant(name: &str) -> Vec<Self> {
        match organisation::read(name) {
            organisation::Reading::Known(known) => vec![Self::Listed(known)],
            organisation::Reading::Ambiguous(several) => {
                several.into_iter().map(Self::Listed).collect()
            }
            unlisted => Self::of(unlisted).into_iter().collect(),
        }
    }

    fn of(reading: organisation::Reading) -> Option<Self> {
        match reading {
            organisation::Reading::Known(known) => Some(Self::Listed(known)),
            organisation::Reading::Unlisted { name, kind }
                if !person::name_key(&name).is_empty() =>
            {
                Some(Self::Unlisted { name, kind })
            }
            _ => None,
        }
    }

    /// The publisher of an article. A printed publisher is always an organisation, however generic
    /// or ambiguous its name sounds; what the vocabulary cannot settle stands under its own name.
    pub fn publisher(printed: &str) -> Self {
        match Self::read(printed) {
            Some(Self::Listed(known)) => Self::Listed(known),
            Some(Self::Unlisted { name, kind: OrganisationKind::Unknown }) => {
                Self::Unlisted { name, kind: OrganisationKind::Media }
            }
            Some(unlisted) => unlisted,
            None => {
                Self::Unlisted { name: printed.trim().to_owned(), kind: OrganisationKind::Media }
            }
        }
    }

    /// Its name.
    pub fn name(&self) -> &str {
        match self {
            Self::Listed(known) => known.name,
            Self::Unlisted { name, .. } => name,
        }
    }

    /// Its identity: the vocabulary's key, or the folded name.
    pub fn id(&self) -> Id {
        match self {
            Self::Listed(known) => Id::derive(Kind::Organisation, &[b"key", known.key.as_bytes()]),
            Self::Unlisted { name, .. } => {
                Id::derive(Kind::Organisation, &[b"name", organisation::key(name).as_bytes()])
            }
        }
    }
}

impl Resolution {
    /// What it leaves open.
    pub fn unsettled(&self) -> Option<Unsettled> {
        match (self.short_name, self.open_body.is_some()) {
            (true, true) => Some(Unsettled::Both),
            (true, false) => Some(Unsettled::Speaker),
            (false, true) => Some(Unsettled::Organisation),
            (false, false) => None,
        }
    }

    /// The identity of the statement that folded words by this source belong to. Identical words
    /// group by themselves where the source is compatible: the same person; else the same
    /// organisation, whether it speaks itself or through somebody unnamed; else the same
    /// description.
    pub fn statement_id(&self, words: &str) -> Id {
        if let Some(speaker) = &self.speaker {
            return statement_of_speaker(words, speaker.id);
        }
        let source = if let Some(organisation) = &self.organisation {
            format!("organisation {}", organisation.id())
        } else if let Some(role) = &self.role {
            format!("role {}", role.title_key)
        } else {
            "nobody".to_owned()
        };
        Id::derive(Kind::Statement, &[words.as_bytes(), source.as_bytes()])
    }
}

/// The identity of the statement that these folded words by a speaker belong to.
pub fn statement_of_speaker(words: &str, speaker: Id) -> Id {
    Id::derive(Kind::Statement, &[words.as_bytes(), format!("speaker {speaker}").as_bytes()])
}

/// Resolves what a reading prints.
pub fn resolve(reading: &Reading) -> Resolution {
    resolve_beside(reading, Settled::default())
}

/// Resolves what a reading prints, together with what something else settles of it.
pub fn resolve_beside(reading: &Reading, settled: Settled) -> Resolution {
    let printed = &reading.printed;
    let who = match printed.speaker.as_deref() {
        Some(name) => who(name, reading.speaker_kind),
        None => SpeakerReading::Nobody,
    };

    // What stands in the speaker's place fills what the role and organisation columns leave open.
    let (mut title, mut body) = (printed.role.clone(), printed.organisation.clone());
    let mut name = None;
    match &who {
        SpeakerReading::Person { name: person, title: before, organisation: beside } => {
            name = Some(person.clone());
            title = title.or_else(|| before.clone());
            body = body.or_else(|| beside.clone());
        }
        SpeakerReading::Organisation(spoken) => body = body.or_else(|| Some(spoken.clone())),
        SpeakerReading::Unnamed { title: described, .. } => {
            title = title.or_else(|| Some(described.clone()));
        }
        SpeakerReading::Nobody => {}
    }
    let speaker_kind = speaker_kind(reading, &who, title.as_deref(), body.as_deref());

    let body = match &settled.organisation {
        Some(organisation) => Some(organisation.name().to_owned()),
        None => body,
    };
    let mut understanding = understand(title.as_deref(), body.as_deref());
    let mut organisation = settled.organisation;
    let mut open_body = None;
    if organisation.is_none() {
        open_body = OpenOrganisation::of(&understanding, [title.as_deref(), body.as_deref()]);
        // The quote's own words count first.
        let context = || Context { own: own_words(printed), ..Context::default() };
        let own = open_body.as_ref().and_then(|open| open.settled(&context()));
        match own {
            Some(own) => {
                understanding = understand(title.as_deref(), Some(own.name()));
                (organisation, open_body) = (Some(own), None);
            }
            None => organisation = ResolvedOrganisation::of(understanding.organisation.clone()),
        }
    }
    let role =
        title.as_deref().and_then(|title| role(title, &understanding, organisation.as_ref()));
    let own = name.and_then(|name| speaker(name, reading.wikidata.as_deref()));
    let is_short = |own: &ResolvedSpeaker| own.wikidata.is_none() && person::is_short(&own.name);
    Resolution {
        short_name: settled.speaker.is_none() && own.as_ref().is_some_and(is_short),
        speaker: settled.speaker.or(own),
        official_of: role.as_ref().and(understanding.official_of),
        organisation,
        role,
        speaker_kind,
        open_body,
    }
}

/// What a quote's own attribution names.
fn own_words(printed: &Printed) -> Words {
    let mut words = Words::default();
    let columns = [&printed.speaker, &printed.role, &printed.organisation, &printed.attribution];
    columns.into_iter().flatten().for_each(|text| words.add(text));
    words
}

/// A role of this title at an organisation, as a person gives it who reassigns one; `None` where the
/// title has no letters. Beside it the domain whose official its holder is.
pub fn role_at(
    title: &str,
    organisation: Option<&ResolvedOrganisation>,
) -> Option<(ResolvedRole, Option<Domain>)> {
    let understanding = understand(Some(title), organisation.map(ResolvedOrganisation::name));
    let role = role(title, &understanding, organisation)?;
    Some((role, understanding.official_of))
}

/// What stands in the speaker's place, as the words read and as the row states.
fn who(printed: &str, stated: Option<SpeakerKind>) -> SpeakerReading {
    let name = || printed.trim().to_owned();
    match (stated, person::read_speaker(printed)) {
        (_, SpeakerReading::Nobody) | (Some(SpeakerKind::Document), _) => SpeakerReading::Nobody,
        (Some(SpeakerKind::Person), SpeakerReading::Unnamed { group: false, .. })
            if looks_named(printed) =>
        {
            SpeakerReading::Person { name: name(), title: None, organisation: None }
        }
        (Some(SpeakerKind::Organisation), SpeakerReading::Person { .. }) => {
            SpeakerReading::Organisation(name())
        }
        // Stated to have no name: what reads like one must not make a person.
        (
            Some(SpeakerKind::UnnamedIndividual | SpeakerKind::UnnamedGroup),
            SpeakerReading::Person { .. },
        ) => SpeakerReading::Nobody,
        (_, who) => who,
    }
}

/// Whether words that read as a description can be the name that the row says they are: written
/// like one, and no role that is understood ("Son of Sam", but not "Pentagon Spokesman").
fn looks_named(words: &str) -> bool {
    let capital = |word: &str| word.len() <= 3 || word.starts_with(char::is_uppercase);
    let is_role = !matches!(
        understand(Some(words), None).function,
        Function::Unknown | Function::Relative | Function::Other
    );
    words.trim().contains(' ') && words.split_whitespace().all(capital) && !is_role
}

/// The speaker that a printed name alone would stand for; `None` where it names no person.
pub fn named(printed: &str) -> Option<ResolvedSpeaker> {
    match person::read_speaker(printed) {
        SpeakerReading::Person { name, .. } => speaker(name, None),
        _ => None,
    }
}

/// The speaker that a name, and a Wikidata id that settles it, stand for.
pub fn speaker(name: String, wikidata: Option<&str>) -> Option<ResolvedSpeaker> {
    let name_key = person::name_key(&name);
    if name_key.is_empty() {
        return None;
    }
    let id = match wikidata {
        Some(item) => Id::derive(Kind::Speaker, &[b"wikidata", item.as_bytes()]),
        None => Id::derive(Kind::Speaker, &[b"name", name_key.as_bytes()]),
    };
    Some(ResolvedSpeaker { id, name, name_key, wikidata: wikidata.map(str::to_owned) })
}

/// The role, and the organisation, that a title and an organisation as a record has them mean.
pub fn office(
    title: &str,
    organisation: Option<&str>,
) -> (Option<ResolvedRole>, Option<ResolvedOrganisation>) {
    let understanding = understand(Some(title), organisation);
    let organisation = ResolvedOrganisation::of(understanding.organisation.clone());
    (role(title, &understanding, organisation.as_ref()), organisation)
}

fn role(
    title: &str,
    understanding: &Understanding,
    organisation: Option<&ResolvedOrganisation>,
) -> Option<ResolvedRole> {
    let title_key = person::name_key(title);
    if title_key.is_empty() {
        return None;
    }
    let Understanding { function, domain, status, voice, .. } = *understanding;
    let home = organisation.map(|o| *o.id().as_bytes()).unwrap_or_default();
    let facets = [function.as_str(), domain.as_str(), status.as_str(), voice.as_str()].join(" ");
    let id = Id::derive(Kind::Role, &[&home, title_key.as_bytes(), facets.as_bytes()]);
    Some(ResolvedRole {
        id,
        title: title.trim().to_owned(),
        title_key,
        function,
        domain,
        status,
        voice,
    })
}

/// The kind that the row states, where the rest of the row allows it, else what the rest shows.
fn speaker_kind(
    reading: &Reading,
    who: &SpeakerReading,
    title: Option<&str>,
    body: Option<&str>,
) -> SpeakerKind {
    let shown = match who {
        SpeakerReading::Person { .. } => SpeakerKind::Person,
        SpeakerReading::Organisation(_) if title.is_none() => SpeakerKind::Organisation,
        SpeakerReading::Unnamed { group: true, .. } => SpeakerKind::UnnamedGroup,
        SpeakerReading::Unnamed { group: false, .. } => SpeakerKind::UnnamedIndividual,
        _ => match (title, body) {
            (Some(title), _) if person::is_plural_source(title) => SpeakerKind::UnnamedGroup,
            (Some(_), _) => SpeakerKind::UnnamedIndividual,
            (None, Some(_)) => SpeakerKind::Organisation,
            (None, None) => SpeakerKind::Unattributed,
        },
    };
    match reading.speaker_kind {
        // A person is somebody with a name: the word alone does not make one.
        Some(SpeakerKind::Person) | None => shown,
        // "Unattributed" beside a name, a role or an organisation contradicts itself.
        Some(SpeakerKind::Unattributed) => shown,
        Some(stated) => stated,
    }
}
