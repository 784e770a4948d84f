//! Which data of a call are shown where, and under which names (rest-api.md section 13).

/// Columns below the head of a call.
pub const LAYOUT_COLUMNS: usize = 2;
/// Entries of one column (rest-api.md section 13).
pub const LAYOUT_ENTRIES_MAX: usize = 10;
/// Longest name of an entry in characters (rest-api.md section 13).
pub const LAYOUT_NAME_MAX: usize = 50;

/// One value of a call and its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LayoutEntry {
    /// What people read; may be empty.
    pub display_name: String,
    /// Which value: `callVariable1`, `user.customer`.
    pub media_property: String,
}

/// The default layout of call data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MediaLayout {
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
        Self { header: entry(1), columns: [(2..=5).map(entry).collect(), (6..=10).map(entry).collect()] }
    }
}
