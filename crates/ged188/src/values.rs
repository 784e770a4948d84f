// Made from spec/ged188.toml by `cargo run -p ged188 --example generate`. Do not edit.

//! The enumerations and masks of the protocol: newtypes that keep numbers and bits they do not know.

use crate::number::{enumeration, mask};

enumeration! {
    /// AgentState. AVAILABLE is what a desktop shows as Ready. Values 11-14 belong to non-voice media. SET_AGENT_STATE_REQ uses 0 login, 1 logout, 2, 3, 5, 6.
    AgentState: u16 {
        /// Login.
        LOGIN = 0,
        /// Logout.
        LOGOUT = 1,
        /// Not ready.
        NOT_READY = 2,
        /// Available.
        AVAILABLE = 3,
        /// Talking.
        TALKING = 4,
        /// Work not ready.
        WORK_NOT_READY = 5,
        /// Work ready.
        WORK_READY = 6,
        /// Busy other.
        BUSY_OTHER = 7,
        /// Reserved.
        RESERVED = 8,
        /// Unknown.
        UNKNOWN = 9,
        /// Hold.
        HOLD = 10,
        /// Active.
        ACTIVE = 11,
        /// Paused.
        PAUSED = 12,
        /// Interrupted.
        INTERRUPTED = 13,
        /// Not active.
        NOT_ACTIVE = 14,
    }
}

enumeration! {
    /// InternalAgentState.
    InternalAgentState: u16 {
        /// Login.
        LOGIN = 0,
        /// Logout.
        LOGOUT = 1,
        /// Not ready.
        NOT_READY = 2,
        /// Available.
        AVAILABLE = 3,
        /// Talking.
        TALKING = 4,
        /// Work not ready.
        WORK_NOT_READY = 5,
        /// Work ready.
        WORK_READY = 6,
        /// Busy other.
        BUSY_OTHER = 7,
        /// Active.
        ACTIVE = 11,
    }
}

enumeration! {
    /// AgentWorkMode.
    AgentWorkMode: u16 {
        /// Unspecified.
        UNSPECIFIED = 0,
        /// Auto in.
        AUTO_IN = 1,
        /// Manual in.
        MANUAL_IN = 2,
        /// Ra call by call.
        RA_CALL_BY_CALL = 3,
        /// Ra nailed connection.
        RA_NAILED_CONNECTION = 4,
    }
}

enumeration! {
    /// ForcedFlag.
    ForcedFlag: u8 {
        /// False.
        FALSE = 0,
        /// True: force the change whatever the state, ignoring reason-code and wrap-up rules.
        TRUE = 1,
        /// Authentication only: check the agent's credentials, change nothing.
        AUTHENTICATION_ONLY = 2,
    }
}

mask! {
    /// AgentServiceReq.
    AgentServiceReq: u32 {
        /// Outbound support: the agent's desktop supports outbound option.
        OUTBOUND_SUPPORT = 0x1,
    }
}

enumeration! {
    /// AgentAvailabilityStatus.
    AgentAvailabilityStatus: u32 {
        /// Not available.
        NOT_AVAILABLE = 0,
        /// Icm available.
        ICM_AVAILABLE = 1,
        /// Application available.
        APPLICATION_AVAILABLE = 2,
    }
}

enumeration! {
    /// CallDirection.
    CallDirection: u32 {
        /// None.
        NONE = 0,
        /// In.
        IN = 1,
        /// Out.
        OUT = 2,
        /// Other in.
        OTHER_IN = 3,
        /// Other out.
        OTHER_OUT = 4,
        /// Outbound reserve.
        OUTBOUND_RESERVE = 5,
        /// Outbound preview.
        OUTBOUND_PREVIEW = 6,
        /// Outbound predictive.
        OUTBOUND_PREDICTIVE = 7,
    }
}

enumeration! {
    /// SupervisoryAction. CLEAR ends an assist or monitor; UCCE implements barge-in and intercept (whisper depends on the ACD).
    SupervisoryAction: u16 {
        /// Clear.
        CLEAR = 0,
        /// Monitor.
        MONITOR = 1,
        /// Whisper.
        WHISPER = 2,
        /// Barge in.
        BARGE_IN = 3,
        /// Intercept.
        INTERCEPT = 4,
    }
}

mask! {
    /// AgentFlags.
    AgentFlags: u16 {
        /// Primary supervisor.
        PRIMARY_SUPERVISOR = 0x1,
        /// Temporary agent.
        TEMPORARY_AGENT = 0x2,
        /// Supervisor.
        SUPERVISOR = 0x4,
    }
}

enumeration! {
    /// TeamConfigOperation.
    TeamConfigOperation: u16 {
        /// Restore permanent: full list of the team.
        RESTORE_PERMANENT = 0,
        /// Add agent.
        ADD_AGENT = 1,
        /// Remove agent.
        REMOVE_AGENT = 2,
    }
}

enumeration! {
    /// Distribution.
    Distribution: u16 {
        /// Client.
        CLIENT = 0,
        /// Supervisor.
        SUPERVISOR = 1,
        /// Team.
        TEAM = 2,
        /// All.
        ALL = 3,
    }
}

enumeration! {
    /// MultilineAgentControl.
    MultilineAgentControl: u16 {
        /// Single line.
        SINGLE_LINE = 0,
        /// Multi line.
        MULTI_LINE = 1,
    }
}

enumeration! {
    /// SessionType. v24.
    SessionType: u16 {
        /// Unknown.
        UNKNOWN = 0,
        /// Active.
        ACTIVE = 1,
        /// Standby.
        STANDBY = 2,
    }
}

enumeration! {
    /// ClientEventReportState.
    ClientEventReportState: u16 {
        /// Normal.
        NORMAL = 0,
        /// Warning.
        WARNING = 1,
        /// Error.
        ERROR = 2,
    }
}

enumeration! {
    /// WrapupDataMode.
    WrapupDataMode: u32 {
        /// Required.
        REQUIRED = 0,
        /// Optional.
        OPTIONAL = 1,
        /// Not allowed.
        NOT_ALLOWED = 2,
        /// Required with data.
        REQUIRED_WITH_DATA = 3,
    }
}

mask! {
    /// DeskSettingsMask.
    DeskSettingsMask: u32 {
        /// Avail after incoming.
        AVAIL_AFTER_INCOMING = 0x1,
        /// Avail after outgoing.
        AVAIL_AFTER_OUTGOING = 0x2,
        /// Auto answer enabled.
        AUTO_ANSWER_ENABLED = 0x4,
        /// Idle reason required.
        IDLE_REASON_REQUIRED = 0x8,
        /// Logout reason required.
        LOGOUT_REASON_REQUIRED = 0x10,
        /// Supervisor calls allowed.
        SUPERVISOR_CALLS_ALLOWED = 0x20,
        /// Agent to agent calls allowed.
        AGENT_TO_AGENT_CALLS_ALLOWED = 0x40,
        /// Outbound access international.
        OUTBOUND_ACCESS_INTERNATIONAL = 0x80,
        /// Outbound access public net.
        OUTBOUND_ACCESS_PUBLIC_NET = 0x100,
        /// Outbound access private net.
        OUTBOUND_ACCESS_PRIVATE_NET = 0x200,
        /// Outbound access operator assisted.
        OUTBOUND_ACCESS_OPERATOR_ASSISTED = 0x400,
        /// Outbound access pbx.
        OUTBOUND_ACCESS_PBX = 0x800,
        /// Non acd calls allowed.
        NON_ACD_CALLS_ALLOWED = 0x1000,
        /// Agent can select group.
        AGENT_CAN_SELECT_GROUP = 0x2000,
    }
}

enumeration! {
    /// AgentGreetingAction.
    AgentGreetingAction: u16 {
        /// Stop.
        STOP = 0,
        /// Disable.
        DISABLE = 1,
        /// Enable.
        ENABLE = 2,
    }
}

enumeration! {
    /// GreetingEventCode.
    GreetingEventCode: u16 {
        /// Started.
        STARTED = 0,
        /// Ended.
        ENDED = 1,
        /// Failed.
        FAILED = 2,
    }
}

enumeration! {
    /// LocalConnectionState.
    LocalConnectionState: u16 {
        /// None.
        NONE = 65535,
        /// Null.
        NULL = 0,
        /// Initiate.
        INITIATE = 1,
        /// Alerting.
        ALERTING = 2,
        /// Connect.
        CONNECT = 3,
        /// Hold.
        HOLD = 4,
        /// Queued.
        QUEUED = 5,
        /// Fail.
        FAIL = 6,
    }
}

enumeration! {
    /// ConnectionDeviceIDType.
    ConnectionDeviceIdType: u16 {
        /// None.
        NONE = 65535,
        /// Static.
        STATIC = 0,
        /// Dynamic.
        DYNAMIC = 1,
    }
}

