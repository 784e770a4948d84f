//! One connection, from PRELOGIN to its end.
//!
//! ```text
//! PreLogin ─TLS agreed─▶ Handshake ─tls_ready─▶ Login ─LOGIN7─▶ Checking ─admit─▶ Ready ⇄ Working
//!     └────────── no TLS ───────────────────────▶ ┘                └ refuse ─▶ Closed ◀─ any ProtocolError
//! ```
//!
//! The shell drains [`Session::poll_output`] after each input, in order, and gives TLS its turn at once: bytes for TLS
//! come out one packet at a time, since only TLS knows whether what follows is still its handshake.

use std::collections::VecDeque;

use crate::answer::{Answer, Failure, Outcome};
use crate::error::ProtocolError;
use crate::login::{Login, Version};
use crate::packet::{self, Deframer, Message, frame};
use crate::prelogin::{self, Agreed, Encryption};
use crate::request::{self, Call, Query, Transaction};
use crate::token::{End, Tokens};

/// Bytes of a message before the client is in: the longest LOGIN7 has nine fields of 128 characters and extensions.
const BEFORE_LOGIN_MAX: usize = 64 * 1024;
/// Bytes of a request: the longest text here is a few kilobytes, and FreeTDS sends at most 64 kB of parameters.
const REQUEST_MAX: usize = 1024 * 1024;
/// Sizes of packets that MS-TDS allows (2.2.6.4).
const PACKET_SIZES: std::ops::RangeInclusive<usize> = 512..=32767;
/// The size before it was negotiated.
const PACKET_SIZE: usize = 4096;

/// What a session hands out.
#[derive(Clone, Debug, PartialEq)]
pub enum Output {
    /// To the socket.
    Send(Vec<u8>),
    /// Through TLS to the socket: what TLS makes of it goes to [`Session::tls_said`].
    Seal(Vec<u8>),
    /// From the client to TLS.
    ToTls(Vec<u8>),
    /// Somebody wants in: answer with [`Session::admit`] or [`Session::refuse`].
    Login(Login),
    /// A request: answer with [`Session::answer`].
    Query(Query),
    /// The connection is over once everything before has been sent; with the reason, unless the client was refused.
    Close(Option<ProtocolError>),
}

/// What a server says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Server {
    /// The name in its errors.
    pub name: String,
    /// Which encryption it wants.
    pub encryption: Encryption,
}

/// One connection.
#[derive(Clone, Debug)]
pub struct Session {
    server: Server,
    phase: Phase,
    layer: Layer,
    sealed: bool,
    /// What came from the socket and is not yet handed to TLS or taken for clear text.
    raw: Deframer,
    /// What the client says, in the clear.
    plain: Deframer,
    outputs: VecDeque<Output>,
    packet_size: usize,
    database: String,
    transactions: u64,
}

/// How far a client has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    PreLogin,
    Handshake(Agreed),
    Login(Agreed),
    Checking { version: Version, packet_size: usize },
    Ready,
    Working { end: End, reset: bool },
    Closed,
}

/// What lies between the socket and the messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Layer {
    Clear,
    /// TLS in packets of PRELOGIN.
    Wrapped,
    Tls,
}

impl Session {
    /// A connection that was just taken.
    pub fn new(server: Server) -> Self {
        Self {
            server,
            phase: Phase::PreLogin,
            layer: Layer::Clear,
            sealed: false,
            raw: Deframer::default(),
            plain: Deframer::default(),
            outputs: VecDeque::new(),
            packet_size: PACKET_SIZE,
            database: String::new(),
            transactions: 0,
        }
    }

    /// Bytes came from the socket.
    pub fn heard(&mut self, bytes: &[u8]) {
        if self.phase != Phase::Closed {
            self.raw.push(bytes);
        }
    }

    /// TLS wants these bytes to be sent.
    pub fn tls_said(&mut self, bytes: &[u8]) {
        match self.layer {
            Layer::Wrapped => {
                self.outputs.push_back(Output::Send(frame(packet::PRELOGIN, bytes, PACKET_SIZE)))
            }
            Layer::Tls | Layer::Clear => self.outputs.push_back(Output::Send(bytes.to_vec())),
        }
    }

    /// The handshake of TLS is over, and everything that it had to say has been given to [`Session::tls_said`].
    pub fn tls_ready(&mut self) {
        if let Phase::Handshake(agreed) = self.phase {
            (self.phase, self.layer, self.sealed) = (Phase::Login(agreed), Layer::Tls, true);
        }
    }

