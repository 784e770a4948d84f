-- The tables of an AWDB that a desktop server reads (awdb.md section 2). SQLite keeps the declared types for whoever
-- serves the file as SQL Server's; keys are INTEGER, since only so SQLite makes them the key of the row.
-- Names that people read are nvarchar: in SQL Server they are varchar in the collation of the site, which here is Latin-1, and
-- that holds no Japanese.
-- Base tables carry the t_ prefix; the documented names are views over them, and only those are read.

CREATE TABLE t_Peripheral (
    PeripheralID        INTEGER PRIMARY KEY,
    EnterpriseName      varchar(32) NOT NULL UNIQUE,
    PeripheralName      varchar(32) NOT NULL,
    AgentDeskSettingsID int,
    Deleted             char(1) NOT NULL DEFAULT 'N',
    ChangeStamp         int NOT NULL DEFAULT 0
);

CREATE TABLE t_Agent_Desk_Settings (
    AgentDeskSettingsID    INTEGER PRIMARY KEY,
    EnterpriseName         varchar(32) NOT NULL UNIQUE,
    WrapupDataIncomingMode int NOT NULL DEFAULT 1,
    WrapupDataOutgoingMode int NOT NULL DEFAULT 1,
    WorkModeTimer          int,
    Deleted                char(1) NOT NULL DEFAULT 'N',
    ChangeStamp            int NOT NULL DEFAULT 0
);

CREATE TABLE t_Person (
    PersonID               INTEGER PRIMARY KEY,
    FirstName              nvarchar(32) NOT NULL,
    LastName               nvarchar(32) NOT NULL,
    LoginName              varchar(255) NOT NULL,
    LoginNameShadow        varchar(255) NOT NULL,
    Password               varchar(255),
    PasswordChangeRequired smallint NOT NULL DEFAULT 0,
    LoginEnabled           char(1) NOT NULL DEFAULT 'Y',
    Description            varchar(255),
    Deleted                char(1) NOT NULL DEFAULT 'N',
    ChangeStamp            int NOT NULL DEFAULT 0,
    DepartmentID           int
);
CREATE INDEX XAK2Person ON t_Person (LoginNameShadow);

CREATE TABLE t_Agent (
    SkillTargetID       INTEGER PRIMARY KEY,
    PersonID            int NOT NULL REFERENCES t_Person (PersonID),
    AgentDeskSettingsID int,
    PeripheralID        smallint NOT NULL REFERENCES t_Peripheral (PeripheralID),
    EnterpriseName      varchar(32) NOT NULL,
    PeripheralNumber    varchar(32) NOT NULL,
    PeripheralName      varchar(32),
    Description         varchar(255),
    TemporaryAgent      char(1) NOT NULL DEFAULT 'N',
    SupervisorAgent     char(1) NOT NULL DEFAULT 'N',
    Deleted             char(1) NOT NULL DEFAULT 'N',
    ChangeStamp         int NOT NULL DEFAULT 0,
    DepartmentID        int
);
CREATE INDEX XAK2Agent ON t_Agent (PeripheralID, PeripheralNumber);
CREATE INDEX XIE1Agent ON t_Agent (PersonID);

CREATE TABLE t_Agent_Team (
    AgentTeamID                INTEGER PRIMARY KEY,
    EnterpriseName             nvarchar(32) NOT NULL,
    PeripheralID               smallint NOT NULL,
    Description                varchar(255),
    PriSupervisorSkillTargetID int,
    ChangeStamp                int NOT NULL DEFAULT 0
);

CREATE TABLE t_Agent_Team_Member (
    AgentTeamID   int NOT NULL,
    SkillTargetID int NOT NULL,
    PRIMARY KEY (AgentTeamID, SkillTargetID)
);
CREATE INDEX XIE1Agent_Team_Member ON t_Agent_Team_Member (SkillTargetID);

CREATE TABLE t_Agent_Team_Supervisor (
    AgentTeamID             int NOT NULL,
    SupervisorSkillTargetID int NOT NULL,
    PRIMARY KEY (AgentTeamID, SupervisorSkillTargetID)
);
CREATE INDEX XIE1Agent_Team_Supervisor ON t_Agent_Team_Supervisor (SupervisorSkillTargetID);

CREATE TABLE t_Skill_Group (
    SkillTargetID    INTEGER PRIMARY KEY,
    PrecisionQueueID int,
    PeripheralID     smallint NOT NULL,
    EnterpriseName   nvarchar(32) NOT NULL,
    PeripheralNumber int NOT NULL,
    PeripheralName   varchar(32) NOT NULL,
    Description      varchar(255),
    Deleted          char(1) NOT NULL DEFAULT 'N',
    MRDomainID       int NOT NULL,
    DefaultEntry     int NOT NULL DEFAULT 0,
    ChangeStamp      int NOT NULL DEFAULT 0
);

CREATE TABLE t_Controller_Time (NowTime datetime NOT NULL);

CREATE VIEW Peripheral            AS SELECT * FROM t_Peripheral;
CREATE VIEW Agent_Desk_Settings   AS SELECT * FROM t_Agent_Desk_Settings;
CREATE VIEW Person                AS SELECT * FROM t_Person;
CREATE VIEW Agent                 AS SELECT * FROM t_Agent;
CREATE VIEW Agent_Team            AS SELECT * FROM t_Agent_Team;
CREATE VIEW Agent_Team_Member     AS SELECT * FROM t_Agent_Team_Member;
CREATE VIEW Agent_Team_Supervisor AS SELECT * FROM t_Agent_Team_Supervisor;
CREATE VIEW Skill_Group           AS SELECT * FROM t_Skill_Group;
CREATE VIEW Controller_Time       AS SELECT * FROM t_Controller_Time;
