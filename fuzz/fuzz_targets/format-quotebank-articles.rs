#![no_main]
//! libFuzzer's way to the target `format-quotebank-articles`.

use dixit_fuzz::Target;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    Target::named("format-quotebank-articles").check(data);
});
