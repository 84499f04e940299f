//! What the numbers were measured on, in general terms.

use std::fs;
use std::thread::available_parallelism;

/// For example `x86_64 (AMD), 2 cores`.
pub fn description() -> String {
    let information = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let vendor = information.lines().find_map(|line| line.strip_prefix("vendor_id")).unwrap_or_default();
    let vendor = match vendor.trim_start_matches([' ', '\t', ':']) {
        "AuthenticAMD" => " (AMD)",
        "GenuineIntel" => " (Intel)",
        _ => "",
    };
    let cores = available_parallelism().map_or(1, usize::from);
    format!("{}{vendor}, {cores} cores", std::env::consts::ARCH)
}
