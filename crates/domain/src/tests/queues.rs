//! Queues: whose they are, rounds, what is published (mapping.md section 6, failover.md QUE-1).

use ged188::*;

use super::script::{PERIPHERAL, START, World, check, number, person, value};
use crate::command::Ticket;
use crate::domain::Timer;
use crate::ids::{AgentId, QueueId, TeamId};
use crate::view::QueueView;

impl World {
    pub(super) fn queues(&mut self, words: &[&str]) {
        match words {
            ["groups", records @ ..] => self.groups(records),
            ["all-groups", records @ ..] => {
                let config_information = ConfigMask::SKILL_GROUP | ConfigMask::AGENT;
                let config_type = ConfigType::SOLICITED;
                self.event(ConfigBeginEvent { config_information, config_type, ..Default::default() });
                self.groups(records);
                self.event(ConfigEndEvent::default());
            }
            ["serves", agent, numbers @ ..] => self.serves(agent, numbers),
            ["counted", ticket, ..] => {
                let ticket = Ticket(number(ticket.trim_start_matches('#')).into());
                self.domain.answered(ticket, &counted(words).into(), self.now);
            }
            other => panic!("no such input: {other:?}"),
        }
    }

    fn groups(&mut self, records: &[&str]) {
        let records = records.iter().map(|record| group(record)).collect();
        self.event(ConfigSkillGroupEvent { records });
    }

    fn serves(&mut self, agent: &str, numbers: &[&str]) {
        let skills = numbers.iter().map(|number_of_group| ConfigAgentEventSkillsItem {
            flt_skill_group_number: Some(number(number_of_group)),
            flt_skill_group_priority: Some(0),
        });
        let record = ConfigAgentEventRecordsItem {
            record_type: Some(RecordType::ADD),
            login_id: agent.to_owned(),
            skills: skills.collect(),
            ..Default::default()
        };
        self.event(ConfigAgentEvent { records: vec![record] });
    }

    fn queue(&self, id: u32) -> QueueView {
        self.domain.queue(QueueId(id)).unwrap()
    }

    fn ids_of(&self, agent: &str) -> Vec<u32> {
        self.domain.queues_of(&AgentId::from(agent)).iter().map(|queue| queue.id.0).collect()
    }
}

fn group(record: &str) -> ConfigSkillGroupEventRecordsItem {
    if let Some(gone) = record.strip_prefix('-') {
        return ConfigSkillGroupEventRecordsItem {
            record_type: Some(RecordType::DELETE),
            skill_group_skill_target_id: Some(number(gone)),
            ..Default::default()
        };
    }
    let (id, rest) = record.split_once('/').unwrap();
    let (group, name) = rest.split_once('=').unwrap();
    ConfigSkillGroupEventRecordsItem {
        record_type: Some(RecordType::ADD),
        flt_peripheral_id: Some(PERIPHERAL),
        peripheral_number: Some(number(group)),
        skill_group_skill_target_id: Some(number(id)),
        peripheral_name: name.to_owned(),
        ..Default::default()
    }
}

/// Counters that are not given are 0; `unknown=x` makes the router's unknown.
fn counted(words: &[&str]) -> QuerySkillGroupStatisticsConf {
    let count = |name| value(words, name).parse().unwrap_or(0);
    let routed = |name| if value(words, "unknown").is_empty() { count(name) } else { u32::MAX };
    QuerySkillGroupStatisticsConf {
        agents_logged_on: count("on"),
        agents_avail: count("ready"),
        router_calls_q_now: routed("waiting"),
        longest_router_call_q_now: routed("longest"),
        calls_q_now: count("waiting"),
        longest_call_q_now: count("longest"),
        ..Default::default()
    }
}

pub(super) fn say_queue(queue: &QueueView) -> String {
    let count = |count: Option<u32>| count.map_or("?".to_owned(), |count| count.to_string());
    let counted = &queue.statistics;
    let mut text = format!(
        "{} {} on {} ready {} waiting {}",
        queue.id.0,
        queue.name,
        count(counted.agents_logged_on),
        count(counted.agents_ready),
        count(counted.calls_in_queue),
    );
    if let Some(since) = counted.longest_since {
        text += &format!(" since {}", (since.0 - START) / 1000);
    }
    text
}