    /// TLS has decrypted these bytes.
    pub fn tls_opened(&mut self, bytes: &[u8]) {
        if self.layer == Layer::Tls && self.phase != Phase::Closed {
            self.plain.push(bytes);
        }
    }

    /// Whether the handshake of TLS is over and what is said goes through it, or did so until the client had signed in.
    pub fn is_sealed(&self) -> bool {
        self.sealed
    }

    /// Lets the client in, to that database.
    pub fn admit(&mut self, database: &str) {
        if let Phase::Checking { version, packet_size } = self.phase {
            database.clone_into(&mut self.database);
            self.say(|tokens| tokens.welcome(version, database, packet_size));
            (self.phase, self.packet_size) = (Phase::Ready, packet_size);
        }
    }

    /// Does not let the client in.
    pub fn refuse(&mut self, failures: &[Failure]) {
        if let Phase::Checking { .. } = self.phase {
            self.say(|tokens| tokens.refusal(failures));
            self.close(None);
        }
    }

    /// What came of the request.
    pub fn answer(&mut self, answer: &Answer) {
        if let Phase::Working { end, reset } = self.phase {
            let before = self.database.clone();
            self.say(|tokens| {
                if reset {
                    tokens.reset();
                }
                tokens.answer(answer, end, &before);
            });
            self.database = last_database(answer).unwrap_or(before);
            self.phase = Phase::Ready;
        }
    }

    /// The next thing to do; drain it after every input.
    pub fn poll_output(&mut self) -> Option<Output> {
        while self.outputs.is_empty() {
            match self.step() {
                Ok(true) => {}
                Ok(false) => return None,
                Err(error) => self.give_up(error),
            }
        }
        self.outputs.pop_front()
    }

    /// Takes in one piece of what was heard; false if there is none.
    fn step(&mut self) -> Result<bool, ProtocolError> {
        match (self.phase, self.layer) {
            (Phase::Closed, _) => Ok(false),
            (_, Layer::Wrapped) => self.step_handshake(),
            (_, Layer::Tls) => {
                let sealed = self.raw.take_rest();
                if sealed.is_empty() {
                    return self.step_plain();
                }
                self.outputs.push_back(Output::ToTls(sealed));
                Ok(true)
            }
            (_, Layer::Clear) => {
                let clear = self.raw.take_rest();
                self.plain.push(&clear);
                self.step_plain()
            }
        }
    }

    fn step_handshake(&mut self) -> Result<bool, ProtocolError> {
        let Some(message) = self.raw.message(BEFORE_LOGIN_MAX)? else {
            return self.bounded(BEFORE_LOGIN_MAX);
        };
        if message.kind != packet::PRELOGIN {
            return Err(ProtocolError::Encryption);
        }
        self.outputs.push_back(Output::ToTls(message.body));
        Ok(true)
    }

    fn step_plain(&mut self) -> Result<bool, ProtocolError> {
        match self.phase {
            Phase::PreLogin => self.next(BEFORE_LOGIN_MAX, Self::on_prelogin),
            Phase::Login(agreed) => {
                self.next(BEFORE_LOGIN_MAX, |session, message| session.on_login(agreed, &message))
            }
            Phase::Ready => self.next(REQUEST_MAX, Self::on_request),
            // One after the other: what came early waits.
            Phase::Checking { .. } | Phase::Working { .. } => self.bounded(REQUEST_MAX),
            Phase::Handshake(_) | Phase::Closed => Ok(false),
        }
    }

    fn next(
        &mut self,
        max: usize,
        on: impl FnOnce(&mut Self, Message) -> Result<(), ProtocolError>,
    ) -> Result<bool, ProtocolError> {
        match self.plain.message(max)? {
            Some(message) => on(self, message).map(|()| true),
            None => self.bounded(max),
        }
    }

    /// Nothing whole has come; what has come is bounded: by a message and the packet after it.
    fn bounded(&self, max: usize) -> Result<bool, ProtocolError> {
        let max = max + usize::from(u16::MAX);
        match self.raw.waiting() > max || self.plain.waiting() > max {
            true => Err(ProtocolError::LongMessage { max }),
            false => Ok(false),
        }
    }