enumeration! {
    /// DeviceIDType.
    DeviceIdType: u16 {
        /// None.
        NONE = 65535,
        /// Device identifier: subscriber number.
        DEVICE_IDENTIFIER = 0,
        /// Trunk identifier.
        TRUNK_IDENTIFIER = 70,
        /// Trunk group identifier.
        TRUNK_GROUP_IDENTIFIER = 71,
        /// Ip phone mac identifier.
        IP_PHONE_MAC_IDENTIFIER = 72,
        /// Cti port.
        CTI_PORT = 73,
        /// Route point.
        ROUTE_POINT = 74,
        /// External.
        EXTERNAL = 75,
        /// Agent device.
        AGENT_DEVICE = 76,
        /// Queue.
        QUEUE = 77,
        /// Non acd device identifier, from version 14.
        NON_ACD_DEVICE_IDENTIFIER = 78,
        /// Shared device identifier, from version 14.
        SHARED_DEVICE_IDENTIFIER = 79,
    }
}

enumeration! {
    /// LineType.
    LineType: u16 {
        /// Inbound acd.
        INBOUND_ACD = 0,
        /// Outbound acd.
        OUTBOUND_ACD = 1,
        /// Inside.
        INSIDE = 2,
        /// Unknown.
        UNKNOWN = 3,
        /// Supervisor.
        SUPERVISOR = 4,
        /// Message.
        MESSAGE = 5,
        /// Help.
        HELP = 6,
        /// Outbound.
        OUTBOUND = 7,
        /// Did.
        DID = 8,
        /// Silent monitor.
        SILENT_MONITOR = 9,
        /// Non acd in, from version 14.
        NON_ACD_IN = 10,
        /// Non acd out, from version 14.
        NON_ACD_OUT = 11,
    }
}

enumeration! {
    /// PeripheralType. UCCE agent PG = 17 ENTERPRISE_AGENT. VRU PG = 8. 1, 16 and 23 appear in one implementation only.
    PeripheralType: u16 {
        /// None.
        NONE = 65535,
        /// Aspect.
        ASPECT = 1,
        /// Meridian.
        MERIDIAN = 2,
        /// G2.
        G2 = 3,
        /// Definity ecs non eas.
        DEFINITY_ECS_NON_EAS = 4,
        /// Definity ecs eas.
        DEFINITY_ECS_EAS = 5,
        /// Galaxy.
        GALAXY = 6,
        /// Spectrum.
        SPECTRUM = 7,
        /// Vru.
        VRU = 8,
        /// Vru polled.
        VRU_POLLED = 9,
        /// Dms100.
        DMS100 = 10,
        /// Siemens 9006.
        SIEMENS_9006 = 11,
        /// Siemens 9005.
        SIEMENS_9005 = 12,
        /// Alcatel.
        ALCATEL = 13,
        /// Nec neax 2x00.
        NEC_NEAX_2X00 = 14,
        /// Acp 1000.
        ACP_1000 = 15,
        /// Symposium.
        SYMPOSIUM = 16,
        /// Enterprise agent.
        ENTERPRISE_AGENT = 17,
        /// Md110.
        MD110 = 18,
        /// Media routing.
        MEDIA_ROUTING = 19,
        /// Generic.
        GENERIC = 20,
        /// Acmi crs.
        ACMI_CRS = 21,
        /// Acmi ipcc.
        ACMI_IPCC = 22,
        /// Simplified ipcc.
        SIMPLIFIED_IPCC = 23,
        /// Ars.
        ARS = 24,
        /// Acmi ers.
        ACMI_ERS = 25,
        /// Acmi expert advisor.
        ACMI_EXPERT_ADVISOR = 26,
        /// Reserved 27.
        RESERVED_27 = 27,
    }
}

enumeration! {
    /// CallType. The v14 text also lists NON_ACD as 27; 38 is the value in later guides.
    CallType: u16 {
        /// Null calltype.
        NULL_CALLTYPE = 65535,
        /// Acd in.
        ACD_IN = 1,
        /// Preroute acd in.
        PREROUTE_ACD_IN = 2,
        /// Preroute direct agent.
        PREROUTE_DIRECT_AGENT = 3,
        /// Transfer in.
        TRANSFER_IN = 4,
        /// Overflow in.
        OVERFLOW_IN = 5,
        /// Other in.
        OTHER_IN = 6,
        /// Auto out.
        AUTO_OUT = 7,
        /// Agent out.
        AGENT_OUT = 8,
        /// Out.
        OUT = 9,
        /// Agent inside.
        AGENT_INSIDE = 10,
        /// Offered.
        OFFERED = 11,
        /// Consult.
        CONSULT = 12,
        /// Consult offered.
        CONSULT_OFFERED = 13,
        /// Consult conference.
        CONSULT_CONFERENCE = 14,
        /// Conference.
        CONFERENCE = 15,
        /// Unmonitored.
        UNMONITORED = 16,
        /// Preview.
        PREVIEW = 17,
        /// Reservation.
        RESERVATION = 18,
        /// Assist.
        ASSIST = 19,
        /// Emergency.
        EMERGENCY = 20,
        /// Supervisor monitor.
        SUPERVISOR_MONITOR = 21,
        /// Supervisor whisper.
        SUPERVISOR_WHISPER = 22,
        /// Supervisor bargein.
        SUPERVISOR_BARGEIN = 23,
        /// Supervisor intercept.
        SUPERVISOR_INTERCEPT = 24,
        /// Task routed by icm.
        TASK_ROUTED_BY_ICM = 25,
        /// Task routed by application.
        TASK_ROUTED_BY_APPLICATION = 26,
        /// Reservation preview, from version 19.
        RESERVATION_PREVIEW = 27,
        /// Reservation preview direct, from version 19.
        RESERVATION_PREVIEW_DIRECT = 28,
        /// Reservation predictive, from version 19.
        RESERVATION_PREDICTIVE = 29,
        /// Reservation callback, from version 19.
        RESERVATION_CALLBACK = 30,
        /// Reservation personal callback, from version 19.
        RESERVATION_PERSONAL_CALLBACK = 31,
        /// Customer preview, from version 19.
        CUSTOMER_PREVIEW = 32,
        /// Customer preview direct, from version 19.
        CUSTOMER_PREVIEW_DIRECT = 33,
        /// Customer predictive, from version 19.
        CUSTOMER_PREDICTIVE = 34,
        /// Customer callback, from version 19.
        CUSTOMER_CALLBACK = 35,
        /// Customer personal, from version 19.
        CUSTOMER_PERSONAL = 36,
        /// Customer ivr, from version 19.
        CUSTOMER_IVR = 37,
        /// Non acd, from version 14.
        NON_ACD = 38,
        /// Play agent greeting, from version 15.
        PLAY_AGENT_GREETING = 39,
        /// Record agent greeting, from version 15.
        RECORD_AGENT_GREETING = 40,
        /// Voice call back.
        VOICE_CALL_BACK = 41,
    }
}

