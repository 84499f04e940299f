//! `cargo run --profile bench -p traced-benches --bin compile [-- ROUNDS]`: what an annotation on every function costs the compiler, the
//! program's size and the futures' size. The same crate of 600 functions in four variants, in turns; dependencies are built beforehand.

mod cargo;
mod crates;
mod text;

use cargo::{Action, Cargo};
use crates::{FUNCTIONS, VARIANTS, Variant};
use std::env;
use std::error::Error;
use traced_benches::machine;
use traced_benches::table::{Table, times};

const ROUNDS: usize = 5;
const ACTIONS: [Action; 2] = [Action::Check, Action::Release];

fn main() -> Result<(), Box<dyn Error>> {
    let rounds = env::args().nth(1).map_or(Ok(ROUNDS), |rounds| rounds.parse())?;
    let cargo = Cargo::new(&env::current_exe()?)?;
    crates::generate(cargo.sources())?;
    for variant in &VARIANTS {
        eprintln!("{}: building what it depends on", variant.name);
        cargo.prepare(variant)?;
    }
    let mut seconds = [const { [const { Vec::new() }; VARIANTS.len()] }; ACTIONS.len()];
    for round in 1..=rounds {
        eprintln!("round {round} of {rounds}");
        for (action, of_action) in ACTIONS.into_iter().zip(&mut seconds) {
            for (variant, of_variant) in VARIANTS.iter().zip(of_action) {
                of_variant.push(cargo.measure(variant, action)?);
            }
        }
    }
    print(&cargo, &seconds.map(|of_action| of_action.map(median)))
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(0.0)
}

#[allow(clippy::cast_precision_loss)] // a few million bytes
fn print(cargo: &Cargo, seconds: &[[f64; VARIANTS.len()]; ACTIONS.len()]) -> Result<(), Box<dyn Error>> {
    println!(
        "A crate of {FUNCTIONS} functions, each annotated; seconds of processor time for that crate alone. {}.\n",
        machine::description()
    );
    let mut table = Table::new(VARIANTS.iter().map(|variant| variant.label));
    for (action, seconds) in ACTIONS.into_iter().zip(seconds) {
        table.row(action.label(), seconds.map(|seconds| format!("{seconds:.2}")));
        table.row("against plain", seconds.map(|of| times(Some(of), Some(seconds[0]))));
    }
    let sizes = VARIANTS.iter().map(|variant| text::size(&cargo.library(variant))).collect::<Result<Vec<u64>, _>>()?;
    table.row("machine code, KB", sizes.iter().map(|size| format!("{}", size / 1024)));
    let more = |size: &u64| format!("{}", size.saturating_sub(sizes[0]) / FUNCTIONS as u64);
    table.row("more for each function, bytes", sizes.iter().map(more));
    let futures = VARIANTS.iter().map(|variant| cargo.future_sizes(variant)).collect::<Result<Vec<Vec<String>>, _>>()?;
    for (index, label) in crates::FUTURES.iter().enumerate() {
        table.row(&format!("future, bytes: {label}"), futures.iter().map(|sizes| sizes.get(index).cloned().unwrap_or_default()));
    }
    println!("{table}");
    Ok(())
}
