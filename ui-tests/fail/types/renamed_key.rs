//! A name that OpenTelemetry has changed, where that is an error.

use traced::traced;

#[deny(deprecated)]
mod http {
    use super::traced;

    #[traced(attributes(http.status_code = 200))]
    pub fn work() {}
}

fn main() {}
