//! Valid questions: any selection of any fields, with any arguments, written in any way.

use std::fmt::Write as _;

use serde_json::{Map, Value, json};

use super::pool::Pool;
use super::random::Random;
use super::schema::{Field, Input, Reference, Schema};

/// How deep selections and filters nest at most: well within the limits of a request.
const DEPTH: usize = 8;
const FILTERS: usize = 3;

/// A question as it is sent.
#[derive(Debug, Clone)]
pub struct Question {
    pub document: String,
    pub variables: Value,
}

/// Writes one question.
pub struct Writer<'s> {
    schema: &'s Schema,
    pool: &'s Pool,
    random: &'s mut Random,
    /// How many fields may still be written.
    left: usize,
    aliases: usize,
    fragments: Vec<String>,
    declared: Vec<String>,
    given: Map<String, Value>,
}

impl<'s> Writer<'s> {
    /// A question about this schema, with values of this pool.
    pub fn question(schema: &'s Schema, pool: &'s Pool, random: &'s mut Random) -> Question {
        let left = 4 + random.below(36);
        let (aliases, fragments, declared, given) = (0, Vec::new(), Vec::new(), Map::new());
        let mut writer = Self { schema, pool, random, left, aliases, fragments, declared, given };
        let fields = &schema["Query"].fields;
        let most = 1 + writer.random.below(3);
        let roots = writer.random.some(fields, most);
        let roots: Vec<String> =
            roots.into_iter().map(|field| writer.field(field, 1, true)).collect();
        let variables = match writer.declared.as_slice() {
            [] => String::new(),
            declared => format!("({})", declared.join(", ")),
        };
        let body = format!("{{ {} }}", roots.join(" "));
        let mut document = match (variables.as_str(), writer.random.percent(50)) {
            ("", true) => body,
            _ => format!("query Any{variables} {body}"),
        };
        for fragment in &writer.fragments {
            let _ = write!(document, "\n{fragment}");
        }
        Question { document, variables: Value::Object(writer.given) }
    }

    /// Whether a type has fields of its own.
    fn is_composite(&self, name: &str) -> bool {
        !self.schema[name].fields.is_empty()
    }

    fn field(&mut self, field: &Field, depth: usize, root: bool) -> String {
        self.left = self.left.saturating_sub(1);
        let mut text = String::new();
        if self.aliases < 25 && self.random.percent(15) {
            self.aliases += 1;
            let _ = write!(text, "{}_{}: ", field.name, self.aliases);
        }
        text += &field.name;
        text += &self.arguments(field, root);
        text += &self.directive();
        if self.is_composite(&field.of.name) {
            text += &self.selection(&field.of.name, depth + 1);
        }
        text
    }

    /// ` { … }` of an object or interface.
    fn selection(&mut self, of: &str, depth: usize) -> String {
        let schema = self.schema;
        if let [_, ..] = schema[of].objects.as_slice() {
            let object = self.random.one(&schema[of].objects).clone();
            let inner = self.selection(&object, depth);
            return format!(" {{ __typename id ... on {object}{inner} }}");
        }
        let fields = &schema[of].fields;
        let deeper = depth < DEPTH && self.left > 0;
        let able: Vec<Field> = fields
            .iter()
            .filter(|field| deeper || !self.is_composite(&field.of.name))
            .cloned()
            .collect();
        let most = 1 + self.random.below(5.min(1 + self.left));
        let chosen: Vec<Field> = self.random.some(&able, most).into_iter().cloned().collect();
        let mut parts: Vec<String> =
            chosen.iter().map(|field| self.field(field, depth, false)).collect();
        if parts.is_empty() || self.random.percent(10) {
            parts.push("__typename".to_owned());
        }
        // Some stand in fragments; each is used once.
        if self.random.percent(15) {
            let cut = self.random.below(parts.len());
            let inside = parts.split_off(cut).join(" ");
            let directive = self.directive();
            parts.push(match self.random.below(3) {
                0 => format!("... on {of}{directive} {{ {inside} }}"),
                1 => format!("...{directive} {{ {inside} }}"),
                _ => {
                    let name = format!("F{}", self.fragments.len());
                    self.fragments.push(format!("fragment {name} on {of} {{ {inside} }}"));
                    format!("...{name}{directive}")
                }
            });
        }
        format!(" {{ {} }}", parts.join(" "))
    }

    fn directive(&mut self) -> String {
        if !self.random.percent(5) {
            return String::new();
        }
        let (name, value) = *self.random.one(&[("include", true), ("skip", false), ("skip", true)]);
        if self.random.percent(50) {
            return format!(" @{name}(if: {value})");
        }
        let variable = self.declare("Boolean!", Some(json!(value)));
        format!(" @{name}(if: {variable})")
    }

