//! English contractions that people type without their apostrophes.

/// The word without its apostrophe, and how it is cut where it has one. Left out are those that are
/// other words too ("were", "well", "ill"), save "its": nothing is typed without its apostrophe more often.
const CONTRACTIONS: &[(&str, &str)] = &[
    ("arent", "are nt"),
    ("cant", "ca nt"),
    ("couldnt", "could nt"),
    ("didnt", "did nt"),
    ("doesnt", "does nt"),
    ("dont", "do nt"),
    ("hadnt", "had nt"),
    ("hasnt", "has nt"),
    ("havent", "have nt"),
    ("hes", "he s"),
    ("heres", "here s"),
    ("im", "i m"),
    ("isnt", "is nt"),
    ("its", "it s"),
    ("ive", "i ve"),
    ("lets", "let s"),
    ("shes", "she s"),
    ("shouldnt", "should nt"),
    ("thats", "that s"),
    ("theres", "there s"),
    ("theyd", "they d"),
    ("theyll", "they ll"),
    ("theyre", "they re"),
    ("theyve", "they ve"),
    ("wasnt", "was nt"),
    ("werent", "were nt"),
    ("weve", "we ve"),
    ("whats", "what s"),
    ("whos", "who s"),
    ("wont", "wo nt"),
    ("wouldnt", "would nt"),
    ("youd", "you d"),
    ("youll", "you ll"),
    ("youre", "you re"),
    ("youve", "you ve"),
];

/// The words with all contractions cut.
pub(super) fn cut(words: &[String]) -> Vec<String> {
    let parts = |word: &String| -> Vec<String> {
        match CONTRACTIONS.iter().find(|(whole, _)| whole == word) {
            Some((_, parts)) => parts.split(' ').map(str::to_owned).collect(),
            None => vec![word.clone()],
        }
    };
    words.iter().flat_map(parts).collect()
}
