//! One case: what is broken, and who says so.

use sim::node::{Node, Sabotage};
use sim::world::Plan;

use crate::clause::Clause;
use crate::course::Course;

/// Seeds within which every sabotage must be found.
const SEEDS: u64 = 1_000;
/// Other rules that are told of if it is not.
const OTHERS: usize = 10;

/// One sabotage.
pub(crate) struct Case {
    pub(crate) name: &'static str,
    pub(crate) clause: Clause,
    pub(crate) course: &'static Course,
    pub(crate) breaks: Breaks,
    /// What the watch says.
    pub(crate) by: &'static str,
}

/// What is broken.
pub(crate) enum Breaks {
    /// Nodes, in this way.
    Node(Sabotage, fn(&mut Node)),
    /// A setting, or desktops.
    Plan(fn(&mut Plan)),
}

impl Case {
    /// The way in which nodes are broken, if they are.
    pub(crate) fn sabotage(&self) -> Option<Sabotage> {
        match self.breaks {
            Breaks::Node(sabotage, _) => Some(sabotage),
            Breaks::Plan(_) => None,
        }
    }

    /// Walks one seed after the other until the rule is seen broken.
    #[expect(clippy::print_stdout, reason = "a line for the table of docs/proof.md")]
    pub(crate) fn is_caught(&self) {
        let mut others = Vec::new();
        let caught = (1..=SEEDS).find_map(|seed| {
            let says = self.walk(seed)?;
            let is_it = says.contains(self.by);
            if !is_it && others.len() < OTHERS {
                others.push(says.clone());
            }
            is_it.then_some((seed, says))
        });
        assert!(caught.is_some(), "no seed up to {SEEDS} shows {:?}, but {others:#?}", self.by);
        let (seed, says) = caught.unwrap_or_default();
        println!("{} {seed} | {says} |", self.line());
    }

    /// Its line of the table in docs/proof.md, as far as it does not depend on seeds.
    pub(crate) fn line(&self) -> String {
        format!("| {} | {} |", self.name.replace('_', " "), self.clause.says())
    }

    /// The rule that this seed breaks.
    fn walk(&self, seed: u64) -> Option<String> {
        let mut plan = (self.course.plan)(seed);
        match self.breaks {
            Breaks::Node(_, prepare) => plan.prepare = prepare,
            Breaks::Plan(change) => change(&mut plan),
        }
        (self.course.walk)(plan)
    }
}

/// A list of cases, and a test for each.
macro_rules! cases {
    ($($name:ident: $clause:ident, $course:ident, $breaks:expr, $by:literal;)*) => {
        pub(crate) const CASES: &[Case] = &[$(Case {
            name: stringify!($name),
            clause: Clause::$clause,
            course: &course::$course,
            breaks: $breaks,
            by: $by,
        }),*];

        $(#[test]
        fn $name() {
            CASES.iter().filter(|case| case.name == stringify!($name)).for_each(Case::is_caught);
        })*
    };
}

/// Nodes that are broken in this way.
macro_rules! node {
    ($way:ident) => {
        Breaks::Node(Sabotage::$way, |node| node.sabotage(Sabotage::$way))
    };
}