    fn arguments(&mut self, field: &Field, root: bool) -> String {
        let is_page = field.arguments.iter().any(|argument| argument.name == "first");
        let mut chosen: Vec<&Input> = if root && !is_page && self.random.percent(95) {
            // Things are looked up by exactly one of their names.
            self.random.some(&field.arguments, 1)
        } else {
            let wanted = |writer: &mut Self, argument: &Input| match argument.name.as_str() {
                // One of the two, mostly.
                "first" | "last" => false,
                "after" | "before" => writer.random.percent(15),
                _ => argument.of.required && !argument.has_default || writer.random.percent(40),
            };
            field.arguments.iter().filter(|argument| wanted(self, argument)).collect()
        };
        if is_page && self.random.percent(95) {
            let ends: &[&str] = match self.random.below(100) {
                0..70 => &["first"],
                70..97 => &["last"],
                _ => &["first", "last"],
            };
            chosen.extend(field.arguments.iter().filter(|a| ends.contains(&a.name.as_str())));
        }
        let written: Vec<String> = chosen
            .into_iter()
            .map(|argument| {
                // A cursor belongs to its list.
                let hint = match argument.name.as_str() {
                    "after" | "before" => format!("{} cursor", field.name),
                    name => name.to_owned(),
                };
                format!("{}: {}", argument.name, self.argument(argument, &hint))
            })
            .collect();
        if written.is_empty() { String::new() } else { format!("({})", written.join(", ")) }
    }

    /// A value in its place, or a variable for it.
    fn argument(&mut self, input: &Input, hint: &str) -> String {
        let value = self.value(&input.of, hint, 0);
        if !self.random.percent(35) {
            return self.literal(&value, &input.of);
        }
        let written = input.of.written.clone();
        match self.random.below(4) {
            // Omitted, with a default or without.
            0 => {
                let default = self.literal(&value, &input.of);
                self.declare(&format!("{written} = {default}"), None)
            }
            1 if !input.of.required => self.declare(&written, None),
            2 if !input.of.required => self.declare(&written, Some(Value::Null)),
            _ => self.declare(&written, Some(value)),
        }
    }

    fn declare(&mut self, kind: &str, value: Option<Value>) -> String {
        let name = format!("v{}", self.declared.len());
        self.declared.push(format!("${name}: {kind}"));
        if let Some(value) = value {
            self.given.insert(name.clone(), value);
        }
        format!("${name}")
    }

    /// A value of a type, for something of this name.
    fn value(&mut self, of: &Reference, hint: &str, depth: usize) -> Value {
        if !of.required && self.random.percent(3) {
            return Value::Null;
        }
        if of.list {
            let inner = Reference { list: false, required: true, ..of.clone() };
            return (0..self.random.below(4)).map(|_| self.value(&inner, hint, depth)).collect();
        }
        let text = |writer: &mut Self| json!(writer.pool.text(writer.random, hint));
        match of.name.as_str() {
            "Int" => self.number(),
            "Float" => json!(self.number().as_f64()),
            "Boolean" => json!(self.random.percent(50)),
            "FuzzyDate" => json!(self.pool.date(self.random)),
            "ID" if hint != "id" && self.random.percent(50) => {
                json!(self.pool.text(self.random, "id"))
            }
            "ID" | "String" => text(self),
            name => {
                let of = &self.schema[name];
                match of.words.as_slice() {
                    [] => self.object(&of.inputs, hint, depth),
                    words => json!(self.random.one(words)),
                }
            }
        }
    }

    fn number(&mut self) -> Value {
        const EDGES: [i64; 8] = [0, -1, 100, 101, 1_000, i32::MAX as i64, i32::MIN as i64, 1 << 40];
        let edge = self.random.percent(4);
        json!(if edge { *self.random.one(&EDGES) } else { 1 + self.random.below(4) as i64 })
    }

    fn object(&mut self, inputs: &'s [Input], hint: &str, depth: usize) -> Value {
        let able: Vec<&Input> = inputs
            .iter()
            .filter(|input| depth < FILTERS || self.schema[&input.of.name].inputs.is_empty())
            .collect();
        let most = match self.random.below(10) {
            0 => 0,
            1..8 => 1,
            _ => 2,
        };
        let mut fields = Map::new();
        for input in self.random.some(&able, most) {
            // `eq`, `in` and `contains` mean what the field above them says.
            let hint = match input.name.as_str() {
                "eq" | "in" | "contains" => hint,
                name => name,
            };
            let mut value = self.value(&input.of, hint, depth + 1);
            if let ("contains", Some(text)) = (input.name.as_str(), value.as_str()) {
                value = json!(text.chars().skip(1).take(5).collect::<String>());
            }
            fields.insert(input.name.clone(), value);
        }
        Value::Object(fields)
    }

    /// A value as a document has it.
    fn literal(&mut self, value: &Value, of: &Reference) -> String {
        let schema = self.schema;
        match value {
            Value::Array(values) => {
                let inner = Reference { list: false, required: true, ..of.clone() };
                let values: Vec<String> =
                    values.iter().map(|value| self.literal(value, &inner)).collect();
                format!("[{}]", values.join(", "))
            }
            Value::Object(fields) => {
                let inputs = &schema[&of.name].inputs;
                let written = inputs.iter().filter_map(|input| {
                    let value = fields.get(&input.name)?;
                    Some(format!("{}: {}", input.name, self.literal(value, &input.of)))
                });
                format!("{{{}}}", written.collect::<Vec<_>>().join(", "))
            }
            Value::String(word) if !schema[&of.name].words.is_empty() => word.clone(),
            other => other.to_string(),
        }
    }
}
