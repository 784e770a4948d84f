//! What was seen and not used, so that it is never lost without a trace.

/// Counts since the domain was made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counters {
    /// Messages of kinds that the domain has no use for.
    pub ignored_messages: u64,
    /// Events of another peripheral.
    pub other_peripheral: u64,
    /// Agent events of another media routing domain than voice.
    pub other_media: u64,
    /// Agent states that mean nothing for a voice agent (mapping.md section 2.2, rows 7 and 11-14).
    pub odd_agent_states: u64,
    /// Agent events that name no agent whom we can find.
    pub unnamed_agents: u64,
    /// Agents beyond the bound.
    pub too_many_agents: u64,
    /// Calls beyond the bound.
    pub too_many_calls: u64,
    /// Queues beyond the bound.
    pub too_many_queues: u64,
    /// Events of calls that nobody had told of.
    pub unknown_calls: u64,
    /// Call variables beyond the bound.
    pub too_many_variables: u64,
    /// Transfers, conferences, and calls that go on under another id.
    pub merged_calls: u64,
    /// Transfers and conferences that contradict what is known of their calls.
    pub doubtful_merges: u64,
    /// Events while no session was up, or that did not fit while the state was being read.
    pub unheard_events: u64,
    /// Answers to requests that had been given up.
    pub late_answers: u64,
    /// Refusals that tell of a mistake of our own (mapping.md section 4.3).
    pub own_mistakes: u64,
    /// Requests that were not answered in time.
    pub unanswered: u64,
    /// Agents for whom READY was asked for, because the loss of our own session had made them Not Ready.
    pub restored_ready: u64,
    /// Agents whom we asked CTI to log out because their desktop is gone.
    pub forced_logouts: u64,
}
