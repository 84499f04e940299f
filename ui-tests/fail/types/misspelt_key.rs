//! A name that is one letter away from one of OpenTelemetry.

use traced::traced;

#[deny(deprecated)]
mod http {
    use super::traced;

    #[traced(attributes("http.request.metod" = "GET"))]
    pub fn work() {}
}

fn main() {}
