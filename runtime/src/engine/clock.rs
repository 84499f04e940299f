//! When a span was: from readings of the fast clock to the system's time. In: the reading a span carries, and now and then a look at both
//! clocks. Out: the same time for the same reading, whenever it is asked for, and never an earlier one for a later reading; so a child lies
//! within its parent, although they are decoded apart.
//!
//! Time runs along straight lines, each of which begins where the one before it is. A look that finds the system's clock elsewhere bends the
//! last of them, behind every reading that has been told its time.

use fastant::{Anchor, Instant};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// How often the clocks are looked at, at the most.
const EVERY: u64 = 100_000_000;
/// What the line may be off before it is bent: no bends for what is only noise.
const TOLERANCE: f64 = 20_000.0;
/// How long it takes at least to catch up.
const CATCH_UP: f64 = 1e9;
/// How much faster or slower than the system's clock time may run to catch up with it.
const LIMIT: f64 = 500e-6;
/// If it would take longer than this, the system's clock was set: forward that is followed at once, backward never faster than by the limit.
const PATIENCE: f64 = 20e9;
/// Over a shorter time the rate of the clocks is not measured.
const MEASURABLE: u64 = 1_000_000_000;
/// Lines that are remembered. There are a few in the first minute and hardly any later; a span would have to run through all of them to be
/// told another start than its first children were.
const MOST_LINES: usize = 1024;

/// The clock of everything that is decoded in one place.
pub(crate) struct Clock {
    /// Makes nanoseconds of readings.
    scale: Anchor,
    timeline: Timeline,
}

impl Clock {
    pub(crate) fn new() -> Self {
        let scale = Anchor::new();
        Self { scale, timeline: Timeline::new(&look(&scale)) }
    }

    /// The system's time at a reading.
    #[inline]
    pub(crate) fn time(&mut self, reading: Instant) -> SystemTime {
        UNIX_EPOCH + Duration::from_nanos(self.timeline.time(reading.as_unix_nanos(&self.scale)))
    }

    /// Looks at the system's clock, if it is time to. To be called before new spans are decoded: then these are on the better line.
    pub(crate) fn steer(&mut self) {
        if self.timeline.is_due(Instant::now().as_unix_nanos(&self.scale)) {
            self.timeline.steer(&look(&self.scale));
        }
    }
}

impl core::fmt::Debug for Clock {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Clock").field("timeline", &self.timeline).finish_non_exhaustive()
    }
}

/// Both clocks at the same moment.
#[derive(Debug)]
struct Look {
    ticks: u64,
    time: u64,
    /// How long the look took: so much the two may be apart.
    took: u64,
}

/// The shortest of three looks: others may have been interrupted.
fn look(scale: &Anchor) -> Look {
    let once = || {
        let before = Instant::now().as_unix_nanos(scale);
        let time = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let took = Instant::now().as_unix_nanos(scale).saturating_sub(before);
        Look { ticks: before + took / 2, time: u64::try_from(time.as_nanos()).unwrap_or(u64::MAX), took }
    };
    [once(), once(), once()].into_iter().min_by_key(|look| look.took).unwrap_or_else(once)
}

/// The lines, in nanoseconds on both sides.
#[derive(Debug)]
struct Timeline {
    /// In the order of their beginnings; never empty.
    lines: Vec<Line>,
    /// The line that was used last, and where the next one begins.
    used: Line,
    until: u64,
    /// The latest reading that was told its time.
    latest: u64,
    /// When the clocks were looked at last.
    looked: u64,
    /// How much faster the system's clock runs than the readings do, and since when that is measured.
    rate: f64,
    since: (u64, u64),
}

#[derive(Debug, Clone, Copy)]
struct Line {
    from: u64,
    time: u64,
    /// Beyond a nanosecond for each nanosecond, in parts of `1 << FRACTION`.
    slope: i64,
}

/// A slope to a nanosecond in a quarter of an hour.
const FRACTION: u32 = 40;

impl Timeline {
    fn new(first: &Look) -> Self {
        let line = Line::new(first.ticks, first.time, 0.0);
        let since = (first.ticks, first.time);
        Self { lines: vec![line], used: line, until: u64::MAX, latest: first.ticks, looked: first.ticks, rate: 0.0, since }
    }

    #[inline]
    fn time(&mut self, ticks: u64) -> u64 {
        self.latest = self.latest.max(ticks);
        if ticks < self.used.from || ticks >= self.until {
            self.find(ticks);
        }
        self.used.at(ticks)
    }

