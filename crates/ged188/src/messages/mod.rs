// Made from spec/ged188.toml by `cargo run -p ged188 --example generate`. Do not edit.

//! Every message of the protocol with a published layout, by section of ged188.md.

mod session;
mod call_events;
mod agent_state;
mod call_control;
mod snapshots;
mod session_monitoring;
mod teams;
mod application;
mod configuration;
mod network_recording;
mod active_standby;
mod agent_services;
mod names;
mod tags;

pub use session::*;
pub use call_events::*;
pub use agent_state::*;
pub use call_control::*;
pub use snapshots::*;
pub use session_monitoring::*;
pub use teams::*;
pub use application::*;
pub use configuration::*;
pub use network_recording::*;
pub use active_standby::*;
pub use agent_services::*;
pub use names::kind_name;

/// One ECC variable that is a scalar.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NamedVariable {
    /// The name, at most 32 bytes.
    pub name: String,
    /// The value, at most 210 bytes.
    pub value: String,
}

/// One element of an ECC variable that is an array.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NamedArray {
    /// The position in the array, from 0.
    pub index: u8,
    /// The name, at most 32 bytes.
    pub name: String,
    /// The value, at most 210 bytes.
    pub value: String,
}

crate::message::messages! {
    /// FAILURE_CONF (1).
    FailureConf = 1 "FAILURE_CONF" since 0;
    /// FAILURE_EVENT (2).
    FailureEvent = 2 "FAILURE_EVENT" since 0;
    /// OPEN_REQ (3).
    OpenReq = 3 "OPEN_REQ" since 0;
    /// OPEN_CONF (4).
    OpenConf = 4 "OPEN_CONF" since 0;
    /// HEARTBEAT_REQ (5).
    HeartbeatReq = 5 "HEARTBEAT_REQ" since 0;
    /// HEARTBEAT_CONF (6).
    HeartbeatConf = 6 "HEARTBEAT_CONF" since 0;
    /// CLOSE_REQ (7).
    CloseReq = 7 "CLOSE_REQ" since 0;
    /// CLOSE_CONF (8).
    CloseConf = 8 "CLOSE_CONF" since 0;
    /// CALL_DELIVERED_EVENT (9).
    CallDeliveredEvent = 9 "CALL_DELIVERED_EVENT" since 0;
    /// CALL_ESTABLISHED_EVENT (10).
    CallEstablishedEvent = 10 "CALL_ESTABLISHED_EVENT" since 0;
    /// CALL_HELD_EVENT (11).
    CallHeldEvent = 11 "CALL_HELD_EVENT" since 0;
    /// CALL_RETRIEVED_EVENT (12).
    CallRetrievedEvent = 12 "CALL_RETRIEVED_EVENT" since 0;
    /// CALL_CLEARED_EVENT (13).
    CallClearedEvent = 13 "CALL_CLEARED_EVENT" since 0;
    /// CALL_CONNECTION_CLEARED_EVENT (14).
    CallConnectionClearedEvent = 14 "CALL_CONNECTION_CLEARED_EVENT" since 0;
    /// CALL_ORIGINATED_EVENT (15).
    CallOriginatedEvent = 15 "CALL_ORIGINATED_EVENT" since 0;
    /// CALL_FAILED_EVENT (16).
    CallFailedEvent = 16 "CALL_FAILED_EVENT" since 0;
    /// CALL_CONFERENCED_EVENT (17).
    CallConferencedEvent = 17 "CALL_CONFERENCED_EVENT" since 0;
    /// CALL_TRANSFERRED_EVENT (18).
    CallTransferredEvent = 18 "CALL_TRANSFERRED_EVENT" since 0;
    /// CALL_DIVERTED_EVENT (19).
    CallDivertedEvent = 19 "CALL_DIVERTED_EVENT" since 0;
    /// CALL_SERVICE_INITIATED_EVENT (20).
    CallServiceInitiatedEvent = 20 "CALL_SERVICE_INITIATED_EVENT" since 0;
    /// CALL_QUEUED_EVENT (21).
    CallQueuedEvent = 21 "CALL_QUEUED_EVENT" since 0;
    /// CALL_TRANSLATION_ROUTE_EVENT (22).
    CallTranslationRouteEvent = 22 "CALL_TRANSLATION_ROUTE_EVENT" since 0;
    /// BEGIN_CALL_EVENT (23).
    BeginCallEvent = 23 "BEGIN_CALL_EVENT" since 0;
    /// END_CALL_EVENT (24).
    EndCallEvent = 24 "END_CALL_EVENT" since 0;
    /// CALL_DATA_UPDATE_EVENT (25).
    CallDataUpdateEvent = 25 "CALL_DATA_UPDATE_EVENT" since 0;
    /// SET_CALL_DATA_REQ (26).
    SetCallDataReq = 26 "SET_CALL_DATA_REQ" since 0;
    /// SET_CALL_DATA_CONF (27).
    SetCallDataConf = 27 "SET_CALL_DATA_CONF" since 0;
    /// RELEASE_CALL_REQ (28).
    ReleaseCallReq = 28 "RELEASE_CALL_REQ" since 0;
    /// RELEASE_CALL_CONF (29).
    ReleaseCallConf = 29 "RELEASE_CALL_CONF" since 0;
    /// AGENT_STATE_EVENT (30).
    AgentStateEvent = 30 "AGENT_STATE_EVENT" since 0;
    /// SYSTEM_EVENT (31).
    SystemEvent = 31 "SYSTEM_EVENT" since 0;
    /// CLIENT_EVENT_REPORT_REQ (32).
    ClientEventReportReq = 32 "CLIENT_EVENT_REPORT_REQ" since 0;
    /// CLIENT_EVENT_REPORT_CONF (33).
    ClientEventReportConf = 33 "CLIENT_EVENT_REPORT_CONF" since 0;
    /// CALL_REACHED_NETWORK_EVENT (34).
    CallReachedNetworkEvent = 34 "CALL_REACHED_NETWORK_EVENT" since 0;
    /// CONTROL_FAILURE_CONF (35).
    ControlFailureConf = 35 "CONTROL_FAILURE_CONF" since 0;
    /// QUERY_AGENT_STATE_REQ (36).
    QueryAgentStateReq = 36 "QUERY_AGENT_STATE_REQ" since 0;
    /// QUERY_AGENT_STATE_CONF (37).
    QueryAgentStateConf = 37 "QUERY_AGENT_STATE_CONF" since 0;
    /// SET_AGENT_STATE_REQ (38).
    SetAgentStateReq = 38 "SET_AGENT_STATE_REQ" since 0;
    /// SET_AGENT_STATE_CONF (39).
    SetAgentStateConf = 39 "SET_AGENT_STATE_CONF" since 0;
    /// ALTERNATE_CALL_REQ (40).
    AlternateCallReq = 40 "ALTERNATE_CALL_REQ" since 0;
    /// ALTERNATE_CALL_CONF (41).
    AlternateCallConf = 41 "ALTERNATE_CALL_CONF" since 0;
    /// ANSWER_CALL_REQ (42).
    AnswerCallReq = 42 "ANSWER_CALL_REQ" since 0;
    /// ANSWER_CALL_CONF (43).
    AnswerCallConf = 43 "ANSWER_CALL_CONF" since 0;
    /// CLEAR_CALL_REQ (44).
    ClearCallReq = 44 "CLEAR_CALL_REQ" since 0;
    /// CLEAR_CALL_CONF (45).
    ClearCallConf = 45 "CLEAR_CALL_CONF" since 0;
    /// CLEAR_CONNECTION_REQ (46).
    ClearConnectionReq = 46 "CLEAR_CONNECTION_REQ" since 0;
    /// CLEAR_CONNECTION_CONF (47).
    ClearConnectionConf = 47 "CLEAR_CONNECTION_CONF" since 0;
    /// CONFERENCE_CALL_REQ (48).
    ConferenceCallReq = 48 "CONFERENCE_CALL_REQ" since 0;
    /// CONFERENCE_CALL_CONF (49).
    ConferenceCallConf = 49 "CONFERENCE_CALL_CONF" since 0;
    /// CONSULTATION_CALL_REQ (50).
    ConsultationCallReq = 50 "CONSULTATION_CALL_REQ" since 0;
    /// CONSULTATION_CALL_CONF (51).
    ConsultationCallConf = 51 "CONSULTATION_CALL_CONF" since 0;
    /// DEFLECT_CALL_REQ (52).
    DeflectCallReq = 52 "DEFLECT_CALL_REQ" since 0;
    /// DEFLECT_CALL_CONF (53).
    DeflectCallConf = 53 "DEFLECT_CALL_CONF" since 0;
    /// HOLD_CALL_REQ (54).
    HoldCallReq = 54 "HOLD_CALL_REQ" since 0;
    /// HOLD_CALL_CONF (55).
    HoldCallConf = 55 "HOLD_CALL_CONF" since 0;
    /// MAKE_CALL_REQ (56).
    MakeCallReq = 56 "MAKE_CALL_REQ" since 0;
    /// MAKE_CALL_CONF (57).
    MakeCallConf = 57 "MAKE_CALL_CONF" since 0;
    /// MAKE_PREDICTIVE_CALL_REQ (58).
    MakePredictiveCallReq = 58 "MAKE_PREDICTIVE_CALL_REQ" since 0;
    /// MAKE_PREDICTIVE_CALL_CONF (59).
    MakePredictiveCallConf = 59 "MAKE_PREDICTIVE_CALL_CONF" since 0;
    /// RECONNECT_CALL_REQ (60).
    ReconnectCallReq = 60 "RECONNECT_CALL_REQ" since 0;
    /// RECONNECT_CALL_CONF (61).
    ReconnectCallConf = 61 "RECONNECT_CALL_CONF" since 0;
    /// RETRIEVE_CALL_REQ (62).
    RetrieveCallReq = 62 "RETRIEVE_CALL_REQ" since 0;
    /// RETRIEVE_CALL_CONF (63).
    RetrieveCallConf = 63 "RETRIEVE_CALL_CONF" since 0;
    /// TRANSFER_CALL_REQ (64).
    TransferCallReq = 64 "TRANSFER_CALL_REQ" since 0;
    /// TRANSFER_CALL_CONF (65).
    TransferCallConf = 65 "TRANSFER_CALL_CONF" since 0;
    /// QUERY_DEVICE_INFO_REQ (78).
    QueryDeviceInfoReq = 78 "QUERY_DEVICE_INFO_REQ" since 0;
    /// QUERY_DEVICE_INFO_CONF (79).
    QueryDeviceInfoConf = 79 "QUERY_DEVICE_INFO_CONF" since 0;
    /// SNAPSHOT_CALL_REQ (82).
    SnapshotCallReq = 82 "SNAPSHOT_CALL_REQ" since 0;
    /// SNAPSHOT_CALL_CONF (83).
    SnapshotCallConf = 83 "SNAPSHOT_CALL_CONF" since 0;
    /// SNAPSHOT_DEVICE_REQ (84).
    SnapshotDeviceReq = 84 "SNAPSHOT_DEVICE_REQ" since 0;
    /// SNAPSHOT_DEVICE_CONF (85).
    SnapshotDeviceConf = 85 "SNAPSHOT_DEVICE_CONF" since 0;
    /// CALL_DEQUEUED_EVENT (86).
    CallDequeuedEvent = 86 "CALL_DEQUEUED_EVENT" since 0;
    /// SEND_DTMF_SIGNAL_REQ (91).
    SendDtmfSignalReq = 91 "SEND_DTMF_SIGNAL_REQ" since 0;
    /// SEND_DTMF_SIGNAL_CONF (92).
    SendDtmfSignalConf = 92 "SEND_DTMF_SIGNAL_CONF" since 0;
    /// MONITOR_START_REQ (93).
    MonitorStartReq = 93 "MONITOR_START_REQ" since 0;
    /// MONITOR_START_CONF (94).
    MonitorStartConf = 94 "MONITOR_START_CONF" since 0;
    /// MONITOR_STOP_REQ (95).
    MonitorStopReq = 95 "MONITOR_STOP_REQ" since 0;
    /// MONITOR_STOP_CONF (96).
    MonitorStopConf = 96 "MONITOR_STOP_CONF" since 0;
    /// CHANGE_MONITOR_MASK_REQ (97).
    ChangeMonitorMaskReq = 97 "CHANGE_MONITOR_MASK_REQ" since 0;
    /// CHANGE_MONITOR_MASK_CONF (98).
    ChangeMonitorMaskConf = 98 "CHANGE_MONITOR_MASK_CONF" since 0;
    /// CLIENT_SESSION_OPENED_EVENT (99).
    ClientSessionOpenedEvent = 99 "CLIENT_SESSION_OPENED_EVENT" since 0;
    /// CLIENT_SESSION_CLOSED_EVENT (100).
    ClientSessionClosedEvent = 100 "CLIENT_SESSION_CLOSED_EVENT" since 0;
    /// SESSION_MONITOR_START_REQ (101).
    SessionMonitorStartReq = 101 "SESSION_MONITOR_START_REQ" since 0;
    /// SESSION_MONITOR_START_CONF (102).
    SessionMonitorStartConf = 102 "SESSION_MONITOR_START_CONF" since 0;
    /// SESSION_MONITOR_STOP_REQ (103).
    SessionMonitorStopReq = 103 "SESSION_MONITOR_STOP_REQ" since 0;
    /// SESSION_MONITOR_STOP_CONF (104).
    SessionMonitorStopConf = 104 "SESSION_MONITOR_STOP_CONF" since 0;
    /// AGENT_PRE_CALL_EVENT (105).
    AgentPreCallEvent = 105 "AGENT_PRE_CALL_EVENT" since 0;
    /// AGENT_PRE_CALL_ABORT_EVENT (106).
    AgentPreCallAbortEvent = 106 "AGENT_PRE_CALL_ABORT_EVENT" since 0;
    /// USER_MESSAGE_REQ (107).
    UserMessageReq = 107 "USER_MESSAGE_REQ" since 0;
    /// USER_MESSAGE_CONF (108).
    UserMessageConf = 108 "USER_MESSAGE_CONF" since 0;
    /// USER_MESSAGE_EVENT (109).
    UserMessageEvent = 109 "USER_MESSAGE_EVENT" since 0;
    /// REGISTER_VARIABLES_REQ (110).
    RegisterVariablesReq = 110 "REGISTER_VARIABLES_REQ" since 0;
    /// REGISTER_VARIABLES_CONF (111).
    RegisterVariablesConf = 111 "REGISTER_VARIABLES_CONF" since 0;
    /// QUERY_AGENT_STATISTICS_REQ (112).
    QueryAgentStatisticsReq = 112 "QUERY_AGENT_STATISTICS_REQ" since 0;
    /// QUERY_AGENT_STATISTICS_CONF (113).
    QueryAgentStatisticsConf = 113 "QUERY_AGENT_STATISTICS_CONF" since 0;
    /// QUERY_SKILL_GROUP_STATISTICS_REQ (114).
    QuerySkillGroupStatisticsReq = 114 "QUERY_SKILL_GROUP_STATISTICS_REQ" since 0;
    /// QUERY_SKILL_GROUP_STATISTICS_CONF (115).
    QuerySkillGroupStatisticsConf = 115 "QUERY_SKILL_GROUP_STATISTICS_CONF" since 0;
    /// RTP_STARTED_EVENT (116).
    RtpStartedEvent = 116 "RTP_STARTED_EVENT" since 0;
    /// RTP_STOPPED_EVENT (117).
    RtpStoppedEvent = 117 "RTP_STOPPED_EVENT" since 0;
    /// SUPERVISOR_ASSIST_REQ (118).
    SupervisorAssistReq = 118 "SUPERVISOR_ASSIST_REQ" since 0;
    /// SUPERVISOR_ASSIST_CONF (119).
    SupervisorAssistConf = 119 "SUPERVISOR_ASSIST_CONF" since 0;
    /// SUPERVISOR_ASSIST_EVENT (120).
    SupervisorAssistEvent = 120 "SUPERVISOR_ASSIST_EVENT" since 0;
    /// EMERGENCY_CALL_REQ (121).
    EmergencyCallReq = 121 "EMERGENCY_CALL_REQ" since 0;
    /// EMERGENCY_CALL_CONF (122).
    EmergencyCallConf = 122 "EMERGENCY_CALL_CONF" since 0;
    /// EMERGENCY_CALL_EVENT (123).
    EmergencyCallEvent = 123 "EMERGENCY_CALL_EVENT" since 0;
    /// SUPERVISE_CALL_REQ (124).
    SuperviseCallReq = 124 "SUPERVISE_CALL_REQ" since 0;
    /// SUPERVISE_CALL_CONF (125).
    SuperviseCallConf = 125 "SUPERVISE_CALL_CONF" since 0;
    /// AGENT_TEAM_CONFIG_EVENT (128).
    AgentTeamConfigEvent = 128 "AGENT_TEAM_CONFIG_EVENT" since 0;
    /// SET_APP_DATA_REQ (129).
    SetAppDataReq = 129 "SET_APP_DATA_REQ" since 0;
    /// SET_APP_DATA_CONF (130).
    SetAppDataConf = 130 "SET_APP_DATA_CONF" since 0;
    /// AGENT_DESK_SETTINGS_REQ (131).
    AgentDeskSettingsReq = 131 "AGENT_DESK_SETTINGS_REQ" since 0;
    /// AGENT_DESK_SETTINGS_CONF (132).
    AgentDeskSettingsConf = 132 "AGENT_DESK_SETTINGS_CONF" since 0;
    /// LIST_AGENT_TEAM_REQ (133).
    ListAgentTeamReq = 133 "LIST_AGENT_TEAM_REQ" since 0;
    /// LIST_AGENT_TEAM_CONF (134).
    ListAgentTeamConf = 134 "LIST_AGENT_TEAM_CONF" since 0;
    /// MONITOR_AGENT_TEAM_START_REQ (135).
    MonitorAgentTeamStartReq = 135 "MONITOR_AGENT_TEAM_START_REQ" since 0;
    /// MONITOR_AGENT_TEAM_START_CONF (136).
    MonitorAgentTeamStartConf = 136 "MONITOR_AGENT_TEAM_START_CONF" since 0;
    /// MONITOR_AGENT_TEAM_STOP_REQ (137).
    MonitorAgentTeamStopReq = 137 "MONITOR_AGENT_TEAM_STOP_REQ" since 0;
    /// MONITOR_AGENT_TEAM_STOP_CONF (138).
    MonitorAgentTeamStopConf = 138 "MONITOR_AGENT_TEAM_STOP_CONF" since 0;
    /// BAD_CALL_REQ (139).
    BadCallReq = 139 "BAD_CALL_REQ" since 0;
    /// BAD_CALL_CONF (140).
    BadCallConf = 140 "BAD_CALL_CONF" since 0;
    /// SET_DEVICE_ATTRIBUTES_REQ (141).
    SetDeviceAttributesReq = 141 "SET_DEVICE_ATTRIBUTES_REQ" since 0;
    /// SET_DEVICE_ATTRIBUTES_CONF (142).
    SetDeviceAttributesConf = 142 "SET_DEVICE_ATTRIBUTES_CONF" since 0;
    /// REGISTER_SERVICE_REQ (143).
    RegisterServiceReq = 143 "REGISTER_SERVICE_REQ" since 0;
    /// REGISTER_SERVICE_CONF (144).
    RegisterServiceConf = 144 "REGISTER_SERVICE_CONF" since 0;
    /// UNREGISTER_SERVICE_REQ (145).
    UnregisterServiceReq = 145 "UNREGISTER_SERVICE_REQ" since 0;
    /// UNREGISTER_SERVICE_CONF (146).
    UnregisterServiceConf = 146 "UNREGISTER_SERVICE_CONF" since 0;
    /// START_RECORDING_REQ (147).
    StartRecordingReq = 147 "START_RECORDING_REQ" since 0;
    /// START_RECORDING_CONF (148).
    StartRecordingConf = 148 "START_RECORDING_CONF" since 0;
    /// STOP_RECORDING_REQ (149).
    StopRecordingReq = 149 "STOP_RECORDING_REQ" since 0;
    /// STOP_RECORDING_CONF (150).
    StopRecordingConf = 150 "STOP_RECORDING_CONF" since 0;
    /// CONFIG_REQUEST_KEY_EVENT (230).
    ConfigRequestKeyEvent = 230 "CONFIG_REQUEST_KEY_EVENT" since 0;
    /// CONFIG_KEY_EVENT (231).
    ConfigKeyEvent = 231 "CONFIG_KEY_EVENT" since 0;
    /// CONFIG_REQUEST_EVENT (232).
    ConfigRequestEvent = 232 "CONFIG_REQUEST_EVENT" since 0;
    /// CONFIG_BEGIN_EVENT (233).
    ConfigBeginEvent = 233 "CONFIG_BEGIN_EVENT" since 0;
    /// CONFIG_END_EVENT (234).
    ConfigEndEvent = 234 "CONFIG_END_EVENT" since 0;
    /// CONFIG_SERVICE_EVENT (235).
    ConfigServiceEvent = 235 "CONFIG_SERVICE_EVENT" since 0;
    /// CONFIG_SKILL_GROUP_EVENT (236).
    ConfigSkillGroupEvent = 236 "CONFIG_SKILL_GROUP_EVENT" since 0;
    /// CONFIG_AGENT_EVENT (237).
    ConfigAgentEvent = 237 "CONFIG_AGENT_EVENT" since 0;
    /// CONFIG_DEVICE_EVENT (238).
    ConfigDeviceEvent = 238 "CONFIG_DEVICE_EVENT" since 0;
    /// TEAM_CONFIG_REQ (242).
    TeamConfigReq = 242 "TEAM_CONFIG_REQ" since 0;
    /// TEAM_CONFIG_EVENT (243).
    TeamConfigEvent = 243 "TEAM_CONFIG_EVENT" since 0;
    /// TEAM_CONFIG_CONF (244).
    TeamConfigConf = 244 "TEAM_CONFIG_CONF" since 0;
    /// CONFIG_CALL_TYPE_EVENT (245).
    ConfigCallTypeEvent = 245 "CONFIG_CALL_TYPE_EVENT" since 0;
    /// CALL_AGENT_GREETING_EVENT (248).
    CallAgentGreetingEvent = 248 "CALL_AGENT_GREETING_EVENT" since 15;
    /// AGENT_GREETING_CONTROL_REQ (249).
    AgentGreetingControlReq = 249 "AGENT_GREETING_CONTROL_REQ" since 15;
    /// AGENT_GREETING_CONTROL_CONF (250).
    AgentGreetingControlConf = 250 "AGENT_GREETING_CONTROL_CONF" since 15;
    /// CONFIG_MRD_EVENT (254).
    ConfigMrdEvent = 254 "CONFIG_MRD_EVENT" since 20;
    /// CONFIG_PERIPHERAL_EVENT (260).
    ConfigPeripheralEvent = 260 "CONFIG_PERIPHERAL_EVENT" since 22;
    /// CONFIG_AGENT_DESK_SETTINGS_EVENT (261).
    ConfigAgentDeskSettingsEvent = 261 "CONFIG_AGENT_DESK_SETTINGS_EVENT" since 22;
    /// START_NETWORK_RECORDING_REQ (268).
    StartNetworkRecordingReq = 268 "START_NETWORK_RECORDING_REQ" since 23;
    /// START_NETWORK_RECORDING_CONF (269).
    StartNetworkRecordingConf = 269 "START_NETWORK_RECORDING_CONF" since 23;
    /// STOP_NETWORK_RECORDING_REQ (270).
    StopNetworkRecordingReq = 270 "STOP_NETWORK_RECORDING_REQ" since 23;
    /// STOP_NETWORK_RECORDING_CONF (271).
    StopNetworkRecordingConf = 271 "STOP_NETWORK_RECORDING_CONF" since 23;
    /// NETWORK_RECORDING_STARTED_EVENT (272).
    NetworkRecordingStartedEvent = 272 "NETWORK_RECORDING_STARTED_EVENT" since 23;
    /// NETWORK_RECORDING_ENDED_EVENT (273).
    NetworkRecordingEndedEvent = 273 "NETWORK_RECORDING_ENDED_EVENT" since 23;
    /// NETWORK_RECORDING_FAILED_EVENT (274).
    NetworkRecordingFailedEvent = 274 "NETWORK_RECORDING_FAILED_EVENT" since 23;
    /// NETWORK_RECORDING_TARGET_INFO_EVENT (275).
    NetworkRecordingTargetInfoEvent = 275 "NETWORK_RECORDING_TARGET_INFO_EVENT" since 23;
    /// CONFIG_TERMINAL_EVENT (276).
    ConfigTerminalEvent = 276 "CONFIG_TERMINAL_EVENT" since 24;
    /// STANDBY_ACTIVE_EVENT (277).
    StandbyActiveEvent = 277 "STANDBY_ACTIVE_EVENT" since 24;
    /// ACTIVE_MAINTENANCE_REQ (278).
    ActiveMaintenanceReq = 278 "ACTIVE_MAINTENANCE_REQ" since 24;
    /// ACTIVE_MAINTENANCE_RESP (279).
    ActiveMaintenanceResp = 279 "ACTIVE_MAINTENANCE_RESP" since 24;
    /// ACTIVE_MAINTENANCE_EVENT (280).
    ActiveMaintenanceEvent = 280 "ACTIVE_MAINTENANCE_EVENT" since 24;
    /// STOPPING_REQUESTS_TO_THIS_SIDE_IND (281).
    StoppingRequestsToThisSideInd = 281 "STOPPING_REQUESTS_TO_THIS_SIDE_IND" since 24;
    /// CONFIG_AGENT_SERVICE_EVENT (282).
    ConfigAgentServiceEvent = 282 "CONFIG_AGENT_SERVICE_EVENT" since 24;
    /// SET_AGENT_SERVICE_DATA_REQ (283).
    SetAgentServiceDataReq = 283 "SET_AGENT_SERVICE_DATA_REQ" since 24;
    /// SET_AGENT_SERVICE_DATA_CONF (284).
    SetAgentServiceDataConf = 284 "SET_AGENT_SERVICE_DATA_CONF" since 24;
}
