//! The queries (awdb.md section 3): single SELECTs on the views, each written once for both kinds of database.
//!
//! ```text
//!               SQL Server                             SQLite
//! [Agent]       dbo.Agent WITH (NOLOCK)                Agent
//! {1}           @P1                                    ?1
//! {1 text}      CAST(@P1 AS varchar(255))              ?1
//! top 2         SELECT TOP 2 ...                       ... LIMIT 2
//! ```
//!
//! Uncommitted rows are read, as the stock reports do. Text is bound as nvarchar by the driver; without the cast the
//! server would convert and scan the whole varchar column instead.

/// Most rows of a list that are read: 100,000 agents are ten times what one peripheral can have.
pub(super) const LIST_MAX: usize = 100_000;

/// One SELECT in both dialects.
#[derive(Debug)]
pub(super) struct Query {
    /// What is asked for, for people and counters.
    pub(super) name: &'static str,
    /// The columns of the answer as `Table.Column`, in the order of the answer.
    pub(super) columns: &'static [&'static str],
    /// T-SQL.
    pub(super) sql_server: &'static str,
    /// SQLite's.
    pub(super) sqlite: &'static str,
    /// An AWDB file of an earlier release need not have the view.
    pub(super) since_lately: bool,
}

macro_rules! query {
    ($name:ident, top $top:literal, columns [$first:literal $(, $more:literal)*], $($piece:tt)+) => {
        pub(super) const $name: Query = Query {
            name: stringify!($name),
            columns: &[$first $(, $more)*],
            sql_server: concat!("SELECT TOP ", $top, " ", $first, $(", ", $more,)* " FROM" $(, sql_server!($piece))+),
            sqlite: concat!("SELECT ", $first, $(", ", $more,)* " FROM" $(, sqlite!($piece))+, " LIMIT ", $top),
            since_lately: false,
        };
    };
}

macro_rules! sql_server {
    ([$view:ident]) => {
        concat!(" dbo.", stringify!($view), " WITH (NOLOCK)")
    };
    ({$parameter:literal}) => {
        concat!(" @P", $parameter)
    };
    ({$parameter:literal text}) => {
        concat!(" CAST(@P", $parameter, " AS varchar(255))")
    };
    ($text:literal) => {
        concat!(" ", $text)
    };
}

macro_rules! sqlite {
    ([$view:ident]) => {
        concat!(" ", stringify!($view))
    };
    ({$parameter:literal}) => {
        concat!(" ?", $parameter)
    };
    ({$parameter:literal text}) => {
        concat!(" ?", $parameter)
    };
    ($text:literal) => {
        concat!(" ", $text)
    };
}

/// Agents who exist on peripheral {1}; the two queries differ in their last condition only.
macro_rules! agents_where {
    ($name:ident, $column:literal) => {
        query!(
            $name, top 2,
            columns [
                "Agent.PeripheralNumber", "Person.LoginName", "Person.LoginNameShadow", "Person.FirstName",
                "Person.LastName", "Person.Password", "Person.LoginEnabled", "Agent.SupervisorAgent",
                "Agent.SkillTargetID"
            ],
            [Agent] "JOIN" [Person] "ON Person.PersonID = Agent.PersonID"
            "WHERE Agent.PeripheralID =" {1}
            "AND Agent.Deleted = 'N' AND Person.Deleted = 'N' AND Agent.TemporaryAgent = 'N' AND"
            $column "=" {2 text}
        );
    };
}

agents_where!(AGENT_BY_ID, "Agent.PeripheralNumber");
agents_where!(AGENT_BY_LOGIN_NAME, "Person.LoginNameShadow");

// The team that agent {1} is a member of.
query!(
    TEAM_OF_AGENT, top 1,
    columns ["Agent_Team.AgentTeamID", "Agent_Team.EnterpriseName"],
    [Agent_Team_Member] "JOIN" [Agent_Team] "ON Agent_Team.AgentTeamID = Agent_Team_Member.AgentTeamID"
    "WHERE Agent_Team_Member.SkillTargetID =" {1} "ORDER BY Agent_Team.AgentTeamID"
);

// The teams of supervisor {1}, the primary one need not be listed.
query!(
    TEAMS_SUPERVISED, top 100001,
    columns ["Agent_Team.AgentTeamID", "Agent_Team.EnterpriseName"],
    [Agent_Team] "WHERE Agent_Team.PriSupervisorSkillTargetID =" {1}
    "OR Agent_Team.AgentTeamID IN (SELECT Agent_Team_Supervisor.AgentTeamID FROM" [Agent_Team_Supervisor]
    "WHERE Agent_Team_Supervisor.SupervisorSkillTargetID =" {1} ") ORDER BY Agent_Team.AgentTeamID"
);

