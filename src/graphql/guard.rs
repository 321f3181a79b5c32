//! What a document would cost, found out from the document alone, before the engine looks at it.
//!
//! The engine's own limits come too late: its validation walks every spread of a fragment anew, so
//! that 863 bytes of fragments which spread each other twice keep it busy for seconds, and its
//! complexity counts `__typename` as nothing. Here every fragment is looked at once.

use std::collections::HashMap;

use async_graphql::parser::types::{
    Directive, DocumentOperations, ExecutableDocument, OperationDefinition, Selection, SelectionSet,
};
use async_graphql::{Name, Positioned};

use super::lexis::{Extent, extent};
use crate::limits::{Limits, Profile};

/// Why a document is not executed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// It asks for the schema, which the profile does not tell.
    #[error("introspection is off in this profile")]
    Introspection,
    /// It is over a limit.
    #[error("{name}: this document has {found}, the limit is {limit}")]
    Limit {
        /// The limit's name, as in `serviceConfig`.
        name: &'static str,
        /// Its value.
        limit: u64,
        /// What the document has.
        found: u64,
    },
    /// A fragment spreads itself, directly or by others.
    #[error("the fragment `{0}` spreads itself")]
    Circle(String),
    /// A fragment is spread that the document does not define.
    #[error("unknown fragment `{0}`: the document does not define it")]
    Unknown(String),
}

/// What a selection costs with its fragments put in place.
#[derive(Debug, Clone, Copy, Default)]
struct Cost {
    fields: u64,
    /// Fields of the selection itself.
    level: u64,
    depth: u64,
    /// Fields with the name of a list of introspection, in each other.
    lists: u64,
    /// The same two, below `__schema` and `__type`.
    schema_depth: u64,
    schema_lists: u64,
    /// Fields, those below a list of introspection times its [`entries`].
    weight: u64,
    /// The same of all `__schema` and `__type`.
    schema_cost: u64,
}

/// The lists of introspection that lead on to further types or lists.
const LISTS: [&str; 8] = [
    "types",
    "directives",
    "fields",
    "args",
    "inputFields",
    "interfaces",
    "possibleTypes",
    "enumValues",
];

/// How many entries a list of introspection is thought to have.
fn entries(list: &str) -> u64 {
    if list == "types" { 64 } else { 4 }
}

/// Looks at the text of a document, before the parser does: that trusts its input, overflows its
/// stack on a few kilobytes of nested brackets (as does the engine later), and takes long for many
/// tokens.
pub fn text(document: &str, limits: &Limits) -> Result<(), Refused> {
    within("documentBytes", document.len() as u64, limits.document_bytes)?;
    let brackets = document.bytes().filter(|byte| matches!(byte, b'[' | b'{' | b'(')).count();
    within("brackets", brackets as u64, limits.brackets)?;
    let Extent { tokens, nesting } = extent(document);
    within("nesting", nesting, limits.nesting)?;
    within("documentTokens", tokens, limits.document_tokens)
}

/// Looks at a parsed document; what it refuses is not executed.
pub fn check(
    document: &ExecutableDocument,
    limits: &Limits,
    profile: Profile,
) -> Result<(), Refused> {
    within("fragments", document.fragments.len() as u64, limits.fragments)?;
    let known = HashMap::new();
    let mut guard =
        Guard { document, limits, profile, known, aliases: 0, directives: 0, fields: 0 };
    for fragment in document.fragments.values() {
        guard.directives(&fragment.node.directives)?;
        guard.literal(&fragment.node.selection_set.node)?;
    }
    for name in document.fragments.keys() {
        // Also those that no operation spreads: the engine looks at them.
        guard.fragment(name)?;
    }
    match &document.operations {
        DocumentOperations::Single(operation) => guard.operation(&operation.node),
        DocumentOperations::Multiple(operations) => {
            operations.values().try_for_each(|operation| guard.operation(&operation.node))
        }
    }
}