/// Ada is signed in and serves Sales; nobody is in Service.
fn sales() -> World {
    check(
        "groups 81/1=Sales 82/2=Service
         serves 1001 1
         live 1001@6001 1002
         at 0
             count 81 #1
         counted #1 on=1
             queue 81 Sales on 1 ready 0 waiting 0",
    )
}

#[test]
fn que_1_a_round_every_ten_seconds_over_queues_with_a_member_and_only_changes_are_told() {
    sales().check(
        "at 9
         at 10
             count 81 #2
         counted #2 on=1
         at 20
             count 81 #3
         counted #3 on=1 ready=1
             queue 81 Sales on 1 ready 1 waiting 0",
    );
}

#[test]
fn the_start_of_the_longest_wait_does_not_tremble() {
    sales().check(
        "at 10
             count 81 #2
         counted #2 on=1 waiting=1 longest=4
             queue 81 Sales on 1 ready 0 waiting 1 since 6
         at 20
             count 81 #3
         counted #3 on=1 waiting=1 longest=13
         at 30
             count 81 #4
         counted #4 on=1 waiting=1 longest=26
         at 40
             count 81 #5
         counted #5 on=1 waiting=1 longest=20
             queue 81 Sales on 1 ready 0 waiting 1 since 20
         at 50
             count 81 #6
         counted #6 on=1
             queue 81 Sales on 1 ready 0 waiting 0",
    );
}

#[test]
fn counters_of_the_router_come_first_and_an_unknown_one_is_unknown() {
    let mut world = sales();
    world.check(
        "at 10
             count 81 #2
         counted #2 on=4294967295 waiting=3 longest=10 unknown=router
             queue 81 Sales on ? ready 0 waiting 3 since 0
         at 20
             count 81 #3
         counted #3 on=1 longest=10
             queue 81 Sales on 1 ready 0 waiting 0",
    );
    assert_eq!(world.queue(81).statistics.longest_since, None, "nobody waits");
}

#[test]
fn the_last_one_who_leaves_is_seen_to_leave() {
    sales().check(
        "state 1001@6001 LOGOUT
             user 1001@ LOGOUT
         at 10
             count 81 #2
         counted #2
             queue 81 Sales on 0 ready 0 waiting 0
         at 20
         at 30",
    );
}

#[test]
fn a_queue_with_a_subscriber_is_read_whoever_is_signed_in() {
    let mut world = sales();
    world.domain.watch_queue(QueueId(82));
    world.domain.watch_queue(QueueId(4711));
    world.check(
        "at 10
             count 81 #2
             count 82 #3
         counted #3 waiting=2 longest=10
             queue 82 Service on 0 ready 0 waiting 2 since 0
         groups 82/2=Care
             queue 82 Care on 0 ready 0 waiting 2 since 0
         counted #2 on=1
         at 20
             count 81 #4
             count 82 #5",
    );
}

#[test]
fn a_refusal_or_silence_leaves_the_queue_as_it_is() {
    let mut world = sales();
    world.check(
        "at 10
             count 81 #2
         failure #2 72
         at 20
             count 81 #3
         at 49
         at 50
             count 81 #4
         counted #3 on=9
         counted #4 on=1",
    );
    assert_eq!(world.domain.counters().late_answers, 1);
}

#[test]
fn sixteen_are_asked_at_once() {
    let mut world = World::default();
    let numbers = 1..=20;
    let records: Vec<String> = numbers.clone().map(|n| format!("{}/{n}=Q", 100 + n)).collect();
    world.play(&format!("groups {}", records.join(" ")));
    world.play(&format!("serves 1001 {}", numbers.map(|n| n.to_string()).collect::<Vec<_>>().join(" ")));
    world.play("live 1001@6001");
    assert_eq!(world.play("at 0").len(), 16);
    assert_eq!(world.play("counted #1"), ["queue 101 Q on 0 ready 0 waiting 0", "count 117 #17"]);
    assert_eq!(world.play("at 10"), [""; 0], "the first round is not over");
    for ticket in 2..=20 {
        world.play(&format!("counted #{ticket}"));
    }
    assert_eq!(world.domain.poll_timeout(), Some((world.now.mono, Timer::Queues)), "so it begins at once");
}

