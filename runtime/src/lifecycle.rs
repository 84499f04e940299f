//! Starting and stopping: [`init`], the [`Guard`] it returns, and what happens when that is dropped, or the process ends without.

use crate::config::{self, Builder, Environment, Settings};
use crate::engine::{Command, Engine, Provider, Report, Worker};
use crate::error::InitError;
use crate::log_level::LogLevel;
use crate::{raw, span};
use core::fmt;
use core::sync::atomic::{AtomicBool, Ordering};
use core::time::Duration;
use std::panic::catch_unwind;
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};

/// How long a shutdown may take that nobody asked for by name: dropping a [`Guard`], or ending the process without.
const AT_THE_END: Duration = Duration::from_secs(5);

/// Starts tracing for a service of this name, everything else from the `OTEL_*` variables: to an OTLP collector if one is named, else as
/// trees on stderr. `OTEL_SERVICE_NAME` beats `service`.
///
/// ```no_run
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let tracing = traced::init("order-service")?;
/// // the program
/// println!("{}", tracing.shutdown(std::time::Duration::from_secs(5))?);
/// # Ok(())
/// # }
/// ```
///
/// # Fork
///
/// A process that is forked off after this records nothing and exports nothing, as if without `init`; what its parent was recording, the
/// parent exports. To trace in the child, fork first: a daemon calls `init` when it is one.
///
/// # Errors
///
/// [`InitError`] says which setting is wrong and what would be right; the second `init` of a process is one.
pub fn init(service: impl Into<String>) -> Result<Guard, InitError> {
    install(config::builder().default_service_name(service))
}

/// What `Builder::install` does.
pub(crate) fn install(builder: Builder) -> Result<Guard, InitError> {
    static INSTALLING: Mutex<()> = Mutex::new(());
    if Engine::get().is_some_and(Engine::is_of_parent) {
        return Err(InitError::Forked);
    }
    let _one_at_a_time = INSTALLING.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    if Engine::get().is_some() {
        return Err(InitError::AlreadyInstalled);
    }
    let (mut settings, warnings) = config::resolve(builder, &Environment::of_process())?;
    let (level, disabled) = (settings.log_level, settings.disabled);
    for warning in warnings {
        level.say(LogLevel::Warn, warning);
    }
    let line = summary(&settings);
    let (running, commands) = Worker::new(&mut settings).spawn()?;
    let Some(engine) = Engine::install(settings, commands) else {
        return Err(InitError::AlreadyInstalled);
    };
    running.serve(engine);
    // What is registered last runs first: before the end of what the exporters have opened. Refused, it is as if there were no such thing.
    raw::at_exit(shut_down_at_exit);
    opentelemetry::global::set_text_map_propagator(crate::engine::Propagation);
    if !disabled {
        opentelemetry::global::set_tracer_provider(Provider);
        span::install_hook();
        span::switch_to_engine();
    }
    level.say(LogLevel::Info, line);
    Ok(Guard { engine })
}

/// `service=shop -> http://localhost:4318/v1/traces (http/protobuf), sampler=parentbased_always_on`
fn summary(settings: &Settings) -> String {
    let service = &settings.service_name;
    if settings.disabled {
        return format!("service={service}, OTEL_SDK_DISABLED is set: no spans are recorded");
    }
    let destinations: Vec<&str> = settings.exporters.iter().map(|exporter| exporter.destination.as_str()).collect();
    let destinations = if destinations.is_empty() { "nowhere".to_owned() } else { destinations.join(" and ") };
    format!("service={service} -> {destinations}, sampler={}", settings.sampler)
}

/// Keeps tracing running. Dropping it sends what is waiting and shuts down, within five seconds; to see how that went, call
/// [`shutdown`](Guard::shutdown) instead.
///
/// A `return` from `main`, a `?` in it and a panic drop it. `std::process::exit`, on whatever thread, does the same as dropping it, within
/// the same five seconds; a span that is open then has not ended, and is not sent. So does a return from `main` where the guard was
/// forgotten or is kept elsewhere. An exporter that ends the process itself is not waited for.
///
/// What ends the process without telling it sends nothing: `abort`, a panic where `panic = "abort"`, a signal that is not handled, and on
/// Windows `std::process::exit` too. Spans that ended within the last [`scheduled_delay`](crate::Batch::scheduled_delay) are lost then,
/// unless [`shutdown`](Guard::shutdown) or [`flush`](Guard::flush) was called before.
#[derive(Debug)]
#[must_use = "tracing is shut down when the guard is dropped: bind it to a variable that lives as long as `main`"]
pub struct Guard {
    engine: &'static Engine,
}

/// Why a flush or a shutdown did not send everything.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ShutdownError {
    /// The exporters had not answered when the time was up; they go on in the background.
    TimedOut(Duration),
    /// An exporter reported an error.
    Exporter(String),
    /// The export thread is gone: tracing was already shut down, or was started before this process was forked off.
    Stopped,
}

impl fmt::Display for ShutdownError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TimedOut(after) => write!(f, "spans are still waiting to be exported after {after:?}"),
            Self::Exporter(error) => write!(f, "an exporter did not finish: {error}"),
            Self::Stopped => f.write_str("tracing is already shut down"),
        }
    }
}

impl std::error::Error for ShutdownError {}

impl Guard {
    /// Sends everything that has ended until now, and waits for it, at most `within`.
    ///
    /// # Errors
    ///
    /// The time was up, or an exporter reported an error.
    pub fn flush(&self, within: Duration) -> Result<(), ShutdownError> {
        let (done, answer) = channel();
        ask(self.engine, Command::Flush { done })?;
        wait(&answer, within)
    }

    /// Sends everything, shuts the exporters down and says what became of the spans. Waits at most `within`. Spans that end later are
    /// dropped and counted.
    ///
    /// # Errors
    ///
    /// The time was up, or an exporter reported an error.
    pub fn shutdown(self, within: Duration) -> Result<Report, ShutdownError> {
        stop(self.engine, within)
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        let _ = stop(self.engine, AT_THE_END);
    }
}

/// What the process does when it ends. Anything may be locked then, and any thread-local gone: it asks the export thread, and waits.
extern "C" fn shut_down_at_exit() {
    let _ = catch_unwind(|| {
        if let Some(engine) = Engine::get().filter(|_| !Worker::is_here()) {
            let _ = stop(engine, AT_THE_END);
        }
    });
}

/// Once: it is not waited for again.
fn stop(engine: &Engine, within: Duration) -> Result<Report, ShutdownError> {
    static STOPPED: AtomicBool = AtomicBool::new(false);
    if STOPPED.swap(true, Ordering::Relaxed) {
        return Err(ShutdownError::Stopped);
    }
    let (done, answer) = channel();
    ask(engine, Command::Shutdown { within, done })?;
    wait(&answer, within)
}

fn ask(engine: &Engine, command: Command) -> Result<(), ShutdownError> {
    if engine.ask(command) { Ok(()) } else { Err(ShutdownError::Stopped) }
}

fn wait<T>(answer: &Receiver<Result<T, String>>, within: Duration) -> Result<T, ShutdownError> {
    match answer.recv_timeout(within) {
        Ok(result) => result.map_err(ShutdownError::Exporter),
        Err(RecvTimeoutError::Timeout) => Err(ShutdownError::TimedOut(within)),
        Err(RecvTimeoutError::Disconnected) => Err(ShutdownError::Stopped),
    }
}
