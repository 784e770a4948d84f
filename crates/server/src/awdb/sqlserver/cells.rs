//! The driver's values as ours.

use std::borrow::Cow;

use tiberius::ColumnData;
use tiberius::time::{Date, DateTime, SmallDateTime, Time};

use super::super::row::Cell;

/// Ticks of datetime in a second.
const TICKS: u32 = 300;

/// Days from 0001-01-01 to 1900-01-01, from which datetime counts.
const YEAR_1900: i64 = 693_595;

/// What stands in one column.
pub(super) fn cell<'a>(data: &'a ColumnData<'static>) -> Cell<'a> {
    match data {
        ColumnData::U8(value) => number(*value),
        ColumnData::I16(value) => number(*value),
        ColumnData::I32(value) => number(*value),
        ColumnData::I64(value) => number(*value),
        ColumnData::String(value) => text(value.as_deref().map(Cow::Borrowed)),
        ColumnData::DateTime(value) => text(value.map(date_time)),
        ColumnData::SmallDateTime(value) => text(value.map(small_date_time)),
        ColumnData::DateTime2(value) => text(value.map(|at| date_time_2(at.date(), at.time()))),
        ColumnData::F32(value) => other(value, "a float"),
        ColumnData::F64(value) => other(value, "a float"),
        ColumnData::Bit(value) => other(value, "a bit"),
        ColumnData::Guid(value) => other(value, "a uniqueidentifier"),
        ColumnData::Binary(value) => other(value, "binary data"),
        ColumnData::Numeric(value) => other(value, "a decimal"),
        ColumnData::Xml(value) => other(value, "XML"),
        ColumnData::Time(value) => other(value, "a time"),
        ColumnData::Date(value) => other(value, "a date"),
        ColumnData::DateTimeOffset(value) => other(value, "a datetimeoffset"),
    }
}

fn number<N: Into<i64>>(value: Option<N>) -> Cell<'static> {
    value.map_or(Cell::Null, |value| Cell::Number(value.into()))
}

fn text(value: Option<Cow<'_, str>>) -> Cell<'_> {
    value.map_or(Cell::Null, Cell::Text)
}

fn other<T>(value: &Option<T>, name: &'static str) -> Cell<'static> {
    value.as_ref().map_or(Cell::Null, |_| Cell::Other(name))
}

fn date_time(at: DateTime) -> Cow<'static, str> {
    let ticks = at.seconds_fragments();
    // Three ticks are ten milliseconds; the server shows a third of them rounded.
    let milliseconds = (ticks % TICKS * 10 + 1) / 3;
    written(YEAR_1900 + i64::from(at.days()), ticks / TICKS, &format!(".{milliseconds:03}"))
}

fn small_date_time(at: SmallDateTime) -> Cow<'static, str> {
    written(YEAR_1900 + i64::from(at.days()), u32::from(at.seconds_fragments()) * 60, "")
}

fn date_time_2(date: Date, time: Time) -> Cow<'static, str> {
    let (increments, scale) = (time.increments(), u32::from(time.scale().min(7)));
    let per_second = 10_u64.pow(scale);
    let seconds = u32::try_from(increments / per_second).unwrap_or_default();
    let width = usize::from(time.scale().min(7));
    let fraction = if width == 0 { String::new() } else { format!(".{:0width$}", increments % per_second) };
    written(i64::from(date.days()), seconds, &fraction)
}

/// As SQL Server writes it: day, time of day and fraction of a second.
fn written(days: i64, seconds: u32, fraction: &str) -> Cow<'static, str> {
    let (year, month, day) = civil(days);
    let (hours, minutes) = (seconds / 3600, seconds / 60 % 60);
    format!("{year:04}-{month:02}-{day:02} {hours:02}:{minutes:02}:{:02}{fraction}", seconds % 60).into()
}

/// Year, month and day of a count of days from 0001-01-01, in the Gregorian calendar. A year begins in March here, so
/// that the day which only some years have is its last.
fn civil(days: i64) -> (i64, i64, i64) {
    let from_march_of_year_0 = days + 306;
    let era = from_march_of_year_0.div_euclid(146_097);
    let of_era = from_march_of_year_0.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    (era * 400 + year_of_era + i64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_text_are_what_they_are_and_the_rest_is_named() {
        assert_eq!(cell(&ColumnData::I16(Some(-7))), Cell::Number(-7));
        assert_eq!(cell(&ColumnData::I64(None)), Cell::Null);
        assert_eq!(cell(&ColumnData::String(Some("佐藤".into()))), Cell::Text("佐藤".into()));
        assert_eq!(cell(&ColumnData::Binary(Some(vec![0x5e].into()))), Cell::Other("binary data"));
        assert_eq!(cell(&ColumnData::F64(None)), Cell::Null);
    }

    /// Values as SQL Server shows them: `SELECT CAST(... AS datetime)`.
    #[test]
    fn times_are_written_as_the_server_writes_them() {
        let shown = |data| match cell(&data) {
            Cell::Text(text) => text.into_owned(),
            other => panic!("{other:?}"),
        };
        let at = |days, ticks| shown(ColumnData::DateTime(Some(DateTime::new(days, ticks))));
        assert_eq!(at(0, 0), "1900-01-01 00:00:00.000");
        assert_eq!(at(36_583, 1), "2000-02-29 00:00:00.003");
        assert_eq!(at(46_347, 60_001 * 300 + 299), "2026-11-23 16:40:01.997");
        assert_eq!(at(-53_690, 25_919_999), "1753-01-01 23:59:59.997");
        let small = SmallDateTime::new(46_347, 1000);
        assert_eq!(shown(ColumnData::SmallDateTime(Some(small))), "2026-11-23 16:40:00");
        let exact = |time| {
            shown(ColumnData::DateTime2(Some(tiberius::time::DateTime2::new(Date::new(739_942), time))))
        };
        assert_eq!(exact(Time::new(600_010_000_001, 7)), "2026-11-23 16:40:01.0000001");
        assert_eq!(exact(Time::new(60_001, 0)), "2026-11-23 16:40:01");
    }
}