enumeration! {
    /// EventCause. 53-62 are missing from the v14-16 tables and come from the v25 guide. 1001-1057 mirror disposition codes 1-57.
    EventCause: u16 {
        /// None.
        NONE = 65535,
        /// Active monitor.
        ACTIVE_MONITOR = 1,
        /// Alternate.
        ALTERNATE = 2,
        /// Busy.
        BUSY = 3,
        /// Call back.
        CALL_BACK = 4,
        /// Call cancelled.
        CALL_CANCELLED = 5,
        /// Call forward always.
        CALL_FORWARD_ALWAYS = 6,
        /// Call forward busy.
        CALL_FORWARD_BUSY = 7,
        /// Call forward no answer.
        CALL_FORWARD_NO_ANSWER = 8,
        /// Call forward.
        CALL_FORWARD = 9,
        /// Call not answered.
        CALL_NOT_ANSWERED = 10,
        /// Call pickup.
        CALL_PICKUP = 11,
        /// Camp on.
        CAMP_ON = 12,
        /// Dest not obtainable.
        DEST_NOT_OBTAINABLE = 13,
        /// Do not disturb.
        DO_NOT_DISTURB = 14,
        /// Incompatible destination.
        INCOMPATIBLE_DESTINATION = 15,
        /// Invalid account code.
        INVALID_ACCOUNT_CODE = 16,
        /// Key conference.
        KEY_CONFERENCE = 17,
        /// Lockout.
        LOCKOUT = 18,
        /// Maintenance.
        MAINTENANCE = 19,
        /// Network congestion.
        NETWORK_CONGESTION = 20,
        /// Network not obtainable.
        NETWORK_NOT_OBTAINABLE = 21,
        /// New call.
        NEW_CALL = 22,
        /// No available agents.
        NO_AVAILABLE_AGENTS = 23,
        /// Override.
        OVERRIDE = 24,
        /// Park.
        PARK = 25,
        /// Overflow.
        OVERFLOW = 26,
        /// Recall.
        RECALL = 27,
        /// Redirected.
        REDIRECTED = 28,
        /// Reorder tone.
        REORDER_TONE = 29,
        /// Resources not available.
        RESOURCES_NOT_AVAILABLE = 30,
        /// Silent monitor.
        SILENT_MONITOR = 31,
        /// Transfer.
        TRANSFER = 32,
        /// Trunks busy.
        TRUNKS_BUSY = 33,
        /// Voice unit initiator.
        VOICE_UNIT_INITIATOR = 34,
        /// Time out.
        TIME_OUT = 35,
        /// New call interflow.
        NEW_CALL_INTERFLOW = 36,
        /// Simulation init request.
        SIMULATION_INIT_REQUEST = 37,
        /// Simulation reset request.
        SIMULATION_RESET_REQUEST = 38,
        /// Cti link down.
        CTI_LINK_DOWN = 39,
        /// Peripheral reset request.
        PERIPHERAL_RESET_REQUEST = 40,
        /// Md110 conference transfer.
        MD110_CONFERENCE_TRANSFER = 41,
        /// Remains in q.
        REMAINS_IN_Q = 42,
        /// Supervisor assist.
        SUPERVISOR_ASSIST = 43,
        /// Emergency call.
        EMERGENCY_CALL = 44,
        /// Supervisor clear.
        SUPERVISOR_CLEAR = 45,
        /// Supervisor monitor.
        SUPERVISOR_MONITOR = 46,
        /// Supervisor whisper.
        SUPERVISOR_WHISPER = 47,
        /// Supervisor barge in.
        SUPERVISOR_BARGE_IN = 48,
        /// Supervisor intercept.
        SUPERVISOR_INTERCEPT = 49,
        /// Call party update ind.
        CALL_PARTY_UPDATE_IND = 50,
        /// Consult.
        CONSULT = 51,
        /// Nic call clear.
        NIC_CALL_CLEAR = 52,
        /// Dnp.
        DNP = 53,
        /// Router requery before answer.
        ROUTER_REQUERY_BEFORE_ANSWER = 54,
        /// Router requery after answer.
        ROUTER_REQUERY_AFTER_ANSWER = 55,
        /// Network error.
        NETWORK_ERROR = 56,
        /// Network error before answer.
        NETWORK_ERROR_BEFORE_ANSWER = 57,
        /// Network error after answer.
        NETWORK_ERROR_AFTER_ANSWER = 58,
        /// Greeting, from version 15.
        GREETING = 59,
        /// Record agent greeting, from version 15.
        RECORD_AGENT_GREETING = 60,
        /// Snapshot.
        SNAPSHOT = 61,
        /// Max queue exceeded.
        MAX_QUEUE_EXCEEDED = 62,
        /// Aband network.
        ABAND_NETWORK = 1001,
        /// Aband local queue.
        ABAND_LOCAL_QUEUE = 1002,
        /// Aband ring.
        ABAND_RING = 1003,
        /// Aband delay.
        ABAND_DELAY = 1004,
        /// Aband interflow.
        ABAND_INTERFLOW = 1005,
        /// Aband agent terminal.
        ABAND_AGENT_TERMINAL = 1006,
        /// Short.
        SHORT = 1007,
        /// Cecx busy.
        CECX_BUSY = 1008,
        /// Forced busy.
        FORCED_BUSY = 1009,
        /// Drop no answer.
        DROP_NO_ANSWER = 1010,
        /// Drop busy.
        DROP_BUSY = 1011,
        /// Drop reorder.
        DROP_REORDER = 1012,
        /// Drop handled primary route.
        DROP_HANDLED_PRIMARY_ROUTE = 1013,
        /// Drop handled other.
        DROP_HANDLED_OTHER = 1014,
        /// Cecx redirected.
        CECX_REDIRECTED = 1015,
        /// Cut through.
        CUT_THROUGH = 1016,
        /// Intraflow.
        INTRAFLOW = 1017,
        /// Interflow.
        INTERFLOW = 1018,
        /// Ring no answer.
        RING_NO_ANSWER = 1019,
        /// Intercept reorder.
        INTERCEPT_REORDER = 1020,
        /// Intercept denial.
        INTERCEPT_DENIAL = 1021,
        /// Cecx time out.
        CECX_TIME_OUT = 1022,
        /// Voice energy.
        VOICE_ENERGY = 1023,
        /// Nonclassified energy detect.
        NONCLASSIFIED_ENERGY_DETECT = 1024,
        /// No cut through.
        NO_CUT_THROUGH = 1025,
        /// Uabort.
        UABORT = 1026,
        /// Failed software.
        FAILED_SOFTWARE = 1027,
        /// Blind transfer.
        BLIND_TRANSFER = 1028,
        /// Announced transfer.
        ANNOUNCED_TRANSFER = 1029,
        /// Conferenced.
        CONFERENCED = 1030,
        /// Duplicate transfer.
        DUPLICATE_TRANSFER = 1031,
        /// Unmonitored device.
        UNMONITORED_DEVICE = 1032,
        /// Answering machine.
        ANSWERING_MACHINE = 1033,
        /// Network blind transfer.
        NETWORK_BLIND_TRANSFER = 1034,
        /// Task abandoned in router.
        TASK_ABANDONED_IN_ROUTER = 1035,
        /// Task abandoned before offered.
        TASK_ABANDONED_BEFORE_OFFERED = 1036,
        /// Task abandoned while offered.
        TASK_ABANDONED_WHILE_OFFERED = 1037,
        /// Normal end task.
        NORMAL_END_TASK = 1038,
        /// Cant obtain task id.
        CANT_OBTAIN_TASK_ID = 1039,
        /// Agent logged out during task.
        AGENT_LOGGED_OUT_DURING_TASK = 1040,
        /// Max task lifetime exceeded.
        MAX_TASK_LIFETIME_EXCEEDED = 1041,
        /// Application path went down.
        APPLICATION_PATH_WENT_DOWN = 1042,
        /// Icm routing complete.
        ICM_ROUTING_COMPLETE = 1043,
        /// Icm routing disabled.
        ICM_ROUTING_DISABLED = 1044,
        /// Appl invalid mrd id.
        APPL_INVALID_MRD_ID = 1045,
        /// Appl invalid dialogue id.
        APPL_INVALID_DIALOGUE_ID = 1046,
        /// Appl duplicate dialogue id.
        APPL_DUPLICATE_DIALOGUE_ID = 1047,
        /// Appl invalid invoke id.
        APPL_INVALID_INVOKE_ID = 1048,
        /// Appl invalid script selector.
        APPL_INVALID_SCRIPT_SELECTOR = 1049,
        /// Appl terminate dialogue.
        APPL_TERMINATE_DIALOGUE = 1050,
        /// Task ended during app init.
        TASK_ENDED_DURING_APP_INIT = 1051,
        /// Called party disconnected.
        CALLED_PARTY_DISCONNECTED = 1052,
        /// Partial call.
        PARTIAL_CALL = 1053,
        /// Drop network consult.
        DROP_NETWORK_CONSULT = 1054,
        /// Network consult transfer.
        NETWORK_CONSULT_TRANSFER = 1055,
        /// Network conference.
        NETWORK_CONFERENCE = 1056,
        /// Aband network consult.
        ABAND_NETWORK_CONSULT = 1057,
    }
}

