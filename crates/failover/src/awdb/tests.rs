use super::*;
use std::time::Duration;

const KEY: [u8; 32] = [7; 32];
const MINUTE: Duration = Duration::from_secs(60);

/// A machine whose hosts are played by the test: answers come when it says so.
struct Bench {
    machine: Machine<&'static str>,
    now: Duration,
    next: u64,
}

/// What was asked or told, in words short enough to compare.
type Said = Output<&'static str>;

fn pair() -> Settings {
    Settings { secondary: true, places: 4, ..Settings::default() }
}

fn documented() -> Settings {
    Settings { hedge: None, ..pair() }
}

fn ada(mark: u8) -> Accepted<&'static str> {
    Accepted { id: "1001".into(), login_name: "Ada".into(), mark: [mark; 16], person: "ada" }
}

fn gone() -> Result<Accepted<&'static str>, Failure> {
    Err(Failure::Unreachable("connection refused".into()))
}

impl Bench {
    fn new(settings: Settings) -> Self {
        let mut bench =
            Self { machine: Machine::new(settings, KEY, Duration::ZERO), now: Duration::ZERO, next: 0 };
        // The looks in the background are played where they matter.
        bench.machine.handle_timeout(Duration::ZERO);
        bench.said();
        bench
    }

    fn said(&mut self) -> Vec<Said> {
        std::iter::from_fn(|| self.machine.poll_output()).collect()
    }

    fn ask(&mut self, user: &str, password: &str) -> Vec<Said> {
        self.next += 1;
        self.machine.ask(AskId(self.next), user, password, self.now);
        self.said()
    }

    /// Asks, and plays each host that is asked by `host`.
    fn check(
        &mut self,
        user: &str,
        password: &str,
        host: impl Fn(Host) -> Result<Accepted<&'static str>, Failure>,
    ) -> (Vec<Host>, Result<&'static str, Denial>) {
        let mut said = self.ask(user, password);
        let mut asked = Vec::new();
        loop {
            let mut more = Vec::new();
            for output in said {
                match output {
                    Output::Query { query, host: at, .. } => {
                        asked.push(at);
                        self.machine.answered(query, host(at), self.now);
                        more.extend(self.said());
                    }
                    Output::Verdict { verdict, .. } => return (asked, verdict),
                    Output::Probe { .. } | Output::Read { .. } | Output::Transition(_) => {}
                }
            }
            assert!(!more.is_empty(), "no verdict");
            said = more;
        }
    }

    fn sign_in(&mut self) {
        let (_, verdict) = self.check("1001", "secret", |_| Ok(ada(1)));
        assert_eq!(verdict, Ok("ada"));
    }

    /// Time passes; deadlines are kept.
    fn pass(&mut self, time: Duration) -> Vec<Said> {
        self.now += time;
        self.machine.handle_timeout(self.now);
        self.said()
    }
}

fn queries(said: &[Said]) -> Vec<(QueryId, Host)> {
    let query = |output: &Said| match output {
        Output::Query { query, host, .. } => Some((*query, *host)),
        _ => None,
    };
    said.iter().filter_map(query).collect()
}

fn verdicts(said: &[Said]) -> Vec<Result<&'static str, Denial>> {
    let verdict = |output: &Said| match output {
        Output::Verdict { verdict, .. } => Some(verdict.clone()),
        _ => None,
    };
    said.iter().filter_map(verdict).collect()
}

fn probes(said: &[Said]) -> Vec<(QueryId, Host)> {
    let probe = |output: &Said| match output {
        Output::Probe { query, host } => Some((*query, *host)),
        _ => None,
    };
    said.iter().filter_map(probe).collect()
}

fn told(said: &[Said]) -> Vec<&'static str> {
    let what = |output: &Said| match output {
        Output::Transition(transition) => Some(transition.what()),
        _ => None,
    };
    said.iter().filter_map(what).collect()
}

#[test]
fn awdb_5_a_person_is_checked_against_the_primary() {
    let mut bench = Bench::new(documented());
    assert_eq!(bench.check("1001", "secret", |_| Ok(ada(1))), (vec![Host::Primary], Ok("ada")));
}