fn within(name: &'static str, found: u64, limit: u64) -> Result<(), Refused> {
    if found > limit { Err(Refused::Limit { name, limit, found }) } else { Ok(()) }
}

struct Guard<'d> {
    document: &'d ExecutableDocument,
    limits: &'d Limits,
    profile: Profile,
    /// The cost of each fragment; `None` while it is worked out.
    known: HashMap<&'d Name, Option<Cost>>,
    aliases: u64,
    directives: u64,
    /// Fields of all operations: the engine validates those too that are not executed.
    fields: u64,
}

impl<'d> Guard<'d> {
    fn operation(&mut self, operation: &'d OperationDefinition) -> Result<(), Refused> {
        self.directives(&operation.directives)?;
        for variable in &operation.variable_definitions {
            self.directives(&variable.node.directives)?;
        }
        self.literal(&operation.selection_set.node)?;
        let cost = self.cost(&operation.selection_set.node)?;
        self.fields = self.fields.saturating_add(cost.fields);
        within("fields", self.fields, self.limits.fields)?;
        if !self.profile.tells_schema() && cost.schema_depth > 0 {
            return Err(Refused::Introspection);
        }
        let limits = self.limits;
        within("rootFields", cost.level, limits.root_fields)?;
        within("dataDepth", cost.depth, limits.data_depth)?;
        within("schemaDepth", cost.schema_depth, limits.schema_depth)?;
        within("schemaLists", cost.schema_lists, limits.schema_lists)?;
        within("schemaCost", cost.schema_cost, limits.schema_cost)
    }

    /// Counts what stands in the text itself.
    fn literal(&mut self, set: &'d SelectionSet) -> Result<(), Refused> {
        for selection in &set.items {
            match &selection.node {
                Selection::Field(field) => {
                    self.directives(&field.node.directives)?;
                    self.aliases += u64::from(field.node.alias.is_some());
                    within("aliases", self.aliases, self.limits.aliases)?;
                    self.literal(&field.node.selection_set.node)?;
                }
                Selection::FragmentSpread(spread) => self.directives(&spread.node.directives)?,
                Selection::InlineFragment(inline) => {
                    self.directives(&inline.node.directives)?;
                    self.literal(&inline.node.selection_set.node)?;
                }
            }
        }
        Ok(())
    }

    fn directives(&mut self, directives: &[Positioned<Directive>]) -> Result<(), Refused> {
        let here = directives.len() as u64;
        within("directivesAtOnce", here, self.limits.directives_at_once)?;
        self.directives += here;
        within("directives", self.directives, self.limits.directives)
    }

    /// What a selection costs; stops at the first field that is too many.
    fn cost(&mut self, set: &'d SelectionSet) -> Result<Cost, Refused> {
        let mut all = Cost::default();
        for selection in &set.items {
            let cost = match &selection.node {
                Selection::Field(field) => {
                    let name = field.node.name.node.as_str();
                    self.cost(&field.node.selection_set.node)?.below(name)
                }
                Selection::InlineFragment(inline) => self.cost(&inline.node.selection_set.node)?,
                Selection::FragmentSpread(spread) => {
                    let cost = self.fragment(&spread.node.fragment_name.node)?;
                    Cost { fields: cost.fields.saturating_add(1), ..cost }
                }
            };
            all = all.beside(cost);
            within("fields", all.fields, self.limits.fields)?;
        }
        Ok(all)
    }

    fn fragment(&mut self, name: &'d Name) -> Result<Cost, Refused> {
        match self.known.get(name) {
            Some(Some(cost)) => return Ok(*cost),
            Some(None) => return Err(Refused::Circle(name.to_string())),
            None => {}
        }
        // The engine refuses it too, but walks every spread on the way there.
        let Some(fragment) = self.document.fragments.get(name) else {
            return Err(Refused::Unknown(name.to_string()));
        };
        self.known.insert(name, None);
        let cost = self.cost(&fragment.node.selection_set.node)?;
        self.known.insert(name, Some(cost));
        Ok(cost)
    }
}

