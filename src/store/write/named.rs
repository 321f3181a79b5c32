//! Whom quotes name: organisations, speakers and roles, with their names; and what a run remembers.

use std::collections::HashSet;
use std::sync::Arc;

use diesel::prelude::*;

use super::batch::Account;
use super::reference::{Reference as _, Shared};
use super::shared::{
    ArticleValues, OrganisationValues, RoleValues, SpeakerValues, StatementValues,
};
use crate::domain::id::Id;
use crate::domain::judgement::Rules;
use crate::domain::organisation::{self, Organisation};
use crate::domain::person::name_key;
use crate::domain::resolution::{Resolution, ResolvedOrganisation};
use crate::store::dialect::{Connection, insert_missing};
use crate::store::error::Result;
use crate::store::judgement;
use crate::store::schema::{organisation_alias, speaker_alias, speaker_candidate};

/// The longest printed name that is kept as an alias, in bytes: what is longer is no name that
/// anybody searches by, and no index of PostgreSQL takes more than 2,700.
pub(super) const LONGEST_NAME: usize = 1_000;
/// How many names a run remembers to have written.
const REMEMBERED: usize = 100_000;

/// What a run remembers, so that shared rows are written once.
pub struct Memory {
    pub(super) articles: Shared<ArticleValues>,
    pub(super) organisations: Shared<OrganisationValues>,
    pub(super) speakers: Shared<SpeakerValues>,
    pub(super) roles: Shared<RoleValues>,
    pub(super) statements: Shared<StatementValues>,
    names: HashSet<(Id, String)>,
    rules: Option<Arc<Rules>>,
}

impl Memory {
    /// Remembers nothing.
    pub fn new() -> Self {
        Self {
            articles: Shared::new(),
            organisations: Shared::new(),
            speakers: Shared::new(),
            roles: Shared::new(),
            statements: Shared::new(),
            names: HashSet::new(),
            rules: None,
        }
    }

    /// Forgets everything: after a rollback the database does not have what is remembered.
    pub fn forget(&mut self) {
        self.forget_rows();
        self.rules = None;
    }

    /// Forgets the rows alone.
    pub fn forget_rows(&mut self) {
        self.articles.forget();
        self.organisations.forget();
        self.speakers.forget();
        self.roles.forget();
        self.statements.forget();
        self.names.clear();
    }

    /// The rules that judgements in force make.
    pub fn rules(&mut self, connection: &mut Connection) -> Result<Arc<Rules>> {
        if let Some(rules) = &self.rules {
            return Ok(Arc::clone(rules));
        }
        let rules = Arc::new(judgement::rules(connection)?);
        self.rules = Some(Arc::clone(&rules));
        Ok(rules)
    }

    /// True the first time that a name of this row is met.
    fn first_met(&mut self, id: Id, name: &str) -> bool {
        if self.names.len() >= REMEMBERED {
            self.names.clear();
        }
        self.names.insert((id, name.to_owned()))
    }
}

/// Whom a quote names.
pub struct Named<'a> {
    /// Whom it means.
    pub resolution: &'a Resolution,
    /// The speaker's name, where that is to be found by it.
    pub printed: Option<&'a str>,
    /// The Wikidata items that the speaker may be.
    pub candidates: &'a [String],
}

impl<'a> Named<'a> {
    /// As the print alone says.
    pub fn of(account: &'a Account) -> Self {
        Self {
            resolution: &account.resolution,
            printed: account.reading.printed.speaker.as_deref(),
            candidates: &account.candidates,
        }
    }
}