#[test]
fn awdb_6_known_for_30_minutes_from_the_last_request_and_not_a_second_longer() {
    for (pause, asked) in [(Duration::from_secs(29 * 60 + 59), vec![]), (30 * MINUTE, vec![Host::Primary])] {
        let mut bench = Bench::new(documented());
        bench.sign_in();
        bench.now += Duration::from_secs(25 * 60);
        assert_eq!(bench.check("1001", "secret", |_| gone()), (vec![], Ok("ada")), "this renews");
        bench.now += pause;
        assert_eq!(bench.check("1001", "secret", |_| Ok(ada(1))).0, asked, "{pause:?}");
    }
}

#[test]
fn awdb_7_a_known_person_is_served_while_both_hosts_are_gone_by_id_and_by_name() {
    let mut bench = Bench::new(pair());
    bench.sign_in();
    let (asked, verdict) = bench.check("1002", "secret", |_| gone());
    assert_eq!(asked, [Host::Primary, Host::Secondary]);
    assert!(matches!(verdict, Err(Denial::NotChecked { .. })));
    for user in ["1001", "Ada", "ADA"] {
        assert_eq!(bench.check(user, "secret", |_| gone()), (vec![], Ok("ada")), "{user}");
    }
}

#[test]
fn awdb_8_a_changed_password_is_noticed_when_the_time_is_over() {
    let mut bench = Bench::new(documented());
    bench.sign_in();
    bench.now += 29 * MINUTE;
    assert_eq!(bench.check("1001", "secret", |_| gone()).1, Ok("ada"));
    bench.now += 31 * MINUTE;
    let refused = |_| Err(Failure::Refused("wrong password"));
    assert_eq!(bench.check("1001", "secret", refused).1, Err(Denial::Refused("wrong password")));
    assert_eq!(bench.machine.standing().known, 0, "the entry is gone");
}

#[test]
fn a_wrong_password_is_checked_and_never_answered_from_memory() {
    let mut bench = Bench::new(documented());
    bench.sign_in();
    let refused = |_| Err(Failure::Refused("wrong password"));
    let (asked, verdict) = bench.check("1001", "Secret", refused);
    assert_eq!((asked, verdict), (vec![Host::Primary], Err(Denial::Refused("wrong password"))));
    let (_, verdict) = bench.check("1001", "", |_| gone());
    assert!(matches!(verdict, Err(Denial::NotChecked { .. })));
    assert_eq!(bench.check("1001", "secret", |_| gone()), (vec![], Ok("ada")), "the entry lives on");
}

#[test]
fn a_new_password_takes_the_place_of_the_old_one() {
    let mut bench = Bench::new(documented());
    bench.sign_in();
    assert_eq!(bench.check("1001", "new", |_| Ok(ada(2))).1, Ok("ada"));
    assert_eq!(bench.check("1001", "new", |_| gone()).0, []);
    assert_eq!(
        bench.check("1001", "secret", |_| gone()).0,
        [Host::Secondary, Host::Primary].map(Host::other)
    );
}

#[test]
fn awdb_9_10_11_each_request_tries_until_a_host_answers_and_the_primary_is_preferred() {
    let mut bench = Bench::new(documented());
    let secondary = |host| if host == Host::Primary { gone() } else { Ok(ada(1)) };
    assert_eq!(bench.check("1001", "a", secondary), (vec![Host::Primary, Host::Secondary], Ok("ada")));
    assert_eq!(bench.check("1001", "b", secondary), (vec![Host::Secondary], Ok("ada")), "noticed");
    let both = [Host::Secondary, Host::Primary];
    assert_eq!(bench.check("1001", "c", |_| gone()).0, both);
    assert_eq!(bench.check("1001", "d", |_| gone()).0, [Host::Primary, Host::Secondary], "and again");
    let said = bench.pass(Duration::from_secs(10));
    let (query, _) = *probes(&said).iter().find(|(_, host)| *host == Host::Primary).unwrap();
    bench.machine.probed(query, Ok("1".into()), bench.now);
    assert_eq!(told(&bench.said()), ["awdb.back", "awdb.using"]);
    assert_eq!(bench.check("1001", "e", |_| Ok(ada(1))).0, [Host::Primary]);
}