    fn on_prelogin(&mut self, message: Message) -> Result<(), ProtocolError> {
        if message.kind != packet::PRELOGIN {
            return Err(ProtocolError::UnexpectedPacket { kind: message.kind });
        }
        let (said, agreed) = prelogin::answer(&message.body, self.server.encryption)?;
        self.send(&said);
        (self.phase, self.layer) = match agreed {
            Agreed::Nothing => (Phase::Login(agreed), Layer::Clear),
            Agreed::LoginOnly | Agreed::Everything => (Phase::Handshake(agreed), Layer::Wrapped),
        };
        // What came with it is for TLS, if there is any.
        if self.layer == Layer::Wrapped {
            let rest = self.plain.take_rest();
            self.raw.push(&rest);
        }
        Ok(())
    }

    fn on_login(&mut self, agreed: Agreed, message: &Message) -> Result<(), ProtocolError> {
        if message.kind != packet::LOGIN {
            return Err(ProtocolError::UnexpectedPacket { kind: message.kind });
        }
        if agreed == Agreed::LoginOnly {
            self.layer = Layer::Clear;
        }
        let login = Login::read(&message.body)?;
        let wanted = usize::try_from(login.packet_size).unwrap_or(PACKET_SIZE);
        let packet_size =
            if wanted == 0 { PACKET_SIZE } else { wanted.clamp(*PACKET_SIZES.start(), *PACKET_SIZES.end()) };
        self.phase = Phase::Checking { version: login.version, packet_size };
        self.outputs.push_back(Output::Login(login));
        Ok(())
    }

    fn on_request(&mut self, message: Message) -> Result<(), ProtocolError> {
        let Message { kind, reset, body } = message;
        match kind {
            packet::BATCH => {
                let query = Query { sql: request::batch(&body)?, parameters: vec![] };
                self.work(query, End::Batch, reset);
            }
            packet::CALL => match request::call(&body)? {
                Call::Query(query) => self.work(query, End::Call, reset),
                Call::Unknown(name) => {
                    self.phase = Phase::Working { end: End::Call, reset };
                    self.answer(&Answer { outcomes: vec![], failure: Some(Failure::no_procedure(&name)) });
                }
            },
            packet::TRANSACTION => self.on_transaction(request::transaction(&body)?, reset),
            packet::ATTENTION => self.say(|tokens| tokens.attention()),
            other => return Err(ProtocolError::UnexpectedPacket { kind: other }),
        }
        Ok(())
    }

    fn work(&mut self, query: Query, end: End, reset: bool) {
        self.phase = Phase::Working { end, reset };
        self.outputs.push_back(Output::Query(query));
    }

    /// Who only reads has nothing to commit; clients want to be told all the same.
    fn on_transaction(&mut self, asked: Transaction, reset: bool) {
        let before = self.transactions;
        let (over, begins) = match asked {
            Transaction::Begin => (None, true),
            Transaction::Commit { and_begin } => (Some(9), and_begin),
            Transaction::RollBack { and_begin } => (Some(10), and_begin),
        };
        self.transactions += u64::from(begins);
        let descriptor = self.transactions;
        self.say(|tokens| {
            if reset {
                tokens.reset();
            }
            if let Some(kind) = over {
                tokens.over(kind, before);
            }
            if begins {
                tokens.begun(descriptor);
            }
            tokens.over_and_done();
        });
    }

    /// Says what was wrong to whoever can hear it, and ends.
    fn give_up(&mut self, error: ProtocolError) {
        if matches!(
            self.phase,
            Phase::Login(_) | Phase::Checking { .. } | Phase::Ready | Phase::Working { .. }
        ) {
            let failure = Failure::new(17836, 20, format!("The connection has been closed: {error}."));
            self.say(|tokens| tokens.refusal(&[failure]));
        }
        self.close(Some(error));
    }

    fn close(&mut self, why: Option<ProtocolError>) {
        self.outputs.push_back(Output::Close(why));
        self.phase = Phase::Closed;
        (self.raw, self.plain) = Default::default();
    }

    fn say(&mut self, write: impl FnOnce(&mut Tokens<'_>)) {
        let mut tokens = Tokens::of(&self.server.name);
        write(&mut tokens);
        let said = tokens.finish();
        self.send(&said);
    }

    fn send(&mut self, said: &[u8]) {
        let framed = frame(packet::RESULT, said, self.packet_size);
        self.outputs.push_back(match self.layer {
            Layer::Tls => Output::Seal(framed),
            Layer::Clear | Layer::Wrapped => Output::Send(framed),
        });
    }
}

fn last_database(answer: &Answer) -> Option<String> {
    answer.outcomes.iter().rev().find_map(|outcome| match outcome {
        Outcome::Database(name) => Some(name.clone()),
        Outcome::Rows(_) | Outcome::Done => None,
    })
}

#[cfg(test)]
mod tests;