enumeration! {
    /// DispositionCode. 0 is used where no disposition applies (unverified).
    DispositionCode: u16 {
        /// Abandoned in network.
        ABANDONED_IN_NETWORK = 1,
        /// Abandoned in local queue.
        ABANDONED_IN_LOCAL_QUEUE = 2,
        /// Abandoned ring.
        ABANDONED_RING = 3,
        /// Abandoned delay.
        ABANDONED_DELAY = 4,
        /// Abandoned interflow.
        ABANDONED_INTERFLOW = 5,
        /// Abandoned agent terminal.
        ABANDONED_AGENT_TERMINAL = 6,
        /// Short.
        SHORT = 7,
        /// Busy.
        BUSY = 8,
        /// Forced busy.
        FORCED_BUSY = 9,
        /// Disconnect drop no answer.
        DISCONNECT_DROP_NO_ANSWER = 10,
        /// Disconnect drop busy.
        DISCONNECT_DROP_BUSY = 11,
        /// Disconnect drop reorder.
        DISCONNECT_DROP_REORDER = 12,
        /// Disconnect drop handled primary route.
        DISCONNECT_DROP_HANDLED_PRIMARY_ROUTE = 13,
        /// Disconnect drop handled other.
        DISCONNECT_DROP_HANDLED_OTHER = 14,
        /// Redirected.
        REDIRECTED = 15,
        /// Cut through.
        CUT_THROUGH = 16,
        /// Intraflow.
        INTRAFLOW = 17,
        /// Interflow.
        INTERFLOW = 18,
        /// Ring no answer.
        RING_NO_ANSWER = 19,
        /// Intercept reorder.
        INTERCEPT_REORDER = 20,
        /// Intercept denial.
        INTERCEPT_DENIAL = 21,
        /// Time out.
        TIME_OUT = 22,
        /// Voice energy.
        VOICE_ENERGY = 23,
        /// Non classified energy detected.
        NON_CLASSIFIED_ENERGY_DETECTED = 24,
        /// No cut through.
        NO_CUT_THROUGH = 25,
        /// U abort.
        U_ABORT = 26,
        /// Failed software.
        FAILED_SOFTWARE = 27,
        /// Blind transfer.
        BLIND_TRANSFER = 28,
        /// Announced transfer.
        ANNOUNCED_TRANSFER = 29,
        /// Conferenced.
        CONFERENCED = 30,
        /// Duplicate transfer.
        DUPLICATE_TRANSFER = 31,
        /// Unmonitored device.
        UNMONITORED_DEVICE = 32,
        /// Answering machine.
        ANSWERING_MACHINE = 33,
        /// Network blind transfer.
        NETWORK_BLIND_TRANSFER = 34,
        /// Task abandoned in router.
        TASK_ABANDONED_IN_ROUTER = 35,
        /// Task abandoned before offered.
        TASK_ABANDONED_BEFORE_OFFERED = 36,
        /// Task abandoned while offered.
        TASK_ABANDONED_WHILE_OFFERED = 37,
        /// Normal end task.
        NORMAL_END_TASK = 38,
        /// Cant obtain task id.
        CANT_OBTAIN_TASK_ID = 39,
        /// Agent logged out during task.
        AGENT_LOGGED_OUT_DURING_TASK = 40,
        /// Max task lifetime exceeded.
        MAX_TASK_LIFETIME_EXCEEDED = 41,
        /// Application path went down.
        APPLICATION_PATH_WENT_DOWN = 42,
        /// Routing complete.
        ROUTING_COMPLETE = 43,
        /// Routing disabled.
        ROUTING_DISABLED = 44,
        /// Application invalid mrd id.
        APPLICATION_INVALID_MRD_ID = 45,
        /// Application invalid dialogue id.
        APPLICATION_INVALID_DIALOGUE_ID = 46,
        /// Application duplicate dialogue id.
        APPLICATION_DUPLICATE_DIALOGUE_ID = 47,
        /// Application invalid invoke id.
        APPLICATION_INVALID_INVOKE_ID = 48,
        /// Application invalid script selector.
        APPLICATION_INVALID_SCRIPT_SELECTOR = 49,
        /// Application terminate dialogue.
        APPLICATION_TERMINATE_DIALOGUE = 50,
        /// Task ended during application init.
        TASK_ENDED_DURING_APPLICATION_INIT = 51,
        /// Called party disconnected.
        CALLED_PARTY_DISCONNECTED = 52,
        /// Partial call.
        PARTIAL_CALL = 53,
        /// Drop network consult.
        DROP_NETWORK_CONSULT = 54,
        /// Network consult transfer.
        NETWORK_CONSULT_TRANSFER = 55,
        /// Abandon network consult.
        ABANDON_NETWORK_CONSULT = 57,
        /// Router requery before answer.
        ROUTER_REQUERY_BEFORE_ANSWER = 58,
        /// Router requery after answer.
        ROUTER_REQUERY_AFTER_ANSWER = 59,
        /// Network error.
        NETWORK_ERROR = 60,
        /// Network error before answer.
        NETWORK_ERROR_BEFORE_ANSWER = 61,
        /// Network error after answer.
        NETWORK_ERROR_AFTER_ANSWER = 62,
        /// Task transfer, from version 20.
        TASK_TRANSFER = 63,
        /// Application disconnected, from version 20.
        APPLICATION_DISCONNECTED = 64,
        /// Task transferred on agent logout, from version 20.
        TASK_TRANSFERRED_ON_AGENT_LOGOUT = 65,
    }
}

enumeration! {
    /// CallPlacementType.
    CallPlacementType: u16 {
        /// Unspecified.
        UNSPECIFIED = 0,
        /// Line call.
        LINE_CALL = 1,
        /// Outbound.
        OUTBOUND = 2,
        /// Outbound no access code.
        OUTBOUND_NO_ACCESS_CODE = 3,
        /// Direct position.
        DIRECT_POSITION = 4,
        /// Direct agent.
        DIRECT_AGENT = 5,
        /// Supervisor assist.
        SUPERVISOR_ASSIST = 6,
    }
}

enumeration! {
    /// CallMannerType.
    CallMannerType: u16 {
        /// Unspecified.
        UNSPECIFIED = 0,
        /// Polite.
        POLITE = 1,
        /// Belligerent.
        BELLIGERENT = 2,
        /// Semi polite.
        SEMI_POLITE = 3,
        /// Reserved.
        RESERVED = 4,
    }
}

enumeration! {
    /// CallOption.
    CallOption: u16 {
        /// Unspecified.
        UNSPECIFIED = 0,
        /// Calling agent online.
        CALLING_AGENT_ONLINE = 1,
        /// Calling agent reserved.
        CALLING_AGENT_RESERVED = 2,
        /// Calling agent not reserved.
        CALLING_AGENT_NOT_RESERVED = 3,
        /// Calling agent buzz base.
        CALLING_AGENT_BUZZ_BASE = 4,
        /// Calling agent beep hset.
        CALLING_AGENT_BEEP_HSET = 5,
        /// Service circuit on.
        SERVICE_CIRCUIT_ON = 6,
    }
}

enumeration! {
    /// ConsultType.
    ConsultType: u16 {
        /// Unspecified.
        UNSPECIFIED = 0,
        /// Transfer.
        TRANSFER = 1,
        /// Conference.
        CONFERENCE = 2,
    }
}

enumeration! {
    /// FacilityType.
    FacilityType: u16 {
        /// Unspecified.
        UNSPECIFIED = 0,
        /// Trunk group.
        TRUNK_GROUP = 1,
        /// Skill group.
        SKILL_GROUP = 2,
    }
}

enumeration! {
    /// AnsweringMachine.
    AnsweringMachine: u16 {
        /// Unspecified.
        UNSPECIFIED = 0,
        /// Connect.
        CONNECT = 1,
        /// Disconnect.
        DISCONNECT = 2,
        /// None.
        NONE = 3,
        /// None no modem.
        NONE_NO_MODEM = 4,
        /// Connect no modem.
        CONNECT_NO_MODEM = 5,
    }
}

enumeration! {
    /// AllocationState.
    AllocationState: u16 {
        /// Call delivered.
        CALL_DELIVERED = 0,
        /// Call established.
        CALL_ESTABLISHED = 1,
    }
}

enumeration! {
    /// AnswerDetectMode.
    AnswerDetectMode: u16 {
        /// Unspecified.
        UNSPECIFIED = 0,
        /// Voice threshold.
        VOICE_THRESHOLD = 1,
        /// Voice end.
        VOICE_END = 2,
        /// Voice end delay.
        VOICE_END_DELAY = 3,
        /// Voice and beep.
        VOICE_AND_BEEP = 4,
        /// Beep.
        BEEP = 5,
    }
}

enumeration! {
    /// DestinationCountry.
    DestinationCountry: u16 {
        /// Unspecified.
        UNSPECIFIED = 0,
        /// Us and canada.
        US_AND_CANADA = 1,
    }
}

enumeration! {
    /// ForwardType.
    ForwardType: u16 {
        /// Immediate.
        IMMEDIATE = 0,
        /// Busy.
        BUSY = 1,
        /// No ans.
        NO_ANS = 2,
        /// Busy int.
        BUSY_INT = 3,
        /// Busy ext.
        BUSY_EXT = 4,
        /// No ans int.
        NO_ANS_INT = 5,
        /// No ans ext.
        NO_ANS_EXT = 6,
    }
}

enumeration! {
    /// TypeOfDevice.
    TypeOfDevice: u16 {
        /// Station.
        STATION = 0,
        /// Line.
        LINE = 1,
        /// Button.
        BUTTON = 2,
        /// Acd.
        ACD = 3,
        /// Trunk.
        TRUNK = 4,
        /// Operator.
        OPERATOR = 5,
        /// Station group.
        STATION_GROUP = 16,
        /// Line group.
        LINE_GROUP = 17,
        /// Button group.
        BUTTON_GROUP = 18,
        /// Acd group.
        ACD_GROUP = 19,
        /// Trunk group.
        TRUNK_GROUP = 20,
        /// Operator group.
        OPERATOR_GROUP = 21,
        /// Cti port sccp.
        CTI_PORT_SCCP = 22,
        /// Cti port sip.
        CTI_PORT_SIP = 23,
        /// Other.
        OTHER = 255,
    }
}

mask! {
    /// ClassOfDevice. Guides print 10x, 20x, 40x, 80x.
    ClassOfDevice: u16 {
        /// Other.
        OTHER = 0x10,
        /// Image.
        IMAGE = 0x20,
        /// Data.
        DATA = 0x40,
        /// Voice.
        VOICE = 0x80,
    }
}

enumeration! {
    /// SilentMonitorStatus.
    SilentMonitorStatus: u16 {
        /// None.
        NONE = 0,
        /// Initiator.
        INITIATOR = 1,
        /// Target.
        TARGET = 2,
    }
}