impl Cost {
    /// Of a field with this selection.
    fn below(self, name: &str) -> Self {
        let fields = self.fields.saturating_add(1);
        let is_list = LISTS.contains(&name);
        let lists = self.lists + u64::from(is_list);
        let times = if is_list { entries(name) } else { 1 };
        let weight = self.weight.saturating_add(1).saturating_mul(times);
        if matches!(name, "__schema" | "__type") {
            // What lies below counts as introspection and not as data.
            return Self {
                fields,
                level: 1,
                depth: 1,
                schema_depth: self.depth + 1,
                schema_lists: lists,
                schema_cost: weight,
                ..Self::default()
            };
        }
        Self { fields, level: 1, depth: self.depth + 1, lists, weight, ..self }
    }

    fn beside(self, other: Self) -> Self {
        Self {
            fields: self.fields.saturating_add(other.fields),
            level: self.level.saturating_add(other.level),
            depth: self.depth.max(other.depth),
            lists: self.lists.max(other.lists),
            schema_depth: self.schema_depth.max(other.schema_depth),
            schema_lists: self.schema_lists.max(other.schema_lists),
            weight: self.weight.saturating_add(other.weight),
            schema_cost: self.schema_cost.saturating_add(other.schema_cost),
        }
    }
}

#[cfg(test)]
mod tests {
    use async_graphql::parser::parse_query;

    use super::*;

