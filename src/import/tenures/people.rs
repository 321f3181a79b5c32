//! Whom a record means: by Wikidata id, else by name, else apart from a namesake of the same file.

use std::collections::HashMap;

use crate::domain::field::{self, MAX_ID, MAX_NAME};
use crate::domain::id::{Id, Kind};
use crate::domain::person::{self, SpeakerReading};
use crate::domain::resolution::{self, ResolvedSpeaker};
use crate::domain::role::understand;
use crate::domain::vocabulary::Function;
use crate::import::rejection::Fault;

/// A person of a file.
#[derive(Debug, Clone)]
pub(super) struct Person {
    /// Whom it means.
    pub speaker: ResolvedSpeaker,
    /// Other names, each with its language.
    pub other_names: Vec<(String, Option<String>)>,
    /// The file's own id.
    pub external_id: Option<String>,
}

impl Person {
    /// The person of this name, whom the Wikidata id settles where there is one.
    pub fn read(
        name: &str,
        wikidata: Option<&str>,
        external_id: Option<&str>,
    ) -> Result<Self, Fault> {
        let printed = field::required("name", name, MAX_NAME)?;
        let wikidata = field::wikidata("wikidata", wikidata.map(Into::into))?;
        let external_id = field::optional("id", external_id.map(Into::into), MAX_ID)?;
        // Titles are no part of the name, and what would be nobody in a quote is nobody here.
        let name = match person::read_speaker(&printed) {
            SpeakerReading::Person { name, .. } => name,
            // A record is of persons: a strange name is taken, an office is not.
            SpeakerReading::Unnamed { title, group: false }
                if understand(Some(&title), None).function == Function::Unknown =>
            {
                printed.trim().to_owned()
            }
            _ => {
                let shown: String = printed.chars().take(80).collect();
                return Err(Fault::value("name", format!("`{shown}` names no person")));
            }
        };
        let speaker = resolution::speaker(name, wikidata.as_deref())
            .ok_or_else(|| Fault::value("name", "holds no letter or digit"))?;
        let mut other_names = Vec::new();
        if printed.trim() != speaker.name {
            other_names.push((printed.trim().to_owned(), None));
        }
        Ok(Self { speaker, other_names, external_id })
    }
}

/// Gives people of one name whom no Wikidata id tells apart ids of their own: that the file has two
/// of them says that they are two.
pub(super) fn tell_apart<'a>(dataset: &str, people: impl Iterator<Item = &'a mut Person>) {
    let mut by_name: HashMap<String, Vec<(Id, &mut ResolvedSpeaker)>> = HashMap::new();
    for Person { speaker, external_id, .. } in people {
        if let (None, Some(external)) = (&speaker.wikidata, external_id) {
            let parts = [b"record", dataset.as_bytes(), external.as_bytes()];
            let own = Id::derive(Kind::Speaker, &parts);
            by_name.entry(speaker.name_key.clone()).or_default().push((own, speaker));
        }
    }
    for namesakes in by_name.into_values().filter(|namesakes| namesakes.len() > 1) {
        namesakes.into_iter().for_each(|(own, speaker)| speaker.id = own);
    }
}
