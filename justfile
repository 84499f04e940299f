# The recipes that CI runs, word for word.

# What the README promises: the tests, with no service running.
test:
    cargo test --workspace

format:
    cargo fmt --all --check

lint:
    cargo clippy --workspace --all-targets -- -D warnings
    cargo clippy --package traced --no-default-features -- -D warnings
    cargo clippy --package traced --no-default-features --features sdk -- -D warnings

docs:
    RUSTDOCFLAGS="-D warnings" cargo doc --no-deps --package traced --package traced-macros

# A library that only annotates pulls in the API and the macro, and nothing else.
slim:
    cargo test --package traced-tests --test processes -- slim

# The main job, in the terminal.
quickstart:
    cargo run --example quickstart

# Against real brokers, which it starts and ends.
live:
    tests/services/run
