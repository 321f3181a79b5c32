//! The pure heart: words, dates, identities and the understanding of printed attributions.
//!
//! No I/O, no clock, no database, no GraphQL: everything here is a function of its arguments.

#[macro_use]
pub mod vocabulary;

pub mod access;
pub mod address;
pub mod article;
pub mod attribution;
pub mod citation;
pub mod claimant;
pub mod date;
pub mod facet;
pub mod field;
pub mod id;
pub mod import;
pub mod independence;
pub mod json;
pub mod judgement;
pub mod language;
pub mod licence;
pub mod offset;
pub mod organisation;
pub mod person;
pub mod quotation_marks;
pub mod quote;
pub mod reading;
pub mod replacement;
pub mod resolution;
pub mod role;
pub mod search;
pub mod statement;
pub mod tenure;
pub mod text;
pub mod timeline;
pub mod token;
pub mod verification;
