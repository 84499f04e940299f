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

# The module with `unsafe` in it, under both models of aliasing. Needs `rustup +nightly component add miri rust-src`.
miri:
    cargo +nightly miri test --package traced-soundness
    MIRIFLAGS=-Zmiri-tree-borrows cargo +nightly miri test --package traced-soundness

# The same under the thread sanitizer.
tsan:
    RUSTFLAGS=-Zsanitizer=thread cargo +nightly test --package traced-soundness -Zbuild-std --target x86_64-unknown-linux-gnu

# The same, the threads' logs and the queue, in every order that threads can run in and with every value that an atomic can show.
loom:
    RUSTFLAGS="--cfg loom" cargo test --release --package traced-soundness

# Ten million spans from eight threads to a slow exporter: nothing lost, memory within the bound; then the same, dropped and counted.
flood:
    cargo run --release --package traced-tests --bin probe -- flood 10000000 block
    cargo run --release --package traced-tests --bin probe -- flood 10000000 drop

# Times of spans against the system's clock, for ten minutes.
accuracy seconds="600":
    cargo run --release --package traced-tests --bin probe -- accuracy {{seconds}}
