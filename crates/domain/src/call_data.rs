//! What is carried with a call: numbers and call variables (mapping.md section 3.6).

use ged188::{NamedArray, NamedVariable};

/// ECC variables of one call. All names and values together are 2,000 bytes at most (ged188.md section 2.4),
/// and each takes at least some bytes of that.
const NAMED_MAX: usize = 256;
/// Bytes of the names and values of all ECC variables of a call together (ged188.md section 2.3).
const NAMED_BYTES_MAX: usize = 2_000;
/// CallVariable1-10.
pub(crate) const VARIABLES: usize = 10;
/// Bytes of a call variable, without its terminator.
pub(crate) const VALUE_MAX: usize = 40;
/// Bytes of CallWrapupData, without its terminator.
pub(crate) const WRAP_UP_MAX: usize = 39;

/// Numbers and variables.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct CallData {
    pub(crate) ani: String,
    pub(crate) dnis: String,
    pub(crate) dialed: String,
    pub(crate) wrap_up: String,
    variables: [String; VARIABLES],
    /// ECC scalars and array elements by shown name, in the order of their coming.
    named: Vec<(String, String)>,
}

/// The data fields of a message, under the names that all messages share.
pub(crate) struct Told<'a> {
    pub(crate) ani: &'a str,
    pub(crate) dnis: &'a str,
    pub(crate) dialed: &'a str,
    pub(crate) wrap_up: &'a str,
    pub(crate) variables: &'a [String; VARIABLES],
    pub(crate) named: &'a [NamedVariable],
    pub(crate) arrays: &'a [NamedArray],
}

/// Reads the data fields of a message.
macro_rules! told {
    ($message:expr) => {
        $crate::call_data::Told {
            ani: &$message.ani,
            dnis: &$message.dnis,
            dialed: &$message.dialed_number,
            wrap_up: &$message.call_wrapup_data,
            variables: &$message.call_variables,
            named: &$message.named_variables,
            arrays: &$message.named_arrays,
        }
    };
}
pub(crate) use told;

impl CallData {
    /// Takes over what a message tells; what it leaves out stays. Returns how many variables found no room.
    pub(crate) fn apply(&mut self, told: &Told<'_>) -> u64 {
        keep_told(&mut self.ani, told.ani);
        keep_told(&mut self.dnis, told.dnis);
        keep_told(&mut self.dialed, told.dialed);
        keep_told(&mut self.wrap_up, told.wrap_up);
        for (mine, theirs) in self.variables.iter_mut().zip(told.variables) {
            keep_told(mine, theirs);
        }
        let scalars = told.named.iter().map(|scalar| (scalar.name.clone(), &scalar.value));
        let elements =
            told.arrays.iter().map(|array| (format!("{}[{}]", array.name, array.index), &array.value));
        scalars.chain(elements).map(|(name, value)| self.set_named(name, value)).sum()
    }

    /// All variables under their shown names: the ten always, then ECC.
    pub(crate) fn view(&self) -> Vec<(String, String)> {
        let ten = self.variables.iter().enumerate();
        let ten = ten.map(|(index, value)| (format!("callVariable{}", index + 1), value.clone()));
        ten.chain(self.named.iter().cloned()).collect()
    }

    /// The value of an ECC variable, or nothing.
    pub(crate) fn named(&self, name: &str) -> &str {
        self.named.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    /// The value under a shown name.
    pub(crate) fn value(&self, name: &str) -> Option<&str> {
        match variable_number(name) {
            Some(index) => self.variables.get(index).map(String::as_str),
            None => self.named.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str()),
        }
    }

    /// Whether these would empty what has a value. CTI takes an empty text for one that is not sent (ged188.md section
    /// 2.3), so nothing but an ECC variable can be emptied.
    pub(crate) fn would_clear(&self, variables: &[(String, String)], wrap_up: Option<&str>) -> bool {
        let emptied = |(name, value): &(String, String)| {
            let known = variable_number(name).and_then(|index| self.variables.get(index));
            value.is_empty() && known.is_some_and(|known| !known.is_empty())
        };
        variables.iter().any(emptied) || (wrap_up == Some("") && !self.wrap_up.is_empty())
    }

