//! In: a sampler from the builder. Out: [`Sampler`], which the engine asks for roots only where a parent decides. Refuses ratios
//! outside 0 to 1 and rates that are not positive numbers, at install.

use std::any::Any;
use std::fmt;

use opentelemetry_sdk::trace::{Sampler as SdkSampler, ShouldSample};

use super::rate_limited::RateLimited;
use crate::error::InitError;

/// Which traces are recorded and exported (specification: trace/sdk, sampling).
///
/// Every `opentelemetry_sdk::trace::ShouldSample` converts into one.
///
/// ```
/// use traced::Sampler;
///
/// let sampler = Sampler::parent_based(Sampler::ratio(0.1));
/// assert_eq!(sampler.to_string(), "parentbased_traceidratio(0.1)");
/// ```
#[derive(Clone, Debug)]
pub struct Sampler(Kind);

#[derive(Clone, Debug)]
enum Kind {
    AlwaysOn,
    AlwaysOff,
    Ratio(f64),
    RateLimited(f64),
    ParentBased(Box<Kind>),
    Custom(Box<dyn ShouldSample>),
}

/// How a span whose parent does not already decide is sampled.
#[derive(Clone, Debug)]
pub(crate) enum Decision {
    Always,
    Never,
    Ask(Box<dyn ShouldSample>),
}

impl Sampler {
    /// Records every span, whatever its parent says.
    pub fn always_on() -> Self {
        Self(Kind::AlwaysOn)
    }

    /// Records none, whatever its parent says.
    pub fn always_off() -> Self {
        Self(Kind::AlwaysOff)
    }

    /// Records this share of traces, from 0 (none) to 1 (all), decided by the trace id, so that all services that use the same share agree.
    /// A share outside that range is an error at install.
    pub fn ratio(share: f64) -> Self {
        Self(Kind::Ratio(share))
    }

    /// Records at most this many spans a second, with bursts of up to one second's worth (at least one span). Meant for roots:
    /// `Sampler::parent_based(Sampler::rate_limited(10.0))`.
    pub fn rate_limited(per_second: f64) -> Self {
        Self(Kind::RateLimited(per_second))
    }

    /// Follows the parent's decision, local or remote, and asks `root` only for spans without a parent.
    pub fn parent_based(root: impl Into<Self>) -> Self {
        Self(Kind::ParentBased(Box::new(root.into().0)))
    }

    /// Whether a span with a valid parent takes the parent's sampled flag without asking.
    pub(crate) fn follows_parent(&self) -> bool {
        matches!(self.0, Kind::ParentBased(_))
    }

    /// What decides where [`Self::follows_parent`] does not.
    pub(crate) fn decision(&self) -> Decision {
        self.0.root().decision()
    }

    pub(crate) fn check(&self) -> Result<(), InitError> {
        self.0.root().check()
    }
}

impl Kind {
    fn root(&self) -> &Self {
        match self {
            Self::ParentBased(root) => root.root(),
            other => other,
        }
    }

    fn decision(&self) -> Decision {
        match self {
            Self::AlwaysOn => Decision::Always,
            Self::AlwaysOff => Decision::Never,
            Self::Ratio(share) => Decision::Ask(Box::new(SdkSampler::TraceIdRatioBased(*share))),
            Self::RateLimited(rate) => Decision::Ask(Box::new(RateLimited::per_second(*rate))),
            Self::ParentBased(root) => root.decision(),
            Self::Custom(sampler) => Decision::Ask(sampler.clone()),
        }
    }

    fn check(&self) -> Result<(), InitError> {
        match self {
            Self::Ratio(share) if !(0.0..=1.0).contains(share) => {
                let allowed = "allowed is a share from 0 to 1; for every tenth trace write `Sampler::ratio(0.1)`";
                Err(InitError::setting("Sampler::ratio", share, allowed))
            }
            Self::RateLimited(rate) if !(rate.is_finite() && *rate > 0.0) => {
                let allowed = "allowed is a positive number of spans a second, for example `Sampler::rate_limited(10.0)`";
                Err(InitError::setting("Sampler::rate_limited", rate, allowed))
            }
            _ => Ok(()),
        }
    }

    /// The SDK's own samplers are recognised, so that the engine can take its short paths for them too.
    fn of_sdk(sampler: &SdkSampler) -> Option<Self> {
        match sampler {
            SdkSampler::AlwaysOn => Some(Self::AlwaysOn),
            SdkSampler::AlwaysOff => Some(Self::AlwaysOff),
            SdkSampler::TraceIdRatioBased(share) => Some(Self::Ratio(share.clamp(0.0, 1.0))),
            SdkSampler::ParentBased(root) => Some(Self::ParentBased(Box::new(Self::Custom(root.clone())))),
            _ => None,
        }
    }
}

impl<T: ShouldSample + 'static> From<T> for Sampler {
    fn from(sampler: T) -> Self {
        let known = (&sampler as &dyn Any).downcast_ref::<SdkSampler>().and_then(Kind::of_sdk);
        Self(known.unwrap_or_else(|| Kind::Custom(Box::new(sampler))))
    }
}

/// Names as in `OTEL_TRACES_SAMPLER`.
impl fmt::Display for Sampler {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AlwaysOn => f.write_str("always_on"),
            Self::AlwaysOff => f.write_str("always_off"),
            Self::Ratio(share) => write!(f, "traceidratio({share})"),
            Self::RateLimited(rate) => write!(f, "rate_limited({rate}/s)"),
            Self::ParentBased(root) => write!(f, "parentbased_{root}"),
            Self::Custom(_) => f.write_str("custom"),
        }
    }
}
