//! The link to the other node, over real TLS: who gets in, who does not, and what ends it.

use std::path::Path;

use node::PeerMessage;
use node::failover::fence::{Fault, LinkId, Message, Rank};
use node::failover::presence::Order as LogoutOrder;
use node::pair::{Frame, body_length};
use rustls::pki_types::ServerName;
use tokio::net::TcpListener;
use tokio_rustls::client::TlsStream;

use super::*;
use crate::net::cti::Host;
use crate::peer::{
    End, Fingerprint, Hub, Identity, Keeper, Links, Mishaps, News, Order, REPORTS_MAX, Report, Settings,
    Stand, Trust, keep,
};

/// A node as the link sees it.
struct Side {
    hub: Hub,
    reports: mpsc::Receiver<Report>,
    orders: mpsc::Receiver<Order>,
    links: Links,
    keeper: Keeper,
}

impl Side {
    async fn start(settings: &Settings) -> Self {
        let (reports_in, reports) = mpsc::channel(REPORTS_MAX);
        let (hub, orders) = Hub::new(Some(settings), reports_in);
        let keeper = keep(settings, hub.clone()).await.unwrap();
        Self { hub, reports, orders, links: Links::default(), keeper }
    }

    fn address(&self) -> SocketAddr {
        self.keeper.address.unwrap()
    }

    async fn report(&mut self) -> (LinkId, Option<PeerMessage>) {
        let Report { link, news } = soon(self.reports.recv()).await.unwrap();
        match news {
            News::Up(outbox) => self.links.up(link, outbox),
            News::Said(message) => return (link, Some(message)),
            News::Down => self.links.forget(link),
        }
        (link, None)
    }

    /// The next link that comes up.
    async fn up(&mut self) -> LinkId {
        loop {
            let (link, _) = self.report().await;
            if self.links.knows(link) {
                return link;
            }
        }
    }

    async fn down(&mut self) -> LinkId {
        let (link, said) = self.report().await;
        assert!(said.is_none() && !self.links.knows(link), "it is not down");
        link
    }

    /// Waits until there is no link for this reason. A reset may overtake the word on why, then the next try tells.
    async fn is_down_as(&self, says: &str) {
        let mut stand = self.hub.follow();
        soon(stand.wait_for(|stand| matches!(stand, Stand::Down(why) if why.contains(says)))).await.unwrap();
    }
}

/// Two nodes and their certificates.
struct Pair {
    directory: Directory,
}

impl Pair {
    fn new(name: &str) -> Self {
        crate::install_crypto();
        let pair = Self { directory: Directory::new(name) };
        for host in ["fin-a", "fin-b", "stranger"] {
            let made = rcgen::generate_simple_self_signed([host.to_owned()]).unwrap();
            pair.write(host, &made.cert.pem(), &made.signing_key.serialize_pem());
        }
        pair
    }

    /// Certificates of an authority instead.
    fn vouched(name: &str) -> Self {
        crate::install_crypto();
        let pair = Self { directory: Directory::new(name) };
        let mut authority = rcgen::CertificateParams::new(Vec::new()).unwrap();
        authority.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
        let key = rcgen::KeyPair::generate().unwrap();
        pair.write("ca", &authority.self_signed(&key).unwrap().pem(), &key.serialize_pem());
        let issuer = rcgen::Issuer::new(authority, key);
        for host in ["fin-a", "fin-b", "stranger"] {
            let key = rcgen::KeyPair::generate().unwrap();
            let params = rcgen::CertificateParams::new(vec![host.to_owned()]).unwrap();
            pair.write(host, &params.signed_by(&key, &issuer).unwrap().pem(), &key.serialize_pem());
        }
        pair
    }

    fn write(&self, host: &str, certificate: &str, key: &str) {
        std::fs::write(self.file(host, "pem"), certificate).unwrap();
        std::fs::write(self.file(host, "key"), key).unwrap();
    }

    fn file(&self, host: &str, kind: &str) -> PathBuf {
        self.directory.0.join(format!("{host}.{kind}"))
    }