    /// Puts the ECC variables into the order in which they were shown before.
    pub(crate) fn order_like(&mut self, shown: &Self) {
        let place =
            |name: &String| shown.named.iter().position(|(known, _)| known == name).unwrap_or(usize::MAX);
        self.named.sort_by_key(|(name, _)| place(name));
    }

    fn set_named(&mut self, name: String, value: &str) -> u64 {
        if let Some((_, known)) = self.named.iter_mut().find(|(known, _)| *known == name) {
            value.clone_into(known);
        } else if self.named.len() < NAMED_MAX {
            self.named.push((name, value.to_owned()));
        } else {
            return 1;
        }
        0
    }
}

fn keep_told(mine: &mut String, theirs: &str) {
    if !theirs.is_empty() && mine != theirs {
        theirs.clone_into(mine);
    }
}

/// 0-9 for `callVariable1` ... `callVariable10`.
fn variable_number(name: &str) -> Option<usize> {
    let number: usize = name.strip_prefix("callVariable")?.parse().ok()?;
    let exact = format!("callVariable{number}") == name;
    (exact && (1..=VARIABLES).contains(&number)).then(|| number - 1)
}

/// Variables of a request, in the shape of the wire.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct WireVariables {
    pub(crate) variables: [String; VARIABLES],
    pub(crate) named: Vec<NamedVariable>,
    pub(crate) arrays: Vec<NamedArray>,
}

/// What a client may not give (rest-api.md section 6.5): a name that is unknown, given twice or of a BA variable, and
/// more ECC variables than a call can carry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct BadVariable;

impl WireVariables {
    /// Sorts the variables of a request. ECC names are those under `user.`, and those that the call carries.
    pub(crate) fn new(given: &[(String, String)], carried: Option<&CallData>) -> Result<Self, BadVariable> {
        let mut wire = Self::default();
        for (at, (name, value)) in given.iter().enumerate() {
            let twice = given.iter().take(at).any(|(earlier, _)| earlier == name);
            if twice || name.starts_with("BA") || !wire.set(name, value, carried) {
                return Err(BadVariable);
            }
        }
        if named_bytes(given, carried) > NAMED_BYTES_MAX { Err(BadVariable) } else { Ok(wire) }
    }

    fn set(&mut self, name: &str, value: &str, carried: Option<&CallData>) -> bool {
        let value = value.to_owned();
        if let Some(slot) = variable_number(name).and_then(|index| self.variables.get_mut(index)) {
            *slot = value;
            return true;
        }
        let known = name.starts_with("user.") || carried.is_some_and(|data| data.value(name).is_some());
        match element(name) {
            Some((name, index)) if known => {
                self.arrays.push(NamedArray { index, name: name.to_owned(), value });
            }
            None if known => self.named.push(NamedVariable { name: name.to_owned(), value }),
            Some(_) | None => return false,
        }
        true
    }
}

/// The bytes of ECC names and values that the call would carry with these.
fn named_bytes(given: &[(String, String)], carried: Option<&CallData>) -> usize {
    let ecc = given.iter().filter(|(name, _)| variable_number(name).is_none());
    let kept = carried.into_iter().flat_map(|data| &data.named);
    let kept = kept.filter(|(name, _)| given.iter().all(|(given, _)| given != name));
    ecc.chain(kept).map(|(name, value)| name.len() + value.len()).sum()
}

