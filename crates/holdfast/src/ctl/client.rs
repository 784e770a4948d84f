//! Talks to the control of a lab that runs on this machine.

use std::time::Duration;

use lab::http::{Answer, Ask, Http};
use lab::{Net, Order};
use serde_json::Value;

/// The start of a desktop server is answered when it is up, at the latest after the lab's own guard of 20 s.
const DEADLINE: Duration = Duration::from_secs(30);

/// Why an order was not carried out.
#[derive(Debug)]
pub(crate) enum CtlError {
    /// The lab says no, and why.
    Refused(String),
    /// No lab answers there, or something else does.
    NoLab(String),
}

impl CtlError {
    /// 1 where the lab refused, 2 where there is none.
    pub(crate) fn exit_status(&self) -> u8 {
        match self {
            Self::Refused(_) => 1,
            Self::NoLab(_) => 2,
        }
    }
}

/// A lab, by its network.
pub(crate) struct Client {
    net: Net,
    http: Http,
}

impl Client {
    pub(crate) fn new(net: Net) -> Self {
        Self { net, http: Http::default() }
    }

    /// Gives an order.
    pub(crate) async fn order(&self, order: &Order) -> Result<Value, CtlError> {
        let json = serde_json::to_string(order).map_err(|reason| CtlError::Refused(reason.to_string()))?;
        self.send(json).await
    }

    /// Gives an order in its JSON form.
    pub(crate) async fn send(&self, json: String) -> Result<Value, CtlError> {
        let ask = Ask::get(self.url("/api/command")).post("application/json", json);
        self.ask(ask).await
    }

    /// Reads a document.
    pub(crate) async fn get(&self, path: &str) -> Result<Value, CtlError> {
        self.ask(Ask::get(self.url(path))).await
    }

    fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.net.page())
    }

    async fn ask(&self, ask: Ask) -> Result<Value, CtlError> {
        let answer = self.http.ask(ask.within(DEADLINE)).await.map_err(|reason| self.no_lab(&reason))?;
        let document: Value = serde_json::from_str(&answer.body).map_err(|reason| self.no_lab(&reason))?;
        match answer.status {
            200 => Ok(document),
            _ => Err(refused(&answer, &document)),
        }
    }

    fn no_lab(&self, reason: &dyn std::fmt::Display) -> CtlError {
        CtlError::NoLab(format!(
            "no lab answers at http://{} ({reason}); start one with `holdfast lab`",
            self.net.page()
        ))
    }
}

fn refused(answer: &Answer, document: &Value) -> CtlError {
    let why = document.get("error").and_then(Value::as_str);
    CtlError::Refused(why.map_or_else(|| format!("HTTP {}", answer.status), str::to_owned))
}
