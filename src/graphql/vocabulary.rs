//! The closed vocabularies as GraphQL enums, described by their own doc comments.

use std::borrow::Cow;

use async_graphql::parser::types::Field;
use async_graphql::registry::{EnumBuilder, MetaEnumValue, MetaTypeId, Registry};
use async_graphql::{
    ContextSelectionSet, InputType, InputValueError, InputValueResult, Name, OutputType,
    Positioned, ServerResult, Value,
};

use crate::domain::access::AuditAction;
use crate::domain::date::DatePrecision;
use crate::domain::facet::{Counted, FacetDimension};
use crate::domain::import::ImportState;
use crate::domain::judgement::JudgementAction;
use crate::domain::judgement::candidates::MergeEvidenceKind;
use crate::domain::quote::{FurtherSpeakerMode, Medium, QuoteKind, SpeakerKind};
use crate::domain::statement::{
    FirstQuotePrecision, StatementRelationKind, StatementRelationState,
};
use crate::domain::tenure::{BoundKind, Capacity, TenureOrigin};
use crate::domain::timeline::TimelineUnit;
use crate::domain::verification::{Finding, Op, Verdict};
use crate::domain::vocabulary::{
    AliasKind, Domain, Function, OrganisationKind, SpeakerAliasKind, Status, Voice,
};

macro_rules! graphql_enum {
    ($($type:ty as $name:literal),+ $(,)?) => { $(
        impl InputType for $type {
            type RawValueType = Self;

            fn type_name() -> Cow<'static, str> {
                Cow::Borrowed($name)
            }

            fn create_type_info(registry: &mut Registry) -> String {
                registry.create_input_type::<Self, _>(MetaTypeId::Enum, |_| {
                    let values = Self::ALL.iter().map(|value| {
                        let mut meta = MetaEnumValue::new(value.as_str());
                        meta.description = Some(tidy(value.manual()));
                        (value.as_str().to_owned(), meta)
                    });
                    EnumBuilder::new($name.to_owned(), values.collect())
                        .description(Some(tidy(Self::MANUAL)))
                        .rust_typename(std::any::type_name::<Self>())
                        .build()
                })
            }

            fn parse(value: Option<Value>) -> InputValueResult<Self> {
                let value = value.unwrap_or_default();
                let word = match &value {
                    Value::Enum(name) => name.as_str(),
                    Value::String(word) => word.as_str(),
                    _ => return Err(InputValueError::expected_type(value)),
                };
                word.parse().map_err(InputValueError::custom)
            }

            fn to_value(&self) -> Value {
                Value::Enum(Name::new(self.as_str()))
            }

            fn as_raw_value(&self) -> Option<&Self> {
                Some(self)
            }
        }

        impl OutputType for $type {
            fn type_name() -> Cow<'static, str> {
                Cow::Borrowed($name)
            }

            fn create_type_info(registry: &mut Registry) -> String {
                <Self as InputType>::create_type_info(registry)
            }

            async fn resolve(
                &self,
                _: &ContextSelectionSet<'_>,
                _: &Positioned<Field>,
            ) -> ServerResult<Value> {
                Ok(self.to_value())
            }
        }
    )+ };
}

/// A doc comment as a description: lines of one paragraph become one line.
fn tidy(manual: &str) -> String {
    manual.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ")
}

graphql_enum!(
    QuoteKind as "QuoteKind",
    SpeakerKind as "SpeakerKind",
    Medium as "Medium",
    FurtherSpeakerMode as "FurtherSpeakerMode",
    DatePrecision as "DatePrecision",
    Function as "RoleFunction",
    Domain as "RoleDomain",
    Status as "RoleStatus",
    Voice as "Voice",
    OrganisationKind as "OrganisationKind",
    AliasKind as "AliasKind",
    SpeakerAliasKind as "SpeakerAliasKind",
    BoundKind as "TenureBoundKind",
    TenureOrigin as "TenureOrigin",
    Capacity as "Capacity",
    AuditAction as "AuditAction",
    JudgementAction as "JudgementAction",
    MergeEvidenceKind as "MergeEvidenceKind",
    ImportState as "ImportState",
    Verdict as "Verdict",
    Finding as "FindingKind",
    Op as "DiffOp",
    FacetDimension as "FacetDimension",
    Counted as "Counted",
    TimelineUnit as "TimelineUnit",
    FirstQuotePrecision as "FirstQuotePrecision",
    StatementRelationKind as "StatementRelationKind",
    StatementRelationState as "StatementRelationState",
);