#[test]
fn awdb_1_2_without_a_secondary_nobody_else_is_asked() {
    let mut bench = Bench::new(Settings { secondary: false, ..pair() });
    let (asked, verdict) = bench.check("1001", "secret", |_| gone());
    assert_eq!(asked, [Host::Primary]);
    assert!(matches!(verdict, Err(Denial::NotChecked { .. })));
    let said = bench.ask("1001", "secret");
    assert_eq!(queries(&said).len(), 1);
    assert_eq!(queries(&bench.pass(Duration::from_secs(1))), [], "no hedge either");
}

/// Reads Controller_Time of both as often as it takes; the secondary's stands still.
fn stop_the_distributor_of_the_secondary(bench: &mut Bench) -> Vec<&'static str> {
    let mut all = Vec::new();
    for round in 0..8 {
        let said = bench.pass(Duration::from_secs(10));
        for (query, host) in probes(&said) {
            let time = if host == Host::Primary { format!("{round}") } else { "still".into() };
            bench.machine.probed(query, Ok(time), bench.now);
        }
        all.extend(told(&bench.said()));
    }
    all
}

#[test]
fn awdb_4_a_secondary_without_distributor_is_used_with_a_warning_or_not_at_all() {
    let secondary = |host| if host == Host::Primary { gone() } else { Ok(ada(1)) };
    let mut bench = Bench::new(documented());
    assert_eq!(stop_the_distributor_of_the_secondary(&mut bench), ["awdb.distributor_stopped"]);
    assert_eq!(bench.check("1001", "secret", secondary).0, [Host::Primary, Host::Secondary]);

    let mut bench = Bench::new(Settings { require_distributor: true, ..documented() });
    stop_the_distributor_of_the_secondary(&mut bench);
    let (asked, verdict) = bench.check("1001", "secret", secondary);
    assert_eq!(asked, [Host::Primary]);
    assert!(matches!(verdict, Err(Denial::NotChecked { .. })));
}

#[test]
fn the_distributor_that_runs_again_is_noticed() {
    let mut bench = Bench::new(pair());
    stop_the_distributor_of_the_secondary(&mut bench);
    let said = bench.pass(Duration::from_secs(10));
    let (query, _) = *probes(&said).iter().find(|(_, host)| *host == Host::Secondary).unwrap();
    bench.machine.probed(query, Ok("moved".into()), bench.now);
    assert_eq!(told(&bench.said()), ["awdb.distributor_runs"]);
}

#[test]
fn awdb_14_without_the_hedge_a_request_waits_for_the_time_out_once() {
    let mut bench = Bench::new(documented());
    let said = bench.ask("1001", "secret");
    assert_eq!(queries(&said), [(queries(&said)[0].0, Host::Primary)]);
    assert_eq!(queries(&bench.pass(Duration::from_millis(4_999))), []);
    let said = bench.pass(Duration::from_millis(1));
    assert_eq!(told(&said), ["awdb.lost", "awdb.using"]);
    let (query, host) = queries(&said)[0];
    assert_eq!(host, Host::Secondary);
    bench.machine.answered(query, Ok(ada(1)), bench.now);
    assert_eq!(verdicts(&bench.said()), [Ok("ada")]);
    assert_eq!(
        bench.check("1001", "other", |_| Ok(ada(1))).0,
        [Host::Secondary],
        "the next one does not wait"
    );
}

#[test]
fn awdb_14_with_the_hedge_the_other_host_answers_after_200_ms() {
    let mut bench = Bench::new(pair());
    let first = queries(&bench.ask("1001", "secret"))[0];
    assert_eq!(queries(&bench.pass(Duration::from_millis(199))), []);
    let said = bench.pass(Duration::from_millis(1));
    let (query, host) = queries(&said)[0];
    assert_eq!(host, Host::Secondary);
    bench.machine.answered(query, Ok(ada(1)), bench.now);
    assert_eq!(verdicts(&bench.said()), [Ok("ada")]);
    assert_eq!(
        bench.check("1001", "next", |_| Ok(ada(1))).0,
        [Host::Secondary],
        "nobody waits for a slow host"
    );
    bench.machine.answered(first.0, Ok(ada(1)), bench.now);
    assert_eq!(verdicts(&bench.said()), [], "a late answer is no second verdict");
    assert_eq!(
        bench.check("1001", "third", |_| Ok(ada(1))).0,
        [Host::Secondary],
        "to answer is not to be quick"
    );
    let said = bench.pass(Duration::from_secs(10));
    for (query, _) in probes(&said) {
        bench.machine.probed(query, Ok("1".into()), bench.now);
    }
    bench.said();
    assert_eq!(bench.check("1001", "fourth", |_| Ok(ada(1))).0, [Host::Primary], "it is quick again");
}