enumeration! {
    /// RTPDirection.
    RtpDirection: u16 {
        /// Input.
        INPUT = 0,
        /// Output.
        OUTPUT = 1,
        /// Bidirectional.
        BIDIRECTIONAL = 2,
    }
}

enumeration! {
    /// RTPType.
    RtpType: u16 {
        /// Audio.
        AUDIO = 0,
        /// Video.
        VIDEO = 1,
        /// Data.
        DATA = 2,
    }
}

enumeration! {
    /// ServerMode.
    ServerMode: u16 {
        /// Exclusive.
        EXCLUSIVE = 0,
        /// Round robin.
        ROUND_ROBIN = 1,
        /// Parallel.
        PARALLEL = 2,
    }
}

enumeration! {
    /// TaskState. Values 3-7 exist; names not recorded here. Width (unverified).
    TaskState: u16 {
        /// Pre call.
        PRE_CALL = 0,
        /// Active.
        ACTIVE = 1,
        /// Wrapup.
        WRAPUP = 2,
    }
}

mask! {
    /// ServiceMask. 0x00000200 is set by a real CTI OS server in a v15 capture but undocumented; 0x00004000 unused. CLIENT_EVENTS and ALL_EVENTS are mutually exclusive (CCX text).
    ServiceMask: u32 {
        /// Client events.
        CLIENT_EVENTS = 0x1,
        /// Call data update.
        CALL_DATA_UPDATE = 0x2,
        /// Client control.
        CLIENT_CONTROL = 0x4,
        /// Connection monitor.
        CONNECTION_MONITOR = 0x8,
        /// All events.
        ALL_EVENTS = 0x10,
        /// Peripheral monitor.
        PERIPHERAL_MONITOR = 0x20,
        /// Client monitor.
        CLIENT_MONITOR = 0x40,
        /// Supervisor.
        SUPERVISOR = 0x80,
        /// Server.
        SERVER = 0x100,
        /// Agent reporting.
        AGENT_REPORTING = 0x400,
        /// All task events.
        ALL_TASK_EVENTS = 0x800,
        /// Task monitor.
        TASK_MONITOR = 0x1000,
        /// Agent state control only: granted in place of CLIENT_CONTROL when call control is not allowed.
        AGENT_STATE_CONTROL_ONLY = 0x2000,
        /// Device state control.
        DEVICE_STATE_CONTROL = 0x8000,
        /// Cti routing: bit position (unverified).
        CTI_ROUTING = 0x10000,
        /// Minimize events: bit position (unverified).
        MINIMIZE_EVENTS = 0x20000,
        /// Config events: from the CCX table and a v15 capture.
        CONFIG_EVENTS = 0x40000,
        /// Update events.
        UPDATE_EVENTS = 0x80000,
        /// Ignore duplicate agent events.
        IGNORE_DUPLICATE_AGENT_EVENTS = 0x100000,
        /// Ignore conf: no confirmations for third-party requests, from version 14.
        IGNORE_CONF = 0x200000,
        /// Acd line only, from version 14.
        ACD_LINE_ONLY = 0x400000,
        /// Active standby, from version 24.
        ACTIVE_STANDBY = 0x2000000,
        /// Debug.
        DEBUG = 0x80000000,
    }
}

mask! {
    /// CallEventMask. AGENT_TEAM_CONFIG (0x00800000) switches AGENT_TEAM_CONFIG_EVENT on. A real v15 client asked for 0x0FFFFFFF.
    CallEventMask: u32 {
        /// Call delivered.
        CALL_DELIVERED = 0x1,
        /// Call queued.
        CALL_QUEUED = 0x2,
        /// Call established.
        CALL_ESTABLISHED = 0x4,
        /// Call held.
        CALL_HELD = 0x8,
        /// Call retrieved.
        CALL_RETRIEVED = 0x10,
        /// Call cleared.
        CALL_CLEARED = 0x20,
        /// Call connection cleared.
        CALL_CONNECTION_CLEARED = 0x40,
        /// Call originated.
        CALL_ORIGINATED = 0x80,
        /// Call conferenced.
        CALL_CONFERENCED = 0x100,
        /// Call transferred.
        CALL_TRANSFERRED = 0x200,
        /// Call diverted.
        CALL_DIVERTED = 0x400,
        /// Call service initiated.
        CALL_SERVICE_INITIATED = 0x800,
        /// Call translation route.
        CALL_TRANSLATION_ROUTE = 0x1000,
        /// Begin call.
        BEGIN_CALL = 0x2000,
        /// End call.
        END_CALL = 0x4000,
        /// Call data update.
        CALL_DATA_UPDATE = 0x8000,
        /// Call failed.
        CALL_FAILED = 0x10000,
        /// Call reached network.
        CALL_REACHED_NETWORK = 0x20000,
        /// Call dequeued.
        CALL_DEQUEUED = 0x40000,
        /// Agent pre call.
        AGENT_PRE_CALL = 0x80000,
        /// Agent pre call abort.
        AGENT_PRE_CALL_ABORT = 0x100000,
        /// Rtp started.
        RTP_STARTED = 0x200000,
        /// Rtp stopped.
        RTP_STOPPED = 0x400000,
        /// Agent team config.
        AGENT_TEAM_CONFIG = 0x800000,
        /// Agent legacy pre call.
        AGENT_LEGACY_PRE_CALL = 0x1000000,
        /// Call attribute change.
        CALL_ATTRIBUTE_CHANGE = 0x2000000,
        /// Call termination.
        CALL_TERMINATION = 0x4000000,
        /// Call agent greeting, from version 15.
        CALL_AGENT_GREETING = 0x8000000,
        /// Network recording started, from version 23.
        NETWORK_RECORDING_STARTED = 0x10000000,
        /// Network recording ended, from version 23.
        NETWORK_RECORDING_ENDED = 0x20000000,
        /// Network recording failed, from version 23.
        NETWORK_RECORDING_FAILED = 0x40000000,
        /// Network recording target info, from version 23.
        NETWORK_RECORDING_TARGET_INFO = 0x80000000,
    }
}

mask! {
    /// AgentStateMask. Bit order follows the state list without UNKNOWN: from HOLD on the bit number is one less than the state value. A real v15 client asked for 0x3FF.
    AgentStateMask: u32 {
        /// Login.
        LOGIN = 0x1,
        /// Logout.
        LOGOUT = 0x2,
        /// Not ready.
        NOT_READY = 0x4,
        /// Available.
        AVAILABLE = 0x8,
        /// Talking.
        TALKING = 0x10,
        /// Work not ready.
        WORK_NOT_READY = 0x20,
        /// Work ready.
        WORK_READY = 0x40,
        /// Busy other.
        BUSY_OTHER = 0x80,
        /// Reserved.
        RESERVED = 0x100,
        /// Hold.
        HOLD = 0x200,
        /// Active.
        ACTIVE = 0x400,
        /// Paused.
        PAUSED = 0x800,
        /// Interrupted.
        INTERRUPTED = 0x1000,
        /// Not active.
        NOT_ACTIVE = 0x2000,
    }
}

mask! {
    /// ConfigMask. Used as ConfigInformation and as ConfigMsgMask in OPEN_REQ (same bits assumed; unverified for ConfigMsgMask).
    ConfigMask: u32 {
        /// Service.
        SERVICE = 0x1,
        /// Skill group.
        SKILL_GROUP = 0x2,
        /// Agent.
        AGENT = 0x4,
        /// Device.
        DEVICE = 0x8,
        /// Call type.
        CALL_TYPE = 0x10,
        /// Mrd, from version 20.
        MRD = 0x20,
        /// Peripheral, from version 22.
        PERIPHERAL = 0x40,
        /// Agent desk settings, from version 22.
        AGENT_DESK_SETTINGS = 0x80,
        /// Terminal, from version 24.
        TERMINAL = 0x100,
        /// Agent services, from version 24.
        AGENT_SERVICES = 0x200,
    }
}

mask! {
    /// PGStatus. 0 = normal. On a PG with several peripherals bit 4 may stay set because of another peripheral.
    PgStatus: u32 {
        /// Opc down.
        OPC_DOWN = 0x1,
        /// Central controller down.
        CENTRAL_CONTROLLER_DOWN = 0x2,
        /// Peripheral offline.
        PERIPHERAL_OFFLINE = 0x4,
        /// Cti server offline.
        CTI_SERVER_OFFLINE = 0x8,
        /// Limited function.
        LIMITED_FUNCTION = 0x10,
    }
}

enumeration! {
    /// SystemEventID. 7 and 8 are produced locally by client layers. For 3 and 4 Arg1 = PeripheralID. For 10 and 11 EventDeviceType and EventDeviceID name the instrument.
    SystemEventId: u32 {
        /// Central controller online.
        CENTRAL_CONTROLLER_ONLINE = 1,
        /// Central controller offline.
        CENTRAL_CONTROLLER_OFFLINE = 2,
        /// Peripheral online.
        PERIPHERAL_ONLINE = 3,
        /// Peripheral offline.
        PERIPHERAL_OFFLINE = 4,
        /// Text fyi.
        TEXT_FYI = 5,
        /// Peripheral gateway offline.
        PERIPHERAL_GATEWAY_OFFLINE = 6,
        /// Cti server offline.
        CTI_SERVER_OFFLINE = 7,
        /// Cti server online.
        CTI_SERVER_ONLINE = 8,
        /// Half hour change.
        HALF_HOUR_CHANGE = 9,
        /// Instrument out of service.
        INSTRUMENT_OUT_OF_SERVICE = 10,
        /// Instrument back in service.
        INSTRUMENT_BACK_IN_SERVICE = 11,
    }
}

