//! The part of the table that is the contacts of a phone book (rest-api.md section 11).

use super::settings::{ITEM, SettingRead, SettingWrite, look, read, set, write};
use super::table::Route;
use crate::ErrorType;
use ErrorType::*;

/// A book of 10,000 contacts of 400 bytes each.
const BOOK_BYTES_MAX: u32 = 4 << 20;

pub(super) const CONTACTS: &[Route] = &[
    read("/finesse/api/PhoneBook/{phoneBookId}/Contacts", &["list contacts"], "Contacts", ITEM, |ids, _| {
        look(SettingRead::Contacts { book: ids.at(0) })
    }),
    write(
        "PUT",
        "/finesse/api/PhoneBook/{phoneBookId}/Contacts",
        &["import contacts (XML)"],
        IMPORT,
        |ids, _| set(SettingWrite::ReplaceContacts { book: ids.at(0) }),
    )
    .taking("Contacts")
    .up_to(BOOK_BYTES_MAX),
    read(
        "/finesse/api/PhoneBook/{phoneBookId}/Contacts/csvFileContent",
        &["export contacts (CSV)"],
        "text/csv",
        ITEM,
        |ids, _| look(SettingRead::ContactsFile { book: ids.at(0) }),
    ),
    write(
        "POST",
        "/finesse/api/PhoneBook/{phoneBookId}/Contacts/csvFileContent",
        &["import contacts (CSV)"],
        IMPORT,
        |ids, _| set(SettingWrite::ImportContacts { book: ids.at(0) }),
    )
    .taking("multipart/form-data")
    .answering(&[202])
    .up_to(BOOK_BYTES_MAX),
    write("POST", "/finesse/api/PhoneBook/{phoneBookId}/Contact", &["create contact"], CREATE, |ids, _| {
        set(SettingWrite::CreateContact { book: ids.at(0) })
    })
    .taking("Contact"),
    read("/finesse/api/PhoneBook/{phoneBookId}/Contact/{id}", &["get contact"], "Contact", ITEM, |ids, _| {
        look(SettingRead::Contact { book: ids.at(0), id: ids.at(1) })
    }),
    write(
        "PUT",
        "/finesse/api/PhoneBook/{phoneBookId}/Contact/{id}",
        &["change contact"],
        CHANGE,
        |ids, _| set(SettingWrite::ChangeContact { book: ids.at(0), id: ids.at(1) }),
    )
    .taking("Contact"),
    write(
        "DELETE",
        "/finesse/api/PhoneBook/{phoneBookId}/Contact/{id}",
        &["delete contact"],
        ITEM,
        |ids, _| set(SettingWrite::DeleteContact { book: ids.at(0), id: ids.at(1) }),
    ),
];

const IMPORT: &[ErrorType] = &[
    BadRequest,
    FinesseApiError,
    InvalidInput,
    MaximumExceeded,
    AuthorizationFailure,
    InvalidAuthorizationUserSpecified,
    Forbidden,
    NotFound,
    InternalServerError,
    ServiceUnavailable,
];

const CREATE: &[ErrorType] = &[
    BadRequest,
    FinesseApiError,
    InvalidInput,
    MaximumExceeded,
    ParameterMissing,
    AuthorizationFailure,
    InvalidAuthorizationUserSpecified,
    Forbidden,
    NotFound,
    InternalServerError,
    ServiceUnavailable,
];

const CHANGE: &[ErrorType] = &[
    BadRequest,
    FinesseApiError,
    InvalidInput,
    ParameterMissing,
    AuthorizationFailure,
    InvalidAuthorizationUserSpecified,
    Forbidden,
    NotFound,
    InternalServerError,
    ServiceUnavailable,
];
