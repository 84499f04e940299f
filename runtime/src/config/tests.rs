//! In: builders and environments as data. Out: what they resolve to, and the words for what they cannot.

use std::time::Duration;

use opentelemetry::KeyValue;

use super::{Batch, Builder, Environment, Keep, Propagator, Sampler, Settings, SpanLimits, builder, resolve};
use crate::error::InitError;
use crate::export::Exporter;
use crate::log_level::LogLevel;

fn with<const N: usize>(builder: Builder, variables: [(&str, &str); N]) -> (Settings, Vec<String>) {
    let (settings, warnings) = resolve(builder, &Environment::from(variables)).unwrap();
    (settings, warnings.iter().map(ToString::to_string).collect())
}

/// The settings of an environment that gives no reason to complain.
fn quiet<const N: usize>(builder: Builder, variables: [(&str, &str); N]) -> Settings {
    let (settings, warnings) = with(builder, variables);
    assert_eq!(warnings, [""; 0]);
    settings
}

fn warnings<const N: usize>(variables: [(&str, &str); N]) -> Vec<String> {
    with(builder(), variables).1
}

fn refused<const N: usize>(builder: Builder, variables: [(&str, &str); N]) -> String {
    resolve(builder, &Environment::from(variables)).unwrap_err().to_string()
}

fn destinations(settings: &Settings) -> Vec<&str> {
    settings.exporters.iter().map(|opener| opener.destination.as_str()).collect()
}

fn fields(settings: &Settings) -> Vec<&str> {
    let mut fields: Vec<_> = settings.propagator.fields().collect();
    fields.sort_unstable();
    fields
}

#[test]
fn nothing_configured_is_the_specification_with_trees_on_stderr() {
    let settings = quiet(builder(), []);
    assert_eq!(destinations(&settings), ["stderr (tree)"]);
    assert_eq!(settings.sampler.to_string(), "parentbased_always_on");
    assert_eq!(settings.batch, Batch::default());
    assert_eq!(settings.limits, SpanLimits::default());
    assert_eq!(fields(&settings), ["baggage", "traceparent", "tracestate"]);
    assert_eq!(settings.service_name, "unknown_service:shop");
    assert_eq!(settings.log_level, LogLevel::Info);
    assert!(settings.code_attributes && !settings.thread_attributes && !settings.disabled && settings.keep.is_none());
}

#[test]
fn empty_variables_are_unset_and_enumerations_ignore_case_and_space() {
    let settings = quiet(builder(), [("OTEL_TRACES_EXPORTER", ""), ("OTEL_EXPORTER_OTLP_ENDPOINT", " ")]);
    assert_eq!(destinations(&settings), ["stderr (tree)"]);
    let settings = quiet(builder(), [("OTEL_TRACES_SAMPLER", " Always_Off "), ("OTEL_LOG_LEVEL", "NONE"), ("OTEL_SDK_DISABLED", "TRUE")]);
    assert_eq!(settings.sampler.to_string(), "always_off");
    assert_eq!(settings.log_level, LogLevel::None);
    assert!(settings.disabled);
}

#[test]
fn disabled_opens_nothing_and_still_propagates() {
    let settings = quiet(builder().exporter(Exporter::console()), [("OTEL_SDK_DISABLED", "true")]);
    assert_eq!(destinations(&settings), [""; 0]);
    assert_eq!(settings.propagator.fields().count(), 3);
    assert_eq!(warnings([("OTEL_SDK_DISABLED", "yes")]), ["OTEL_SDK_DISABLED=yes: allowed are true and false; taken as false"]);
}