mask! {
    /// CallVariableMask.
    CallVariableMask: u16 {
        /// Call var 1.
        CALL_VAR_1 = 0x1,
        /// Call var 2.
        CALL_VAR_2 = 0x2,
        /// Call var 3.
        CALL_VAR_3 = 0x4,
        /// Call var 4.
        CALL_VAR_4 = 0x8,
        /// Call var 5.
        CALL_VAR_5 = 0x10,
        /// Call var 6.
        CALL_VAR_6 = 0x20,
        /// Call var 7.
        CALL_VAR_7 = 0x40,
        /// Call var 8.
        CALL_VAR_8 = 0x80,
        /// Call var 9.
        CALL_VAR_9 = 0x100,
        /// Call var 10.
        CALL_VAR_10 = 0x200,
    }
}

mask! {
    /// TransferConferenceSetup.
    TransferConferenceSetup: u32 {
        /// Conf setup consult specific.
        CONF_SETUP_CONSULT_SPECIFIC = 0x1,
        /// Conf setup consult any.
        CONF_SETUP_CONSULT_ANY = 0x2,
        /// Conf setup conn held.
        CONF_SETUP_CONN_HELD = 0x4,
        /// Conf setup any two calls.
        CONF_SETUP_ANY_TWO_CALLS = 0x8,
        /// Conf setup single acd call.
        CONF_SETUP_SINGLE_ACD_CALL = 0x10,
        /// Trans setup single acd call.
        TRANS_SETUP_SINGLE_ACD_CALL = 0x20,
        /// Conf setup any single call.
        CONF_SETUP_ANY_SINGLE_CALL = 0x40,
        /// Trans setup any single call.
        TRANS_SETUP_ANY_SINGLE_CALL = 0x80,
    }
}

mask! {
    /// CallControlMask.
    CallControlMask: u32 {
        /// Query agent state.
        QUERY_AGENT_STATE = 0x1,
        /// Set agent state.
        SET_AGENT_STATE = 0x2,
        /// Alternate call.
        ALTERNATE_CALL = 0x4,
        /// Answer call.
        ANSWER_CALL = 0x8,
        /// Clear call.
        CLEAR_CALL = 0x10,
        /// Clear connection.
        CLEAR_CONNECTION = 0x20,
        /// Conference call.
        CONFERENCE_CALL = 0x40,
        /// Consultation call.
        CONSULTATION_CALL = 0x80,
        /// Deflect call.
        DEFLECT_CALL = 0x100,
        /// Hold call.
        HOLD_CALL = 0x200,
        /// Make call.
        MAKE_CALL = 0x400,
        /// Make predictive call.
        MAKE_PREDICTIVE_CALL = 0x800,
        /// Reconnect call.
        RECONNECT_CALL = 0x1000,
        /// Retrieve call.
        RETRIEVE_CALL = 0x2000,
        /// Transfer call.
        TRANSFER_CALL = 0x4000,
        /// Query device info.
        QUERY_DEVICE_INFO = 0x8000,
        /// Snapshot call.
        SNAPSHOT_CALL = 0x10000,
        /// Snapshot device.
        SNAPSHOT_DEVICE = 0x20000,
        /// Send dtmf signal.
        SEND_DTMF_SIGNAL = 0x40000,
    }
}

mask! {
    /// FeatureMask.
    FeatureMask: u32 {
        /// Post route.
        POST_ROUTE = 0x1,
        /// Unique consult callid.
        UNIQUE_CONSULT_CALLID = 0x2,
    }
}

enumeration! {
    /// ConfigKeyStatus.
    ConfigKeyStatus: u32 {
        /// Success.
        SUCCESS = 0,
        /// Service provider.
        SERVICE_PROVIDER = 1,
        /// Keys not supported.
        KEYS_NOT_SUPPORTED = 2,
        /// Unknown customer.
        UNKNOWN_CUSTOMER = 3,
    }
}

enumeration! {
    /// ConfigType.
    ConfigType: u16 {
        /// Unused.
        UNUSED = 0,
        /// Solicited.
        SOLICITED = 1,
        /// Unsolicited.
        UNSOLICITED = 2,
    }
}

enumeration! {
    /// ConfigEndStatus.
    ConfigEndStatus: u32 {
        /// Success.
        SUCCESS = 0,
        /// No service provider.
        NO_SERVICE_PROVIDER = 1,
        /// Unknown customer.
        UNKNOWN_CUSTOMER = 2,
        /// Invalid.
        INVALID = 3,
        /// Empty.
        EMPTY = 4,
        /// Partial.
        PARTIAL = 5,
    }
}

enumeration! {
    /// RecordType.
    RecordType: u16 {
        /// Add.
        ADD = 0,
        /// Change.
        CHANGE = 1,
        /// Delete.
        DELETE = 2,
    }
}

enumeration! {
    /// AgentType.
    AgentType: u16 {
        /// Agent.
        AGENT = 1,
        /// Supervisor.
        SUPERVISOR = 2,
    }
}

enumeration! {
    /// ConfigDeviceType.
    ConfigDeviceType: u16 {
        /// Unknown.
        UNKNOWN = 0,
        /// Service.
        SERVICE = 1,
        /// Skill group.
        SKILL_GROUP = 2,
        /// Agent id.
        AGENT_ID = 3,
        /// Agent device extension.
        AGENT_DEVICE_EXTENSION = 4,
        /// Route point.
        ROUTE_POINT = 5,
        /// Cti port.
        CTI_PORT = 6,
        /// Call control group.
        CALL_CONTROL_GROUP = 7,
    }
}

enumeration! {
    /// TeamConfigParam. CCX only.
    TeamConfigParam: u16 {
        /// Initial.
        INITIAL = 1,
        /// Updates.
        UPDATES = 2,
    }
}

enumeration! {
    /// TeamEventOperation. CCX only.
    TeamEventOperation: u16 {
        /// Add.
        ADD = 1,
        /// Remove.
        REMOVE = 2,
        /// Change.
        CHANGE = 3,
    }
}

