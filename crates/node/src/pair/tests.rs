use failover::fence::Epoch;
use failover::presence::{Agent, Order};
use proptest::prelude::*;

use super::*;
use crate::ledger::{Generation, Hash, Head, PIECE_BYTES_MAX, Parcel, Piece};

fn round_trip(frame: &Frame) -> Result<Frame, FrameError> {
    let bytes = frame.encode()?;
    let (prefix, body) = bytes.split_first_chunk().unwrap();
    assert_eq!(body_length(*prefix), Ok(body.len()));
    Frame::decode(body)
}

fn rank() -> impl Strategy<Value = Rank> {
    prop_oneof![Just(Rank::Primary), Just(Rank::Secondary)]
}

fn agent() -> impl Strategy<Value = Agent> {
    "[0-9a-zA-Z山田]{0,12}".prop_map(|id| Agent::from(id.as_str()))
}

fn epoch() -> impl Strategy<Value = Epoch> {
    (any::<u64>(), rank()).prop_map(|(number, rank)| Epoch { number, rank })
}

fn message() -> impl Strategy<Value = Message> {
    let order = || any::<u64>().prop_map(Order);
    prop_oneof![
        (prop::collection::vec((agent(), epoch()), 0..20), any::<bool>())
            .prop_map(|(page, last)| Message::Sessions { page, last }),
        (agent(), epoch()).prop_map(|(agent, epoch)| Message::Began(agent, epoch)),
        (order(), agent(), epoch()).prop_map(|(order, agent, epoch)| Message::Ask { order, agent, epoch }),
        order().prop_map(Message::Grant),
        order().prop_map(Message::Refuse),
        order().prop_map(Message::Report),
    ]
}

fn head() -> impl Strategy<Value = Head> {
    (any::<u64>(), any::<u64>(), any::<[u8; 32]>(), any::<[u8; 32]>()).prop_map(
        |(generation, seq, sum, hash)| Head {
            generation: Generation(generation),
            seq,
            sum: Hash(sum),
            hash: Hash(hash),
        },
    )
}

fn about_settings() -> impl Strategy<Value = ledger::Message> {
    use ledger::Message;
    let parcel = || any::<u64>().prop_map(Parcel);
    let bytes = prop::collection::vec(any::<u8>(), 0..40);
    prop_oneof![
        Just(Message::Where),
        (prop::option::of(head()), any::<bool>()).prop_map(|(head, whole)| Message::Stand { head, whole }),
        prop::option::of(head()).prop_map(Message::Lack),
        Just(Message::Unknown),
        head().prop_map(Message::Diverged),
        (parcel(), any::<bool>(), any::<bool>(), bytes)
            .prop_map(|(parcel, first, last, bytes)| Message::Piece(Piece { parcel, first, last, bytes })),
        parcel().prop_map(Message::Took),
        (parcel(), head()).prop_map(|(parcel, head)| Message::Kept(parcel, head)),
    ]
}

fn frame() -> impl Strategy<Value = Frame> {
    prop_oneof![
        about_settings().prop_map(Frame::Ledger),
        (rank(), "[a-z.]{0,255}").prop_map(|(rank, host)| Frame::Hello { rank, host }),
        Just(Frame::Alive),
        message().prop_map(Frame::Fence),
        (any::<u64>(), ".{0,40}").prop_map(|(id, line)| Frame::Order { id, line }),
        (any::<u64>(), ".{0,40}").prop_map(|(id, line)| Frame::Answer { id, line }),
    ]
}

proptest! {
    #[test]
    fn what_is_said_is_heard(frame in frame()) {
        prop_assert_eq!(round_trip(&frame), Ok(frame));
    }

    /// Whatever bytes are taken for a frame are all of it: written again, they are the same.
    #[test]
    fn no_bytes_break_the_reader(bytes in prop::collection::vec(any::<u8>(), 0..200), kind in 0..44_u8) {
        for body in [bytes.clone(), [vec![kind], bytes].concat()] {
            if let Ok(frame) = Frame::decode(&body) {
                let again = frame.encode().unwrap();
                prop_assert_eq!(again.split_at(PREFIX_BYTES).1, body.as_slice());
            }
        }
    }

    #[test]
    fn a_frame_that_is_cut_or_spoiled_is_an_error_or_another_frame(
        frame in frame(), at in any::<prop::sample::Index>(), byte in any::<u8>()
    ) {
        let body = frame.encode().unwrap().split_off(PREFIX_BYTES);
        let at = at.index(body.len());
        prop_assert!(Frame::decode(body.get(..at).unwrap()).is_err());
        let mut spoiled = body.clone();
        *spoiled.get_mut(at).unwrap() = byte;
        if let Ok(read) = Frame::decode(&spoiled) {
            prop_assert_eq!(read == frame, spoiled == body);
        }
        prop_assert_eq!(Frame::decode(&[body, vec![byte]].concat()).is_err(), true);
    }
}

