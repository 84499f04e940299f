//! `cargo run --profile bench -p traced-benches [-- ROUNDS [ROW ..]]`: what a span costs, in `traced` and in its peers, as Markdown.
//! Every number comes from processes of their own, in turns, so that what disturbs the machine disturbs all alike.

use std::collections::HashMap;
use std::error::Error;
use std::path::Path;
use std::{env, io};
use traced_benches::candidates::Candidate;
use traced_benches::child::{Job, Sample};
use traced_benches::machine;
use traced_benches::row::Row;
use traced_benches::summary::{Of, Samples};
use traced_benches::table::{Table, number, times};

const ROUNDS: usize = 15;
const BURSTS: u64 = 35;
/// Of 11 spans each: 4,400 spans in a burst; the smallest queue, of fastrace, takes 10,240 messages.
const TRACES: u64 = 400;

type Results = HashMap<(&'static str, &'static str), Samples>;

/// A line of the table: a row, and which of its numbers.
struct Line {
    row: Row,
    label: String,
    of: Of,
}

fn main() -> Result<(), Box<dyn Error>> {
    if let Some(job) = Job::of_process() {
        println!("{}", job.run().line());
        return Ok(());
    }
    let mut arguments = env::args().skip(1);
    let rounds = arguments.next().map_or(Ok(ROUNDS), |rounds| rounds.parse())?;
    let named: Vec<Row> = arguments.map(|name| Row::named(&name).ok_or(format!("no row is called `{name}`"))).collect::<Result<_, _>>()?;
    let rows = if named.is_empty() { Row::ALL.to_vec() } else { named };
    let results = measure(rounds, &rows)?;
    print(rounds, &lines(&rows), &results);
    Ok(())
}

fn measure(rounds: usize, rows: &[Row]) -> io::Result<Results> {
    let program = env::current_exe()?;
    let mut results = Results::new();
    for round in 1..=rounds {
        eprintln!("round {round} of {rounds}");
        for &row in rows {
            measure_row(&program, row, &mut results)?;
        }
    }
    Ok(results)
}

fn measure_row(program: &Path, row: Row, results: &mut Results) -> io::Result<()> {
    let traces = if row == Row::Threads { TRACES / 2 } else { TRACES };
    // The collector keeps every span.
    let bursts = if row.protocol().is_some() { BURSTS / 5 } else { BURSTS };
    let bare = row.is_net().then_some(Candidate::Bare);
    for candidate in Candidate::ALL.into_iter().filter(|candidate| candidate.has(row)).chain(bare) {
        let sample = Job { candidate, row, bursts, traces }.spawn(program)?;
        results.entry((candidate.name(), row.name())).or_default().push(sample);
    }
    Ok(())
}

/// The caller's time for every row, then that of all threads and the wall clock's where these say more.
fn lines(rows: &[Row]) -> Vec<Line> {
    let caller = rows.iter().filter(|row| row.protocol().is_none()).map(|&row| Line {
        row,
        label: row.label().to_owned(),
        of: |sample: &Sample| sample.caller,
    });
    let costly = rows.iter().filter(|row| matches!(row, Row::Plain | Row::Attributes | Row::Error) || row.protocol().is_some());
    let all = costly.map(|&row| Line { row, label: format!("all threads: {}", row.label()), of: |sample: &Sample| sample.all });
    let plain = rows.iter().filter(|row| matches!(row, Row::Plain));
    let wall = plain.map(|&row| Line { row, label: format!("wall clock: {}", row.label()), of: |sample: &Sample| sample.wall });
    caller.chain(all).chain(wall).collect()
}

fn print(rounds: usize, lines: &[Line], results: &Results) {
    println!("Nanoseconds of processor time for a span on the thread that calls, unless the row says otherwise;");
    println!("a trace is 1 root and 10 children. {}; release with fat LTO; {rounds} rounds in turns.", machine::description());
    println!("A row in which a candidate lost a span is void for it.\n");
    println!("{}", table("p10", lines, results, |samples, of| samples.p10(of)));
    println!("{}", table("median", lines, results, |samples, of| samples.median(of)));
    println!("traced / the other, of the p10:\n\n{}", ratios(lines, results));
    if let Some(each) = scaling(results) {
        println!("Two threads together do {each:.2} times the work of one.\n");
    }
    println!("Spans lost: {}", lost(results));
}

type Quantile = fn(&Samples, Of) -> Option<f64>;

/// The number, net where the row is net; `None` if there is none or it is void.
fn value(candidate: Candidate, line: &Line, results: &Results, quantile: Quantile) -> Option<f64> {
    let samples = results.get(&(candidate.name(), line.row.name()))?;
    let value = quantile(samples, line.of).filter(|_| samples.lost() == 0)?;
    let bare = results.get(&(Candidate::Bare.name(), line.row.name())).and_then(|bare| quantile(bare, line.of));
    Some(value - bare.unwrap_or(0.0))
}

fn table(corner: &str, lines: &[Line], results: &Results, quantile: Quantile) -> Table {
    let mut table = Table::new(Candidate::ALL.map(Candidate::label));
    for line in lines {
        let cells = Candidate::ALL.map(|candidate| match value(candidate, line, results, quantile) {
            Some(value) => number(value),
            None if candidate.has(line.row) => "void".to_owned(),
            None => "-".to_owned(),
        });
        table.row(&format!("{} ({corner})", line.label), cells);
    }
    table
}

fn ratios(lines: &[Line], results: &Results) -> Table {
    let peers = &Candidate::ALL[1..];
    let mut table = Table::new(peers.iter().map(|peer| peer.label()));
    for line in lines.iter().filter(|line| peers.iter().any(|peer| peer.has(line.row))) {
        let p10 = |candidate| value(candidate, line, results, Samples::p10);
        table.row(&line.label, peers.iter().map(|&peer| times(p10(Candidate::Traced), p10(peer))));
    }
    if let Some(leaf) = lines.iter().find(|line| line.row == Row::Leaf) {
        let plain = Line { row: Row::Plain, label: String::new(), of: leaf.of };
        let traced = value(Candidate::Traced, leaf, results, Samples::p10);
        let cells = peers.iter().map(|&peer| times(traced, value(peer, &plain, results, Samples::p10)));
        table.row("leaf / the other's plain", cells);
    }
    table
}

fn scaling(results: &Results) -> Option<f64> {
    let traced = |row: Row| results.get(&(Candidate::Traced.name(), row.name()))?.p10(|sample| sample.caller);
    Some(2.0 * traced(Row::Plain)? / traced(Row::Threads)?)
}

fn lost(results: &Results) -> String {
    let mut lost: Vec<String> =
        results.iter().filter(|(_, samples)| samples.lost() != 0).map(|((c, r), samples)| format!("{c} {r} {}", samples.lost())).collect();
    lost.sort();
    if lost.is_empty() { "none, in any row.".to_owned() } else { lost.join(", ") }
}