    fn pin(&self, host: &str) -> Trust {
        let identity =
            Identity::load(&self.settings(host, Rank::Primary, Trust::Fingerprints(Vec::new()))).unwrap();
        Trust::Fingerprints(vec![identity.fingerprint])
    }

    fn authority(&self, host: &str) -> Trust {
        let name = ServerName::try_from(host.to_owned()).unwrap();
        Trust::Authority { file: self.file("ca", "pem"), name }
    }

    /// A node that listens at a port of the system's choice.
    fn settings(&self, host: &str, rank: Rank, trust: Trust) -> Settings {
        Settings {
            rank,
            host: host.into(),
            end: End::Listens(any_port()),
            certificate: self.file(host, "pem"),
            key: self.file(host, "key"),
            trust,
        }
    }

    async fn primary(&self) -> Side {
        Side::start(&self.settings("fin-a", Rank::Primary, self.pin("fin-b"))).await
    }

    async fn secondary(&self, to: SocketAddr) -> Side {
        Side::start(&dialing(self.settings("fin-b", Rank::Secondary, self.pin("fin-a")), to)).await
    }

    /// The secondary's own certificate in the hands of a test.
    async fn rogue(&self, to: SocketAddr, hello: &Frame) -> TlsStream<TcpStream> {
        let settings = self.settings("fin-b", Rank::Secondary, self.pin("fin-a"));
        let connector = Identity::load(&settings).unwrap().connector().unwrap();
        let stream = TcpStream::connect(to).await.unwrap();
        let name = ServerName::try_from("fin-a").unwrap();
        let mut stream = soon(connector.connect(name, stream)).await.unwrap();
        stream.write_all(&hello.encode().unwrap()).await.unwrap();
        stream
    }
}

fn dialing(settings: Settings, to: SocketAddr) -> Settings {
    Settings { end: End::Dials(Host { host: to.ip().to_string(), port: to.port() }), ..settings }
}

fn hello() -> Frame {
    Frame::Hello { rank: Rank::Secondary, host: "fin-b".into() }
}

async fn ends(mut stream: impl tokio::io::AsyncRead + Unpin) {
    let mut rest = Vec::new();
    let _ = soon(stream.read_to_end(&mut rest)).await;
}

#[tokio::test]
async fn two_nodes_that_know_each_other_talk_both_ways() {
    let pair = Pair::new("peer-up");
    let mut primary = pair.primary().await;
    let mut secondary = pair.secondary(primary.address()).await;
    let (here, there) = (primary.up().await, secondary.up().await);
    assert!(primary.links.send(here, Message::Grant(LogoutOrder(1)).into()));
    assert!(secondary.links.send(there, Message::Report(LogoutOrder(2)).into()));
    assert_eq!(secondary.report().await, (there, Some(Message::Grant(LogoutOrder(1)).into())));
    assert_eq!(primary.report().await, (here, Some(Message::Report(LogoutOrder(2)).into())));
    assert_eq!(primary.hub.stand(), Stand::Up("fin-b".into()));
    assert_eq!(secondary.hub.stand(), Stand::Up("fin-a".into()));
}

#[tokio::test]
async fn an_authority_may_vouch_for_the_name_of_the_other_node_and_of_no_other() {
    let pair = Pair::vouched("peer-ca");
    let primary = pair.settings("fin-a", Rank::Primary, pair.authority("fin-b"));
    let mut primary = Side::start(&primary).await;
    let stranger = pair.settings("stranger", Rank::Secondary, pair.authority("fin-a"));
    let stranger = Side::start(&dialing(stranger, primary.address())).await;
    stranger.is_down_as("alert").await;
    assert!(primary.reports.try_recv().is_err(), "a stranger is up");
    let secondary = pair.settings("fin-b", Rank::Secondary, pair.authority("fin-a"));
    let _secondary = Side::start(&dialing(secondary, primary.address())).await;
    primary.up().await;
}

