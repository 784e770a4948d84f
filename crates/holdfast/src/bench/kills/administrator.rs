//! An administrator who changes settings as fast as he is answered, and knows what he was answered.

use std::collections::BTreeMap;
use std::time::Duration;

use lab::http::{Answer, Ask};
use lab::{Lab, NodeName};
use tokio::sync::watch;

use super::super::ground::PASSWORD;

/// Reason codes that he makes; then he changes them.
const REASONS: usize = 40;
/// A server that was killed resets the connection; one that lives answers long before, but the first check of his
/// password after a start takes seconds where the cores are busy.
const ANSWERED_WITHIN: Duration = Duration::from_secs(15);
/// How long a change may take to be seen, before the measurement is given up.
const SEEN_WITHIN: Duration = Duration::from_secs(10);
const AGENT: &str = "1001";
const REFUSED_PAUSE: Duration = Duration::from_millis(5);

/// A value that was written over and over: what is read must be between the two.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Register {
    /// The newest that was answered with success.
    pub(super) answered: u64,
    /// The newest that was sent.
    pub(super) sent: u64,
}

/// All that he knows.
#[derive(Clone, Debug, Default)]
pub(super) struct Known {
    /// Changes that were answered with success.
    pub(super) answered: u64,
    /// By path.
    pub(super) registers: BTreeMap<String, Register>,
    pub(super) count: u64,
}

#[derive(Clone)]
pub(super) struct Administrator {
    name: String,
    password: String,
    primary: String,
    secondary: String,
}

impl Administrator {
    pub(super) fn new(lab: &Lab, account: &lab::Administrator) -> Self {
        let base = |name: NodeName| match lab.net().node(name) {
            Some(host) => format!("http://{host}:8082/finesse/api"),
            None => String::new(),
        };
        Self {
            name: account.name.clone(),
            password: account.password.clone(),
            primary: base(NodeName::One),
            secondary: base(NodeName::Two),
        }
    }

    /// Works until he is told to stop. A request that is on its way then is waited for.
    pub(super) async fn work(self, lab: Lab, mut known: Known, stopped: watch::Receiver<bool>) -> Known {
        while !*stopped.borrow() {
            known.count += 1;
            let done = if known.count.is_multiple_of(3) {
                self.set_cluster(&lab, &mut known).await
            } else if known.registers.len() <= REASONS {
                self.add_reason(&lab, &mut known).await
            } else {
                self.change_reason(&lab, &mut known).await
            };
            match done {
                true => known.answered += 1,
                false => tokio::time::sleep(REFUSED_PAUSE).await,
            }
        }
        known
    }

    async fn set_cluster(&self, lab: &Lab, known: &mut Known) -> bool {
        let body = format!(
            "<ClusterConfig><secondaryNode><host>v{}</host></secondaryNode></ClusterConfig>",
            known.count
        );
        self.set(lab, known, "ClusterConfig".into(), &body).await
    }

    async fn change_reason(&self, lab: &Lab, known: &mut Known) -> bool {
        let paths: Vec<&String> =
            known.registers.keys().filter(|path| path.starts_with("ReasonCode/")).collect();
        let at = usize::try_from(known.count).unwrap_or(0) % paths.len().max(1);
        let Some(path) = paths.get(at).map(|path| (*path).clone()) else { return false };
        let body = format!("<ReasonCode><label>v{}</label></ReasonCode>", known.count);
        self.set(lab, known, path, &body).await
    }

    async fn set(&self, lab: &Lab, known: &mut Known, path: String, body: &str) -> bool {
        known.registers.entry(path.clone()).or_default().sent = known.count;
        let done = self.ask(lab, "PUT", &path, body).await.is_ok_and(|answer| answer.status == 200);
        if done && let Some(register) = known.registers.get_mut(&path) {
            register.answered = known.count;
        }
        done
    }

