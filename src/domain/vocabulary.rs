//! The closed vocabularies of roles and organisations: function, domain, status, voice, kind.
//!
//! The words and their borders are those of the labelling guide (`data/roles/GUIDE.md`); the
//! doc comment of each variant becomes its GraphQL description.

/// A word that is not in the closed vocabulary it was read for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{found}` is not a {vocabulary}")]
pub struct UnknownWord {
    /// The vocabulary that was asked, such as `Function`.
    pub vocabulary: &'static str,
    /// The word that it does not have.
    pub found: String,
}

/// Declares one closed vocabulary: the enum, its list, its spelling, its manual and its reader.
macro_rules! vocabulary {
    (
        $(#[doc = $outer:literal])+
        $name:ident { $( $(#[doc = $inner:literal])+ $variant:ident = $text:literal, )+ }
    ) => {
        $(#[doc = $outer])+
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name {
            $( $(#[doc = $inner])+ $variant, )+
        }

        impl $name {
            /// Every value, in the order of the guide.
            pub const ALL: &[Self] = &[$( Self::$variant, )+];

            /// What the vocabulary is for: its own doc comment.
            pub const MANUAL: &str = concat!($( $outer, "\n", )+);

            /// The spelling used in the guide, the API and the database.
            pub fn as_str(self) -> &'static str {
                match self {
                    $( Self::$variant => $text, )+
                }
            }

            /// What the value covers: its own doc comment.
            pub fn manual(self) -> &'static str {
                match self {
                    $( Self::$variant => concat!($( $inner, "\n", )+), )+
                }
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, out: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                out.write_str(self.as_str())
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = $crate::domain::vocabulary::UnknownWord;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                match text {
                    $( $text => Ok(Self::$variant), )+
                    _ => Err($crate::domain::vocabulary::UnknownWord {
                        vocabulary: stringify!($name),
                        found: text.chars().take(80).collect(),
                    }),
                }
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.serialize_str(self.as_str())
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let text = <::std::borrow::Cow<'de, str>>::deserialize(from)?;
                text.parse().map_err(::serde::de::Error::custom)
            }
        }
    };
}

vocabulary! {
    /// What the holder of a role does, whatever the printed title calls it.
    Function {
        /// President or monarch of a country.
        HeadOfState = "HEAD_OF_STATE",
        /// Prime minister, chancellor, premier, first or chief minister, minister-president, at any level of government.
        HeadOfGovernment = "HEAD_OF_GOVERNMENT",
        /// Member of a cabinet: minister, secretary of state for a field, head of a United States department, vice-president of a country, deputy prime minister.
        Minister = "MINISTER",
        /// Deputy, vice, assistant or under-secretary or -minister, parliamentary (under-)secretary.
        DeputyMinister = "DEPUTY_MINISTER",
        /// Member or officer of a parliament or council: committee chair, councillor, whip, shadow post, parliamentary private secretary.
        Legislator = "LEGISLATOR",
        /// Judge, justice or magistrate, and the president of a court.
        Judge = "JUDGE",
        /// Prosecutor or law officer: attorney general, solicitor general, district attorney.
        Prosecutor = "PROSECUTOR",
        /// Head of a state or province whose office is called governor; not the governor of a central bank.
        Governor = "GOVERNOR",
        /// Mayor of a town or city.
        Mayor = "MAYOR",
        /// Ambassador, permanent representative or nuncio.
        Ambassador = "AMBASSADOR",
        /// Special envoy, negotiator or head of a delegation.
        Envoy = "ENVOY",
        /// Permanent secretary, agency head, director general, inspector general, or a printed "senior" or "top" official.
        SeniorOfficial = "SENIOR_OFFICIAL",
        /// Official or officials without further rank, clerk, committee secretary, diplomat.
        Official = "OFFICIAL",
        /// Adviser or aide who counsels an office-holder.
        Adviser = "ADVISER",
        /// Speaks for another: every communications post (press secretary or officer, head of communications, public affairs).
        Spokesperson = "SPOKESPERSON",
        /// Holds a command or the headship of a military staff, also of an armed group.
        MilitaryCommander = "MILITARY_COMMANDER",
        /// Has a military rank and no other printed role.
        MilitaryOfficer = "MILITARY_OFFICER",
        /// Police of any rank up to chief, sheriff or agent.
        PoliceOfficer = "POLICE_OFFICER",
        /// Heads an intergovernmental or non-governmental organisation, union, association, university, sports body or armed group; never a government body.
        HeadOfOrganisation = "HEAD_OF_ORGANISATION",
        /// Management or owner of a company or club.
        Executive = "EXECUTIVE",
        /// Chair, leader or general secretary of a party.
        PartyLeader = "PARTY_LEADER",
        /// Analyst, economist, strategist, pollster, fellow, rapporteur, "observers".
        Expert = "EXPERT",
        /// Professor, researcher or scientist.
        Academic = "ACADEMIC",
        /// Lawyer, counsel or defence attorney; not a prosecutor.
        Lawyer = "LAWYER",
        /// Doctor, nurse or other health staff.
        HealthProfessional = "HEALTH_PROFESSIONAL",
        /// Reporter, editor, host or columnist.
        Journalist = "JOURNALIST",
        /// Campaigner, organiser or protester.
        Activist = "ACTIVIST",
        /// Clergy, or the head of a religious body.
        ReligiousLeader = "RELIGIOUS_LEADER",
        /// Writer, actor, musician or other artist.
        Artist = "ARTIST",
        /// Player or other sportsperson, including a team's captain.
        Athlete = "ATHLETE",
        /// Coach of a team, including a football "manager".
        Coach = "COACH",
        /// Working person named by trade.
        Worker = "WORKER",
        /// Someone who saw it.
        Witness = "WITNESS",
        /// Resident, villager or neighbour.
        Resident = "RESIDENT",
        /// Victim, survivor, refugee or hostage.
        Victim = "VICTIM",
        /// Relative or friend of somebody.
        Relative = "RELATIVE",
        /// A named role without a class of its own: candidate, royal without office, goodwill ambassador.
        Other = "OTHER",
        /// No role is printed or understood, or an organisation itself speaks.
        Unknown = "UNKNOWN",
    }
}

vocabulary! {
    /// The field of public policy a role belongs to, after the United Nations' COFOG.
    Domain {
        /// Head of state or government, cabinet, parliament, territory, an all-purpose intergovernmental organisation.
        General = "GENERAL",
        /// Diplomacy, including ministries of development aid.
        ForeignAffairs = "FOREIGN_AFFAIRS",
        /// Ministry of defence, armed forces, military intelligence, military alliance; not "(national) security" and not legal defence.
        Defence = "DEFENCE",
        /// Civilian intelligence services.
        Intelligence = "INTELLIGENCE",
        /// Police, justice, courts, prosecution, interior, borders, homeland security.
        PublicOrder = "PUBLIC_ORDER",
        /// Finance, central banks, trade, labour, energy, agriculture, transport.
        Economy = "ECONOMY",
        /// Environment, climate and public lands.
        Environment = "ENVIRONMENT",
        /// Housing and planning.
        Housing = "HOUSING",
        /// Public health and health care.
        Health = "HEALTH",
        /// Ministries of culture, media, sport and religion.
        Culture = "CULTURE",
        /// Schools, universities and their ministries.
        Education = "EDUCATION",
        /// Welfare, pensions, family, veterans.
        SocialProtection = "SOCIAL_PROTECTION",
        /// Relief organisations and the relief agencies of the United Nations.
        Humanitarian = "HUMANITARIAN",
        /// No field of public policy: companies, parties, armed groups, clergy, sport, arts, media, private persons.
        None = "NONE",
        /// Not decided by the print: a post that must have a portfolio but prints none ("the minister's spokesman"), or "national security". Never a field of officials.
        Unknown = "UNKNOWN",
    }
}

vocabulary! {
    /// How the speaker stands to the office at the time of the statement.
    Status {
        /// In office; also outgoing, newly appointed, and "then-".
        Current = "CURRENT",
        /// Former, ex-, retired, emeritus, ousted. Beats acting.
        Former = "FORMER",
        /// Acting, interim or caretaker.
        Acting = "ACTING",
        /// Elected, designated, incoming or nominated for an appointed post, and not yet in it.
        Designate = "DESIGNATE",
        /// Shadows the office in opposition.
        Shadow = "SHADOW",
    }
}

vocabulary! {
    /// In which voice the speaker is quoted.
    Voice {
        /// Speaks for the speaker's own office.
        Principal = "PRINCIPAL",
        /// Speaks on behalf of another: spokespersons, a client's lawyer, an organisation.
        Representative = "REPRESENTATIVE",
        /// Speaks as expert or observer, or about an office no longer held.
        Informational = "INFORMATIONAL",
        /// Speaks as witness, resident, victim or relative.
        Witness = "WITNESS",
    }
}

vocabulary! {
    /// What kind of body an organisation is.
    OrganisationKind {
        /// Intergovernmental organisation, including the bodies of the European Union.
        Igo = "IGO",
        /// National government: ministries, agencies, central banks.
        NationalGovernment = "NATIONAL_GOVERNMENT",
        /// Government of a state, province or town, including councils, local police and school districts.
        SubnationalGovernment = "SUBNATIONAL_GOVERNMENT",
        /// Parliament, its chambers and committees.
        Legislature = "LEGISLATURE",
        /// Courts and prosecution services.
        Judiciary = "JUDICIARY",
        /// Armed forces; not the ministry of defence.
        Military = "MILITARY",
        /// Alliance of armed forces, such as NATO.
        MilitaryAlliance = "MILITARY_ALLIANCE",
        /// Embassy, consulate or mission of a country, also its mission to the United Nations.
        DiplomaticMission = "DIPLOMATIC_MISSION",
        /// Party, including parliamentary groups and election campaigns.
        Party = "PARTY",
        /// Non-governmental organisation, including unions, trade and professional associations.
        Ngo = "NGO",
        /// Company.
        Company = "COMPANY",
        /// University or research institute.
        Academic = "ACADEMIC",
        /// Newspaper, broadcaster or news agency.
        Media = "MEDIA",
        /// Armed group that is not a state's.
        ArmedGroup = "ARMED_GROUP",
        /// Church or other religious body.
        Religious = "RELIGIOUS",
        /// Club, team or sports body.
        Sport = "SPORT",
        /// A body of no other kind, such as a hospital.
        Other = "OTHER",
        /// Nothing is printed or implied.
        Unknown = "UNKNOWN",
    }
}

vocabulary! {
    /// What kind of name an organisation's alias is.
    AliasKind {
        /// A full name.
        Name = "NAME",
        /// An abbreviation, such as "UN".
        Acronym = "ACRONYM",
        /// A place that stands for the body, such as "the Pentagon".
        Metonym = "METONYM",
    }
}

vocabulary! {
    /// Where a name of a speaker comes from.
    SpeakerAliasKind {
        /// Articles print it, titles included.
        Printed = "PRINTED",
        /// An imported record of office-holders gives it; articles may print it too.
        Recorded = "RECORDED",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_is_read_back_from_its_spelling() {
        for value in Function::ALL {
            assert_eq!(value.as_str().parse(), Ok(*value));
        }
        for value in OrganisationKind::ALL {
            assert_eq!(value.to_string().parse(), Ok(*value));
        }
        assert_eq!(Domain::ALL.len(), 15);
        assert_eq!(Status::ALL.len(), 5);
        assert_eq!(Voice::ALL.len(), 4);
    }

    #[test]
    fn a_foreign_word_is_a_typed_error() {
        let error = "minister".parse::<Function>().unwrap_err();
        assert_eq!(error.to_string(), "`minister` is not a Function");
    }
}