/// `name[index]`.
fn element(name: &str) -> Option<(&str, u8)> {
    let (name, index) = name.strip_suffix(']')?.split_once('[')?;
    Some((name, index.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(list: &[(&str, &str)]) -> Vec<(String, String)> {
        list.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect()
    }

    #[test]
    fn mapping_3_6_the_ten_are_always_there_and_ecc_follows() {
        let mut data = CallData::default();
        let mut variables: [String; VARIABLES] = Default::default();
        variables[2] = "gold".into();
        let told = Told {
            ani: "5550100",
            dnis: "",
            dialed: "8000",
            wrap_up: "",
            variables: &variables,
            named: &[NamedVariable { name: "user.plan".into(), value: "A".into() }],
            arrays: &[NamedArray { index: 3, name: "user.list".into(), value: "B".into() }],
        };
        assert_eq!(data.apply(&told), 0);
        let view = data.view();
        assert_eq!(view.len(), 12);
        assert_eq!(view[2], ("callVariable3".into(), "gold".into()));
        assert_eq!(view[10], ("user.plan".into(), "A".into()));
        assert_eq!(view[11], ("user.list[3]".into(), "B".into()));
        assert_eq!((data.value("user.list[3]"), data.value("callVariable3")), (Some("B"), Some("gold")));
    }

    #[test]
    fn variables_go_to_their_place_on_the_wire() {
        let given = pairs(&[("callVariable10", "x"), ("user.plan", "A"), ("user.list[3]", "B")]);
        let wire = WireVariables::new(&given, None).unwrap();
        assert_eq!(wire.variables[9], "x");
        assert_eq!(wire.named, [NamedVariable { name: "user.plan".into(), value: "A".into() }]);
        assert_eq!(wire.arrays, [NamedArray { index: 3, name: "user.list".into(), value: "B".into() }]);
    }

    #[test]
    fn rest_6_5_unknown_doubled_and_ba_names_are_refused() {
        for bad in [
            &[("callVariable11", "x")][..],
            &[("callVariable0", "x")],
            &[("callVariable01", "x")],
            &[("plan", "x")],
            &[("", "x")],
            &[("BAStatus", "x")],
            &[("callVariable1", "x"), ("callVariable1", "y")],
        ] {
            assert_eq!(WireVariables::new(&pairs(bad), None), Err(BadVariable), "{bad:?}");
        }
    }

    #[test]
    fn ged188_2_3_all_ecc_variables_of_a_call_are_2_000_bytes_at_most() {
        let value = |length: usize| ("user.a".to_owned(), "x".repeat(length));
        assert!(WireVariables::new(&[value(2_000 - 6)], None).is_ok());
        assert_eq!(WireVariables::new(&[value(2_000 - 5)], None), Err(BadVariable));
        let mut carried = CallData::default();
        carried.set_named("user.list[1]".to_owned(), &"y".repeat(88));
        assert!(WireVariables::new(&[value(1_900 - 6)], Some(&carried)).is_ok());
        assert_eq!(WireVariables::new(&[value(1_900 - 5)], Some(&carried)), Err(BadVariable));
        carried.set_named("user.a".to_owned(), &"y".repeat(1_000));
        assert!(WireVariables::new(&[value(1_900 - 6)], Some(&carried)).is_ok(), "what it replaces is gone");
        let plain = ("callVariable1".to_owned(), "z".repeat(40));
        assert!(WireVariables::new(&[value(2_000 - 6), plain], None).is_ok(), "the ten do not count");
    }

    #[test]
    fn ecc_names_are_bounded() {
        let mut data = CallData::default();
        let full: u64 = (0..NAMED_MAX + 5).map(|n| data.set_named(format!("user.{n}"), "x")).sum();
        assert_eq!((full, data.named.len()), (5, NAMED_MAX));
    }

    #[test]
    fn only_what_has_a_value_can_not_be_emptied() {
        let data = CallData {
            wrap_up: "Sale made".into(),
            variables: std::array::from_fn(|at| if at == 2 { "gold".into() } else { String::new() }),
            ..CallData::default()
        };
        let clears = |name, value| data.would_clear(&pairs(&[(name, value)]), None);
        assert!(clears("callVariable3", ""));
        assert!(
            !clears("callVariable3", "silver") && !clears("callVariable4", "") && !clears("user.plan", "")
        );
        assert!(data.would_clear(&[], Some("")) && !data.would_clear(&[], Some("Other")));
        assert!(!CallData::default().would_clear(&[], Some("")));
    }
}
