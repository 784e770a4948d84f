-- The tables of an AWDB that a desktop server reads (awdb.md section 2), in SQLite's types.
-- Base tables carry the t_ prefix; the documented names are views over them, and only those are read.

CREATE TABLE t_Peripheral (
    PeripheralID        INTEGER PRIMARY KEY,
    EnterpriseName      TEXT NOT NULL UNIQUE,
    PeripheralName      TEXT NOT NULL,
    AgentDeskSettingsID INTEGER,
    Deleted             TEXT NOT NULL DEFAULT 'N',
    ChangeStamp         INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE t_Agent_Desk_Settings (
    AgentDeskSettingsID    INTEGER PRIMARY KEY,
    EnterpriseName         TEXT NOT NULL UNIQUE,
    WrapupDataIncomingMode INTEGER NOT NULL DEFAULT 1,
    WrapupDataOutgoingMode INTEGER NOT NULL DEFAULT 1,
    WorkModeTimer          INTEGER,
    Deleted                TEXT NOT NULL DEFAULT 'N',
    ChangeStamp            INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE t_Person (
    PersonID               INTEGER PRIMARY KEY,
    FirstName              TEXT NOT NULL,
    LastName               TEXT NOT NULL,
    LoginName              TEXT NOT NULL,
    LoginNameShadow        TEXT NOT NULL,
    Password               TEXT,
    PasswordChangeRequired INTEGER NOT NULL DEFAULT 0,
    LoginEnabled           TEXT NOT NULL DEFAULT 'Y',
    Description            TEXT,
    Deleted                TEXT NOT NULL DEFAULT 'N',
    ChangeStamp            INTEGER NOT NULL DEFAULT 0,
    DepartmentID           INTEGER
);
CREATE INDEX XAK2Person ON t_Person (LoginNameShadow);

CREATE TABLE t_Agent (
    SkillTargetID       INTEGER PRIMARY KEY,
    PersonID            INTEGER NOT NULL REFERENCES t_Person (PersonID),
    AgentDeskSettingsID INTEGER,
    PeripheralID        INTEGER NOT NULL REFERENCES t_Peripheral (PeripheralID),
    EnterpriseName      TEXT NOT NULL,
    PeripheralNumber    TEXT NOT NULL,
    PeripheralName      TEXT,
    Description         TEXT,
    TemporaryAgent      TEXT NOT NULL DEFAULT 'N',
    SupervisorAgent     TEXT NOT NULL DEFAULT 'N',
    Deleted             TEXT NOT NULL DEFAULT 'N',
    ChangeStamp         INTEGER NOT NULL DEFAULT 0,
    DepartmentID        INTEGER
);
CREATE INDEX XAK2Agent ON t_Agent (PeripheralID, PeripheralNumber);
CREATE INDEX XIE1Agent ON t_Agent (PersonID);

CREATE TABLE t_Agent_Team (
    AgentTeamID                INTEGER PRIMARY KEY,
    EnterpriseName             TEXT NOT NULL,
    PeripheralID               INTEGER NOT NULL,
    Description                TEXT,
    PriSupervisorSkillTargetID INTEGER,
    ChangeStamp                INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE t_Agent_Team_Member (
    AgentTeamID   INTEGER NOT NULL,
    SkillTargetID INTEGER NOT NULL,
    PRIMARY KEY (AgentTeamID, SkillTargetID)
);
CREATE INDEX XIE1Agent_Team_Member ON t_Agent_Team_Member (SkillTargetID);

CREATE TABLE t_Agent_Team_Supervisor (
    AgentTeamID             INTEGER NOT NULL,
    SupervisorSkillTargetID INTEGER NOT NULL,
    PRIMARY KEY (AgentTeamID, SupervisorSkillTargetID)
);
CREATE INDEX XIE1Agent_Team_Supervisor ON t_Agent_Team_Supervisor (SupervisorSkillTargetID);

CREATE TABLE t_Controller_Time (NowTime TEXT NOT NULL);

CREATE VIEW Peripheral            AS SELECT * FROM t_Peripheral;
CREATE VIEW Agent_Desk_Settings   AS SELECT * FROM t_Agent_Desk_Settings;
CREATE VIEW Person                AS SELECT * FROM t_Person;
CREATE VIEW Agent                 AS SELECT * FROM t_Agent;
CREATE VIEW Agent_Team            AS SELECT * FROM t_Agent_Team;
CREATE VIEW Agent_Team_Member     AS SELECT * FROM t_Agent_Team_Member;
CREATE VIEW Agent_Team_Supervisor AS SELECT * FROM t_Agent_Team_Supervisor;
CREATE VIEW Controller_Time       AS SELECT * FROM t_Controller_Time;