    fn refusal(document: &str) -> Option<&'static str> {
        let document = parse_query(document).expect("a document that parses");
        match check(&document, &Limits::default(), Profile::Public) {
            Ok(()) => None,
            Err(Refused::Limit { name, limit, found }) => {
                assert!(found > limit);
                Some(name)
            }
            Err(Refused::Circle(_)) => Some("circle"),
            Err(Refused::Unknown(_)) => Some("unknown"),
            Err(Refused::Introspection) => Some("introspection"),
        }
    }

    #[test]
    fn each_limit_is_met_at_its_value_and_not_before() {
        let nested = |levels: usize| "{ a ".repeat(levels) + &"}".repeat(levels);
        let many = |n: usize, of: &str| of.repeat(n);
        let fragments = |n: usize| -> String {
            (0..n).map(|n| format!("fragment f{n} on Query {{ a }} ")).collect()
        };
        let introspection = |lists: usize| {
            format!("{{ __schema {} {{ name }} {} }}", "{ fields ".repeat(lists), "}".repeat(lists))
        };
        for (inside, outside, name) in [
            (nested(12), nested(13), "dataDepth"),
            (
                format!("{{ {} }}", many(20, "a ")),
                format!("{{ {} }}", many(21, "a ")),
                "rootFields",
            ),
            (
                format!("{{ a {{ {} }} }}", many(30, "b: __typename ")),
                format!("{{ a {{ {} }} }}", many(31, "b: __typename ")),
                "aliases",
            ),
            (
                format!("{{ a {{ {} }} }}", many(1999, "b ")),
                format!("{{ a {{ {} }} }}", many(2000, "b ")),
                "fields",
            ),
            (
                format!("{{ a {} }}", many(5, "@skip(if: true) ")),
                format!("{{ a {} }}", many(6, "@skip(if: true) ")),
                "directivesAtOnce",
            ),
            (
                format!("{{ a {{ {} }} }}", many(10, "b @a @b @c @d @e ")),
                format!("{{ a {{ {} c @f }} }}", many(10, "b @a @b @c @d @e ")),
                "directives",
            ),
            (fragments(50) + "{ a }", fragments(51) + "{ a }", "fragments"),
            (introspection(3), introspection(4), "schemaLists"),
            (
                format!("{{ __schema {} }}", nested(15)),
                format!("{{ __schema {} }}", nested(16)),
                "schemaDepth",
            ),
        ] {
            assert_eq!(refusal(&inside), None, "{name}: {inside}");
            assert_eq!(refusal(&outside), Some(name), "{outside}");
        }
    }

    #[test]
    fn nesting_is_refused_before_the_parser_sees_it() {
        let limits = Limits::default();
        let limit = |name, limit, found| Err(Refused::Limit { name, limit, found });
        let nested = format!("{{ a(b: {}", "[".repeat(4_000));
        assert_eq!(text(&nested, &limits), limit("brackets", 200, 4_002));
        let nested = |levels: usize| "[".repeat(levels) + &"]".repeat(levels);
        assert_eq!(text(&nested(41), &limits), limit("nesting", 40, 41));
        assert_eq!(text(&nested(40).repeat(2), &limits), Ok(()));
        assert_eq!(text(&" ".repeat(16_385), &limits), limit("documentBytes", 16_384, 16_385));
        assert_eq!(text(&"a ".repeat(1_001), &limits), limit("documentTokens", 1_000, 1_001));
        assert_eq!(text(&"a ".repeat(1_000), &limits), Ok(()));
        assert_eq!(text("{ quotes { nodes { text } } }", &limits), Ok(()));
    }

    #[test]
    fn the_locked_profile_tells_nothing_of_the_schema() {
        let locked = |document: &str| {
            let document = parse_query(document).expect("a document that parses");
            check(&document, &Limits::default(), Profile::Locked)
        };
        assert_eq!(locked("{ __typename quotes { totalCount } }"), Ok(()));
        assert_eq!(locked("{ __type(name: \"Quote\") { name } }"), Err(Refused::Introspection));
        let hidden = "{ ...f } fragment f on Query { s: __schema { types { name } } }";
        assert_eq!(locked(hidden), Err(Refused::Introspection));
    }

    #[test]
    fn fragments_that_spread_each_other_are_looked_at_once() {
        // Doubles forty-nine times: whoever walks it never comes back.
        let mut document = String::from("{ ...f0 } fragment f49 on Query { a } ");
        for n in 0..49 {
            let next = n + 1;
            document += &format!("fragment f{n} on Query {{ ...f{next} ...f{next} }} ");
        }
        assert_eq!(refusal(&document), Some("fields"));
        // The same with a last one that is not defined, and where no operation spreads them.
        let undefined = document.replace("fragment f49 on Query { a }", "");
        assert_eq!(refusal(&undefined), Some("unknown"));
        assert_eq!(refusal(&document.replace("{ ...f0 }", "{ a }")), Some("fields"));
        assert_eq!(
            refusal("{ ...f } fragment f on Query { a { ...g } } fragment g on Query { ...f }"),
            Some("circle")
        );
    }

    #[test]
    fn the_introspection_of_graphiql_passes() {
        let levels = "ofType { kind name ".repeat(9) + &"} ".repeat(9);
        let document = format!(
            "query IntrospectionQuery {{ __schema {{ queryType {{ name kind }} types {{ ...FullType }} \
             directives {{ name locations args {{ ...InputValue }} }} }} }} \
             fragment FullType on __Type {{ kind fields(includeDeprecated: true) {{ name \
             args(includeDeprecated: true) {{ ...InputValue }} type {{ ...TypeRef }} }} \
             inputFields {{ ...InputValue }} interfaces {{ ...TypeRef }} \
             enumValues(includeDeprecated: true) {{ name }} possibleTypes {{ ...TypeRef }} }} \
             fragment InputValue on __InputValue {{ name type {{ ...TypeRef }} defaultValue }} \
             fragment TypeRef on __Type {{ kind name {levels} }}"
        );
        assert_eq!(refusal(&document), None);
        assert_eq!(text(&document, &Limits::default()), Ok(()));
        // But not many times over.
        let roots: String =
            (0..5).map(|n| format!("a{n}: __schema {{ types {{ ...FullType }} }} ")).collect();
        let (_, fragments) = document.split_once("} } } } ").expect("it has fragments");
        assert_eq!(refusal(&format!("{{ {roots} }} {fragments}")), Some("schemaCost"));
    }
}
