//! `cargo run --profile bench -p traced-benches --bin instructions [-- ROW ..]`: instructions that a span costs its caller, counted by
//! callgrind and so the same on every run; with the functions of `traced` that they go to.

use std::collections::HashMap;
use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{env, fs};
use traced_benches::candidates::{Candidate, SPANS};
use traced_benches::child::Job;
use traced_benches::row::Row;
use traced_benches::table::Table;

const TRACES: u64 = 400;
const ROWS: [Row; 8] = [Row::Plain, Row::Attributes, Row::Error, Row::Async, Row::Unsampled, Row::Keep, Row::Off, Row::Leaf];
/// Functions shown of a row.
const SHOWN: usize = 14;

/// What callgrind counted for one span.
struct Profile {
    instructions: u64,
    functions: Vec<(String, u64)>,
}

fn main() -> Result<(), Box<dyn Error>> {
    if let Some(job) = Job::of_process() {
        println!("{}", job.run().line());
        return Ok(());
    }
    let named: Vec<Row> =
        env::args().skip(1).map(|name| Row::named(&name).ok_or(format!("no row is called `{name}`"))).collect::<Result<_, _>>()?;
    let rows = if named.is_empty() { ROWS.to_vec() } else { named };
    let mut table = Table::new(Candidate::ALL.map(Candidate::label));
    let mut details = Vec::new();
    for row in rows {
        let bare = if row.is_net() { profile(Candidate::Bare, row)?.instructions } else { 0 };
        let mut cells = Vec::new();
        for candidate in Candidate::ALL {
            eprintln!("{} {}", candidate.name(), row.name());
            let profile = candidate.has(row).then(|| profile(candidate, row)).transpose()?;
            cells.push(profile.as_ref().map_or("-".to_owned(), |profile| (profile.instructions - bare).to_string()));
            details.extend(profile.filter(|_| candidate == Candidate::Traced).map(|profile| (row, profile)));
        }
        table.row(row.label(), cells);
    }
    println!("Instructions of the caller for a span, under callgrind:\n\n{table}");
    for (row, profile) in &details {
        print(*row, profile);
    }
    Ok(())
}

fn print(row: Row, profile: &Profile) {
    println!("traced, {}: where they go\n", row.label());
    for (function, instructions) in profile.functions.iter().take(SHOWN) {
        println!("{instructions:>6}  {function}");
    }
    println!();
}

fn profile(candidate: Candidate, row: Row) -> Result<Profile, Box<dyn Error>> {
    let output = env::temp_dir().join(format!("callgrind-{}-{}-{}", std::process::id(), candidate.name(), row.name()));
    run(&output, Job { candidate, row, bursts: 1, traces: TRACES })?;
    let text = fs::read_to_string(&output)?;
    fs::remove_file(output)?;
    let total: u64 = text.lines().find_map(|line| line.strip_prefix("totals: ")).unwrap_or("0").trim().parse()?;
    let per_span = |instructions: u64| (instructions + TRACES * SPANS / 2) / (TRACES * SPANS);
    let mut functions: Vec<(String, u64)> = own_costs(&text).into_iter().map(|(name, cost)| (name, per_span(cost))).collect();
    functions.sort_by_key(|(_, cost)| core::cmp::Reverse(*cost));
    Ok(Profile { instructions: per_span(total), functions })
}

fn run(output: &Path, job: Job) -> Result<(), Box<dyn Error>> {
    let program: PathBuf = env::current_exe()?;
    let mut valgrind = Command::new("valgrind");
    valgrind.args(["-q", "--tool=callgrind", "--toggle-collect=*measured_calls*"]);
    valgrind.arg(format!("--callgrind-out-file={}", output.display())).arg(program);
    let status = job.add_to(&mut valgrind).stdout(Stdio::null()).stderr(Stdio::null()).status()?;
    if status.success() { Ok(()) } else { Err("valgrind failed: is it installed?".into()) }
}

/// Instructions of each function itself, without what it calls.
/// In callgrind's format `fn=(1) name` starts a function, `position cost` is a cost of it, and the line after `calls=` is another's.
fn own_costs(text: &str) -> HashMap<String, u64> {
    let mut names: HashMap<&str, &str> = HashMap::new();
    let mut costs: HashMap<String, u64> = HashMap::new();
    let (mut current, mut of_a_call) = ("", false);
    for line in text.lines() {
        if let Some((key, value)) = line.split_once('=') {
            let (id, name) = value.split_once(' ').unwrap_or((value, ""));
            if matches!(key, "fn" | "cfn") && !name.is_empty() {
                names.insert(id, name);
            }
            if key == "fn" {
                current = names.get(id).copied().unwrap_or(id);
            }
            of_a_call = key == "calls";
        } else if line.starts_with(|first: char| first.is_ascii_digit() || "+-*".contains(first)) {
            let cost = line.split_whitespace().nth(1).and_then(|cost| cost.parse::<u64>().ok());
            if !core::mem::take(&mut of_a_call) {
                *costs.entry(current.to_owned()).or_default() += cost.unwrap_or(0);
            }
        }
    }
    costs
}
