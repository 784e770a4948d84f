//! Administrators against a whole server: over HTTP, onto the disk and over a restart.

use argon2::password_hash::{PasswordHasher, SaltString};
use argon2::{Algorithm, Argon2, Params, Version};
use node::api::{HttpResponse, LOCATION};
use node::domain::Secret;

use super::*;
use crate::administrators::Administrators;

/// `admin` with `secret`.
const ADMIN: &str = "Authorization: Basic YWRtaW46c2VjcmV0\r\nContent-Type: application/xml\r\n";
/// `admin` with another password.
const WRONG: &str = "Authorization: Basic YWRtaW46d3Jvbmc=\r\n";

const SYSTEM: &str = "/finesse/api/SystemConfig";
const OTHER_CTI: &str = "<SystemConfig><cti><host>127.0.0.1</host><port>9</port><peripheralId>5000</peripheralId>\
                         </cti></SystemConfig>";

/// The settings of a test, with an administrator whose hash costs little.
fn with_administrator(directory: &Directory) -> Config {
    let little = Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(8, 1, 1, None).unwrap());
    let salt = SaltString::encode_b64(&[7; 16]).unwrap();
    let hash = little.hash_password(b"secret", &salt).unwrap();
    let administrators = Administrators::new([("admin", &Secret::new(hash.to_string()))]).unwrap();
    Config { administrators, ..directory.config() }
}

async fn ask(server: &Server, method: &str, path: &str, headers: &str, body: &str) -> String {
    let rest = server.addresses().rest_http.unwrap();
    exchange(rest, &request(method, path, headers, body)).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_setting_outlives_the_process_and_works_without_cti_and_awdb() {
    let directory = Directory::new("settings");
    let server = Server::start(with_administrator(&directory)).await.unwrap();
    assert!(ask(&server, "GET", SYSTEM, WRONG, "").await.starts_with("HTTP/1.1 401"));
    assert!(ask(&server, "GET", SYSTEM, "", "").await.starts_with("HTTP/1.1 401"));
    let before = ask(&server, "GET", SYSTEM, ADMIN, "").await;
    assert!(before.starts_with("HTTP/1.1 200") && before.contains("<port>1</port>"), "{before}");
    let put = ask(&server, "PUT", SYSTEM, ADMIN, OTHER_CTI).await;
    assert!(put.starts_with("HTTP/1.1 200") && body(&put).is_empty(), "{put}");
    // Whatever becomes of the process: it was answered, so it is on disk.
    let database = rusqlite::Connection::open(directory.0.join("settings.db")).unwrap();
    let select = "SELECT value ->> '$.primary.port' FROM object WHERE key = 'system'";
    assert_eq!(database.query_row(select, [], |row| row.get::<_, u16>(0)), Ok(9));
    drop(database);
    server.stop().await;

    let server = Server::start(with_administrator(&directory)).await.unwrap();
    let after = ask(&server, "GET", SYSTEM, ADMIN, "").await;
    assert!(body(&after).contains("<port>9</port>"), "{after}");
    server.stop().await;

    std::fs::write(directory.0.join("settings.db"), "{".repeat(4096)).unwrap();
    let Err(why) = Server::start(with_administrator(&directory)).await else { panic!("it must not start") };
    assert!(why.to_string().contains("settings.db: file is not a database"), "{why}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_awdb_that_the_server_cannot_use_is_refused() {
    let directory = Directory::new("settings-awdb");
    let server = Server::start(with_administrator(&directory)).await.unwrap();
    let sql_server = "<EnterpriseDatabaseConfig><host>127.0.0.1</host><port>1</port><databaseName>x_awdb</databaseName>\
                      <username>reader</username><password>hunter2</password></EnterpriseDatabaseConfig>";
    let path = "/finesse/api/EnterpriseDatabaseConfig";
    let put = ask(&server, "PUT", path, ADMIN, sql_server).await;
    assert!(put.starts_with("HTTP/1.1 400") && put.contains("awdb.kind"), "{put}");
    assert!(!directory.0.join("settings.json").exists());
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_awdb_takes_effect_at_once_and_can_be_tried_before() {
    let directory = Directory::new("settings-sql");
    let mut config = with_administrator(&directory);
    let awdb = "awdb={kind='sqlserver', primary={host='127.0.0.1', port=2}, database='x_awdb', username='reader', \
                password='x', encrypt='off'}";
    let plain = directory.config_text();
    config.awdb = Config::parse("test", &plain, &["awdb=".into(), awdb.into()]).unwrap().awdb;
    let server = Server::start(config).await.unwrap();
    let nobody = "<EnterpriseDatabaseConfig><host>127.0.0.1</host><port>1</port><databaseName>y_awdb</databaseName>\
                  <username>reader</username><password>hunter2</password></EnterpriseDatabaseConfig>";
    let path = "/finesse/api/EnterpriseDatabaseConfig";
    let tried = ask(&server, "PUT", &format!("{path}?override=false"), ADMIN, nobody).await;
    assert!(tried.starts_with("HTTP/1.1 400"), "{tried}");
    assert!(
        tried.contains("127.0.0.1:1") && tried.contains("y_awdb") && !tried.contains("hunter2"),
        "{tried}"
    );
    let put = ask(&server, "PUT", &format!("{path}?override=true"), ADMIN, nobody).await;
    assert!(put.starts_with("HTTP/1.1 200"), "{put}");
    let got = ask(&server, "GET", path, ADMIN, "").await;
    assert!(
        got.contains("<databaseName>y_awdb</databaseName>") && got.contains("<password></password>"),
        "{got}"
    );
    server.stop().await;
}

#[tokio::test]
async fn where_a_new_object_is_the_client_is_told_in_his_own_words() {
    let running = Running::start("location", |input| match *input {
        Input::Http { id, .. } => {
            let response = HttpResponse::created("/finesse/api/ReasonCode/7".into(), None);
            vec![Output::HttpReply { id, response }]
        }
        _ => Vec::new(),
    })
    .await;
    let post = request("POST", "/finesse/api/ReasonCode", "", "<x/>");
    let answer = exchange(running.rest(), &post).await;
    assert_eq!(header(&answer, LOCATION), Some("http://localhost/finesse/api/ReasonCode/7"));
    let trusted = std::fs::read(running._directory.0.join("tls/certificate.pem")).unwrap();
    let addresses = *running.server.addresses();
    let answer = tls::https(addresses.rest_https, "localhost", &trusted, &post).await.unwrap();
    assert_eq!(header(&answer, LOCATION), Some("https://localhost/finesse/api/ReasonCode/7"));
}

#[tokio::test]
async fn the_node_is_told_from_where_a_request_comes() {
    let mut running = Running::start("caller", |input| match *input {
        Input::Http { id, .. } => vec![Output::HttpReply { id, response: HttpResponse::done(None) }],
        _ => Vec::new(),
    })
    .await;
    exchange(running.rest(), &request("GET", SYSTEM, "", "")).await;
    let Input::Http { request, .. } = running.told().await else { panic!("a request") };
    assert_eq!(request.caller, Some(Ipv4Addr::LOCALHOST.into()));
}