#[test]
fn a_supervisor_has_the_queues_of_his_teams() {
    let mut world = check("groups 81/1=Sales 82/2=Service 83/3=Other");
    let mut member = person("1001");
    member.team = Some((TeamId(500), "Sales".into()));
    let mut boss = person("1009");
    boss.supervisor = true;
    boss.supervises = vec![(TeamId(500), "Sales".into())];
    for known in ["serves 1001 1", "serves 1009 2", "serves 1002 3"] {
        world.play(known);
    }
    world.domain.known(member, world.now);
    world.domain.known(boss, world.now);
    assert_eq!((world.ids_of("1009"), world.ids_of("1001")), (vec![81, 82], vec![81]));
    assert!(world.domain.has_queue(&AgentId::from("1009"), QueueId(81)));
    assert!(!world.domain.has_queue(&AgentId::from("1001"), QueueId(82)));
    assert_eq!(world.ids_of("4711"), [0; 0]);
    world.play("begin-recovery");
    world.play("told 1009@6009 READY");
    world.play("finish");
    assert_eq!(world.play("at 0"), ["count 81 #1", "count 82 #2"], "he looks at Sales although nobody is in");
}

#[test]
fn statistics_are_kept_over_a_loss_and_read_again_after_the_final_states() {
    let mut world = sales();
    world.check(
        "at 10
             count 81 #2
         lost
         counted #2 on=7
         at 25
         groups 81/1=Vente -82
         begin-recovery
         told 1001@6001 READY",
    );
    assert_eq!(world.queue(81).statistics.agents_logged_on, Some(1));
    assert_eq!(world.domain.queue(QueueId(82)), None);
    let told = world.play("finish");
    let queues: Vec<&String> = told.iter().filter(|line| line.starts_with("queue")).collect();
    assert_eq!(told.first().unwrap(), "user 1001@6001 READY");
    assert_eq!(queues, ["queue 81 Vente on 1 ready 0 waiting 0", "queue 82 gone"], "each once");
    world.check(
        "at 25
             count 81 #3
         counted #3 on=1 ready=1
             queue 81 Vente on 1 ready 1 waiting 0",
    );
}

#[test]
fn what_the_configuration_changes_is_told() {
    let mut world = sales();
    world.check(
        "groups 81/1=Verkauf 83/3=New
             queue 81 Verkauf on 1 ready 0 waiting 0
         groups 81/1=Verkauf
         groups -82
             queue 82 gone
         groups -82
         all-groups 81/1=Verkauf
             queue 83 gone
         serves 1001 9",
    );
    assert_eq!(world.ids_of("1001"), [0; 0]);
}

/// The name of CTI, else the one of the AWDB; a group that CTI does not know is nobody's queue.
#[test]
fn mapping_6_a_queue_without_a_name_has_the_one_of_the_awdb() {
    let mut world = check("groups 7001/1=Sales 7002/2=\n live 1001@6001");
    let names = [(7001, "sales_voice"), (7002, "service_voice"), (7003, "nobodys")];
    let named = || names.map(|(id, name)| (QueueId(id), name.to_owned()));
    world.domain.name_queues(named());
    assert_eq!((world.queue(7001).name, world.queue(7002).name), ("Sales".into(), "service_voice".into()));
    assert!(world.domain.queue(QueueId(7003)).is_none());
    let told = |world: &mut World| std::iter::from_fn(|| world.domain.poll_output()).count();
    assert_eq!(told(&mut world), 1, "that one has changed");
    world.domain.name_queues(named());
    assert_eq!(told(&mut world), 0);
}
