//! What the other node says over the peer link. Run by `fuzz/run`. The first byte of an input tells which node reads;
//! then come frames, each after a byte of what happens here before it is read.

#![no_main]

use holdfast_fuzz::fence::Fence;
use libfuzzer_sys::fuzz_target;
use node::failover::fence::Rank;
use node::pair::{Frame, PREFIX_BYTES, body_length};

fuzz_target!(|input: &[u8]| {
    let Some((rank, mut rest)) = input.split_first() else { return };
    let mut fence = Fence::new(if rank & 1 == 0 { Rank::Primary } else { Rank::Secondary });
    while let Some((what, stream)) = rest.split_first() {
        fence.happen(*what);
        let Some((frame, after)) = next(stream) else { break };
        if let Frame::Fence(message) = frame {
            fence.hear(message);
        }
        rest = after;
    }
    fence.close();
});

/// The first frame of a stream and what follows it; none if the stream breaks there.
fn next(stream: &[u8]) -> Option<(Frame, &[u8])> {
    let (prefix, rest) = stream.split_first_chunk::<PREFIX_BYTES>()?;
    let (body, after) = rest.split_at_checked(body_length(*prefix).ok()?)?;
    let frame = Frame::decode(body).ok()?;
    let again = frame.encode().expect("what was read can be written");
    assert_eq!(again, stream[..PREFIX_BYTES + body.len()], "a frame with two forms");
    Some((frame, after))
}
