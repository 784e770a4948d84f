//! The rows of failover.md, read from its tables, so that tests and drills take their list from the document.
//!
//! Owns the reading of one Markdown shape and nothing else; never decides what a row means. Driven by drills
//! and by tests. A table counts if its first column is called `id`; a row counts if its first cell is a row
//! id.

/// One row of failover.md.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The id, such as `CTI-4` or `DESK-5r2`.
    pub id: String,
    /// Trigger or precondition; empty in the tables that have no such column.
    pub trigger: String,
    /// What is done about it: the column `action`, or `statement` where a table has only that.
    pub action: String,
}

impl Row {
    /// The family: `CTI`, `AWDB`, `CLIENT`, `DESK` ...
    pub fn family(&self) -> &str {
        self.id.split('-').next().unwrap_or_default()
    }

    /// Whether the row is base text (`CTI-4`), not a later release or a neighbour (`CTI-X4`).
    pub fn is_base_text(&self) -> bool {
        self.id.split_once('-').is_some_and(|(_, number)| !number.starts_with('X'))
    }
}

/// All rows in the order of the document.
pub fn rows(markdown: &str) -> Vec<Row> {
    let mut columns: Vec<&str> = Vec::new();
    let mut rows = Vec::new();
    for line in markdown.lines() {
        let cells = cells(line);
        match cells.first() {
            None => columns.clear(),
            Some(&"id") => columns = cells,
            Some(first) if !columns.is_empty() && is_id(first) => rows.push(row(&columns, &cells)),
            Some(_) => {}
        }
    }
    rows
}

/// The trimmed cells of a table line; none if the line is not of a table.
fn cells(line: &str) -> Vec<&str> {
    let inner = line.trim().strip_prefix('|').and_then(|rest| rest.strip_suffix('|'));
    inner.map(|inner| inner.split('|').map(str::trim).collect()).unwrap_or_default()
}

/// Capitals, a hyphen, then `X` or a digit.
fn is_id(cell: &str) -> bool {
    cell.split_once('-').is_some_and(|(family, number)| {
        !family.is_empty()
            && family.chars().all(|letter| letter.is_ascii_uppercase())
            && number.starts_with(|first: char| first == 'X' || first.is_ascii_digit())
            && number.chars().all(|character| character.is_ascii_alphanumeric())
    })
}

fn row(columns: &[&str], cells: &[&str]) -> Row {
    let cell = |starts: &[&str]| {
        let column = columns.iter().position(|name| starts.iter().any(|start| name.starts_with(start)));
        column.and_then(|index| cells.get(index)).map_or(String::new(), |text| plain(text))
    };
    Row { id: cell(&["id"]), trigger: cell(&["trigger"]), action: cell(&["action", "statement"]) }
}

/// Without the marks of bold text; a lone dash means nothing.
fn plain(cell: &str) -> String {
    let text = cell.replace("**", "");
    if text == "–" { String::new() } else { text }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn document() -> Vec<Row> {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../spec/failover.md");
        rows(&std::fs::read_to_string(path).expect("spec/failover.md"))
    }

    #[test]
    fn every_table_of_the_document_is_read() {
        let count = |family: &str| document().iter().filter(|row| row.family() == family).count();
        assert_eq!(["CTI", "AWDB", "CLIENT", "DESK"].map(count), [32, 22, 43, 20]);
        assert_eq!(["TASK", "TEAM", "QUE", "LIVE", "IDS", "CHAT", "WAN"].map(count), [4, 1, 1, 1, 1, 1, 1]);
    }

    #[test]
    fn ids_are_unique() {
        let rows = document();
        let ids: BTreeSet<_> = rows.iter().map(|row| &row.id).collect();
        assert_eq!(ids.len(), rows.len());
    }

    #[test]
    fn base_text_of_cti_is_cti_1_to_cti_20() {
        let rows = document();
        let mut base = rows.iter().filter(|row| row.family() == "CTI" && row.is_base_text());
        assert_eq!(base.next().map(|row| row.id.as_str()), Some("CTI-1"));
        assert_eq!(base.next_back().map(|row| row.id.as_str()), Some("CTI-20"));
        assert_eq!(base.count(), 20);
    }

    #[test]
    fn cells_are_read_by_the_name_of_their_column() {
        let rows = document();
        let row = |id: &str| rows.iter().find(|row| row.id == id).cloned().expect(id);
        assert_eq!(row("CTI-4").trigger, "A lost");
        assert_eq!(row("CTI-4").action, "5 reconnect attempts to A");
        assert_eq!(row("CTI-14").action, "clients reflect call control, call data, agent state exactly");
        assert_eq!((row("WAN-1").trigger.as_str(), row("WAN-1").action.is_empty()), ("", false));
    }

    #[test]
    fn other_tables_and_prose_are_not_rows() {
        let text =
            "| timer | value |\n| --- | --- |\n| CTI-9 | 3 |\n\nCTI-4 | no table\n| id | action |\n| x | y |";
        assert_eq!(rows(text), []);
    }

    #[test]
    fn short_lines_leave_cells_empty() {
        let read = rows("| id | trigger | action |\n| CTI-1 |\n| CTI-2 | lost |");
        assert_eq!(read.iter().map(|row| row.trigger.as_str()).collect::<Vec<_>>(), ["", "lost"]);
    }
}
