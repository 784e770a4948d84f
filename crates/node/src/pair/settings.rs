//! Frames about the log of the settings.

use super::bytes::{Reader, Writer};
use super::{FrameError, kind, within};
use crate::ledger::{Generation, Hash, Head, Message, PIECE_BYTES_MAX, Parcel, Piece};

pub(super) fn write(message: &Message, to: &mut Writer) -> Result<(), FrameError> {
    match message {
        Message::Where => to.byte(kind::WHERE),
        Message::Stand { head, whole } => {
            to.byte(kind::STAND);
            to.byte((*whole).into());
            write_option(head.as_ref(), to);
        }
        Message::Lack(head) => {
            to.byte(kind::LACK);
            write_option(head.as_ref(), to);
        }
        Message::Unknown => to.byte(kind::UNKNOWN),
        Message::Diverged(head) => {
            to.byte(kind::DIVERGED);
            write_head(head, to);
        }
        Message::Piece(piece) => {
            to.byte(kind::PIECE);
            return write_piece(piece, to);
        }
        Message::Took(Parcel(parcel)) => {
            to.byte(kind::TOOK);
            to.long(*parcel);
        }
        Message::Kept(Parcel(parcel), head) => {
            to.byte(kind::KEPT);
            to.long(*parcel);
            write_head(head, to);
        }
    }
    Ok(())
}

pub(super) fn read(kind: u8, from: &mut Reader<'_>) -> Result<Message, FrameError> {
    match kind {
        kind::WHERE => Ok(Message::Where),
        kind::STAND => {
            let whole = from.flag("a wish for everything")?;
            Ok(Message::Stand { head: read_option(from)?, whole })
        }
        kind::LACK => read_option(from).map(Message::Lack),
        kind::UNKNOWN => Ok(Message::Unknown),
        kind::DIVERGED => read_head(from).map(Message::Diverged),
        kind::PIECE => read_piece(from).map(Message::Piece),
        kind::TOOK => from.long().map(|parcel| Message::Took(Parcel(parcel))),
        kind::KEPT => Ok(Message::Kept(Parcel(from.long()?), read_head(from)?)),
        other => Err(FrameError::Kind(other)),
    }
}

fn write_option(head: Option<&Head>, to: &mut Writer) {
    to.byte(head.is_some().into());
    head.into_iter().for_each(|head| write_head(head, to));
}

fn read_option(from: &mut Reader<'_>) -> Result<Option<Head>, FrameError> {
    if from.flag("a head")? { read_head(from).map(Some) } else { Ok(None) }
}

fn write_head(Head { generation, seq, sum, hash }: &Head, to: &mut Writer) {
    to.long(generation.0);
    to.long(*seq);
    to.raw(&sum.0);
    to.raw(&hash.0);
}

fn read_head(from: &mut Reader<'_>) -> Result<Head, FrameError> {
    let (generation, seq) = (Generation(from.long()?), from.long()?);
    Ok(Head { generation, seq, sum: Hash(from.array()?), hash: Hash(from.array()?) })
}

fn write_piece(Piece { parcel, first, last, bytes }: &Piece, to: &mut Writer) -> Result<(), FrameError> {
    to.long(parcel.0);
    to.byte((*first).into());
    to.byte((*last).into());
    let length = within("a piece", bytes.len(), PIECE_BYTES_MAX)?;
    to.short(u16::try_from(length).map_err(|_| FrameError::Value("a piece"))?);
    to.raw(bytes);
    Ok(())
}

fn read_piece(from: &mut Reader<'_>) -> Result<Piece, FrameError> {
    let parcel = Parcel(from.long()?);
    let (first, last) = (from.flag("the first piece")?, from.flag("the last piece")?);
    let length = within("a piece", from.short()?.into(), PIECE_BYTES_MAX)?;
    Ok(Piece { parcel, first, last, bytes: from.raw(length)?.to_vec() })
}
