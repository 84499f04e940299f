//! Starting and stopping: [`init`], the [`Guard`] it returns, and what happens when that is dropped.

use crate::config::{self, Builder, Environment, Settings};
use crate::engine::{Command, Engine, Provider, Report, Worker};
use crate::error::InitError;
use crate::log_level::LogLevel;
use crate::span;
use core::fmt;
use core::time::Duration;
use std::sync::Mutex;
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};

/// How long dropping a [`Guard`] may take.
const AT_DROP: Duration = Duration::from_secs(5);

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
    let running = Worker::new(&mut settings).spawn()?;
    let Some(engine) = Engine::install(settings) else {
        return Err(InitError::AlreadyInstalled);
    };
    let commands = running.serve(engine);
    opentelemetry::global::set_text_map_propagator(crate::engine::Propagation);
    if !disabled {
        opentelemetry::global::set_tracer_provider(Provider);
        span::install_hook();
        span::switch_to_engine();
    }
    level.say(LogLevel::Info, line);
    Ok(Guard { commands: Some(commands) })
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
/// A `return` from `main`, a `?` in it and a panic drop it. What ends the process without dropping anything does not:
/// `std::process::exit`, `abort`, a panic where `panic = "abort"`, a signal that is not handled. Spans that ended within the last
/// [`scheduled_delay`](crate::Batch::scheduled_delay) are lost then, unless [`shutdown`](Guard::shutdown) or [`flush`](Guard::flush) was
/// called before.
#[derive(Debug)]
#[must_use = "tracing is shut down when the guard is dropped: bind it to a variable that lives as long as `main`"]
pub struct Guard {
    commands: Option<Sender<Command>>,
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
        self.ask(Command::Flush { done })?;
        wait(&answer, within)
    }

    /// Sends everything, shuts the exporters down and says what became of the spans. Waits at most `within`. Spans that end later are
    /// dropped and counted.
    ///
    /// # Errors
    ///
    /// The time was up, or an exporter reported an error.
    pub fn shutdown(mut self, within: Duration) -> Result<Report, ShutdownError> {
        self.stop(within)
    }

    fn stop(&mut self, within: Duration) -> Result<Report, ShutdownError> {
        let (done, answer) = channel();
        self.ask(Command::Shutdown { within, done })?;
        self.commands = None;
        wait(&answer, within)
    }

    fn ask(&self, command: Command) -> Result<(), ShutdownError> {
        let commands = self.commands.as_ref().ok_or(ShutdownError::Stopped)?;
        let engine = Engine::get().filter(|engine| !engine.is_of_parent()).ok_or(ShutdownError::Stopped)?;
        commands.send(command).map_err(|_| ShutdownError::Stopped)?;
        engine.queue.wake.notify_one();
        Ok(())
    }
}

fn wait<T>(answer: &std::sync::mpsc::Receiver<Result<T, String>>, within: Duration) -> Result<T, ShutdownError> {
    match answer.recv_timeout(within) {
        Ok(result) => result.map_err(ShutdownError::Exporter),
        Err(RecvTimeoutError::Timeout) => Err(ShutdownError::TimedOut(within)),
        Err(RecvTimeoutError::Disconnected) => Err(ShutdownError::Stopped),
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        if self.commands.is_some() {
            let _ = self.stop(AT_DROP);
        }
    }
}