#[test]
fn the_largest_page_of_the_longest_ids_fits_into_a_frame() {
    let agent = Agent::from("9".repeat(AGENT_BYTES_MAX).as_str());
    let epoch = Epoch { number: u64::MAX, rank: Rank::Secondary };
    let page =
        |length| Frame::Fence(Message::Sessions { page: vec![(agent.clone(), epoch); length], last: true });
    assert_eq!(round_trip(&page(PAGE_MAX)), Ok(page(PAGE_MAX)));
    let too_long = FrameError::TooLong { what: "a page", length: PAGE_MAX + 1, max: PAGE_MAX };
    assert_eq!(page(PAGE_MAX + 1).encode(), Err(too_long));
}

#[test]
fn a_piece_has_a_bound() {
    let piece = |length| {
        let piece = Piece { parcel: Parcel(1), first: true, last: false, bytes: vec![1; length] };
        Frame::Ledger(ledger::Message::Piece(piece))
    };
    assert_eq!(round_trip(&piece(PIECE_BYTES_MAX)), Ok(piece(PIECE_BYTES_MAX)));
    let length = PIECE_BYTES_MAX + 1;
    let too_long = FrameError::TooLong { what: "a piece", length, max: PIECE_BYTES_MAX };
    assert_eq!(piece(length).encode(), Err(too_long));
}

#[test]
fn lengths_are_not_trusted() {
    let too_long = |length| FrameError::TooLong { what: "a frame", length, max: FRAME_BYTES_MAX };
    assert_eq!(body_length([0xFF; 4]), Err(too_long(0xFFFF_FFFF)));
    assert_eq!(body_length(*b"GET "), Err(too_long(0x4745_5420)), "plain HTTP");
    assert_eq!(Frame::decode(&[kind::BEGAN, 0, 64]), Err(FrameError::Short));
    let agent = FrameError::TooLong { what: "an agent id", length: 0xFFFF, max: AGENT_BYTES_MAX };
    assert_eq!(Frame::decode(&[kind::BEGAN, 0xFF, 0xFF]), Err(agent));
    let page = FrameError::TooLong { what: "a page", length: 0xFFFF, max: PAGE_MAX };
    assert_eq!(Frame::decode(&[kind::SESSIONS, 1, 0xFF, 0xFF]), Err(page));
}

#[test]
fn nodes_of_different_versions_understand_that_they_differ() {
    let hello = Frame::Hello { rank: Rank::Primary, host: "fin-a".into() };
    let mut body = hello.encode().unwrap().split_off(PREFIX_BYTES);
    body.splice(9..11, [0x01, 0x02]);
    body.extend(b"whatever the next version has here");
    assert_eq!(Frame::decode(&body), Err(FrameError::Version { theirs: 0x0102 }));
    body.splice(1..9, *b"elsewhat");
    assert_eq!(Frame::decode(&body), Err(FrameError::Magic));
}

#[test]
fn the_bytes_of_each_kind_stay_as_they_are() {
    let bytes = |frame: Frame| frame.encode().unwrap().split_off(PREFIX_BYTES);
    let epoch = Epoch { number: 258, rank: Rank::Secondary };
    let agent = Agent::from("1001");
    assert_eq!(bytes(Frame::Alive), [2]);
    assert_eq!(
        bytes(Frame::Hello { rank: Rank::Secondary, host: "b".into() }),
        b"\x01holdfast\x00\x03\x01\x00\x01b"
    );
    assert_eq!(
        bytes(Frame::Fence(Message::Ask { order: Order(3), agent, epoch })),
        b"\x12\0\0\0\0\0\0\0\x03\0\x041001\0\0\0\0\0\0\x01\x02\x01"
    );
    let piece = Piece { parcel: Parcel(7), first: true, last: false, bytes: b"{}".into() };
    assert_eq!(bytes(Frame::Ledger(ledger::Message::Piece(piece))), b"\x25\0\0\0\0\0\0\0\x07\x01\0\0\x02{}");
    assert_eq!(bytes(Frame::Order { id: 1, line: "{}".into() }), b"\x03\0\0\0\0\0\0\0\x01\0\x02{}");
}