    /// One that was not answered may be there all the same, and nobody asks for it.
    async fn add_reason(&self, lab: &Lab, known: &mut Known) -> bool {
        let body = format!(
            "<ReasonCode><category>NOT_READY</category><code>{}</code><label>v{}</label><forAll>false</forAll>\
             </ReasonCode>",
            1_000 + known.count % 8_000,
            known.count
        );
        let Ok(answer) = self.ask(lab, "POST", "ReasonCode", &body).await else { return false };
        let id = answer.header("location").and_then(|location| location.rsplit('/').next());
        let Some(id) = id.filter(|_| answer.status == 200) else { return false };
        let register = Register { answered: known.count, sent: known.count };
        known.registers.insert(format!("ReasonCode/{id}"), register).is_none()
    }

    /// What the primary has in each place.
    pub(super) async fn read(&self, lab: &Lab) -> Result<BTreeMap<String, u64>, String> {
        let cluster = self.until_read(lab, "ClusterConfig").await?;
        let reasons = self.until_read(lab, "ReasonCodes?category=NOT_READY").await?;
        let mut read = BTreeMap::new();
        read.extend(number(&cluster, "<host>v").map(|value| ("ClusterConfig".to_owned(), value)));
        for reason in reasons.split("<ReasonCode>").skip(1) {
            let (Some(id), Some(value)) = (number(reason, "/ReasonCode/"), number(reason, "<label>v")) else {
                continue;
            };
            read.insert(format!("ReasonCode/{id}"), value);
        }
        Ok(read)
    }

    async fn until_read(&self, lab: &Lab, path: &str) -> Result<String, String> {
        let begun = lab.clock().now();
        loop {
            let answer = self.ask(lab, "GET", path, "").await;
            match answer {
                Ok(answer) if answer.status == 200 => return Ok(answer.body),
                answer if lab.clock().now() > begun + SEEN_WITHIN => {
                    return Err(format!("{path} cannot be read: {answer:?}"));
                }
                _ => tokio::time::sleep(REFUSED_PAUSE).await,
            }
        }
    }

    /// How long a change takes from its answer at the primary to the first read at the secondary that shows it.
    pub(super) async fn lags(&mut self, lab: &Lab, times: usize) -> Result<Vec<Duration>, String> {
        let body = "<ReasonCode><category>NOT_READY</category><code>998</code><label>measured</label>\
                    <forAll>true</forAll></ReasonCode>";
        let made = self.ask(lab, "POST", "ReasonCode", body).await?;
        let id = made.header("location").and_then(|location| location.rsplit('/').next()).unwrap_or_default();
        let path = format!("ReasonCode/{id}");
        let mut lags = Vec::with_capacity(times);
        for n in 0..times {
            let label = format!("m{n}");
            let body = format!("<ReasonCode><label>{label}</label></ReasonCode>");
            let put = self.ask(lab, "PUT", &path, &body).await?;
            if put.status != 200 {
                return Err(format!("a change was refused: {put:?}"));
            }
            lags.push(self.seen(lab, &format!("<label>{label}</label>")).await?);
        }
        Ok(lags)
    }

    async fn seen(&self, lab: &Lab, label: &str) -> Result<Duration, String> {
        let begun = lab.clock().now();
        let url = format!("{}/User/{AGENT}/ReasonCodes?category=NOT_READY", self.secondary);
        loop {
            let ask = Ask::get(url.clone()).basic(AGENT, PASSWORD).within(ANSWERED_WITHIN);
            let answer = lab.http().ask(ask).await.map_err(|reason| reason.to_string())?;
            let lag = lab.clock().now().saturating_sub(begun);
            if answer.body.contains(label) {
                return Ok(lag);
            }
            if lag > SEEN_WITHIN {
                return Err(format!("a change is not seen on the secondary: {answer:?}"));
            }
        }
    }

    async fn ask(&self, lab: &Lab, method: &str, path: &str, body: &str) -> Result<Answer, String> {
        let method = method.parse().map_err(|_| "no such method")?;
        let ask = Ask::new(method, format!("{}/{path}", self.primary));
        let ask = ask.basic(&self.name, &self.password).within(ANSWERED_WITHIN);
        let ask = if body.is_empty() { ask } else { ask.body("application/xml", body) };
        lab.http().ask(ask).await.map_err(|reason| reason.to_string())
    }
}

/// The number that follows this mark.
fn number(text: &str, mark: &str) -> Option<u64> {
    let digits = text.split(mark).nth(1)?;
    let end = digits.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(digits.len());
    digits.get(..end)?.parse().ok()
}
