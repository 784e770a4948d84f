//! Contacts as a CSV file, in and out (rest-api.md section 11.1): one line of names, then a contact a line, in UTF-8.
//!
//! A line that cannot be a contact is skipped and named; the others count. A file of which nothing would be left, or in
//! another encoding, is refused: it would empty the book.

use csv::{ByteRecord, ReaderBuilder};
use domain::{Contact, Fault};

use super::multipart;
use crate::{ApiFailure, HttpRequest};

/// The first line of every file.
const HEADER: [&str; 4] = ["First Name", "Last Name", "Phone Number", "Notes"];

/// What spreadsheets put before UTF-8.
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// What a file holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Import {
    /// Without ids yet.
    pub contacts: Vec<Contact>,
    /// Lines that count for nothing.
    pub skipped: Vec<Skipped>,
}

/// A line that is no contact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skipped {
    /// Its number, from 1; of a contact that goes over several lines, the first.
    pub line: u64,
    /// A few words.
    pub why: &'static str,
}

/// Reads the body of `POST PhoneBook/{id}/Contacts/csvFileContent`: a file in a form, or the file itself.
///
/// # Errors
/// 400 `Bad Request` for another type or a broken form, 400 `Invalid Input` without the line of names, in another
/// encoding than UTF-8, or if there are lines and each of them is faulty.
pub fn contacts_csv(request: &HttpRequest) -> Result<Import, ApiFailure> {
    read(file(request)?)
}

/// The file of some contacts.
pub fn contacts_file<'a>(contacts: impl IntoIterator<Item = &'a Contact>) -> String {
    let mut file = String::new();
    push_line(&mut file, HEADER);
    for contact in contacts {
        let Contact { id: _, first_name, last_name, description, phone_number } = contact;
        push_line(&mut file, [first_name, last_name, phone_number, description]);
    }
    file
}

fn push_line<'a>(file: &mut String, cells: impl IntoIterator<Item = &'a (impl AsRef<str> + ?Sized + 'a)>) {
    for (at, cell) in cells.into_iter().enumerate() {
        file.push_str(if at == 0 { "\"" } else { ",\"" });
        file.push_str(&cell.as_ref().replace('"', "\"\""));
        file.push('"');
    }
    file.push_str("\r\n");
}

fn file(request: &HttpRequest) -> Result<&[u8], ApiFailure> {
    let content_type = request.content_type.as_deref().unwrap_or("text/csv");
    let media_type = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    match media_type.as_str() {
        "multipart/form-data" => multipart::first_part(content_type, &request.body)
            .map_err(|why| ApiFailure::bad_request(format!("The form cannot be read: {why}"), "")),
        "text/csv" | "text/plain" | "application/csv" | "application/octet-stream" => Ok(&request.body),
        _ => Err(ApiFailure::bad_request(
            "The Content-Type must be multipart/form-data or text/csv",
            content_type,
        )),
    }
}

fn read(file: &[u8]) -> Result<Import, ApiFailure> {
    let file = file.strip_prefix(BYTE_ORDER_MARK).unwrap_or(file);
    is_utf8(file)?;
    let mut lines = Lines { file, at: 0, line: 1 };
    let mut reader = ReaderBuilder::new().has_headers(false).flexible(true).from_reader(file);
    let mut row = ByteRecord::new();
    if !next(&mut reader, &mut row) || !is_header(&row) {
        return Err(ApiFailure::invalid_input(format!("The first line must be {}", HEADER.join(",")), ""));
    }
    let mut import = Import::default();
    while next(&mut reader, &mut row) {
        let line = lines.of(&row);
        match contact(&row) {
            Ok(contact) => import.contacts.push(contact),
            Err(why) => import.skipped.push(Skipped { line, why }),
        }
    }
    match import.skipped.first() {
        Some(Skipped { line, why }) if import.contacts.is_empty() => Err(ApiFailure::invalid_input(
            format!("No line can be used; line {line}: {why}"),
            &line.to_string(),
        )),
        Some(_) | None => Ok(import),
    }
}

