//! XMPP over TCP and WebSocket. Run by `fuzz/run`. The first byte of an input tells of the connection, the second into
//! how many bytes a read over TCP is cut; then come texts, and what happens between them.

#![no_main]

use holdfast_fuzz::desk;
use libfuzzer_sys::fuzz_target;
use xmpp::Transport;

fuzz_target!(|input: &[u8]| {
    let [way, cut, rest @ ..] = input else { return };
    let transport =
        if way & 1 == 0 { Transport::Tcp { starttls: way & 2 == 0 } } else { Transport::WebSocket };
    let mut desk = desk::Desk::new();
    desk.connect(1, transport);
    if way & 4 == 0 {
        desk.sign_in_over(1, transport);
    }
    for (what, text) in desk::texts(rest) {
        desk.happen(what, 1);
        match transport {
            Transport::Tcp { .. } => {
                text.chunks(usize::from(*cut) + 1).for_each(|read| desk.receive(1, read));
            }
            Transport::WebSocket => desk.receive(1, &text),
        }
    }
    desk.close();
});
