//! What the words of an office imply of its body or its field (conventions 1 and 3).

use super::context::{Context, Joint, Portfolio};
use super::phrase::Phrase;
use super::words::Head;
use crate::domain::organisation::by_key;
use crate::domain::organisation::mention::Mention;
use crate::domain::organisation::tables::tables;
use crate::domain::vocabulary::Function;

/// What the words of an office imply of its body (convention 1).
pub(crate) fn by_title(phrase: &Phrase<'_>, head: usize, context: &mut Context) {
    match phrase.parts[head].head() {
        Some(Head::Secretary) => territorial(context),
        Some(Head::SecretaryOfState) => {
            territorial(context);
            secretary_of_state(context);
        }
        // "Assistant Secretary of State for Political Affairs".
        Some(Head::Is(Function::DeputyMinister))
            if is_secretary_of_state(&phrase.spelling(head)) =>
        {
            secretary_of_state(context);
        }
        Some(Head::EuCommissioner) if context.mention.is_none() => {
            context.mention = by_key("eu/commission").map(|body| Mention::known(0, 0, body));
        }
        // "secrétaire d'État américain": the foreign minister, not one of a ministry's secretaries.
        Some(Head::Is(Function::Minister | Function::DeputyMinister))
            if is_american(context) && is_state_secretary(&phrase.spelling(head)) =>
        {
            secretary_of_state(context);
        }
        _ => {}
    }
}

/// "Deputy Secretary of State", but not the United Kingdom's parliamentary ones, whose field is open.
fn is_secretary_of_state(title: &str) -> bool {
    title.ends_with("secretary of state") && !title.starts_with("parliamentary")
}

/// Whether the United States are printed.
pub(crate) fn is_american(context: &Context) -> bool {
    context.country.is_some_and(|country| tables().countries[country].code == "US")
}

/// French and Spanish for a secretary of state.
pub(crate) fn is_state_secretary(title: &str) -> bool {
    matches!(title, "secretaire d etat" | "secretario de estado" | "secretaria de estado")
}

/// "Secretary of State for Scotland": the territory is the portfolio of a British ministry.
fn territorial(context: &mut Context) {
    let Some(region) = context.region.map(|region| &tables().regions[region]) else {
        return;
    };
    let office = match region.slug {
        "gb-scotland" => "gb/scotland-office",
        "gb-wales" => "gb/wales-office",
        "gb-northern-ireland" => "gb/northern-ireland-office",
        _ => return,
    };
    if let (None, None, Some(organisation)) = (context.portfolio, &context.mention, by_key(office))
    {
        context.mention = Some(Mention::known(0, 0, organisation));
        context.region = None;
    }
}

/// Without a portfolio it is the foreign minister of the United States, unless a state's
/// office or the United Kingdom's is printed (convention 3).
fn secretary_of_state(context: &mut Context) {
    // "Secretary of State of Marenia": an unknown country is no other one.
    let elsewhere = context.name.is_some() && context.preposition == Some(Joint::Of);
    let american = context.country.is_none() && !elsewhere || is_american(context);
    let foreign = tables().fields.iter().position(|field| field.slug == "foreign");
    if let (true, None, None, None, Some(field)) =
        (american, context.portfolio, &context.mention, context.region, foreign)
    {
        let domain = tables().fields[field].domain;
        context.portfolio = Some(Portfolio { field, domain, small: true, at: usize::MAX });
    }
}

/// "Militärexperte", "military correspondent": the armed forces in general are what somebody knows
/// about, not whom they work for.
pub(super) fn expertise(phrase: &Phrase<'_>, head: usize, context: &mut Context) {
    let knows = matches!(
        phrase.parts[head].head(),
        Some(Head::Is(Function::Expert | Function::Journalist | Function::Academic))
    );
    let general = context
        .mention
        .as_ref()
        .filter(|body| knows && !body.is_proper() && body.body_slug() == "armed-forces");
    if let (Some(body), Some(field)) =
        (general, tables().fields.iter().position(|field| field.slug == "defence"))
    {
        context.portfolio = context.portfolio.or(Some(Portfolio::new(field, body.start)));
        context.mention = None;
    }
}