/// Spreadsheets in Japan save Shift_JIS unless they are told otherwise.
fn is_utf8(file: &[u8]) -> Result<(), ApiFailure> {
    let Err(fault) = std::str::from_utf8(file) else { return Ok(()) };
    let before = file.get(..fault.valid_up_to()).unwrap_or_default();
    let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
    let says = format!("Line {line} is not UTF-8: save the file as CSV UTF-8");
    Err(ApiFailure::invalid_input(says, &line.to_string()))
}

/// Counts lines as an editor does; the reader of rows leaves out empty ones.
struct Lines<'a> {
    file: &'a [u8],
    at: usize,
    line: u64,
}

impl Lines<'_> {
    /// The line in which a row begins, further down than the one before.
    fn of(&mut self, row: &ByteRecord) -> u64 {
        let start = row.position().and_then(|position| usize::try_from(position.byte()).ok());
        let rest = self.file.get(start.unwrap_or(self.at)..).unwrap_or_default();
        let empty = rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        let until = self.file.len() - rest.len() + empty;
        let passed = self.file.get(self.at..until).unwrap_or_default();
        self.line += passed.iter().filter(|byte| **byte == b'\n').map(|_| 1).sum::<u64>();
        self.at = until.max(self.at);
        self.line
    }
}

/// Reading from memory, with rows of any length, never fails.
fn next(reader: &mut csv::Reader<&[u8]>, row: &mut ByteRecord) -> bool {
    reader.read_byte_record(row).unwrap_or(false)
}

fn is_header(row: &ByteRecord) -> bool {
    let is = |cell: &[u8], name: &str| cell.trim_ascii().eq_ignore_ascii_case(name.as_bytes());
    row.len() == HEADER.len() && row.iter().zip(HEADER).all(|(cell, name)| is(cell, name))
}

fn contact(row: &ByteRecord) -> Result<Contact, &'static str> {
    if row.len() > HEADER.len() {
        return Err("more than four columns");
    }
    let cell = |at| String::from_utf8_lossy(row.get(at).unwrap_or_default()).trim().to_owned();
    let (first_name, last_name) = (cell(0), cell(1));
    let (phone_number, description) = (cell(2), cell(3));
    let contact = Contact { id: 0, first_name, last_name, description, phone_number };
    contact.check().map(|()| contact).map_err(why)
}

