//! Call variables and expanded call context: what may be set, and setting it.

use std::collections::BTreeMap;
use std::time::Duration;

use ged188::{CallType, StatusCode};

use crate::call::Call;
use crate::refusal::Refusal;
use crate::switch::Switch;

/// Longest call variable (ged188.md section 7: 41 bytes with the terminator).
const VARIABLE_MAX: usize = 40;
/// Longest wrap-up data (40 bytes with the terminator).
const WRAP_UP_DATA_MAX: usize = 39;
/// Longest value of an expanded call context variable (211 bytes with the terminator).
const ECC_VALUE_MAX: usize = 210;
/// All expanded call context variables of a call together (ged188.md section 2.3).
const ECC_TOTAL_MAX: usize = 2000;

/// Changes to the data of a call. What is absent stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CallData {
    /// CallVariable1 to CallVariable10.
    pub variables: [Option<String>; 10],
    /// Expanded call context scalars.
    pub named: BTreeMap<String, String>,
    /// Expanded call context arrays, by name and index.
    pub arrays: BTreeMap<(String, u8), String>,
    /// CallWrapupData.
    pub wrap_up_data: Option<String>,
    /// CallType.
    pub kind: Option<CallType>,
}

impl CallData {
    /// Reads pairs such as (`callVariable3`, `gold`), (`user.customer`, `4711`), (`user.history[2]`, `x`).
    pub fn from_pairs(pairs: &BTreeMap<String, String>) -> Self {
        let mut data = Self::default();
        for (name, value) in pairs {
            data.set(name, value);
        }
        data
    }

    /// Whether nothing is to be changed.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The variables and expanded call context of a call.
    pub(crate) fn of(call: &Call) -> Self {
        let variables = call.variables.each_ref().map(|value| (!value.is_empty()).then(|| value.clone()));
        Self { variables, named: call.named.clone(), arrays: call.arrays.clone(), ..Self::default() }
    }

    /// The same with these changes.
    pub(crate) fn with(mut self, changes: &Self) -> Self {
        for (to, from) in self.variables.iter_mut().zip(&changes.variables) {
            if from.is_some() {
                to.clone_from(from);
            }
        }
        self.named.extend(changes.named.clone());
        self.arrays.extend(changes.arrays.clone());
        self.wrap_up_data = changes.wrap_up_data.clone().or(self.wrap_up_data);
        self.kind = changes.kind.or(self.kind);
        self
    }

    pub(crate) fn apply(&self, call: &mut Call) {
        for (to, from) in call.variables.iter_mut().zip(&self.variables) {
            if let Some(value) = from {
                to.clone_from(value);
            }
        }
        call.named.extend(self.named.clone());
        call.arrays.extend(self.arrays.clone());
        if let Some(data) = &self.wrap_up_data {
            call.wrap_up_data.clone_from(data);
        }
        if let Some(kind) = self.kind {
            call.kind = kind;
        }
    }

    fn set(&mut self, name: &str, value: &str) {
        let number = name.strip_prefix("callVariable").and_then(|digits| digits.parse::<usize>().ok());
        if let Some(slot) = number.and_then(|n| self.variables.get_mut(n.wrapping_sub(1))) {
            *slot = Some(value.into());
        } else if let Some((array, index)) = array_element(name) {
            self.arrays.insert((array.into(), index), value.into());
        } else {
            self.named.insert(name.into(), value.into());
        }
    }
}

