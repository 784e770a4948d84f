//! What the system says of processes and of itself. A number that it does not tell is not a number (NaN).

use std::fs::read_to_string;

/// Clock ticks in a second, as `/proc` counts them on Linux.
const TICKS: f64 = 100.0;
/// Where user and system time stand after the name of the process, which ends in a parenthesis.
const USER_TIME: usize = 11;

/// Processor seconds of a process so far.
pub(super) fn cpu(pid: u32) -> f64 {
    read_to_string(format!("/proc/{pid}/stat"))
        .ok()
        .and_then(|stat| ticks(&stat))
        .map_or(f64::NAN, |ticks| ticks / TICKS)
}

/// Its resident memory in megabytes.
pub(super) fn memory_mb(pid: u32) -> f64 {
    let status = read_to_string(format!("/proc/{pid}/status")).ok();
    status.and_then(|status| resident_kb(&status)).map_or(f64::NAN, |kb| kb / 1024.0)
}

/// Load average of the last minute.
pub(super) fn load() -> String {
    let load = read_to_string("/proc/loadavg").unwrap_or_default();
    load.split(' ').next().unwrap_or_default().to_owned()
}

fn ticks(stat: &str) -> Option<f64> {
    let (_, numbers) = stat.rsplit_once(')')?;
    let times: Vec<f64> =
        numbers.split_whitespace().skip(USER_TIME).take(2).filter_map(|time| time.parse().ok()).collect();
    (times.len() == 2).then(|| times.iter().sum())
}

fn resident_kb(status: &str) -> Option<f64> {
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.trim().trim_end_matches("kB").trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_and_memory_are_read_as_linux_writes_them() {
        let stat = "7 (a) b) S 1 7 7 0 -1 4194304 100 0 0 0 250 50 0 0 20 0 9 0 5 1 2";
        assert_eq!(ticks(stat), Some(300.0));
        assert_eq!(resident_kb("VmPeak:\t 9 kB\nVmRSS:\t  2048 kB\n"), Some(2048.0));
        assert_eq!((ticks("7"), resident_kb("")), (None, None));
        assert!(cpu(std::process::id()) >= 0.0 && memory_mb(std::process::id()) > 0.0);
    }
}