#[tokio::test]
async fn a_certificate_that_is_not_pinned_is_refused_at_either_end() {
    let pair = Pair::new("peer-wrong");
    let mut primary = pair.primary().await;
    let stranger = pair.settings("stranger", Rank::Secondary, pair.pin("fin-a"));
    let stranger = Side::start(&dialing(stranger, primary.address())).await;
    stranger.is_down_as("alert").await;
    let deceived = pair.settings("fin-b", Rank::Secondary, pair.pin("stranger"));
    let deceived = Side::start(&dialing(deceived, primary.address())).await;
    deceived.is_down_as("is not among peer.fingerprints").await;
    assert!(primary.hub.mishaps().authentications_failed >= 1, "{:?}", primary.hub.mishaps());
    assert!(deceived.hub.mishaps().authentications_failed >= 1 && stranger.hub.mishaps().links_lost == 0);
    assert!(primary.reports.try_recv().is_err(), "somebody is up");
}

#[tokio::test]
async fn no_certificate_plain_tcp_and_silence_are_no_peer() {
    let pair = Pair::new("peer-none");
    let mut primary = pair.primary().await;
    let to = primary.address();
    let mut plain = TcpStream::connect(to).await.unwrap();
    plain.write_all(&hello().encode().unwrap()).await.unwrap();
    ends(plain).await;
    let mut roots = rustls::RootCertStore::empty();
    roots.add(certificate(&pair.file("fin-a", "pem"))).unwrap();
    let config = rustls::ClientConfig::builder().with_root_certificates(roots).with_no_client_auth();
    let stream = TcpStream::connect(to).await.unwrap();
    let name = ServerName::try_from("fin-a").unwrap();
    let connector = tokio_rustls::TlsConnector::from(Arc::new(config));
    let mut nameless = soon(connector.connect(name, stream)).await.unwrap();
    let _ = nameless.write_all(&hello().encode().unwrap()).await;
    ends(nameless).await;
    ends(TcpStream::connect(to).await.unwrap()).await;
    assert!(primary.reports.try_recv().is_err(), "somebody is up");
    let mut secondary = pair.secondary(to).await;
    secondary.up().await;
    primary.up().await;
}

fn certificate(path: &Path) -> rustls::pki_types::CertificateDer<'static> {
    use rustls::pki_types::pem::PemObject;
    rustls::pki_types::CertificateDer::from_pem_file(path).unwrap()
}

#[tokio::test]
async fn two_nodes_of_the_same_rank_are_no_pair() {
    let pair = Pair::new("peer-rank");
    let mut primary = pair.primary().await;
    let twin = pair.settings("fin-b", Rank::Primary, pair.pin("fin-a"));
    let twin = Side::start(&dialing(twin, primary.address())).await;
    twin.is_down_as("the same rank").await;
    assert!(primary.reports.try_recv().is_err());
}

#[tokio::test]
async fn what_is_no_frame_ends_the_link_and_says_so() {
    let pair = Pair::new("peer-frames");
    let mut primary = pair.primary().await;
    let again = hello().encode().unwrap();
    for (bytes, says) in [
        (&[0xFF; 4][..], "a frame of 4294967295 is longer than"),
        (&[0, 0, 0, 1, 99], "there is no frame of kind 99"),
        (&[0, 0, 0, 2, 2, 2], "1 bytes follow"),
        (&[0, 0, 0, 0], "ends too early"),
        (&again, "said again who it is"),
    ] {
        let mut rogue = pair.rogue(primary.address(), &hello()).await;
        let link = primary.up().await;
        rogue.write_all(bytes).await.unwrap();
        assert_eq!(primary.down().await, link);
        let why = primary.hub.stand().to_string();
        assert!(why.contains(says), "{why}");
    }
    let rogue = pair.rogue(primary.address(), &Frame::Alive).await;
    ends(rogue).await;
    let Mishaps { links_lost, frames_refused, authentications_failed, .. } = primary.hub.mishaps();
    assert_eq!((links_lost, frames_refused, authentications_failed), (5, 6, 0));
    assert!(primary.reports.try_recv().is_err(), "up without a hello");
}

#[tokio::test]
async fn a_peer_that_stalls_is_down_after_two_seconds() {
    let pair = Pair::new("peer-stalls");
    let mut primary = pair.primary().await;
    let _rogue = pair.rogue(primary.address(), &hello()).await;
    let link = primary.up().await;
    let clock = Clock::start();
    assert_eq!(primary.down().await, link);
    let after = clock.now().mono;
    assert!(after >= Duration::from_millis(1900), "{after:?}");
    assert!(primary.hub.stand().to_string().contains("nothing was heard for 2s"));
}

