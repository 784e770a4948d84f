//! `MediaPropertiesLayout`, new or changed (rest-api.md section 13).

use domain::{LAYOUT_COLUMNS, LayoutEntry, MediaLayout};
use xml::Element;

use super::{body, given, optional, or_before, required, something};
use crate::{ApiFailure, HttpRequest};

/// Reads the body of `POST MediaPropertiesLayout`, or of a `PUT`, which keeps of the layout before what it does not
/// name. Columns are replaced together.
///
/// # Errors
/// 400 `Parameter Missing` if it is incomplete, 400 `Invalid Input` for a value, or if nothing is to be changed.
pub fn media_layout(
    request: &HttpRequest,
    id: i32,
    before: Option<&MediaLayout>,
) -> Result<MediaLayout, ApiFailure> {
    let layout = body(request, "MediaPropertiesLayout")?;
    if before.is_some() {
        let names = ["name", "description", "header", "column"];
        something(&layout, &names, |why| ApiFailure::invalid_input(why, ""))?;
    }
    let missing = |name: &'static str| move || ApiFailure::parameter_missing(name);
    let description = given(&layout, "description").or(before.map(|before| before.description.clone()));
    Ok(MediaLayout {
        id,
        name: or_before(
            optional(&layout, "name"),
            before.map(|before| before.name.clone()),
            missing("name"),
        )?,
        description: description.unwrap_or_default(),
        header: or_before(header(&layout)?, before.map(|before| before.header.clone()), missing("header"))?,
        columns: columns(&layout)?.or(before.map(|before| before.columns.clone())).unwrap_or_default(),
    })
}

/// A header has exactly one entry.
fn header(layout: &Element) -> Result<Option<LayoutEntry>, ApiFailure> {
    let Some(header) = layout.last_child("header") else { return Ok(None) };
    match entries(header)?.as_slice() {
        [] => Err(ApiFailure::parameter_missing("header")),
        [one] => Ok(Some(one.clone())),
        _ => Err(ApiFailure::invalid_input("header must have one entry", "header")),
    }
}

/// The first column is the left one; one alone is completed by an empty one.
fn columns(layout: &Element) -> Result<Option<[Vec<LayoutEntry>; LAYOUT_COLUMNS]>, ApiFailure> {
    let given = layout.children().filter(|child| child.name == "column");
    let given = given.map(entries).collect::<Result<Vec<_>, _>>()?;
    let mut given = given.into_iter();
    let (first, second) = (given.next(), given.next());
    if given.next().is_some() {
        return Err(ApiFailure::invalid_input("There must be up to two columns", "column"));
    }
    Ok(first.map(|first| [first, second.unwrap_or_default()]))
}

fn entries(parent: &Element) -> Result<Vec<LayoutEntry>, ApiFailure> {
    let entries = parent.children().filter(|child| child.name == "entry").map(|entry| {
        Ok(LayoutEntry {
            display_name: given(entry, "displayName").unwrap_or_default(),
            media_property: required(entry, "mediaProperty")?,
        })
    });
    entries.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::put;

    fn read(inner: &str, before: Option<&MediaLayout>) -> Result<MediaLayout, (&'static str, String)> {
        let request = put(&format!("<MediaPropertiesLayout>{inner}</MediaPropertiesLayout>"));
        media_layout(&request, 2, before).map_err(|failure| (failure.kind.as_str(), failure.data))
    }

    fn entry(name: &str) -> String {
        format!(
            "<entry><displayName>{name}</displayName><mediaProperty>callVariable1</mediaProperty></entry>"
        )
    }

    #[test]
    fn a_new_layout_has_a_name_and_a_header() {
        let header = format!("<header>{}</header>", entry("Customer"));
        let one = read(&format!("<name>VIP</name>{header}<column>{}</column>", entry("a")), None).unwrap();
        assert_eq!((one.columns[0].len(), one.columns[1].len()), (1, 0), "the first column is the left one");
        assert_eq!(read(&header, None), Err(("Parameter Missing", "name".to_owned())));
        assert_eq!(read("<name>VIP</name>", None), Err(("Parameter Missing", "header".to_owned())));
        assert_eq!(read("<name>VIP</name><header/>", None), Err(("Parameter Missing", "header".to_owned())));
        let two = format!("<name>VIP</name><header>{}</header>", entry("a").repeat(2));
        assert_eq!(read(&two, None), Err(("Invalid Input", "header".to_owned())));
        let three = format!("<name>VIP</name>{header}<column/><column/><column/>");
        assert_eq!(read(&three, None), Err(("Invalid Input", "column".to_owned())));
        let nameless = "<name>VIP</name><header><entry><displayName>x</displayName></entry></header>";
        assert_eq!(read(nameless, None), Err(("Parameter Missing", "mediaProperty".to_owned())));
    }

    #[test]
    fn a_change_keeps_what_it_does_not_name() {
        let before = MediaLayout { description: "old".to_owned(), ..MediaLayout::default() };
        let after = read("<description></description>", Some(&before)).unwrap();
        assert_eq!(after, MediaLayout { id: 2, ..MediaLayout::default() });
        let after = read("<column/>", Some(&before)).unwrap();
        assert_eq!(after.columns, [Vec::new(), Vec::new()]);
        assert_eq!(read("<uri>/x</uri>", Some(&before)), Err(("Invalid Input", String::new())));
    }
}
