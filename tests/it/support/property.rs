//! Properties: what holds for every value.

use std::fmt::Debug;

use proptest::prelude::*;
use proptest::test_runner::TestRunner;

/// Checks a property for so many values; a failure shows the smallest that was found.
pub fn holds<T: Debug>(cases: u32, values: impl Strategy<Value = T>, property: impl Fn(&T)) {
    let config = ProptestConfig {
        cases,
        max_shrink_iters: 400,
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    let checked = TestRunner::new(config).run(&values, |value| {
        property(&value);
        Ok(())
    });
    checked.unwrap_or_else(|failure| panic!("{failure}"));
}
