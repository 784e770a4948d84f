//! A rule that cannot be seen broken is no rule: a node or a desktop that is broken in one small way is caught within a few
//! seeds, by the rule that the sabotage is about. The same seeds without sabotage break nothing (`walks.rs`).
//!
//! Each case says what is broken, which clause of a rule that is, in which walk, and in which words the watch says so.

#[macro_use]
mod case;
mod clause;
mod course;
mod rule_1;
mod rule_2;
mod rule_3;
mod rule_4;
mod rule_5;
mod rule_6;
mod rule_7;
mod rule_8;
mod whole;
