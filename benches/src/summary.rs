//! From the samples of many rounds to the numbers of a table: the tenth percentile, the median, what was lost.

use crate::child::Sample;

/// Samples of one candidate and one row.
#[derive(Debug, Default)]
pub struct Samples(Vec<Sample>);

/// Which of a sample's numbers.
pub type Of = fn(&Sample) -> f64;

impl Samples {
    /// Adds a round.
    pub fn push(&mut self, sample: Sample) {
        self.0.push(sample);
    }

    /// The tenth percentile, the nearest one that was measured.
    pub fn p10(&self, of: Of) -> Option<f64> {
        self.quantile(of, 1)
    }

    /// The median.
    pub fn median(&self, of: Of) -> Option<f64> {
        self.quantile(of, 5)
    }

    fn quantile(&self, of: Of, tenths: usize) -> Option<f64> {
        let mut values: Vec<f64> = self.0.iter().map(of).collect();
        values.sort_by(f64::total_cmp);
        values.get(values.len().saturating_sub(1) * tenths / 10).copied()
    }

    /// Spans lost in any round.
    pub fn lost(&self) -> i64 {
        self.0.iter().map(|sample| sample.lost.abs()).sum()
    }
}
