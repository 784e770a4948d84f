//! Every message at every version against the tables of the specification, and what no peer may make us do.

#![expect(clippy::unwrap_used, reason = "a failed helper is a failed test")]

mod wire;

use ged188::frame::Framer;
use ged188::{DecodeError, EncodeError, Message, Version};
use proptest::prelude::*;

/// The whole message for a body.
fn framed(kind: u32, body: &[u8]) -> Vec<u8> {
    [&(body.len() as u32).to_be_bytes(), &kind.to_be_bytes(), body].concat()
}

fn any_version() -> impl Strategy<Value = Version> {
    (13..=24_u32).prop_map(|number| Version::new(number).unwrap())
}

#[test]
fn every_layout_of_the_specification_is_known_by_its_name() {
    let layouts = wire::layouts();
    assert_eq!(layouts.len(), 166);
    for layout in layouts {
        let (kind, name, since) = wire::head(layout);
        let version = Version::MAX;
        let message = Message::decode(kind, &wire::body(layout, 24, 1), version).unwrap();
        assert_eq!((message.kind(), message.name(), u32::from(message.since())), (kind, name, since));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]

    /// Bytes made from the tables are read and written back without a change: no member is lost, moved or resized.
    #[test]
    fn every_message_at_every_version_survives_reading_and_writing(seed: u64) {
        for layout in wire::layouts() {
            let (kind, name, since) = wire::head(layout);
            for version in Version::all().filter(|version| version.number() >= since) {
                let body = wire::body(layout, version.number(), seed);
                let decoded = Message::decode_counting(kind, &body, version).unwrap();
                prop_assert_eq!(decoded.unknown_fields, 0, "{} at {}", name, version);
                let encoded = decoded.message.encode(version).unwrap();
                prop_assert_eq!(encoded, framed(kind, &body), "{} at {}", name, version);
                prop_assert_eq!(Message::decode(kind, &body, version).unwrap(), decoded.message);
            }
        }
    }

    /// A message cut anywhere is an error or a shorter message; inside its fixed part it is that error.
    #[test]
    fn no_truncation_panics(seed: u64) {
        for layout in wire::layouts() {
            let (kind, name, _) = wire::head(layout);
            for version in [Version::V17, Version::MAX] {
                let body = wire::body(layout, version.number(), seed);
                let fixed = wire::fixed_bytes(layout, version.number());
                for end in 0..body.len() {
                    let result = Message::decode(kind, &body[..end], version);
                    let short = matches!(result, Err(DecodeError::FixedPartShort { .. }));
                    prop_assert_eq!(short, end < fixed, "{} at {} cut at {}", name, version, end);
                }
            }
        }
    }

    /// A message newer than the session is never sent.
    #[test]
    fn nothing_newer_than_the_version_is_sent(seed: u64) {
        for layout in wire::layouts() {
            let (kind, _, since) = wire::head(layout);
            let message = Message::decode(kind, &wire::body(layout, 24, seed), Version::MAX).unwrap();
            for version in Version::all() {
                let too_new = matches!(message.encode(version), Err(EncodeError::TooNew { .. }));
                prop_assert_eq!(too_new, version.number() < since);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    /// Whatever a body holds, it never panics, and what could be read is written in one form only.
    #[test]
    fn random_bodies_never_panic(kind in 0..300_u32, version in any_version(), body in prop::collection::vec(any::<u8>(), 0..400)) {
        written_in_one_form(kind, &body, version)?;
    }

    /// The same for bodies that begin well: bytes of a real message with a few of them changed.
    #[test]
    fn damaged_bodies_never_panic(
        which in any::<prop::sample::Index>(),
        version in any_version(),
        seed: u64,
        damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
    ) {
        let layouts = wire::layouts();
        let layout = which.get(layouts);
        let mut body = wire::body(layout, version.number(), seed);
        if !body.is_empty() {
            for (at, byte) in damage {
                let at = at.index(body.len());
                body[at] = byte;
            }
        }
        written_in_one_form(wire::head(layout).0, &body, version)?;
    }

    /// However the stream is cut into reads, the same frames come out.
    #[test]
    fn the_cuts_of_the_stream_do_not_matter(seed: u64, cuts in prop::collection::vec(1..80_usize, 1..40)) {
        let stream = stream(seed);
        let mut whole = Framer::default();
        whole.push(&stream);
        let mut cut = Framer::default();
        let (mut rest, mut frames) = (stream.as_slice(), Vec::new());
        for size in cuts.into_iter().cycle() {
            let (now, later) = rest.split_at(size.min(rest.len()));
            cut.push(now);
            frames.extend(std::iter::from_fn(|| cut.next_frame().unwrap()));
            rest = later;
            if rest.is_empty() {
                break;
            }
        }
        let expected: Vec<_> = std::iter::from_fn(|| whole.next_frame().unwrap()).collect();
        prop_assert_eq!(expected.len(), 8);
        prop_assert_eq!(frames, expected);
    }
}

/// Eight messages, one after the other.
fn stream(seed: u64) -> Vec<u8> {
    let layouts = wire::layouts();
    let at = |n: u64| &layouts[(seed.wrapping_add(n * 31) % layouts.len() as u64) as usize];
    (0..8).flat_map(|n| framed(wire::head(at(n)).0, &wire::body(at(n), 17, seed))).collect()
}

fn written_in_one_form(kind: u32, body: &[u8], version: Version) -> Result<(), TestCaseError> {
    let Ok(message) = Message::decode(kind, body, version) else { return Ok(()) };
    let Ok(bytes) = message.encode(version) else { return Ok(()) };
    let again = Message::decode(kind, &bytes[8..], version);
    prop_assert_eq!(again.map(|again| again.encode(version)), Ok(Ok(bytes)));
    Ok(())
}
