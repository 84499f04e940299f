//! In: the process's variables, or a map in tests. Out: typed values, each bad one answered by a [`Warning`] and the default.
//!
//! Common rules of the specification (configuration/sdk-environment-variables): an empty variable is an unset one, enumerations are
//! case-insensitive, a value that cannot be used is reported and ignored. Nothing below this file reads `std::env`.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use opentelemetry_sdk::trace::{IdGenerator, RandomIdGenerator};

/// Everything outside the program's code that settings depend on.
#[derive(Clone, Debug)]
pub(crate) struct Environment {
    variables: BTreeMap<String, String>,
    /// File name of the executable, for `unknown_service:<executable>`.
    pub(crate) executable: String,
    pub(crate) process_id: u32,
    /// Sixteen random bytes that become `service.instance.id`.
    pub(crate) instance: [u8; 16],
}

impl Environment {
    /// The environment of this process, read once.
    pub(crate) fn of_process() -> Self {
        let executable = std::env::current_exe().ok();
        let name = executable.as_deref().and_then(|path| path.file_name());
        Self {
            variables: std::env::vars_os()
                .map(|(name, value)| (name.to_string_lossy().into_owned(), value.to_string_lossy().into_owned()))
                .collect(),
            executable: name.map_or_else(|| "rust".to_owned(), |name| name.to_string_lossy().into_owned()),
            process_id: std::process::id(),
            instance: RandomIdGenerator::default().new_trace_id().to_bytes(),
        }
    }

    /// The variable's trimmed value; `None` if it is unset or empty.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.variables.get(name).map(|value| value.trim()).filter(|value| !value.is_empty())
    }
}

#[cfg(test)]
impl<const N: usize> From<[(&str, &str); N]> for Environment {
    fn from(variables: [(&str, &str); N]) -> Self {
        Self {
            variables: variables.map(|(name, value)| (name.to_owned(), value.to_owned())).into(),
            executable: "shop".to_owned(),
            process_id: 42,
            instance: [0; 16],
        }
    }
}

/// A variable that is set and does not do what it says: its name, its value, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Warning {
    variable: &'static str,
    value: String,
    reason: String,
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}={}: {}", self.variable, self.value.escape_debug(), self.reason)
    }
}

/// Reads variables and collects what has to be said about them.
#[derive(Debug)]
pub(crate) struct Reader<'a> {
    pub(crate) environment: &'a Environment,
    pub(crate) warnings: Vec<Warning>,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(environment: &'a Environment) -> Self {
        Self { environment, warnings: Vec::new() }
    }

    pub(crate) fn text(&self, variable: &str) -> Option<&'a str> {
        self.environment.get(variable)
    }

    /// The first of these variables that is set, with its name: specific before general.
    pub(crate) fn first(&self, variables: &[&'static str]) -> Option<(&'static str, &'a str)> {
        variables.iter().find_map(|variable| Some((*variable, self.text(variable)?)))
    }

    pub(crate) fn warn(&mut self, variable: &'static str, value: &str, reason: impl Into<String>) {
        self.warnings.push(Warning { variable, value: value.to_owned(), reason: reason.into() });
    }

    /// `true` and `false` in any case; anything else is reported and false (specification: Boolean).
    pub(crate) fn flag(&mut self, variable: &'static str) -> Option<bool> {
        let value = self.text(variable)?;
        if !value.eq_ignore_ascii_case("true") && !value.eq_ignore_ascii_case("false") {
            self.warn(variable, value, "allowed are true and false; taken as false");
        }
        Some(value.eq_ignore_ascii_case("true"))
    }

    /// The first usable number among these variables that `valid` accepts; `allowed` words the range for the warning.
    pub(crate) fn number<T: FromStr>(&mut self, variables: &[&'static str], allowed: &str, valid: impl Fn(&T) -> bool) -> Option<T> {
        for &variable in variables {
            let Some(value) = self.text(variable) else { continue };
            match value.parse().ok().filter(&valid) {
                Some(number) => return Some(number),
                None => self.warn(variable, value, format!("not {allowed}; ignored")),
            }
        }
        None
    }

    /// A duration in whole milliseconds, `minimum` or more.
    pub(crate) fn milliseconds(&mut self, variables: &[&'static str], minimum: u64) -> Option<Duration> {
        let allowed = format!("a whole number of milliseconds, {minimum} or more");
        self.number(variables, &allowed, |value: &u64| *value >= minimum).map(Duration::from_millis)
    }

    /// A count of at least `minimum`.
    pub(crate) fn count(&mut self, variables: &[&'static str], minimum: usize) -> Option<usize> {
        let allowed = format!("a whole number, {minimum} or more");
        self.number(variables, &allowed, |value: &usize| *value >= minimum)
    }
}