#[test]
#[cfg(feature = "otlp")]
fn exporters_are_a_list() {
    let of = |list| with(builder(), [("OTEL_TRACES_EXPORTER", list)]);
    assert_eq!(destinations(&of("none").0), [""; 0]);
    assert_eq!(destinations(&of("console,otlp").0), ["stderr (tree)", "http://localhost:4318/v1/traces (http/protobuf)"]);
    let (settings, warnings) = of("zipkin, console");
    assert_eq!(destinations(&settings), ["stderr (tree)"]);
    assert_eq!(warnings, ["OTEL_TRACES_EXPORTER=zipkin: not available, left out; available are otlp, console, none"]);
    let settings = quiet(builder().exporter(Exporter::memory()), [("OTEL_TRACES_EXPORTER", "otlp")]);
    assert_eq!(destinations(&settings), ["memory"], "the builder beats the environment");
}

#[test]
fn the_service_name_has_five_sources() {
    let list = ("OTEL_RESOURCE_ATTRIBUTES", "service.name=listed");
    let name = ("OTEL_SERVICE_NAME", "named");
    let init = || builder().default_service_name("init");
    assert_eq!(quiet(init(), []).service_name, "init");
    assert_eq!(quiet(init(), [list]).service_name, "listed");
    assert_eq!(quiet(init(), [list, name]).service_name, "named");
    let attribute = init().resource([KeyValue::new("service.name", "attribute")]);
    assert_eq!(quiet(attribute, [list, name]).service_name, "attribute");
    assert_eq!(quiet(init().service_name("built"), [list, name]).service_name, "built");
}

#[test]
fn the_resource_is_complete_and_decoded() {
    let built = builder().service_version("1.0.0").resource([KeyValue::new("team", "built")]);
    let settings = quiet(built, [("OTEL_RESOURCE_ATTRIBUTES", "deployment.environment.name=blue%20moon, team=listed,")]);
    let mut all: Vec<_> = settings.resource.iter().map(|(key, value)| format!("{key}={value}")).collect();
    all.sort();
    all.retain(|attribute| !attribute.starts_with("telemetry.sdk.version") && !attribute.starts_with("telemetry.distro.version"));
    assert_eq!(
        all,
        [
            "deployment.environment.name=blue moon",
            "process.pid=42",
            "service.instance.id=00000000-0000-4000-8000-000000000000",
            "service.name=unknown_service:shop",
            "service.version=1.0.0",
            "team=built",
            "telemetry.distro.name=traced",
            "telemetry.sdk.language=rust",
            "telemetry.sdk.name=opentelemetry",
        ]
    );
}

#[test]
fn a_malformed_resource_list_is_discarded_whole() {
    for (list, reason) in [
        ("a=1,b", "`b` has no `=`"),
        ("a=1,=2", "`=2` has no key"),
        ("a=%2", "`%2` has a `%` without two hexadecimal digits"),
        ("a=%ff", "`%ff` does not decode to UTF-8"),
    ] {
        let (settings, warnings) = with(builder(), [("OTEL_RESOURCE_ATTRIBUTES", list)]);
        assert!(settings.resource.get(&"a".into()).is_none());
        assert!(warnings[0].starts_with(&format!("OTEL_RESOURCE_ATTRIBUTES={list}: {reason}; the whole list is ignored")), "{warnings:?}");
    }
}

#[test]
fn samplers_of_the_environment() {
    let of = |sampler, argument| with(builder(), [("OTEL_TRACES_SAMPLER", sampler), ("OTEL_TRACES_SAMPLER_ARG", argument)]);
    for (sampler, argument, expected) in [
        ("traceidratio", "0.25", "traceidratio(0.25)"),
        ("traceidratio", "", "traceidratio(1)"),
        ("PARENTBASED_TRACEIDRATIO", "0", "parentbased_traceidratio(0)"),
        ("parentbased_always_off", "", "parentbased_always_off"),
        ("always_on", "", "always_on"),
    ] {
        let (settings, warnings) = of(sampler, argument);
        assert_eq!((settings.sampler.to_string().as_str(), warnings.len()), (expected, 0));
    }
    let (settings, warnings) = of("traceidratio", "1.5");
    assert_eq!(settings.sampler.to_string(), "traceidratio(1)");
    assert_eq!(warnings, ["OTEL_TRACES_SAMPLER_ARG=1.5: not a share from 0 to 1; using 1, every trace"]);
    let (settings, warnings) = of("jaeger_remote", "");
    assert_eq!(settings.sampler.to_string(), "parentbased_always_on");
    assert!(warnings[0].starts_with("OTEL_TRACES_SAMPLER=jaeger_remote: not available in this build; using parentbased_always_on"));
    let (_, warnings) = of("", "0.1");
    assert!(warnings[0].ends_with("for a share of traces set OTEL_TRACES_SAMPLER=parentbased_traceidratio"), "{warnings:?}");
}

