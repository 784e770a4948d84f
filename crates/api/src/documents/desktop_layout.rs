//! Layouts of the desktop: a document inside a document, as text that is escaped once (rest-api.md sections 8.2, 12, 19.1).

use super::rendered;

/// `LayoutConfig`: the layout that holds, and where it is set.
pub fn layout_config(layout: &str, uri: &str) -> String {
    rendered(|w| {
        w.open("LayoutConfig").leaf("layoutxml", layout).leaf("uri", uri);
    })
}

/// `TeamLayoutConfig`: the layout that holds for the team, and whether it is everybody's.
pub fn team_layout_config(layout: &str, uri: &str, use_default: bool) -> String {
    rendered(|w| {
        w.open("TeamLayoutConfig").leaf("layoutxml", layout).leaf("uri", uri);
        w.leaf("useDefault", use_default);
    })
}