fn why(fault: Fault) -> &'static str {
    match fault {
        Fault::Value { name: "phoneNumber", .. } => "no phone number of 1 to 32 characters",
        Fault::Value { name: "firstName", .. } => "a first name that is too long",
        Fault::Value { name: "lastName", .. } => "a last name that is too long",
        Fault::Value { .. }
        | Fault::Unknown
        | Fault::Taken { .. }
        | Fault::Full { .. }
        | Fault::InUse
        | Fault::Stale(_)
        | Fault::Default => "notes that are too long",
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::testing::request;

    fn import(file: &[u8]) -> Result<Import, &'static str> {
        let post = HttpRequest {
            content_type: Some("text/csv".to_owned()),
            body: file.to_vec(),
            ..request("POST", "/finesse/api/PhoneBook/1/Contacts/csvFileContent")
        };
        contacts_csv(&post).map_err(|failure| failure.kind.as_str())
    }

    const NAMES: &str = "\"First Name\",\"Last Name\",\"Phone Number\",\"Notes\"\r\n";

    #[test]
    fn a_file_with_quotes_commas_line_ends_and_japanese() {
        let file = format!("\u{feff}{NAMES}\"Ann\",\"O\"\"Hara, Jr.\",0312345678,\"a\r\nb\"\n,森,+81 6,\n");
        let import = import(file.as_bytes()).unwrap();
        let read: Vec<_> = import
            .contacts
            .iter()
            .map(|c| [&c.first_name, &c.last_name, &c.phone_number, &c.description].map(String::as_str))
            .collect();
        assert_eq!(read, [["Ann", "O\"Hara, Jr.", "0312345678", "a\r\nb"], ["", "森", "+81 6", ""]]);
        assert_eq!(import.skipped, []);
    }

    #[test]
    fn faulty_lines_are_skipped_and_named() {
        let long = "x".repeat(129);
        let file = format!("{NAMES}a,b,1,c\r\na,b,,c\r\n\r\na,b,1,c,d\r\na,b\r\n{long},b,1,c\r\nz,b,2,c");
        let import = import(file.as_bytes()).unwrap();
        assert_eq!(import.contacts.len(), 2);
        let skipped: Vec<_> = import.skipped.iter().map(|skipped| (skipped.line, skipped.why)).collect();
        assert_eq!(
            skipped,
            [
                (3, "no phone number of 1 to 32 characters"),
                (5, "more than four columns"),
                (6, "no phone number of 1 to 32 characters"),
                (7, "a first name that is too long"),
            ]
        );
    }

    #[test]
    fn a_file_of_which_nothing_would_be_left_is_refused() {
        let refused = |file: &[u8]| {
            let body = file.to_vec();
            let post = HttpRequest { content_type: None, body, ..request("POST", "/") };
            contacts_csv(&post).map_err(|failure| failure.message)
        };
        let shift_jis = [NAMES.as_bytes(), b"a,b,1,c\r\n\x83\x41,b,1,c\r\n"].concat();
        assert_eq!(refused(&shift_jis), Err("Line 3 is not UTF-8: save the file as CSV UTF-8".into()));
        let faulty = format!("{NAMES}a,b,,c\r\n");
        let says = "No line can be used; line 2: no phone number of 1 to 32 characters";
        assert_eq!(refused(faulty.as_bytes()), Err(says.into()));
        assert_eq!(refused(NAMES.as_bytes()), Ok(Import::default()), "an empty book, in so many words");
    }

    #[test]
    fn a_file_without_the_line_of_names_is_refused() {
        for file in ["", "a,b,1,c\r\n", "First Name,Last Name,Phone Number\r\n"] {
            assert_eq!(import(file.as_bytes()), Err("Invalid Input"), "{file:?}");
        }
        assert!(import(b" first name ,LAST NAME,phone number,notes").is_ok());
    }

    #[test]
    fn a_file_comes_in_a_form_or_by_itself() {
        let read = |content_type: Option<&str>, body: &str| {
            let post = HttpRequest {
                content_type: content_type.map(str::to_owned),
                body: body.as_bytes().to_vec(),
                ..request("POST", "/")
            };
            contacts_csv(&post).map(|import| import.contacts.len()).map_err(|failure| failure.kind.as_str())
        };
        let file = format!("{NAMES}a,b,1,c");
        let form = format!("--q\r\nContent-Disposition: form-data; name=\"csv\"\r\n\r\n{file}\r\n--q--\r\n");
        assert_eq!(read(Some("multipart/form-data; boundary=q"), &form), Ok(1));
        assert_eq!(read(Some("Text/Plain; charset=UTF-8"), &file), Ok(1));
        assert_eq!(read(None, &file), Ok(1));
        assert_eq!(read(Some("multipart/form-data; boundary=r"), &form), Err("Bad Request"));
        assert_eq!(read(Some("application/xml"), &file), Err("Bad Request"));
    }

    proptest! {
        #[test]
        fn what_is_exported_is_imported(texts in proptest::collection::vec("[^\\p{Cc}]{0,12}", 3), number in "[0-9+]{1,9}") {
            let [first, last, notes] = texts.as_slice() else { panic!("three") };
            let text = |text: &String| text.trim().to_owned();
            let contact = Contact {
                id: 0,
                first_name: text(first),
                last_name: text(last),
                description: text(notes),
                phone_number: number,
            };
            let import = import(contacts_file(std::slice::from_ref(&contact)).as_bytes()).unwrap();
            prop_assert_eq!(import.contacts, [contact]);
        }

        #[test]
        fn no_file_is_too_strange(bytes in proptest::collection::vec(any::<u8>(), 0..60)) {
            let mut file = NAMES.as_bytes().to_vec();
            file.extend(bytes);
            let _ = import(&file);
        }
    }
}