#[test]
fn samplers_of_the_builder() {
    use opentelemetry_sdk::trace::Sampler as Sdk;
    let of = |sampler: Sampler| quiet(builder().sampler(sampler), [("OTEL_TRACES_SAMPLER", "always_off")]).sampler;
    assert_eq!(of(Sampler::parent_based(Sampler::rate_limited(10.0))).to_string(), "parentbased_rate_limited(10/s)");
    assert_eq!(of(Sdk::AlwaysOn.into()).to_string(), "always_on");
    assert_eq!(of(Sdk::parent_based(Sdk::AlwaysOn).into()).to_string(), "custom");
    assert!(of(Sdk::ParentBased(Box::new(Sdk::AlwaysOn)).into()).follows_parent());
    assert!(!of(Sampler::always_on()).follows_parent());
    for share in [1.5, -0.1, f64::NAN] {
        let text = refused(builder().sampler(Sampler::parent_based(Sampler::ratio(share))), []);
        assert_eq!(
            text,
            format!("Sampler::ratio is `{share}`; allowed is a share from 0 to 1; for every tenth trace write `Sampler::ratio(0.1)`")
        );
    }
    assert!(
        refused(builder().sampler(Sampler::rate_limited(0.0)), [])
            .starts_with("Sampler::rate_limited is `0`; allowed is a positive number")
    );
}

#[test]
fn the_batch_queue() {
    let variables = [
        ("OTEL_BSP_MAX_QUEUE_SIZE", "100"),
        ("OTEL_BSP_MAX_EXPORT_BATCH_SIZE", "10"),
        ("OTEL_BSP_SCHEDULE_DELAY", "250"),
        ("OTEL_BSP_EXPORT_TIMEOUT", "2000"),
    ];
    let batch = quiet(builder(), variables).batch;
    assert_eq!((batch.max_queue_size, batch.max_export_batch_size), (100, 10));
    assert_eq!((batch.scheduled_delay, batch.export_timeout), (Duration::from_millis(250), Duration::from_secs(2)));
    let small = builder().batch(Batch { max_queue_size: 10, ..Batch::default() });
    assert_eq!(quiet(small, variables).batch.max_export_batch_size, 10);
    let empty = builder().batch(Batch { max_queue_size: 0, ..Batch::default() });
    assert_eq!(refused(empty, []), "Batch::max_queue_size is `0`; allowed is 1 or more; the default is `Batch::default()`");
    let (settings, warnings) = with(
        builder(),
        [
            ("OTEL_BSP_MAX_QUEUE_SIZE", "0"),
            ("OTEL_BSP_MAX_EXPORT_BATCH_SIZE", "5000"),
            ("OTEL_BSP_SCHEDULE_DELAY", "5s"),
            ("OTEL_BSP_MAX_CONCURRENT_EXPORTS", "4"),
        ],
    );
    assert_eq!((settings.batch.max_queue_size, settings.batch.max_export_batch_size), (2048, 2048));
    assert_eq!(
        warnings,
        [
            "OTEL_BSP_MAX_QUEUE_SIZE=0: not a whole number, 1 or more; ignored",
            "OTEL_BSP_MAX_EXPORT_BATCH_SIZE=5000: more than the queue holds; using 2048",
            "OTEL_BSP_SCHEDULE_DELAY=5s: not a whole number of milliseconds, 0 or more; ignored",
            "OTEL_BSP_MAX_CONCURRENT_EXPORTS=4: exports run one after another; ignored",
        ]
    );
}