query!(NOW_TIME, top 1, columns ["Controller_Time.NowTime"], [Controller_Time]);

// All agents of peripheral {1}, the deleted ones too.
query!(
    AGENTS, top 100001,
    columns [
        "Agent.SkillTargetID", "Agent.PeripheralNumber", "Person.LoginName", "Person.FirstName", "Person.LastName",
        "Person.Password", "Person.LoginEnabled", "Agent.SupervisorAgent", "Agent.Deleted", "Person.Deleted"
    ],
    [Agent] "JOIN" [Person] "ON Person.PersonID = Agent.PersonID"
    "WHERE Agent.PeripheralID =" {1} "AND Agent.TemporaryAgent = 'N' ORDER BY Agent.PeripheralNumber"
);

// All teams of peripheral {1}.
query!(
    TEAMS, top 100001,
    columns ["Agent_Team.AgentTeamID", "Agent_Team.EnterpriseName", "Agent_Team.PriSupervisorSkillTargetID"],
    [Agent_Team] "WHERE Agent_Team.PeripheralID =" {1} "ORDER BY Agent_Team.AgentTeamID"
);

// Who is in which team of peripheral {1}; the first of two counts, as for one agent.
query!(
    MEMBERS, top 100001,
    columns ["Agent_Team_Member.SkillTargetID", "Agent_Team_Member.AgentTeamID"],
    [Agent_Team_Member] "JOIN" [Agent_Team] "ON Agent_Team.AgentTeamID = Agent_Team_Member.AgentTeamID"
    "WHERE Agent_Team.PeripheralID =" {1} "ORDER BY Agent_Team_Member.AgentTeamID"
);

// Who supervises which team of peripheral {1}.
query!(
    SUPERVISORS, top 100001,
    columns ["Agent_Team_Supervisor.SupervisorSkillTargetID", "Agent_Team_Supervisor.AgentTeamID"],
    [Agent_Team_Supervisor] "JOIN" [Agent_Team]
    "ON Agent_Team.AgentTeamID = Agent_Team_Supervisor.AgentTeamID WHERE Agent_Team.PeripheralID =" {1}
    "ORDER BY Agent_Team_Supervisor.AgentTeamID"
);

// The skill groups of peripheral {1} that people made.
query!(
    EVERY_SKILL_GROUP, top 100001,
    columns ["Skill_Group.SkillTargetID", "Skill_Group.EnterpriseName", "Skill_Group.PeripheralNumber"],
    [Skill_Group] "WHERE Skill_Group.PeripheralID =" {1}
    "AND Skill_Group.Deleted = 'N' AND Skill_Group.DefaultEntry = 0 ORDER BY Skill_Group.SkillTargetID"
);

pub(super) const SKILL_GROUPS: Query =
    Query { name: "SKILL_GROUPS", since_lately: true, ..EVERY_SKILL_GROUP };

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_definition_gives_both_texts() {
        assert_eq!(
            TEAMS.sql_server,
            "SELECT TOP 100001 Agent_Team.AgentTeamID, Agent_Team.EnterpriseName, \
             Agent_Team.PriSupervisorSkillTargetID FROM dbo.Agent_Team WITH (NOLOCK) \
             WHERE Agent_Team.PeripheralID = @P1 ORDER BY Agent_Team.AgentTeamID"
        );
        assert_eq!(
            TEAMS.sqlite,
            "SELECT Agent_Team.AgentTeamID, Agent_Team.EnterpriseName, Agent_Team.PriSupervisorSkillTargetID \
             FROM Agent_Team WHERE Agent_Team.PeripheralID = ?1 ORDER BY Agent_Team.AgentTeamID LIMIT 100001"
        );
        assert!(AGENT_BY_ID.sql_server.ends_with("AND Agent.PeripheralNumber = CAST(@P2 AS varchar(255))"));
        assert!(AGENT_BY_LOGIN_NAME.sqlite.ends_with("AND Person.LoginNameShadow = ?2 LIMIT 2"));
    }

    #[test]
    fn a_list_shows_that_it_is_too_long() {
        let one_more = format!("LIMIT {}", LIST_MAX + 1);
        for list in [TEAMS_SUPERVISED, AGENTS, TEAMS, MEMBERS, SUPERVISORS, SKILL_GROUPS] {
            assert!(list.sqlite.ends_with(&one_more), "{}", list.name);
        }
    }
}
