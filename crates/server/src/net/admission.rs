//! Who may connect: how many connections a listener takes, how many an address may have, and how often it may come
//! (XEP-0205 section 2).
//!
//! Decides before the first byte is read. Knows nothing of TLS, HTTP or XMPP.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::refusals::{Refusal, Refusals};
use crate::clock::Clock;

/// Connections of one listener: 10,000 desktops with two held requests each, or with one stream, and room for REST.
/// What is signed in, `xmpp` bounds itself.
const CONNECTIONS_MAX: usize = 24_576;

/// Addresses that are remembered: more than have connections, so that leaving and coming back is no way round the
/// attempts. A hundred bytes each.
const ADDRESSES_MAX: usize = 65_536;

/// The time in which attempts are counted.
const MINUTE: Duration = Duration::from_secs(60);

/// What one address may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Connections at a time, over all listeners.
    pub connections_per_address: u32,
    /// New connections within a minute, over all listeners.
    pub attempts_per_minute: u32,
    /// How long a connection may take for its TLS handshake, and then to its first complete request.
    pub handshake: Duration,
}

impl Default for Limits {
    /// A terminal server with 256 desktops of up to eight connections each, and all of them twice within a minute when
    /// they move to this node and reload. A handshake is three round trips; the rest is for slow machines.
    fn default() -> Self {
        Self {
            connections_per_address: 2_048,
            attempts_per_minute: 4_096,
            handshake: Duration::from_secs(10),
        }
    }
}

/// What is known of all addresses.
pub(crate) struct Admission {
    limits: Limits,
    clock: Clock,
    refusals: Arc<Refusals>,
    visitors: Mutex<BTreeMap<IpAddr, Visitor>>,
}

impl Admission {
    pub(crate) fn new(limits: Limits, clock: Clock, refusals: Arc<Refusals>) -> Arc<Self> {
        Arc::new(Self { limits, clock, refusals, visitors: Mutex::default() })
    }

    /// The entrance of one more listener.
    pub(crate) fn gate(self: &Arc<Self>) -> Gate {
        Gate { admission: Arc::clone(self), places: Arc::new(Semaphore::new(CONNECTIONS_MAX)) }
    }

    fn enter(&self, address: IpAddr) -> Result<(), Refusal> {
        let mut visitors = self.visitors();
        if visitors.len() >= ADDRESSES_MAX {
            visitors.retain(|_, visitor| visitor.connections > 0);
        }
        visitors.entry(address).or_default().enter(&self.limits, self.clock.now().mono)
    }

    fn leave(&self, address: IpAddr) {
        if let Some(visitor) = self.visitors().get_mut(&address) {
            visitor.connections = visitor.connections.saturating_sub(1);
        }
    }

    /// Nothing that holds the lock can panic half way.
    fn visitors(&self) -> MutexGuard<'_, BTreeMap<IpAddr, Visitor>> {
        self.visitors.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The entrance of a listener.
#[derive(Clone)]
pub(crate) struct Gate {
    admission: Arc<Admission>,
    places: Arc<Semaphore>,
}

impl Gate {
    /// A place for a connection from this address. A refusal is counted here.
    pub(crate) fn admit(&self, from: IpAddr) -> Result<Place, Refusal> {
        let address = network_of(from);
        self.enter(address).inspect_err(|refusal| self.refusals().note(*refusal))
    }

    /// See [`Limits::handshake`].
    pub(crate) fn handshake(&self) -> Duration {
        self.admission.limits.handshake
    }

    pub(crate) fn refusals(&self) -> &Arc<Refusals> {
        &self.admission.refusals
    }

