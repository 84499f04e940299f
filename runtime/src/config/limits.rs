//! In: `SpanLimits` from the builder, or the limit variables. Out: how much one span may carry. Refuses nothing: zero means none.

use super::environment::Reader;

/// How much one span keeps; what is over a limit is dropped and counted on the span (specification: common, attribute limits, and
/// trace/sdk, span limits).
///
/// ```
/// let limits = traced::SpanLimits { max_value_length: Some(4096), ..Default::default() };
/// assert_eq!(limits.max_attributes, 128);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpanLimits {
    /// Attributes of a span. Default 128 (`OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT`, else `OTEL_ATTRIBUTE_COUNT_LIMIT`).
    pub max_attributes: usize,
    /// Events of a span. Default 128 (`OTEL_SPAN_EVENT_COUNT_LIMIT`).
    pub max_events: usize,
    /// Links of a span. Default 128 (`OTEL_SPAN_LINK_COUNT_LIMIT`).
    pub max_links: usize,
    /// Attributes of one event. Default 128 (`OTEL_EVENT_ATTRIBUTE_COUNT_LIMIT`).
    pub max_attributes_per_event: usize,
    /// Attributes of one link. Default 128 (`OTEL_LINK_ATTRIBUTE_COUNT_LIMIT`).
    pub max_attributes_per_link: usize,
    /// Characters of a string value, longer ones are cut; `None` is no limit. Default `None`
    /// (`OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT`, else `OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT`).
    pub max_value_length: Option<usize>,
}

impl Default for SpanLimits {
    fn default() -> Self {
        Self {
            max_attributes: 128,
            max_events: 128,
            max_links: 128,
            max_attributes_per_event: 128,
            max_attributes_per_link: 128,
            max_value_length: None,
        }
    }
}

impl SpanLimits {
    pub(crate) fn resolve(built: Option<Self>, reader: &mut Reader<'_>) -> Self {
        built.unwrap_or_else(|| Self::from_environment(reader))
    }

    fn from_environment(reader: &mut Reader<'_>) -> Self {
        let mut limit = |variables: &[&'static str]| reader.count(variables, 0);
        Self {
            max_attributes: limit(&["OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT", "OTEL_ATTRIBUTE_COUNT_LIMIT"]).unwrap_or(128),
            max_events: limit(&["OTEL_SPAN_EVENT_COUNT_LIMIT"]).unwrap_or(128),
            max_links: limit(&["OTEL_SPAN_LINK_COUNT_LIMIT"]).unwrap_or(128),
            max_attributes_per_event: limit(&["OTEL_EVENT_ATTRIBUTE_COUNT_LIMIT"]).unwrap_or(128),
            max_attributes_per_link: limit(&["OTEL_LINK_ATTRIBUTE_COUNT_LIMIT"]).unwrap_or(128),
            max_value_length: limit(&["OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT", "OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT"]),
        }
    }
}
