//! Which data of a call are shown where, and under which names (rest-api.md section 13).

use serde::{Deserialize, Serialize};

use super::collection::{Collection, Numbered};
use super::fault::{Fault, line, lines, room};

/// Columns below the head of a call.
pub const LAYOUT_COLUMNS: usize = 2;
/// Entries of one column (rest-api.md section 13).
pub const LAYOUT_ENTRIES_MAX: usize = 10;
/// The layout that holds where a call names no other. It is always there.
pub const DEFAULT_LAYOUT: i32 = 1;

/// Longest name of an entry in characters (rest-api.md section 13).
const DISPLAY_NAME_MAX: usize = 50;
/// Longest name of a layout in characters (rest-api.md section 13).
const NAME_MAX: usize = 40;
/// Longest description in characters (rest-api.md section 13).
const DESCRIPTION_MAX: usize = 128;
/// Longest name of a value: `user.`, an ECC name of 32 bytes and an index are far below it.
const PROPERTY_MAX: usize = 64;
/// Layouts, the default included (rest-api.md section 13).
const LAYOUTS_MAX: usize = 200;

/// One value of a call and its name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LayoutEntry {
    /// What people read; may be empty.
    pub display_name: String,
    /// Which value: `callVariable1`, `user.customer`.
    pub media_property: String,
}

/// One layout of call data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MediaLayout {
    /// Id in our own configuration; [`DEFAULT_LAYOUT`] is type `DEFAULT`, any other `CUSTOM`.
    #[serde(skip)]
    pub id: i32,
    /// What a call says in `user.Layout` to be shown so.
    pub name: String,
    /// For people; may be empty.
    pub description: String,
    /// In the head of the call.
    pub header: LayoutEntry,
    /// Left, then right.
    pub columns: [Vec<LayoutEntry>; LAYOUT_COLUMNS],
}

impl Default for MediaLayout {
    /// The call variables in their order, the first in the head.
    fn default() -> Self {
        let entry = |number: u8| LayoutEntry {
            display_name: format!("Call variable {number}"),
            media_property: format!("callVariable{number}"),
        };
        Self {
            id: DEFAULT_LAYOUT,
            name: "Default Layout".to_owned(),
            description: String::new(),
            header: entry(1),
            columns: [(2..=5).map(entry).collect(), (6..=10).map(entry).collect()],
        }
    }
}

impl Numbered for MediaLayout {
    fn id(&self) -> i32 {
        self.id
    }
}

impl LayoutEntry {
    fn check(&self) -> Result<(), Fault> {
        line("displayName", &self.display_name, 0, DISPLAY_NAME_MAX)?;
        let of_a_name = |byte: u8| byte.is_ascii_alphanumeric() || b"._-[]".contains(&byte);
        if (1..=PROPERTY_MAX).contains(&self.media_property.len())
            && self.media_property.bytes().all(of_a_name)
        {
            return Ok(());
        }
        Err(Fault::value("mediaProperty", "mediaProperty must be the name of a value such as callVariable1"))
    }
}

impl MediaLayout {
    /// Whether it can be, by itself.
    ///
    /// # Errors
    /// [`Fault::Value`].
    pub fn check(&self) -> Result<(), Fault> {
        line("name", &self.name, 1, NAME_MAX)?;
        lines("description", &self.description, DESCRIPTION_MAX)?;
        self.header.check()?;
        if self.columns.iter().any(|column| column.len() > LAYOUT_ENTRIES_MAX) {
            let why = format!("a column has up to {LAYOUT_ENTRIES_MAX} entries");
            return Err(Fault::value("column", why));
        }
        self.columns.iter().flatten().try_for_each(LayoutEntry::check)
    }
}

impl Collection<MediaLayout> {
    /// Whether this layout may stand among the others.
    ///
    /// # Errors
    /// A value that cannot be, a name that is taken, a full list.
    pub fn judge(&self, new: &MediaLayout) -> Result<(), Fault> {
        new.check()?;
        if self.others(new.id).any(|other| other.name == new.name) {
            return Err(Fault::Taken { name: "name" });
        }
        room(self.others(new.id).count(), LAYOUTS_MAX, "layouts of call data")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_layout_names_values_of_a_call() {
        let layouts: Collection<_> = [MediaLayout::default()].into_iter().collect();
        let custom = MediaLayout { id: 2, name: "VIP".to_owned(), ..MediaLayout::default() };
        assert_eq!(layouts.judge(&custom), Ok(()));
        let same = MediaLayout { id: 2, ..MediaLayout::default() };
        assert_eq!(layouts.judge(&same), Err(Fault::Taken { name: "name" }));
        for property in ["", "call variable", "<b>", "氏名", &"x".repeat(65)] {
            let mut wrong = custom.clone();
            wrong.header.media_property = property.to_owned();
            assert!(matches!(layouts.judge(&wrong), Err(Fault::Value { name: "mediaProperty", .. })));
        }
        let mut long = custom;
        long.columns[1] = vec![long.header.clone(); 11];
        assert!(matches!(layouts.judge(&long), Err(Fault::Value { name: "column", .. })));
    }

    #[test]
    fn there_are_200_layouts() {
        let layout = |id: i32| MediaLayout { id, name: format!("layout {id}"), ..MediaLayout::default() };
        let full: Collection<_> = (1..=200).map(layout).collect();
        assert!(matches!(full.judge(&layout(201)), Err(Fault::Full { max: 200, .. })));
        assert_eq!(full.judge(&layout(200)), Ok(()));
    }
}
