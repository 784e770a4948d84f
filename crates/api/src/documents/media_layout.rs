//! The default layout of call data (rest-api.md section 13).

use domain::{LayoutEntry, MediaLayout};
use xml::Writer;

use super::rendered;
use crate::links;

/// Always with two columns: of a single one some clients believe that it is the right one.
pub fn media_layout(layout: &MediaLayout) -> String {
    rendered(|w| {
        w.open("MediaPropertiesLayout");
        for column in &layout.columns {
            w.open("column");
            column.iter().for_each(|one| entry(w, one));
            w.close();
        }
        w.leaf("description", "").open("header");
        entry(w, &layout.header);
        w.close().leaf("name", "Default Layout").leaf("type", "DEFAULT");
        w.leaf("uri", links::DEFAULT_MEDIA_LAYOUT);
    })
}

fn entry(w: &mut Writer, entry: &LayoutEntry) {
    w.open("entry").leaf("displayName", &entry.display_name);
    w.leaf("mediaProperty", &entry.media_property).close();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_layout_is_that_of_the_reference() {
        let entry = |name: &str| LayoutEntry {
            display_name: name.to_owned(),
            media_property: "callVariable1".to_owned(),
        };
        let layout = MediaLayout { header: entry("Customer"), columns: [vec![entry("Name")], Vec::new()] };
        let document = media_layout(&layout);
        assert!(document.starts_with(
            "<MediaPropertiesLayout><column><entry><displayName>Name</displayName>\
             <mediaProperty>callVariable1</mediaProperty></entry></column><column"
        ));
        assert!(document.ends_with(
            "<header><entry><displayName>Customer</displayName><mediaProperty>callVariable1</mediaProperty>\
             </entry></header><name>Default Layout</name><type>DEFAULT</type>\
             <uri>/finesse/api/MediaPropertiesLayout/1</uri></MediaPropertiesLayout>"
        ));
    }
}
