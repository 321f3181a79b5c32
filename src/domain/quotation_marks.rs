//! Quotation marks that an extractor leaves around the words: taken off, and what they say of them.