    fn enter(&self, address: IpAddr) -> Result<Place, Refusal> {
        let seat = Arc::clone(&self.places).try_acquire_owned().map_err(|_| Refusal::ListenerFull)?;
        self.admission.enter(address)?;
        Ok(Place { admission: Arc::clone(&self.admission), address, _seat: seat })
    }
}

/// A connection's place; free again when it is dropped.
pub(crate) struct Place {
    admission: Arc<Admission>,
    address: IpAddr,
    _seat: OwnedSemaphorePermit,
}

impl Place {
    /// Whose it is: an address, or the first one of an IPv6 network.
    pub(super) fn address(&self) -> IpAddr {
        self.address
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.admission.leave(self.address);
    }
}

/// One address.
#[derive(Default)]
struct Visitor {
    connections: u32,
    /// When all its attempts so far are forgotten: each adds its share of a minute.
    forgotten: Duration,
}

impl Visitor {
    fn enter(&mut self, limits: &Limits, now: Duration) -> Result<(), Refusal> {
        let forgotten = self.forgotten.max(now) + MINUTE / limits.attempts_per_minute.max(1);
        if forgotten > now + MINUTE {
            return Err(Refusal::TooFast);
        }
        self.forgotten = forgotten;
        if self.connections >= limits.connections_per_address {
            return Err(Refusal::AddressFull);
        }
        self.connections += 1;
        Ok(())
    }
}

/// Whoever has one address of an IPv6 network has all of its 2^64.
fn network_of(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(address) => IpAddr::V4(address),
        IpAddr::V6(address) => {
            let network = u128::from(address) & !u128::from(u64::MAX);
            IpAddr::V6(Ipv6Addr::from(network))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMITS: Limits =
        Limits { connections_per_address: 3, attempts_per_minute: 6, handshake: Duration::from_secs(1) };

    fn gate(limits: Limits) -> Gate {
        Admission::new(limits, Clock::start(), Arc::default()).gate()
    }

    fn address(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn an_address_has_so_many_connections_and_others_have_theirs() {
        let gate = gate(LIMITS);
        let admit = |from| gate.admit(address(from));
        let mut places: Vec<_> = (0..3).map(|_| admit("192.0.2.1").unwrap()).collect();
        assert!(matches!(admit("192.0.2.1"), Err(Refusal::AddressFull)));
        assert!(admit("192.0.2.2").is_ok());
        drop(places.pop());
        assert!(admit("192.0.2.1").is_ok(), "a place is free again when its connection has ended");
        assert_eq!(gate.refusals().totals().of(Refusal::AddressFull), 1);
    }

    #[test]
    fn an_address_may_come_so_often_in_a_minute_and_one_by_one_afterwards() {
        let mut visitor = Visitor::default();
        let mut attempt = |at: u64| {
            let outcome = visitor.enter(&LIMITS, Duration::from_secs(at));
            visitor.connections = 0;
            outcome
        };
        assert!((0..6).all(|_| attempt(100).is_ok()));
        assert_eq!(attempt(109), Err(Refusal::TooFast));
        assert_eq!((attempt(110), attempt(111)), (Ok(()), Err(Refusal::TooFast)));
        assert!((0..6).all(|_| attempt(200).is_ok()), "after a minute of peace all is forgotten");
    }

    #[test]
    fn a_listener_has_so_many_connections_from_all_addresses_together() {
        let all = u32::MAX;
        let gate = gate(Limits { connections_per_address: all, attempts_per_minute: all, ..LIMITS });
        let places: Vec<_> =
            (0..CONNECTIONS_MAX).map(|_| gate.admit(address("192.0.2.1")).unwrap()).collect();
        assert!(matches!(gate.admit(address("192.0.2.2")), Err(Refusal::ListenerFull)));
        drop(places);
        assert!(gate.admit(address("192.0.2.2")).is_ok());
    }

    #[test]
    fn an_ipv6_network_counts_as_one_and_a_mapped_address_as_itself() {
        assert_eq!(network_of(address("2001:db8:1:2:3::4")), network_of(address("2001:db8:1:2::9")));
        assert_ne!(network_of(address("2001:db8:1:2::4")), network_of(address("2001:db8:1:3::4")));
        assert_eq!(network_of(address("::ffff:192.0.2.1")), address("192.0.2.1"));
    }

    #[test]
    fn addresses_without_connections_are_forgotten_before_there_are_too_many() {
        let gate = gate(LIMITS);
        let stays = gate.admit(address("192.0.2.1")).unwrap();
        for number in 0..ADDRESSES_MAX as u32 {
            drop(gate.admit(IpAddr::from((0x0a00_0000 + number).to_be_bytes())));
        }
        let known = gate.admission.visitors();
        assert!(known.len() < ADDRESSES_MAX && known.contains_key(&address("192.0.2.1")));
        drop(known);
        drop(stays);
    }
}
