//! Layouts of call data (rest-api.md section 13).

use domain::{DEFAULT_LAYOUT, LayoutEntry, MediaLayout};
use xml::Writer;

use super::rendered;
use crate::links;

/// One layout.
pub fn media_layout(layout: &MediaLayout) -> String {
    rendered(|w| item(w, layout))
}

/// The list, in the order given.
pub fn media_layouts<'a>(layouts: impl IntoIterator<Item = &'a MediaLayout>) -> String {
    rendered(|w| {
        w.open("MediaPropertiesLayouts");
        layouts.into_iter().for_each(|layout| item(w, layout));
    })
}

/// Always with two columns: of a single one some clients believe that it is the right one.
fn item(w: &mut Writer, layout: &MediaLayout) {
    w.open("MediaPropertiesLayout");
    for column in &layout.columns {
        w.open("column").text("");
        column.iter().for_each(|one| entry(w, one));
        w.close();
    }
    w.leaf("description", &layout.description).open("header");
    entry(w, &layout.header);
    w.close().leaf("name", &layout.name);
    w.leaf("type", if layout.id == DEFAULT_LAYOUT { "DEFAULT" } else { "CUSTOM" });
    w.leaf("uri", links::media_layout(layout.id)).close();
}

fn entry(w: &mut Writer, entry: &LayoutEntry) {
    w.open("entry").leaf("displayName", &entry.display_name);
    w.leaf("mediaProperty", &entry.media_property).close();
}