enumeration! {
    /// StatusCode. Names carry the prefix E_CTI_ (95: E_INVALID_CONFIG_MSG_MASK in one source). Used in FAILURE_CONF, FAILURE_EVENT, CLOSE_REQ and CLIENT_SESSION_CLOSED_EVENT. The v25 guide renames 2 to INVALID_MESSAGE_LENGTH; 107-110 single source; 92-94, 96 are CCX codes.
    StatusCode: u32 {
        /// No error.
        NO_ERROR = 0,
        /// Invalid version.
        INVALID_VERSION = 1,
        /// Invalid message type.
        INVALID_MESSAGE_TYPE = 2,
        /// Invalid field tag.
        INVALID_FIELD_TAG = 3,
        /// Session not open.
        SESSION_NOT_OPEN = 4,
        /// Session already open.
        SESSION_ALREADY_OPEN = 5,
        /// Required data missing.
        REQUIRED_DATA_MISSING = 6,
        /// Invalid peripheral id.
        INVALID_PERIPHERAL_ID = 7,
        /// Invalid agent data.
        INVALID_AGENT_DATA = 8,
        /// Agent not logged on.
        AGENT_NOT_LOGGED_ON = 9,
        /// Device in use.
        DEVICE_IN_USE = 10,
        /// New session opened.
        NEW_SESSION_OPENED = 11,
        /// Function not available.
        FUNCTION_NOT_AVAILABLE = 12,
        /// Invalid callid.
        INVALID_CALLID = 13,
        /// Protected variable.
        PROTECTED_VARIABLE = 14,
        /// Cti server offline.
        CTI_SERVER_OFFLINE = 15,
        /// Timeout.
        TIMEOUT = 16,
        /// Unspecified failure.
        UNSPECIFIED_FAILURE = 17,
        /// Invalid timeout.
        INVALID_TIMEOUT = 18,
        /// Invalid service mask.
        INVALID_SERVICE_MASK = 19,
        /// Invalid call msg mask.
        INVALID_CALL_MSG_MASK = 20,
        /// Invalid agent state mask.
        INVALID_AGENT_STATE_MASK = 21,
        /// Invalid reserved field.
        INVALID_RESERVED_FIELD = 22,
        /// Invalid field length.
        INVALID_FIELD_LENGTH = 23,
        /// Invalid digits.
        INVALID_DIGITS = 24,
        /// Bad message format.
        BAD_MESSAGE_FORMAT = 25,
        /// Invalid tag for msg type.
        INVALID_TAG_FOR_MSG_TYPE = 26,
        /// Invalid device id type.
        INVALID_DEVICE_ID_TYPE = 27,
        /// Invalid lcl conn state.
        INVALID_LCL_CONN_STATE = 28,
        /// Invalid event cause.
        INVALID_EVENT_CAUSE = 29,
        /// Invalid num parties.
        INVALID_NUM_PARTIES = 30,
        /// Invalid sys event id.
        INVALID_SYS_EVENT_ID = 31,
        /// Inconsistent agent data.
        INCONSISTENT_AGENT_DATA = 32,
        /// Invalid connection id type.
        INVALID_CONNECTION_ID_TYPE = 33,
        /// Invalid call type.
        INVALID_CALL_TYPE = 34,
        /// Not call party.
        NOT_CALL_PARTY = 35,
        /// Invalid password.
        INVALID_PASSWORD = 36,
        /// Client disconnected.
        CLIENT_DISCONNECTED = 37,
        /// Invalid object state.
        INVALID_OBJECT_STATE = 38,
        /// Invalid num skill groups.
        INVALID_NUM_SKILL_GROUPS = 39,
        /// Invalid num lines.
        INVALID_NUM_LINES = 40,
        /// Invalid line type.
        INVALID_LINE_TYPE = 41,
        /// Invalid allocation state.
        INVALID_ALLOCATION_STATE = 42,
        /// Invalid answering machine.
        INVALID_ANSWERING_MACHINE = 43,
        /// Invalid call manner type.
        INVALID_CALL_MANNER_TYPE = 44,
        /// Invalid call placement type.
        INVALID_CALL_PLACEMENT_TYPE = 45,
        /// Invalid consult type.
        INVALID_CONSULT_TYPE = 46,
        /// Invalid facility type.
        INVALID_FACILITY_TYPE = 47,
        /// Invalid msg type for version.
        INVALID_MSG_TYPE_FOR_VERSION = 48,
        /// Invalid tag for version.
        INVALID_TAG_FOR_VERSION = 49,
        /// Invalid agent work mode.
        INVALID_AGENT_WORK_MODE = 50,
        /// Invalid call option.
        INVALID_CALL_OPTION = 51,
        /// Invalid destination country.
        INVALID_DESTINATION_COUNTRY = 52,
        /// Invalid answer detect mode.
        INVALID_ANSWER_DETECT_MODE = 53,
        /// Mutually exclus deviceid types.
        MUTUALLY_EXCLUS_DEVICEID_TYPES = 54,
        /// Invalid monitorid.
        INVALID_MONITORID = 55,
        /// Session monitor already exists.
        SESSION_MONITOR_ALREADY_EXISTS = 56,
        /// Session monitor is clients.
        SESSION_MONITOR_IS_CLIENTS = 57,
        /// Invalid call control mask.
        INVALID_CALL_CONTROL_MASK = 58,
        /// Invalid feature mask.
        INVALID_FEATURE_MASK = 59,
        /// Invalid transfer conference setup mask.
        INVALID_TRANSFER_CONFERENCE_SETUP_MASK = 60,
        /// Invalid array index.
        INVALID_ARRAY_INDEX = 61,
        /// Invalid character.
        INVALID_CHARACTER = 62,
        /// Client not found.
        CLIENT_NOT_FOUND = 63,
        /// Supervisor not found.
        SUPERVISOR_NOT_FOUND = 64,
        /// Team not found.
        TEAM_NOT_FOUND = 65,
        /// No call active.
        NO_CALL_ACTIVE = 66,
        /// Named variable not configured.
        NAMED_VARIABLE_NOT_CONFIGURED = 67,
        /// Named array not configured.
        NAMED_ARRAY_NOT_CONFIGURED = 68,
        /// Invalid call variable mask.
        INVALID_CALL_VARIABLE_MASK = 69,
        /// Element not found.
        ELEMENT_NOT_FOUND = 70,
        /// Invalid distribution type.
        INVALID_DISTRIBUTION_TYPE = 71,
        /// Invalid skill group.
        INVALID_SKILL_GROUP = 72,
        /// Too much data.
        TOO_MUCH_DATA = 73,
        /// Value too long.
        VALUE_TOO_LONG = 74,
        /// Scalar function on array.
        SCALAR_FUNCTION_ON_ARRAY = 75,
        /// Array function on scalar.
        ARRAY_FUNCTION_ON_SCALAR = 76,
        /// Invalid num named variables.
        INVALID_NUM_NAMED_VARIABLES = 77,
        /// Invalid num named arrays.
        INVALID_NUM_NAMED_ARRAYS = 78,
        /// Invalid rtp direction.
        INVALID_RTP_DIRECTION = 79,
        /// Invalid rtp type.
        INVALID_RTP_TYPE = 80,
        /// Called party disposition.
        CALLED_PARTY_DISPOSITION = 81,
        /// Invalid supervisory action.
        INVALID_SUPERVISORY_ACTION = 82,
        /// Agent team monitor already exists.
        AGENT_TEAM_MONITOR_ALREADY_EXISTS = 83,
        /// Invalid service.
        INVALID_SERVICE = 84,
        /// Service conflict.
        SERVICE_CONFLICT = 85,
        /// Skill group conflict.
        SKILL_GROUP_CONFLICT = 86,
        /// Invalid device.
        INVALID_DEVICE = 87,
        /// Invalid mr domain.
        INVALID_MR_DOMAIN = 88,
        /// Monitor already exists.
        MONITOR_ALREADY_EXISTS = 89,
        /// Monitor terminated.
        MONITOR_TERMINATED = 90,
        /// Invalid task msg mask.
        INVALID_TASK_MSG_MASK = 91,
        /// Server not master.
        SERVER_NOT_MASTER = 92,
        /// Invalid csd.
        INVALID_CSD = 93,
        /// Jtapi ccm problem.
        JTAPI_CCM_PROBLEM = 94,
        /// Invalid config msg mask, from version 14.
        INVALID_CONFIG_MSG_MASK = 95,
        /// Auto config reset, from version 14.
        AUTO_CONFIG_RESET = 96,
        /// Invalid monitor status, from version 14.
        INVALID_MONITOR_STATUS = 97,
        /// Invalid request type, from version 14.
        INVALID_REQUEST_TYPE = 98,
        /// Invalid client for standby, from version 24.
        INVALID_CLIENT_FOR_STANDBY = 107,
        /// Invalid unique instance id, from version 25.
        INVALID_UNIQUE_INSTANCE_ID = 108,
        /// Duplicate unique instance id, from version 25.
        DUPLICATE_UNIQUE_INSTANCE_ID = 109,
        /// Server in maintenance mode, from version 25.
        SERVER_IN_MAINTENANCE_MODE = 110,
    }
}

