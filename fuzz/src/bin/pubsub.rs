//! What a signed-in client asks of publish-subscribe. Run by `fuzz/run`. The first byte of an input tells of the
//! connection; then come contents of `<pubsub/>`, and what happens between them.

#![no_main]

use holdfast_fuzz::desk;
use libfuzzer_sys::fuzz_target;
use xmpp::Transport;

fuzz_target!(|input: &[u8]| {
    let Some((way, rest)) = input.split_first() else { return };
    let transport = if way & 1 == 0 { Transport::Tcp { starttls: false } } else { Transport::WebSocket };
    let mut desk = desk::Desk::new();
    desk.connect(1, transport);
    desk.sign_in_over(1, transport);
    for (what, text) in desk::texts(rest) {
        desk.happen(what, 1);
        let kind = if what & 128 == 0 { "set" } else { "get" };
        let begin = format!(
            "<iq type='{kind}' id='1' to='pubsub.fin-a.example.test'>\
             <pubsub xmlns='http://jabber.org/protocol/pubsub'>"
        );
        desk.receive(1, &[begin.as_bytes(), &text, b"</pubsub></iq>"].concat());
    }
    desk.close();
});
