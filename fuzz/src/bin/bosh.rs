//! XMPP over BOSH. Run by `fuzz/run`. The first byte of an input tells whether a session is there already; then come
//! bodies of requests, and what happens between them.

#![no_main]

use holdfast_fuzz::desk;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    let Some((way, rest)) = input.split_first() else { return };
    let mut desk = desk::Desk::new();
    if way & 1 == 0 {
        desk.sign_in();
    }
    for (what, text) in desk::texts(rest) {
        desk.happen(what, 0);
        desk.post(&text);
        // With this bit the client sends the same id again.
        desk.rid += u64::from(what & 128 == 0);
    }
    desk.close();
});