impl Switch {
    /// Whether the data may be set, on a call that holds some already or on a new one.
    ///
    /// # Errors
    /// 67 and 68 unknown name, 73 too much, 74 a value is too long.
    pub(crate) fn check_data(&self, data: &CallData, call: Option<&Call>) -> Result<(), Refusal> {
        if data.named.keys().any(|name| !self.config.ecc_variables.contains(name)) {
            return Err(Refusal::Failure(StatusCode::NAMED_VARIABLE_NOT_CONFIGURED));
        }
        if data.arrays.keys().any(|(name, _)| !self.config.ecc_arrays.contains(name)) {
            return Err(Refusal::Failure(StatusCode::NAMED_ARRAY_NOT_CONFIGURED));
        }
        if data.has_long_value() {
            return Err(Refusal::Failure(StatusCode::VALUE_TOO_LONG));
        }
        if data.ecc_size() + call.map_or(0, |call| data.size_kept(call)) > ECC_TOTAL_MAX {
            return Err(Refusal::Failure(StatusCode::TOO_MUCH_DATA));
        }
        Ok(())
    }

    /// Changes the data of a call that lives or ended a short time ago.
    ///
    /// # Errors
    /// 13 unknown call, 67, 68, 73, 74 as [`Switch::check_data`].
    pub(crate) fn set_call_data(&mut self, id: u32, data: &CallData, now: Duration) -> Result<(), Refusal> {
        let call = self.calls.get(id).ok_or(Refusal::Failure(StatusCode::INVALID_CALLID))?;
        self.check_data(data, Some(call))?;
        if let Some(call) = self.calls.get_mut(id) {
            data.apply(call);
        }
        self.tell_data(id);
        self.responded(id, data, now);
        Ok(())
    }
}

impl Call {
    /// All expanded call context by the name it is shown with.
    pub fn ecc(&self) -> BTreeMap<String, String> {
        let arrays =
            self.arrays.iter().map(|((name, index), value)| (format!("{name}[{index}]"), value.clone()));
        self.named.clone().into_iter().chain(arrays).collect()
    }
}

impl CallData {
    fn has_long_value(&self) -> bool {
        let ecc = self.named.values().chain(self.arrays.values());
        self.variables.iter().flatten().any(|value| value.len() > VARIABLE_MAX)
            || self.wrap_up_data.iter().any(|value| value.len() > WRAP_UP_DATA_MAX)
            || ecc.into_iter().any(|value| value.len() > ECC_VALUE_MAX)
    }
    fn ecc_size(&self) -> usize {
        size_named(self.named.iter()) + size_arrays(self.arrays.iter())
    }
    /// Bytes of what the call holds and these changes do not replace.
    fn size_kept(&self, call: &Call) -> usize {
        size_named(call.named.iter().filter(|(name, _)| !self.named.contains_key(*name)))
            + size_arrays(call.arrays.iter().filter(|(element, _)| !self.arrays.contains_key(*element)))
    }
}

/// Bytes on the wire: both strings are terminated.
fn size_named<'a>(pairs: impl Iterator<Item = (&'a String, &'a String)>) -> usize {
    pairs.map(|(name, value)| name.len() + value.len() + 2).sum()
}

/// The same with one byte of index.
fn size_arrays<'a>(elements: impl Iterator<Item = (&'a (String, u8), &'a String)>) -> usize {
    elements.map(|((name, _), value)| name.len() + value.len() + 3).sum()
}

/// Takes `name[index]` apart.
fn array_element(name: &str) -> Option<(&str, u8)> {
    let (array, rest) = name.split_once('[')?;
    Some((array, rest.strip_suffix(']')?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_find_their_places() {
        let pairs = [("callVariable3", "gold"), ("user.customer", "4711"), ("user.history[2]", "x")];
        let data = CallData::from_pairs(&pairs.map(|(n, v)| (n.to_owned(), v.to_owned())).into());
        assert_eq!(data.variables[2].as_deref(), Some("gold"));
        assert_eq!(data.named["user.customer"], "4711");
        assert_eq!(data.arrays[&("user.history".to_owned(), 2)], "x");
    }

    #[test]
    fn a_call_variable_beyond_the_tenth_is_an_unknown_name() {
        let data = CallData::from_pairs(&[("callVariable11".to_owned(), "x".to_owned())].into());
        assert!(data.variables.iter().all(Option::is_none));
        assert!(data.named.contains_key("callVariable11"));
    }
}