enumeration! {
    /// ControlFailureCode. Names carry the prefix CF_. 20, 30, 39, 40, 45-50, 53-60 and 65-69 are reserved.
    ControlFailureCode: u16 {
        /// Generic unspecified.
        GENERIC_UNSPECIFIED = 0,
        /// Generic operation.
        GENERIC_OPERATION = 1,
        /// Request incompatible with object.
        REQUEST_INCOMPATIBLE_WITH_OBJECT = 2,
        /// Value out of range.
        VALUE_OUT_OF_RANGE = 3,
        /// Object not known.
        OBJECT_NOT_KNOWN = 4,
        /// Invalid calling device.
        INVALID_CALLING_DEVICE = 5,
        /// Invalid called device.
        INVALID_CALLED_DEVICE = 6,
        /// Invalid forwarding destination.
        INVALID_FORWARDING_DESTINATION = 7,
        /// Privilege violation on specified device.
        PRIVILEGE_VIOLATION_ON_SPECIFIED_DEVICE = 8,
        /// Privilege violation on called device.
        PRIVILEGE_VIOLATION_ON_CALLED_DEVICE = 9,
        /// Privilege violation on calling device.
        PRIVILEGE_VIOLATION_ON_CALLING_DEVICE = 10,
        /// Invalid csta call identifier.
        INVALID_CSTA_CALL_IDENTIFIER = 11,
        /// Invalid csta device identifier.
        INVALID_CSTA_DEVICE_IDENTIFIER = 12,
        /// Invalid csta connection identifier.
        INVALID_CSTA_CONNECTION_IDENTIFIER = 13,
        /// Invalid destination.
        INVALID_DESTINATION = 14,
        /// Invalid feature.
        INVALID_FEATURE = 15,
        /// Invalid allocation state.
        INVALID_ALLOCATION_STATE = 16,
        /// Invalid cross ref id.
        INVALID_CROSS_REF_ID = 17,
        /// Invalid object type.
        INVALID_OBJECT_TYPE = 18,
        /// Security violation.
        SECURITY_VIOLATION = 19,
        /// Generic state incompatibility.
        GENERIC_STATE_INCOMPATIBILITY = 21,
        /// Invalid object state.
        INVALID_OBJECT_STATE = 22,
        /// Invalid connection id for active call.
        INVALID_CONNECTION_ID_FOR_ACTIVE_CALL = 23,
        /// No active call.
        NO_ACTIVE_CALL = 24,
        /// No held call.
        NO_HELD_CALL = 25,
        /// No call to clear.
        NO_CALL_TO_CLEAR = 26,
        /// No connection to clear.
        NO_CONNECTION_TO_CLEAR = 27,
        /// No call to answer.
        NO_CALL_TO_ANSWER = 28,
        /// No call to complete.
        NO_CALL_TO_COMPLETE = 29,
        /// Generic system resource availability.
        GENERIC_SYSTEM_RESOURCE_AVAILABILITY = 31,
        /// Service busy.
        SERVICE_BUSY = 32,
        /// Resource busy.
        RESOURCE_BUSY = 33,
        /// Resource out of service.
        RESOURCE_OUT_OF_SERVICE = 34,
        /// Network busy.
        NETWORK_BUSY = 35,
        /// Network out of service.
        NETWORK_OUT_OF_SERVICE = 36,
        /// Overall monitor limit exceeded.
        OVERALL_MONITOR_LIMIT_EXCEEDED = 37,
        /// Conference member limit exceeded.
        CONFERENCE_MEMBER_LIMIT_EXCEEDED = 38,
        /// Generic subscribed resource availability.
        GENERIC_SUBSCRIBED_RESOURCE_AVAILABILITY = 41,
        /// Object monitor limit exceeded.
        OBJECT_MONITOR_LIMIT_EXCEEDED = 42,
        /// External trunk limit exceeded.
        EXTERNAL_TRUNK_LIMIT_EXCEEDED = 43,
        /// Outstanding request limit exceeded.
        OUTSTANDING_REQUEST_LIMIT_EXCEEDED = 44,
        /// Generic performance management.
        GENERIC_PERFORMANCE_MANAGEMENT = 51,
        /// Performance limit exceeded.
        PERFORMANCE_LIMIT_EXCEEDED = 52,
        /// Sequence number violated.
        SEQUENCE_NUMBER_VIOLATED = 61,
        /// Time stamp violated.
        TIME_STAMP_VIOLATED = 62,
        /// Pac violated.
        PAC_VIOLATED = 63,
        /// Seal violated.
        SEAL_VIOLATED = 64,
        /// Generic unspecified rejection.
        GENERIC_UNSPECIFIED_REJECTION = 70,
        /// Generic operation rejection.
        GENERIC_OPERATION_REJECTION = 71,
        /// Duplicate invocation rejection.
        DUPLICATE_INVOCATION_REJECTION = 72,
        /// Unrecognized operation rejection.
        UNRECOGNIZED_OPERATION_REJECTION = 73,
        /// Mistyped argument rejection.
        MISTYPED_ARGUMENT_REJECTION = 74,
        /// Resource limitation rejection.
        RESOURCE_LIMITATION_REJECTION = 75,
        /// Acs handle termination rejection.
        ACS_HANDLE_TERMINATION_REJECTION = 76,
        /// Service termination rejection.
        SERVICE_TERMINATION_REJECTION = 77,
        /// Request timeout rejection.
        REQUEST_TIMEOUT_REJECTION = 78,
        /// Requests on device exceeded rejection.
        REQUESTS_ON_DEVICE_EXCEEDED_REJECTION = 79,
        /// Invalid agent id specified.
        INVALID_AGENT_ID_SPECIFIED = 256,
        /// Invalid password specified.
        INVALID_PASSWORD_SPECIFIED = 257,
        /// Invalid agent id or password specified.
        INVALID_AGENT_ID_OR_PASSWORD_SPECIFIED = 258,
        /// Specified agent already signed on.
        SPECIFIED_AGENT_ALREADY_SIGNED_ON = 259,
        /// Invalid logon device specified.
        INVALID_LOGON_DEVICE_SPECIFIED = 260,
        /// Invalid answering device specified.
        INVALID_ANSWERING_DEVICE_SPECIFIED = 261,
        /// Invalid skill group specified.
        INVALID_SKILL_GROUP_SPECIFIED = 262,
        /// Invalid class of service specified.
        INVALID_CLASS_OF_SERVICE_SPECIFIED = 263,
        /// Invalid team specified.
        INVALID_TEAM_SPECIFIED = 264,
        /// Invalid agent workmode.
        INVALID_AGENT_WORKMODE = 265,
        /// Invalid agent reason code.
        INVALID_AGENT_REASON_CODE = 266,
        /// Adjunct switch comm error.
        ADJUNCT_SWITCH_COMM_ERROR = 267,
        /// Agent not party on call.
        AGENT_NOT_PARTY_ON_CALL = 268,
        /// Internal processing error.
        INTERNAL_PROCESSING_ERROR = 269,
        /// Take call control rejection.
        TAKE_CALL_CONTROL_REJECTION = 270,
        /// Take domain control rejection.
        TAKE_DOMAIN_CONTROL_REJECTION = 271,
        /// Requested service not registered.
        REQUESTED_SERVICE_NOT_REGISTERED = 272,
        /// Invalid consult type.
        INVALID_CONSULT_TYPE = 273,
        /// Ansmap or adparam field not valid.
        ANSMAP_OR_ADPARAM_FIELD_NOT_VALID = 274,
        /// Invalid call control table specified.
        INVALID_CALL_CONTROL_TABLE_SPECIFIED = 275,
        /// Invalid digits rnatimeout amsdelay or country.
        INVALID_DIGITS_RNATIMEOUT_AMSDELAY_OR_COUNTRY = 276,
        /// Answer detect port unavailable.
        ANSWER_DETECT_PORT_UNAVAILABLE = 277,
        /// Virtual agent unavailable.
        VIRTUAL_AGENT_UNAVAILABLE = 278,
        /// Takeback n xfer route end.
        TAKEBACK_N_XFER_ROUTE_END = 279,
        /// Wrapup data required.
        WRAPUP_DATA_REQUIRED = 280,
        /// Reason code required.
        REASON_CODE_REQUIRED = 281,
        /// Invalid trunk id specified, from version 14.
        INVALID_TRUNK_ID_SPECIFIED = 282,
        /// Specified extension already in use, from version 14.
        SPECIFIED_EXTENSION_ALREADY_IN_USE = 283,
        /// Arbitrary conf or xfer not supported, from version 14.
        ARBITRARY_CONF_OR_XFER_NOT_SUPPORTED = 284,
        /// Network transfer or consult, from version 14.
        NETWORK_TRANSFER_OR_CONSULT = 285,
        /// Network transfer or consult failed, from version 14.
        NETWORK_TRANSFER_OR_CONSULT_FAILED = 286,
        /// Device restricted, from version 14.
        DEVICE_RESTRICTED = 287,
        /// Line restricted, from version 14.
        LINE_RESTRICTED = 288,
        /// Agent account locked out, from version 14.
        AGENT_ACCOUNT_LOCKED_OUT = 289,
        /// Drop any party not enabled cti, from version 14.
        DROP_ANY_PARTY_NOT_ENABLED_CTI = 290,
        /// Maximum line limit exceeded, from version 14.
        MAXIMUM_LINE_LIMIT_EXCEEDED = 291,
        /// Shared lines not supported, from version 14.
        SHARED_LINES_NOT_SUPPORTED = 292,
        /// Extension not unique, from version 14.
        EXTENSION_NOT_UNIQUE = 293,
        /// Unknown interface ctrlr id.
        UNKNOWN_INTERFACE_CTRLR_ID = 1001,
        /// Invalid interface ctrlr type.
        INVALID_INTERFACE_CTRLR_TYPE = 1002,
        /// Software rev no supported.
        SOFTWARE_REV_NO_SUPPORTED = 1003,
        /// Unknown pid.
        UNKNOWN_PID = 1004,
        /// Invalid table specified.
        INVALID_TABLE_SPECIFIED = 1005,
        /// Pd service inactive.
        PD_SERVICE_INACTIVE = 1006,
        /// Unknown routing client id.
        UNKNOWN_ROUTING_CLIENT_ID = 1007,
        /// Rc service inactivate.
        RC_SERVICE_INACTIVATE = 1008,
        /// Invalid dialed number.
        INVALID_DIALED_NUMBER = 1009,
        /// Invalid parameter.
        INVALID_PARAMETER = 1010,
        /// Unknown routing problem.
        UNKNOWN_ROUTING_PROBLEM = 1011,
        /// Unsupported pd message revision.
        UNSUPPORTED_PD_MESSAGE_REVISION = 1012,
        /// Unsupported rc message revision.
        UNSUPPORTED_RC_MESSAGE_REVISION = 1013,
        /// Unsupported ic message revision.
        UNSUPPORTED_IC_MESSAGE_REVISION = 1014,
        /// Rc service inactivate pim.
        RC_SERVICE_INACTIVATE_PIM = 1015,
        /// Agent greeting control operation failure, from version 15.
        AGENT_GREETING_CONTROL_OPERATION_FAILURE = 1016,
    }
}