#[test]
fn with_the_hedge_a_host_is_found_lost_before_anybody_asks() {
    for (settings, first) in [(pair(), Host::Secondary), (documented(), Host::Primary)] {
        let mut bench = Bench::new(settings);
        let said = bench.pass(Duration::from_secs(10));
        for (query, host) in probes(&said) {
            let time = if host == Host::Primary { Err("reset".into()) } else { Ok("1".into()) };
            bench.machine.probed(query, time, bench.now);
        }
        bench.said();
        assert_eq!(bench.check("1001", "secret", |_| Ok(ada(1))).0, [first]);
    }
}

#[test]
fn awdb_13_both_gone_says_since_when_and_why() {
    let mut bench = Bench::new(pair());
    bench.now = 3 * MINUTE;
    let since = bench.now;
    let why = "primary: connection refused; secondary: connection refused".to_owned();
    assert_eq!(bench.check("1001", "x", |_| gone()).1, Err(Denial::NotChecked { since, why: why.clone() }));
    bench.now += MINUTE;
    assert_eq!(bench.check("1001", "x", |_| gone()).1, Err(Denial::NotChecked { since, why }));
}

#[test]
fn awdb_x1_five_wrong_passwords_lock_for_five_minutes_and_an_outage_counts_for_nothing() {
    let mut bench = Bench::new(documented());
    let refused = |_| Err(Failure::Refused("wrong password"));
    for _ in 0..4 {
        assert_eq!(bench.check("1001", "guess", refused).1, Err(Denial::Refused("wrong password")));
        assert!(matches!(bench.check("1001", "guess", |_| gone()).1, Err(Denial::NotChecked { .. })));
    }
    let said = bench.ask("1001", "guess");
    bench.machine.answered(queries(&said)[0].0, refused(Host::Primary), bench.now);
    assert!(told(&bench.said()).contains(&"awdb.locked"));
    assert_eq!(bench.check("1001", "secret", |_| Ok(ada(1))), (vec![], Err(Denial::Locked)));
    bench.now += 5 * MINUTE;
    assert_eq!(bench.check("1001", "secret", |_| Ok(ada(1))).1, Ok("ada"));
}

#[test]
fn a_right_password_resets_the_count() {
    let mut bench = Bench::new(documented());
    let refused = |_| Err(Failure::Refused("wrong password"));
    for round in 0..3 {
        for _ in 0..4 {
            assert!(bench.check("1001", "guess", refused).1.is_err());
        }
        assert_eq!(bench.check("1001", &format!("right {round}"), |_| Ok(ada(1))).1, Ok("ada"));
    }
}

#[test]
fn a_login_name_is_no_second_account() {
    let mut bench = Bench::new(documented());
    bench.machine.seen([Seen::As(ada(1))]);
    for user in ["1001", "ada", "ADA", "1001", "Ada"] {
        let refused = |_| Err(Failure::Refused("wrong password"));
        assert!(bench.check(user, "guess", refused).1.is_err());
    }
    for user in ["1001", "aDa"] {
        assert_eq!(bench.check(user, "secret", |_| Ok(ada(1))).1, Err(Denial::Locked));
    }
}

/// Whoever knows an agent's id cannot throw him out of his work.
#[test]
fn a_known_person_is_not_kept_out_by_wrong_passwords_of_others() {
    let mut bench = Bench::new(documented());
    bench.sign_in();
    for user in ["1001", "ada", "ADA", "1001", "Ada", "1001"] {
        assert!(bench.check(user, "guess", |_| Err(Failure::Refused("wrong password"))).1.is_err());
    }
    assert_eq!(
        bench.check("1001", "guess", |_| Ok(ada(1))).1,
        Err(Denial::Locked),
        "the name is no second account"
    );
    assert_eq!(bench.check("1001", "secret", |_| gone()), (vec![], Ok("ada")));
}