#[test]
fn limits_fall_back_from_the_span_to_the_general_variable() {
    let limits = quiet(
        builder(),
        [
            ("OTEL_ATTRIBUTE_COUNT_LIMIT", "10"),
            ("OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT", "20"),
            ("OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT", "30"),
            ("OTEL_SPAN_EVENT_COUNT_LIMIT", "1"),
            ("OTEL_SPAN_LINK_COUNT_LIMIT", "2"),
            ("OTEL_EVENT_ATTRIBUTE_COUNT_LIMIT", "3"),
            ("OTEL_LINK_ATTRIBUTE_COUNT_LIMIT", "0"),
        ],
    )
    .limits;
    let expected = SpanLimits {
        max_attributes: 10,
        max_events: 1,
        max_links: 2,
        max_attributes_per_event: 3,
        max_attributes_per_link: 0,
        max_value_length: Some(30),
    };
    assert_eq!(limits, expected);
}

#[test]
fn propagators() {
    let of = |list| with(builder(), [("OTEL_PROPAGATORS", list)]);
    assert_eq!(fields(&of("baggage,baggage").0), ["baggage"]);
    assert_eq!(fields(&of("none").0), [""; 0]);
    let (settings, warnings) = of("b3, TraceContext");
    assert_eq!(fields(&settings), ["traceparent", "tracestate"]);
    assert_eq!(warnings, ["OTEL_PROPAGATORS=b3: not available in this build, left out; available are tracecontext, baggage, none"]);
    assert_eq!(fields(&of("xray").0).len(), 3, "a setting that cannot be used is ignored");
    let built = builder().propagators([Propagator::Baggage]);
    assert_eq!(fields(&quiet(built, [("OTEL_PROPAGATORS", "tracecontext")])), ["baggage"]);
}

#[test]
fn variables_without_effect_are_named() {
    for variable in [
        "OTEL_CONFIG_FILE",
        "OTEL_EXPERIMENTAL_CONFIG_FILE",
        "OTEL_ENTITIES",
        "OTEL_EXPORTER_ZIPKIN_ENDPOINT",
        "OTEL_EXPORTER_ZIPKIN_TIMEOUT",
        "OTEL_SEMCONV_EXCEPTION_SIGNAL_OPT_IN",
    ] {
        let warnings = warnings([(variable, "set")]);
        assert!(warnings.len() == 1 && warnings[0].starts_with(&format!("{variable}=set: ")), "{warnings:?}");
    }
    assert_eq!(warnings([("OTEL_SEMCONV_STABILITY_OPT_IN", "http/dup")]).len(), 1);
    assert_eq!(warnings([("OTEL_SEMCONV_STABILITY_OPT_IN", "http,database")]), [""; 0]);
    assert_eq!(warnings([("OTEL_LOG_LEVEL", "loud")]), ["OTEL_LOG_LEVEL=loud: allowed are none, error, warn, info, debug; using info"]);
}

#[test]
fn keep_needs_a_budget() {
    let keep = Keep::slower_than(Duration::from_secs(1)).or_errors().budget(5).budget_bytes(6);
    let kept = quiet(builder().keep(keep.clone()), []).keep;
    assert_eq!(kept, Some(keep));
    assert!(refused(builder().keep(Keep::errors().budget(0)), []).starts_with("Keep::budget is `0`"));
    assert!(refused(builder().keep(Keep::errors().budget_bytes(0)), []).starts_with("Keep::budget_bytes is `0`"));
}

#[test]
fn a_second_install_says_what_to_do() {
    assert!(InitError::AlreadyInstalled.to_string().contains("once, at the start of `main`"));
}
