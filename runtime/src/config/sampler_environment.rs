//! In: `OTEL_TRACES_SAMPLER` and its argument. Out: a [`Sampler`]; a name or argument that cannot be used is a warning and the default.

use super::environment::Reader;
use super::sampler::Sampler;

const SAMPLER: &str = "OTEL_TRACES_SAMPLER";
const ARGUMENT: &str = "OTEL_TRACES_SAMPLER_ARG";

pub(crate) fn resolve(reader: &mut Reader<'_>) -> Sampler {
    let name = reader.text(SAMPLER).map(str::to_ascii_lowercase);
    match name.as_deref() {
        Some("traceidratio") => ratio(reader),
        Some("parentbased_traceidratio") => Sampler::parent_based(ratio(reader)),
        Some("always_on") => without_argument(reader, Sampler::always_on()),
        Some("always_off") => without_argument(reader, Sampler::always_off()),
        Some("parentbased_always_off") => without_argument(reader, Sampler::parent_based(Sampler::always_off())),
        Some("parentbased_always_on") | None => without_argument(reader, default()),
        Some(other) => {
            let reason = match other {
                "jaeger_remote" | "parentbased_jaeger_remote" | "xray" => "not available in this build",
                _ => "no such sampler",
            };
            reader.warn(SAMPLER, other, format!(
                "{reason}; using parentbased_always_on (available: always_on, always_off, traceidratio, parentbased_always_on, parentbased_always_off, parentbased_traceidratio)"
            ));
            default()
        }
    }
}

fn default() -> Sampler {
    Sampler::parent_based(Sampler::always_on())
}

fn ratio(reader: &mut Reader<'_>) -> Sampler {
    let Some(value) = reader.text(ARGUMENT) else { return Sampler::ratio(1.0) };
    let share = value.parse().ok().filter(|share| (0.0..=1.0).contains(share));
    if share.is_none() {
        reader.warn(ARGUMENT, value, "not a share from 0 to 1; using 1, every trace");
    }
    Sampler::ratio(share.unwrap_or(1.0))
}

/// A ratio that was set without the sampler that reads it sends far more traces than meant (opentelemetry-rust#3283).
fn without_argument(reader: &mut Reader<'_>, sampler: Sampler) -> Sampler {
    if let Some(value) = reader.text(ARGUMENT) {
        reader.warn(ARGUMENT, value, format!("{sampler} takes no argument; for a share of traces set {SAMPLER}=parentbased_traceidratio"));
    }
    sampler
}