    /// The first line also holds for what was before it.
    #[cold]
    fn find(&mut self, ticks: u64) {
        let next = self.lines.partition_point(|line| line.from <= ticks).max(1);
        self.used = self.lines[next - 1];
        self.until = self.lines.get(next).map_or(u64::MAX, |line| line.from);
    }

    fn is_due(&self, now: u64) -> bool {
        now >= self.looked + EVERY
    }

    /// Bends the last line if it does not lead to where the system's clock is.
    fn steer(&mut self, look: &Look) {
        let start = self.latest.max(self.looked) + 1;
        if look.ticks <= start {
            return;
        }
        self.looked = look.ticks;
        let target = self.lines.last().map_or(look.time, |line| line.at(look.ticks));
        if difference(look.time, target).abs() <= TOLERANCE + difference(look.took, 0) {
            return;
        }
        let from = self.at(start);
        let span = difference(look.ticks, start);
        let behind = |rate: f64| difference(look.time, from) - span * (1.0 + rate);
        let was_set = behind(self.rate).abs() / LIMIT > span + PATIENCE;
        self.measure(look, was_set);
        let gap = behind(self.rate);
        self.lines.retain(|line| line.from < start);
        if was_set && gap > 0.0 {
            self.lines.push(Line::new(look.ticks, look.time, self.rate));
        } else {
            let within = span.max(CATCH_UP).max(gap.abs() / LIMIT);
            let bent = Line::new(start, from, self.rate + gap / within);
            let caught_up = start.saturating_add(whole(within));
            self.lines.extend([bent, Line::new(caught_up, bent.at(caught_up), self.rate)]);
        }
        self.lines.drain(..self.lines.len().saturating_sub(MOST_LINES));
        self.find(look.ticks);
    }

    fn at(&self, ticks: u64) -> u64 {
        let next = self.lines.partition_point(|line| line.from <= ticks).max(1);
        self.lines[next - 1].at(ticks)
    }

    /// The rate of the clocks since it was measured last; across a jump there is none.
    fn measure(&mut self, look: &Look, was_set: bool) {
        let (ticks, time) = self.since;
        if !was_set && look.ticks - ticks < MEASURABLE {
            return;
        }
        self.since = (look.ticks, look.time);
        let rate = difference(look.time, time) / difference(look.ticks, ticks) - 1.0;
        if !was_set && difference(look.took, 0) < TOLERANCE && rate.abs() <= LIMIT {
            self.rate = rate;
        }
    }
}

impl Line {
    #[allow(clippy::cast_possible_truncation)] // it is far smaller than one
    fn new(from: u64, time: u64, slope: f64) -> Self {
        Self { from, time, slope: (slope * difference(1 << FRACTION, 0)) as i64 }
    }

    /// Rounding keeps the order: a slope is far smaller than one.
    #[inline]
    #[allow(clippy::cast_possible_truncation)] // the correction is smaller than what it corrects
    fn at(self, ticks: u64) -> u64 {
        let since = ticks.wrapping_sub(self.from).cast_signed();
        let correction = (i128::from(since) * i128::from(self.slope)) >> FRACTION;
        self.time.wrapping_add_signed(since + correction as i64)
    }
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // a cast of a float goes to the nearest there is
fn whole(nanos: f64) -> u64 {
    nanos as u64
}

#[allow(clippy::cast_precision_loss)] // exact over three months
fn difference(one: u64, other: u64) -> f64 {
    one.wrapping_sub(other).cast_signed() as f64
}

#[cfg(test)]
#[allow(clippy::cast_possible_truncation, clippy::cast_precision_loss)] // of a world that runs for a few hours
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    const SECOND: u64 = 1_000_000_000;
    const BEGINNING: u64 = 1_800_000_000 * SECOND;

    /// A system's clock that the readings run away from, and everything that was asked of the timeline.
    struct World {
        timeline: Timeline,
        random: fastrand::Rng,
        now: u64,
        /// The system's clock against the readings: so far off, and changing so fast.
        offset: f64,
        drift: f64,
        told: BTreeMap<u64, u64>,
    }

    impl World {
        fn new(drift: f64) -> Self {
            let first = Look { ticks: BEGINNING, time: BEGINNING, took: 50 };
            Self {
                timeline: Timeline::new(&first),
                random: fastrand::Rng::with_seed(7),
                now: BEGINNING,
                offset: 0.0,
                drift,
                told: BTreeMap::new(),
            }
        }

        fn system(&self) -> u64 {
            self.now.saturating_add_signed(self.offset as i64)
        }

        fn pass(&mut self, nanos: u64) {
            self.now += nanos;
            self.offset += nanos as f64 * self.drift;
        }