#[test]
fn who_is_barred_or_changed_in_the_background_loses_renewal_and_nothing_else() {
    let changed = Seen::As(ada(2));
    let same = Seen::As(Accepted { person: "ada, promoted", ..ada(1) });
    for (seen, served) in [(Seen::Barred("1001".into()), "ada"), (changed, "ada"), (same, "ada, promoted")] {
        let renewable = served != "ada";
        let mut bench = Bench::new(documented());
        bench.sign_in();
        bench.machine.seen([seen]);
        bench.now += 29 * MINUTE;
        assert_eq!(bench.check("1001", "secret", |_| gone()), (vec![], Ok(served)));
        bench.now += 2 * MINUTE;
        assert_eq!(bench.check("1001", "secret", |_| Ok(ada(2))).0.is_empty(), renewable);
    }
}

#[test]
fn people_who_are_missing_in_a_background_read_keep_what_they_have() {
    let mut bench = Bench::new(documented());
    bench.sign_in();
    bench.machine.seen([]);
    bench.now += 29 * MINUTE;
    assert_eq!(bench.check("1001", "secret", |_| gone()).1, Ok("ada"));
    bench.now += 29 * MINUTE;
    assert_eq!(bench.check("1001", "secret", |_| gone()).1, Ok("ada"));
}

#[test]
fn people_who_are_gone_for_good_are_not_renewed() {
    let mut bench = Bench::new(documented());
    bench.sign_in();
    (0..5).for_each(|_| bench.machine.seen([]));
    bench.now += 29 * MINUTE;
    assert_eq!(bench.check("1001", "secret", |_| gone()).1, Ok("ada"), "his time lasts");
    bench.now += 2 * MINUTE;
    assert_eq!(bench.check("1001", "secret", |_| gone()).0.len(), 2, "and was not renewed");
    let mut bench = Bench::new(documented());
    bench.sign_in();
    (0..4).for_each(|_| bench.machine.seen([]));
    bench.machine.seen([Seen::As(ada(1))]);
    bench.machine.seen([]);
    bench.now += 29 * MINUTE;
    assert_eq!(bench.check("1001", "secret", |_| gone()).1, Ok("ada"));
    bench.now += 29 * MINUTE;
    assert_eq!(bench.check("1001", "secret", |_| gone()).1, Ok("ada"), "the rows were being filled");
}

#[test]
fn an_administrator_can_empty_the_memory_for_one_or_for_all() {
    for who in [Some("1001"), Some("ada"), None] {
        let mut bench = Bench::new(documented());
        bench.sign_in();
        bench.machine.forget(who);
        assert_eq!(bench.check("1001", "secret", |_| Ok(ada(1))).0, [Host::Primary], "{who:?}");
    }
    let mut bench = Bench::new(documented());
    bench.sign_in();
    bench.machine.forget(Some("1002"));
    assert_eq!(bench.check("1001", "secret", |_| gone()).0, []);
}

#[test]
fn the_memory_is_bounded_and_the_one_who_ends_first_makes_room() {
    let mut bench = Bench::new(Settings { people_max: 2, ..documented() });
    for id in ["1", "2", "3"] {
        bench.now += MINUTE;
        let accepted = Accepted { id: id.into(), login_name: format!("n{id}"), ..ada(1) };
        assert_eq!(bench.check(id, "secret", move |_| Ok(accepted.clone())).1, Ok("ada"));
    }
    assert_eq!(bench.machine.standing().known, 2);
    assert_eq!(bench.check("2", "secret", |_| gone()).0, []);
    assert_eq!(bench.check("n1", "secret", |_| gone()).0.len(), 2, "the first is forgotten, name and all");
}

