//! An administrator and a node whose AWDBs are gone: what he may still do, what it does at once, and what a restart keeps.

use std::io::Write;

use lab::AwdbHost;
use lab::http::{Answer, Ask};

use super::*;

const ADMIN: &str = "Basic YWRtaW46c2VjcmV0";
const AGENT: &str = "Basic MTAwMTpzZWNyZXQ=";
const DATABASE: &str = "EnterpriseDatabaseConfig";
const NOT_READY: &str = "ReasonCodes?category=NOT_READY";

/// `admin` with the password `secret`, hashed as an operator does it.
fn administrator() -> lab::Administrator {
    let mut tool = Command::new(HOLDFAST);
    let mut tool =
        tool.args(["admin", "hash-password"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    tool.stdin.take().unwrap().write_all(b"secret\n").unwrap();
    let said = tool.wait_with_output().unwrap();
    assert!(said.status.success());
    let hash = String::from_utf8(said.stdout).unwrap().trim().to_owned();
    lab::Administrator { name: "admin".into(), password: "secret".into(), hash }
}

async fn ask(lab: &Lab, who: &str, method: &str, path: &str, body: &str) -> Answer {
    let host = lab.net().node(NodeName::One).unwrap();
    let url = format!("http://{host}:8082/finesse/api/{path}");
    let ask = Ask::new(method.parse().unwrap(), url).header("authorization", who).within(GUARD);
    let ask = if body.is_empty() { ask } else { ask.body("application/xml", body) };
    lab.http().ask(ask).await.unwrap()
}

async fn until_answered(lab: &Lab, path: &str, status: u16) -> Answer {
    let begun = lab.clock().now();
    loop {
        let answer = ask(lab, ADMIN, "GET", path, "").await;
        if answer.status == status {
            return answer;
        }
        assert!(lab.clock().now() < begun + GUARD, "never {status}: {answer:?}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// The settings of the AWDB as an administrator sends them.
fn database(host: &str, port: u16, password: &str) -> String {
    format!(
        "<{DATABASE}><host>{host}</host><port>{port}</port><databaseName>lab_awdb</databaseName>\
         <username>holdfast</username><password>{password}</password></{DATABASE}>"
    )
}

/// The password of the SQL login of this lab.
fn login(dir: &str) -> String {
    let settings = std::fs::read_to_string(format!("{dir}/awdb-login.toml")).unwrap();
    let line = settings.lines().find_map(|line| line.strip_prefix("password = ")).unwrap();
    line.trim_matches('"').to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn awdb_13b_an_administrator_corrects_the_host_of_an_awdb_that_is_gone() {
    const NET: &str = "127.74.10";
    let _ = std::fs::remove_dir_all(dir(NET));
    let probes = vec!["awdb.probe_interval=200ms".to_owned()];
    let config = LabConfig { administrator: Some(administrator()), node_settings: probes, ..config(NET) };
    let lab = Lab::start(config).await.unwrap();
    lab.in_service(GUARD).await.unwrap();
    let lunch = "<ReasonCode><category>NOT_READY</category><code>99</code><label>研修</label>\
                 <forAll>true</forAll></ReasonCode>";
    let made = ask(&lab, ADMIN, "POST", "ReasonCode", lunch).await;
    assert_eq!(made.status, 200, "{made:?}");
    let location = made.header("location").unwrap();
    assert!(location.starts_with("http://127.74.10.11:8082/finesse/api/ReasonCode/"), "{location}");
    let codes = ask(&lab, AGENT, "GET", &format!("User/1001/{NOT_READY}"), "").await;
    assert!(codes.body.contains("<label>研修</label>"), "{codes:?}");
    assert_eq!(ask(&lab, AGENT, "GET", DATABASE, "").await.status, 401, "an agent is no administrator");

    for host in [AwdbHost::One, AwdbHost::Two] {
        lab.order(Order::Kill(Part::Awdb(host))).await.unwrap();
    }
    let gone = until_answered(&lab, NOT_READY, 500).await;
    assert!(gone.body.contains("AWS_SERVICE_UNAVAILABLE"), "{gone:?}");
    assert_eq!(ask(&lab, ADMIN, "POST", "ReasonCode", lunch).await.status, 500);
    for path in ["SystemConfig", "ClusterConfig", DATABASE] {
        assert_eq!(ask(&lab, ADMIN, "GET", path, "").await.status, 200, "{path}");
    }

    lab.order(Order::Start(Part::Awdb(AwdbHost::Two))).await.unwrap();
    let wrong = database("127.74.10.99", 1433, "x");
    let tried = ask(&lab, ADMIN, "PUT", &format!("{DATABASE}?override=false"), &wrong).await;
    assert!(tried.status == 400 && tried.body.contains("127.74.10.99:1433"), "{tried:?}");
    assert_eq!(ask(&lab, ADMIN, "PUT", DATABASE, &wrong).await.status, 200, "as it is, if he wants it so");
    until_answered(&lab, NOT_READY, 500).await;
    let right = database("127.74.10.32", 1433, &login(&dir(NET)));
    let put = ask(&lab, ADMIN, "PUT", &format!("{DATABASE}?override=false"), &right).await;
    assert_eq!(put.status, 200, "{put:?}");
    assert_eq!(ask(&lab, ADMIN, "GET", NOT_READY, "").await.status, 200, "it is asked at once");
    let desktop = works(&lab, "1002").await;
    desktop.close().await;

    lab.order(Order::Kill(Part::Node(NodeName::One))).await.unwrap();
    lab.order(Order::Start(Part::Node(NodeName::One))).await.unwrap();
    lab.in_service(GUARD).await.unwrap();
    let kept = ask(&lab, ADMIN, "GET", DATABASE, "").await;
    assert!(kept.body.contains("<host>127.74.10.32</host><password></password>"), "{kept:?}");
    let codes = ask(&lab, AGENT, "GET", &format!("User/1001/{NOT_READY}"), "").await;
    assert!(codes.body.contains("<label>研修</label>"), "{codes:?}");
    lab.stop().await;
}