/// Writes whom quotes name: organisations, these others among them, speakers and roles.
pub fn write_named(
    connection: &mut Connection,
    memory: &mut Memory,
    named: &[Named<'_>],
    others: &[ResolvedOrganisation],
) -> Result<()> {
    let mut organisations = Vec::new();
    let mut aliases = Vec::new();
    let mut met = HashSet::new();
    let speaking = named.iter().filter_map(|n| n.resolution.organisation.as_ref());
    for organisation in others.iter().chain(speaking) {
        if let ResolvedOrganisation::Listed(known) = organisation {
            if !met.insert(known.key) {
                continue;
            }
            aliases.push(*known);
            aliases.extend(known.ancestors());
        }
        organisations.extend(OrganisationValues::of(organisation));
    }
    let speakers = named.iter().filter_map(|n| n.resolution.speaker.as_ref());
    let speakers: Vec<SpeakerValues> = speakers.map(SpeakerValues::of).collect();
    let roles = named.iter().filter_map(|n| {
        let at = n.resolution.organisation.as_ref().map(ResolvedOrganisation::id);
        n.resolution.role.as_ref().map(|role| RoleValues::of(role, at))
    });
    let roles: Vec<RoleValues> = roles.collect();

    let rules = memory.rules(connection)?;
    if !rules.made.is_empty() {
        let ids = organisations.iter().map(|row| row.id);
        let ids = ids.chain(speakers.iter().map(|row| row.id)).chain(roles.iter().map(|r| r.id));
        // They are printed now, whatever becomes of the judgement.
        let printed: Vec<Id> = ids.filter(|id| rules.made.contains(id)).collect();
        judgement::made::forget(connection, &printed)?;
        if !printed.is_empty() {
            // As they are printed, not as a judgement wrote them.
            let now = |id: &Id| printed.contains(id);
            for row in organisations.iter().filter(|row| now(&row.id)) {
                row.update(connection)?;
            }
            for row in speakers.iter().filter(|row| now(&row.id)) {
                row.update(connection)?;
            }
            for row in roles.iter().filter(|row| now(&row.id)) {
                row.update(connection)?;
            }
            memory.forget();
        }
    }
    memory.organisations.absorb(connection, organisations)?;
    write_aliases(connection, memory, &aliases)?;
    memory.speakers.absorb(connection, speakers)?;
    write_names(connection, memory, named)?;
    memory.roles.absorb(connection, roles)?;
    Ok(())
}

/// The names under which listed organisations are found.
pub fn write_aliases(
    connection: &mut Connection,
    memory: &mut Memory,
    listed: &[&'static Organisation],
) -> Result<()> {
    let mut rows = Vec::new();
    for known in listed {
        let id = ResolvedOrganisation::Listed(known).id();
        if !memory.first_met(id, known.key) {
            continue;
        }
        rows.extend(known.aliases.iter().map(|alias| {
            (
                organisation_alias::organisation_id.eq(id),
                organisation_alias::name_key.eq(organisation::key(alias.text)),
                organisation_alias::name.eq(alias.text),
                organisation_alias::kind.eq(alias.kind),
                organisation_alias::language.eq(alias.language),
            )
        }));
    }
    Ok(insert_missing!(connection, organisation_alias::table, &rows)?)
}

/// The spellings that rows print for their speakers, and who those may be.
fn write_names(
    connection: &mut Connection,
    memory: &mut Memory,
    named: &[Named<'_>],
) -> Result<()> {
    let (mut names, mut candidates) = (Vec::new(), Vec::new());
    for Named { resolution, printed, candidates: items } in named {
        let Some(speaker) = &resolution.speaker else { continue };
        if let Some(printed) = *printed
            && printed.len() <= LONGEST_NAME
            && memory.first_met(speaker.id, printed)
        {
            names.push((
                speaker_alias::speaker_id.eq(speaker.id),
                speaker_alias::name.eq(printed),
                speaker_alias::name_key.eq(name_key(printed)),
            ));
        }
        for item in *items {
            if memory.first_met(speaker.id, item) {
                candidates.push((
                    speaker_candidate::speaker_id.eq(speaker.id),
                    speaker_candidate::wikidata.eq(item),
                ));
            }
        }
    }
    insert_missing!(connection, speaker_alias::table, &names)?;
    Ok(insert_missing!(connection, speaker_candidate::table, &candidates)?)
}