/// A host that has much to do is not slow: whoever waits for a place hedges nothing and fails nothing.
#[test]
fn a_crowd_waits_for_places_and_a_host_that_works_is_not_blamed() {
    let mut bench = Bench::new(pair());
    let mut asked: Vec<_> =
        (0..100).flat_map(|number| queries(&bench.ask(&format!("{number}"), "secret"))).collect();
    let mut most = asked.len();
    let mut answered = 0;
    while !asked.is_empty() {
        let (query, host) = asked.remove(0);
        assert_eq!(host, Host::Primary);
        bench.pass(Duration::from_millis(30));
        bench.machine.answered(query, Err(Failure::Refused("wrong password")), bench.now);
        let said = bench.said();
        answered += verdicts(&said).len();
        asked.extend(queries(&said));
        most = most.max(asked.len());
    }
    assert_eq!((answered, most, bench.machine.counters().hedged), (100, 4, 0));
    assert!(bench.machine.is_idle());
}

#[test]
fn a_crowd_goes_to_the_other_host_as_soon_as_the_first_is_overtaken() {
    let mut bench = Bench::new(pair());
    for number in 0..100 {
        bench.ask(&format!("{number}"), "secret");
    }
    let mut asked = queries(&bench.pass(Duration::from_millis(200)));
    let mut answered = 0;
    while let Some((query, host)) = asked.pop() {
        assert_eq!(host, Host::Secondary);
        bench.machine.answered(query, Err(Failure::Refused("wrong password")), bench.now);
        let said = bench.said();
        answered += verdicts(&said).len();
        asked.extend(queries(&said));
    }
    assert_eq!(answered, 100, "all of them in the very same moment");
}

/// The primary takes 600 ms, the secondary 100 ms: everybody is answered, nobody waits for ever, and what waits is no more
/// than who asked.
#[test]
fn a_crowd_before_a_slow_primary_is_served_in_bounded_time_and_memory() {
    let mut bench = Bench::new(pair());
    let mut due = std::collections::BTreeSet::new();
    let mut answered = 0;
    let mut take =
        |bench: &mut Bench, said: Vec<Said>, due: &mut std::collections::BTreeSet<(Duration, QueryId)>| {
            for (query, host) in queries(&said) {
                let takes = Duration::from_millis(if host == Host::Primary { 600 } else { 100 });
                due.insert((bench.now + takes, query));
            }
            answered += verdicts(&said).len();
        };
    for number in 0..500 {
        let said = bench.ask(&format!("{number}"), "secret");
        take(&mut bench, said, &mut due);
    }
    while bench.now < Duration::from_secs(14) {
        let said = bench.pass(Duration::from_millis(5));
        take(&mut bench, said, &mut due);
        while let Some((at, query)) = due.first().copied()
            && at <= bench.now
        {
            due.pop_first();
            bench.machine.answered(query, Err(Failure::Refused("wrong password")), bench.now);
            let said = bench.said();
            take(&mut bench, said, &mut due);
        }
        assert!(bench.machine.entries() <= 500 + 8, "{} at {:?}", bench.machine.entries(), bench.now);
    }
    assert_eq!(answered, 500);
    assert!(bench.machine.is_idle());
}

/// Nor can he be guessed at without end while he is at work.
#[test]
fn a_known_person_cannot_be_guessed_at_without_end() {
    let mut bench = Bench::new(documented());
    bench.sign_in();
    for number in 0..30 {
        let refused = |_| Err(Failure::Refused("wrong password"));
        assert!(bench.check("1001", &format!("guess {number}"), refused).1.is_err());
    }
    assert_eq!(bench.check("1001", "secret", |_| gone()), (vec![], Err(Denial::Locked)));
    bench.now += 5 * MINUTE;
    assert_eq!(bench.check("1001", "secret", |_| gone()), (vec![], Ok("ada")));
}

/// One odd row is no outage, and no wrong password.
#[test]
fn a_row_that_is_of_no_use_blames_nobody() {
    let mut bench = Bench::new(documented());
    let odd = |_| Err(Failure::Unusable("aw-a, lab_awdb: column FirstName holds NULL".into()));
    for _ in 0..6 {
        let (asked, verdict) = bench.check("1001", "secret", odd);
        assert_eq!(asked, [Host::Primary, Host::Secondary]);
        assert!(matches!(verdict, Err(Denial::Unusable(_))));
    }
    assert_eq!(bench.machine.standing().unreachable_since, None);
    assert_eq!(bench.check("1001", "secret", |_| Ok(ada(1))).1, Ok("ada"));
}