#[tokio::test]
async fn a_quiet_link_shows_that_it_lives() {
    let pair = Pair::new("peer-quiet");
    let mut primary = pair.primary().await;
    let mut rogue = pair.rogue(primary.address(), &hello()).await;
    primary.up().await;
    for expected in [Frame::Hello { rank: Rank::Primary, host: "fin-a".into() }, Frame::Alive, Frame::Alive] {
        let mut prefix = [0; 4];
        soon(rogue.read_exact(&mut prefix)).await.unwrap();
        let mut body = vec![0; body_length(prefix).unwrap()];
        soon(rogue.read_exact(&mut body)).await.unwrap();
        assert_eq!(Frame::decode(&body), Ok(expected));
    }
}

#[tokio::test]
async fn the_newest_connection_wins() {
    let pair = Pair::new("peer-newest");
    let mut primary = pair.primary().await;
    let first = pair.rogue(primary.address(), &hello()).await;
    let old = primary.up().await;
    let _second = pair.rogue(primary.address(), &hello()).await;
    let new = primary.up().await;
    assert_eq!(primary.down().await, old);
    assert!(primary.links.knows(new));
    assert_eq!(primary.hub.stand(), Stand::Up("fin-b".into()));
    ends(first).await;
}

#[tokio::test]
async fn a_link_that_was_cut_comes_back_with_a_number_of_its_own() {
    let pair = Pair::new("peer-cut");
    let mut primary = pair.primary().await;
    let mut secondary = pair.secondary(primary.address()).await;
    let (here, there) = (primary.up().await, secondary.up().await);
    primary.links.close(here, Fault::NoAnswer);
    assert_eq!(secondary.down().await, there);
    assert_eq!(primary.down().await, here);
    assert!(primary.up().await > here);
    assert!(secondary.up().await > there);
}

#[tokio::test]
async fn a_primary_that_is_away_is_told_of_and_found_when_it_is_back() {
    let pair = Pair::new("peer-away");
    let place = TcpListener::bind(any_port()).await.unwrap();
    let address = place.local_addr().unwrap();
    drop(place);
    let mut secondary = pair.secondary(address).await;
    secondary.is_down_as("refused").await;
    let settings = pair.settings("fin-a", Rank::Primary, pair.pin("fin-b"));
    let _primary = Side::start(&Settings { end: End::Listens(address), ..settings }).await;
    secondary.up().await;
}

#[tokio::test]
async fn an_order_goes_over_the_link_and_its_answer_comes_back() {
    let pair = Pair::new("peer-order");
    let mut primary = pair.primary().await;
    let mut secondary = pair.secondary(primary.address()).await;
    assert!(secondary.hub.ask("early".into()).await.unwrap_err().to_string().contains("there is no link"));
    secondary.up().await;
    let hub = secondary.hub.clone();
    let asked = tokio::spawn(async move { hub.ask("stop it".into()).await });
    let order = soon(primary.orders.recv()).await.unwrap();
    assert_eq!((order.line.as_str(), order.host.as_str()), ("stop it", "fin-b"));
    order.answer.send("stopped".into()).unwrap();
    assert_eq!(soon(asked).await.unwrap(), Ok("stopped".into()));
    let hub = secondary.hub.clone();
    let asked = tokio::spawn(async move { hub.ask("and then".into()).await });
    let _unanswered = soon(primary.orders.recv()).await.unwrap();
    drop(primary.keeper);
    let why = soon(asked).await.unwrap().unwrap_err();
    assert!(why.to_string().contains("is not known"), "{why}");
}

#[test]
fn a_pin_is_the_certificate_and_nothing_else() {
    let pair = Pair::new("peer-pin");
    let (Trust::Fingerprints(a), Trust::Fingerprints(b)) = (pair.pin("fin-a"), pair.pin("fin-b")) else {
        panic!("a pin is a fingerprint")
    };
    assert_ne!(a, b);
    assert_eq!(a, [Fingerprint::of(&certificate(&pair.file("fin-a", "pem")))]);
}