        fn ask(&mut self, ticks: u64) -> u64 {
            let time = self.timeline.time(ticks);
            assert_eq!(*self.told.entry(ticks).or_insert(time), time, "the same time for the same reading");
            time
        }

        /// Runs for so many looks, each after such a time, with readings around them and late ones. Returns how far the latest were off
        /// the system's clock at the most, in nanoseconds.
        fn run(&mut self, looks: usize, apart: u64) -> u64 {
            let mut off = 0;
            for _ in 0..looks {
                self.pass(apart / 2);
                let (half_way, then) = (self.now, self.system());
                self.pass(apart / 2);
                let took = self.random.u64(40..120);
                let look = Look { ticks: self.now, time: self.system().saturating_add_signed(self.random.i64(-20..20)), took };
                self.timeline.steer(&look);
                off = off.max(self.ask(half_way).abs_diff(then)).max(self.ask(self.now).abs_diff(self.system()));
                for _ in 0..3 {
                    let late = self.random.u64(BEGINNING..=self.now);
                    self.ask(late);
                }
                self.pass(apart / 4);
                self.ask(self.now);
            }
            for ticks in self.told.keys().copied().collect::<Vec<_>>() {
                self.ask(ticks);
            }
            assert!(self.told.values().is_sorted(), "never an earlier time for a later reading");
            off
        }
    }

    #[test]
    fn time_follows_the_system_s_clock_with_few_bends() {
        for (drift, apart) in [(0.0, SECOND), (40e-6, SECOND / 10), (-60e-6, 5 * SECOND), (10e-6, 3600 * SECOND)] {
            let mut world = World::new(drift);
            let off = world.run(2000, apart);
            assert!(off < 50_000, "{off} ns with {drift}, looked at every {apart} ns");
            assert!(world.timeline.lines.len() < 40, "{} lines with {drift}", world.timeline.lines.len());
        }
    }

    #[test]
    fn a_rate_that_changes_is_followed() {
        let mut world = World::new(0.0);
        for drift in [20e-6, -20e-6, 300e-6, -300e-6] {
            world.drift = drift;
            world.run(50, SECOND / 2);
            let off = world.run(200, SECOND / 2);
            assert!(off < 50_000, "{off} ns with {drift}");
        }
    }

    #[test]
    fn a_clock_that_is_set_forward_is_followed_at_once() {
        let mut world = World::new(5e-6);
        world.run(20, SECOND);
        world.offset += 3600e9;
        let off = world.run(1, SECOND);
        assert!(off > SECOND, "half way it was not known");
        assert!(world.run(50, SECOND) < 50_000);
    }

    #[test]
    fn a_clock_that_is_set_back_is_approached_and_time_does_not_go_back() {
        let mut world = World::new(5e-6);
        world.run(20, SECOND);
        world.offset -= 50e6;
        let off = world.run(60, SECOND);
        assert!((49_000_000..=51_000_000).contains(&off), "{off}");
        let slowest = world.told.iter().zip(world.told.iter().skip(1)).map(|((&a, &from), (&b, &to))| (to - from) as f64 / (b - a) as f64);
        let slowest = slowest.fold(1.0, f64::min);
        assert!(slowest > 0.998, "{slowest} is hardly slower than time");
        world.run(60, SECOND);
        assert!(world.run(50, SECOND) < 50_000, "fifty milliseconds take a hundred seconds");
    }

    #[test]
    fn a_look_that_was_interrupted_bends_nothing() {
        let mut world = World::new(0.0);
        world.run(5, SECOND);
        world.pass(SECOND);
        world.timeline.steer(&Look { ticks: world.now, time: world.system() + 900_000, took: 1_000_000 });
        assert_eq!(world.timeline.lines.len(), 1);
    }

    #[test]
    fn lines_are_bounded() {
        let mut world = World::new(0.0);
        for _ in 0..3000 {
            world.drift = -world.drift + 100e-6;
            world.pass(5 * SECOND);
            let look = Look { ticks: world.now, time: world.system(), took: 50 };
            world.timeline.steer(&look);
        }
        assert_eq!(world.timeline.lines.len(), MOST_LINES);
        let off = world.timeline.time(world.now).abs_diff(world.system());
        assert!(off < 50_000, "{off}");
    }

    #[test]
    fn readings_of_now_have_the_system_s_time() {
        let mut clock = Clock::new();
        clock.steer();
        let before = SystemTime::now();
        let reading = Instant::now();
        let after = SystemTime::now();
        let slack = Duration::from_millis(1);
        assert!((before - slack..after + slack).contains(&clock.time(reading)));
    }
}