/// Five guesses are five, however fast they come.
#[test]
fn a_burst_of_guesses_is_checked_one_after_the_other() {
    let mut bench = Bench::new(documented());
    let mut asked: Vec<_> =
        (0..60).flat_map(|number| queries(&bench.ask("1001", &format!("guess {number}")))).collect();
    asked.extend(queries(&bench.ask("1001", "secret")));
    assert_eq!(asked.len(), 1);
    let mut said = Vec::new();
    let mut checked = 0;
    while let Some((query, _)) = asked.pop() {
        checked += 1;
        bench.machine.answered(query, Err(Failure::Refused("wrong password")), bench.now);
        let more = bench.said();
        asked.extend(queries(&more));
        said.extend(more);
    }
    let locked = verdicts(&said).iter().filter(|verdict| **verdict == Err(Denial::Locked)).count();
    assert_eq!((checked, locked, verdicts(&said).len()), (5, 56, 61));
}

/// A desktop asks for several things at once when its agent's time is over.
#[test]
fn requests_with_one_password_need_one_check() {
    for right in [true, false] {
        let mut bench = Bench::new(documented());
        let asked: Vec<_> = (0..8).flat_map(|_| queries(&bench.ask("1001", "secret"))).collect();
        assert_eq!(asked.len(), 1);
        let answer = if right { Ok(ada(1)) } else { Err(Failure::Refused("wrong password")) };
        bench.machine.answered(asked[0].0, answer, bench.now);
        let said = bench.said();
        assert_eq!((verdicts(&said).len(), queries(&said).len()), (8, 0));
        assert!(verdicts(&said).iter().all(|verdict| verdict.is_ok() == right));
        assert!(!told(&said).contains(&"awdb.locked"), "one wrong password");
        assert!(bench.machine.is_idle());
    }
}

#[test]
fn whoever_finds_no_place_in_time_is_told_so() {
    let mut bench = Bench::new(documented());
    for number in 0..9 {
        bench.ask(&format!("{number}"), "secret");
    }
    let said: Vec<_> = (0..21).flat_map(|_| bench.pass(Duration::from_secs(1))).collect();
    assert_eq!(verdicts(&said).len(), 9);
    assert!(bench.machine.is_idle());
}

#[test]
fn a_host_that_never_answers_leaves_nothing_behind() {
    let mut bench = Bench::new(pair());
    bench.ask("1001", "secret");
    let said: Vec<_> = (0..120).flat_map(|_| bench.pass(Duration::from_millis(100))).collect();
    assert!(matches!(verdicts(&said)[..], [Err(Denial::NotChecked { .. })]), "{said:?}");
    assert_eq!(bench.machine.counters().not_checked, 1);
    assert!(bench.machine.is_idle());
}

#[test]
fn other_hosts_are_asked_for_whoever_waits_and_nobody_is_forgotten() {
    let mut bench = Bench::new(pair());
    bench.sign_in();
    let waiting = queries(&bench.ask("1002", "secret"));
    let (down, verdict) = bench.check("1003", "secret", |_| gone());
    assert_eq!(down, [Host::Primary, Host::Secondary]);
    assert!(matches!(verdict, Err(Denial::NotChecked { .. })));
    assert!(bench.machine.standing().unreachable_since.is_some());

    bench.machine.replace_hosts(false, bench.now);
    let asked = queries(&bench.said());
    assert!(matches!(asked[..], [(anew, Host::Primary)] if anew != waiting[0].0), "{asked:?}");
    assert_eq!(bench.machine.standing().unreachable_since, None);
    assert_eq!(bench.machine.health(Host::Secondary), None);
    bench.machine.answered(waiting[0].0, Ok(ada(1)), bench.now);
    assert_eq!(verdicts(&bench.said()), [], "an old host has no say");
    bench.machine.answered(asked[0].0, Ok(ada(1)), bench.now);
    assert_eq!(verdicts(&bench.said()), [Ok("ada")]);
    assert_eq!(bench.check("1001", "secret", |_| gone()), (vec![], Ok("ada")), "known as before");
    assert_eq!(probes(&bench.pass(Duration::ZERO)).len(), 1, "the new host is looked at at once");
    assert!(bench.machine.is_idle());
}
