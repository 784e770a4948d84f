//! Reason codes (rest-api.md section 10).

use domain::{ConfiguredReason, ReasonCategory, ReasonCode, TeamId};
use serde::{Deserialize, Serialize};

use crate::ledger::{Key, Write};

pub(super) const KIND: &str = "reason";

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Reason {
    category: String,
    code: u16,
    label: String,
    for_all: bool,
    teams: Vec<u32>,
}

pub(super) fn write(id: i32, reason: Option<&ConfiguredReason>) -> Write {
    super::write(format!("{KIND}/{id}"), reason.map(form))
}

fn form(ConfiguredReason { code, teams }: &ConfiguredReason) -> Reason {
    Reason {
        category: code.category.as_str().to_owned(),
        code: code.code,
        label: code.label.clone(),
        for_all: code.for_all,
        teams: teams.iter().map(|team| team.0).collect(),
    }
}

pub(super) fn read(key: &Key, value: Option<&str>) -> Result<(i32, Option<ConfiguredReason>), String> {
    let id = super::id(key)?;
    let reason = super::parse(value)?.map(|form| configured(id, form)).transpose()?;
    Ok((id, reason))
}

fn configured(id: i32, form: Reason) -> Result<ConfiguredReason, String> {
    let Reason { category, code, label, for_all, teams } = form;
    let category = ReasonCategory::parse(&category).ok_or("category must be NOT_READY or LOGOUT")?;
    let code = ReasonCode { id, category, code, label, for_all, system: false };
    Ok(ConfiguredReason { code, teams: teams.into_iter().map(TeamId).collect() })
}
