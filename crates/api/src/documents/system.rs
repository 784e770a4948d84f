//! SystemInfo (rest-api.md section 9).

use domain::WallMs;

use super::{rendered, time};
use crate::links;

/// What SystemInfo tells. Exactly one of the two hosts must equal `xmpp_domain`: by that the desktop library
/// finds out on which node it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SystemInfo {
    /// currentTimestamp: clients compute the drift of their clock from it.
    pub now: WallMs,
    /// lastCTIHeartbeatStatus.
    pub heartbeat_ok: bool,
    /// peripheralId.
    pub peripheral_id: u32,
    /// primaryNode/host.
    pub primary: String,
    /// secondaryNode/host; `None` for a single node.
    pub secondary: Option<String>,
    /// status.
    pub in_service: bool,
    /// statusReason; left empty while in service.
    pub reason: String,
    /// timezoneOffset: minutes east of UTC.
    pub timezone_offset_minutes: i32,
    /// xmppDomain: the domain of JIDs on this node.
    pub xmpp_domain: String,
}

/// The document that GET answers.
pub fn system_info(info: &SystemInfo) -> String {
    system_info_as("SystemInfo", info)
}

pub(crate) fn system_info_as(root: &str, info: &SystemInfo) -> String {
    let (status, reason) =
        if info.in_service { ("IN_SERVICE", "") } else { ("OUT_OF_SERVICE", info.reason.as_str()) };
    rendered(|w| {
        w.open(root).leaf("currentTimestamp", time::utc(info.now)).leaf("deploymentType", "UCCE");
        w.leaf("lastCTIHeartbeatStatus", if info.heartbeat_ok { "success" } else { "failure" });
        w.leaf("license", "").leaf("peripheralId", info.peripheral_id);
        w.open("primaryNode").leaf("host", &info.primary).close().open("secondaryNode").text("");
        if let Some(host) = &info.secondary {
            w.leaf("host", host);
        }
        w.close().leaf("status", status).leaf("statusReason", reason).leaf("systemAuthMode", "NON_SSO");
        w.leaf("timezoneOffset", info.timezone_offset_minutes).leaf("uri", links::SYSTEM_INFO);
        w.leaf("xmppDomain", &info.xmpp_domain);
        w.leaf("xmppPubSubDomain", format_args!("pubsub.{}", info.xmpp_domain));
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn info() -> SystemInfo {
        SystemInfo {
            now: WallMs(1_456_833_605_120),
            heartbeat_ok: true,
            peripheral_id: 5000,
            primary: "fin-a.example.com".to_owned(),
            secondary: Some("fin-b.example.com".to_owned()),
            in_service: true,
            reason: "not shown".to_owned(),
            timezone_offset_minutes: 60,
            xmpp_domain: "fin-a.example.com".to_owned(),
        }
    }

    #[test]
    fn in_service() {
        assert_eq!(
            system_info(&info()),
            "<SystemInfo><currentTimestamp>2016-03-01T12:00:05.120Z</currentTimestamp>\
             <deploymentType>UCCE</deploymentType><lastCTIHeartbeatStatus>success</lastCTIHeartbeatStatus>\
             <license></license><peripheralId>5000</peripheralId>\
             <primaryNode><host>fin-a.example.com</host></primaryNode>\
             <secondaryNode><host>fin-b.example.com</host></secondaryNode>\
             <status>IN_SERVICE</status><statusReason></statusReason><systemAuthMode>NON_SSO</systemAuthMode>\
             <timezoneOffset>60</timezoneOffset><uri>/finesse/api/SystemInfo</uri>\
             <xmppDomain>fin-a.example.com</xmppDomain>\
             <xmppPubSubDomain>pubsub.fin-a.example.com</xmppPubSubDomain></SystemInfo>"
        );
    }

    #[test]
    fn out_of_service_on_a_single_node() {
        let xml = system_info(&SystemInfo {
            heartbeat_ok: false,
            secondary: None,
            in_service: false,
            reason: "CTI server A is gone; trying B".to_owned(),
            ..info()
        });
        assert!(xml.contains("<lastCTIHeartbeatStatus>failure</lastCTIHeartbeatStatus>"));
        assert!(xml.contains("</primaryNode><secondaryNode></secondaryNode><status>OUT_OF_SERVICE</status>"));
        assert!(xml.contains("<statusReason>CTI server A is gone; trying B</statusReason>"));
    }
}
