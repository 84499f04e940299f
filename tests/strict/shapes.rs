//! Functions without a fault, in every form.

use super::Refused;
use core::cmp::Ordering;
use core::fmt::Debug;
use core::future::ready;
use core::ops::Index;
use core::slice::Iter;
use std::borrow::Cow;
use telemetry::traced;

/// Two numbers.
#[traced(crate = telemetry, args, ret)]
#[must_use]
pub fn sum(left: u32, right: u32) -> u32 {
    left.wrapping_add(right)
}

/// An empty body.
#[traced(crate = telemetry)]
#[inline(always)]
pub fn empty() {}

/// A body that only panics.
///
/// # Panics
///
/// Always.
#[traced(crate = telemetry)]
#[inline(always)]
pub fn panics() -> Result<(), Refused> {
    todo!("later")
}

/// A body that begins with an import, in a block.
///
/// # Panics
///
/// Always.
#[traced(crate = telemetry)]
#[cfg_attr(all(), inline(always))]
pub fn imports() -> Result<(), Refused> {
    {
        use core::cmp::Ordering;
        assert_eq!(Ordering::Less, Ordering::Greater);
    }
    Ok(())
}

/// An item in front.
#[traced(crate = telemetry)]
#[must_use]
#[inline(always)]
pub fn items() -> Option<u32> {
    /// One.
    const ONE: u32 = 1;
    async fn later() {
        ready(()).await;
    }
    drop(later());
    Some(ONE)
}

/// A function that is handed on may change state, so nobody is a candidate for `#[must_use]` who hands one on.
#[deny(clippy::must_use_candidate)]
pub mod handed {
    use super::Rank;
    use telemetry::traced;

    /// Several of them.
    #[derive(Debug, Clone, Default)]
    pub struct Ranks(pub Vec<Rank>);

    /// A function handed on.
    #[traced(crate = telemetry)]
    pub fn ranks(numbers: &[u8]) -> Ranks {
        extern "C" fn in_front() {
            drop(String::new());
        }
        in_front();
        Ranks(numbers.iter().copied().map(Rank::from).collect())
    }
}

impl From<u8> for Rank {
    #[traced(crate = telemetry)]
    fn from(number: u8) -> Self {
        Self(number)
    }
}

/// References in, a reference out.
#[traced(crate = telemetry)]
#[must_use]
pub fn longest<'text>(left: &'text str, right: &'text str) -> &'text str {
    if left.len() > right.len() { left } else { right }
}

/// Text that may be borrowed.
///
/// # Errors
///
/// Without text.
#[traced(crate = telemetry, args, ret = "text.trimmed", err(code = err.code))]
pub fn trimmed(text: Cow<'_, str>) -> Result<Cow<'_, str>, Refused> {
    if text.is_empty() {
        return Err(Refused { code: 400 });
    }
    Ok(text)
}

/// Patterns of every kind.
#[traced(crate = telemetry, args, attributes(sum = first + second))]
pub fn patterns((first, second): (u8, u8), [third, ..]: [u8; 4], _: String, _ignored: Vec<u8>) -> Result<u8, Refused> {
    Ok(first.wrapping_add(second).wrapping_add(third))
}

/// Parameters that change.
#[traced(crate = telemetry)]
pub fn changes<'text>(mut text: &'text str, mut rest: Vec<&'text str>) -> Result<Vec<&'text str>, Refused> {
    text = text.trim();
    rest.push(text);
    Ok(rest)
}

/// The same, and waits.
#[traced(crate = telemetry, args)]
pub async fn waits(mut text: &str, mut rest: Vec<String>) -> Result<Vec<String>, Refused> {
    text = text.trim();
    rest.push(text.to_owned());
    ready(()).await;
    Ok(rest)
}

/// Nothing is given back.
#[traced(crate = telemetry, name = format!("waits for {number}"), kind = client, when = number > 3)]
pub async fn waits_for(number: u8) {
    ready(()).await;
}

/// Never.
#[traced(crate = telemetry)]
pub async fn never() -> ! {
    loop {
        ready(()).await;
    }
}

/// A future, not written `async`.
#[traced(crate = telemetry)]
pub fn later(text: &str) -> impl Future<Output = Result<usize, Refused>> + Send + use<> {
    let length = text.len();
    async move { if length > 3 { Ok(length) } else { Err(Refused { code: 400 }) } }
}

/// Generic, with a clause.
#[traced(crate = telemetry, attributes(first = ?first))]
pub fn generic<First, const COUNT: usize>(first: &First, others: [u8; COUNT], map: impl Fn(u8) -> u8) -> Result<u8, Refused>
where
    First: Debug + ?Sized,
{
    others.first().copied().map(map).ok_or(Refused { code: 404 })
}

/// What has methods.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cart {
    items: Vec<u32>,
}

#[traced(crate = telemetry)]
impl Cart {
    /// A new one.
    #[must_use]
    pub const fn new() -> Self {
        Self { items: Vec::new() }
    }

    /// By value, and back.
    #[must_use]
    pub fn with(mut self, #[attr("item.id")] item: u32) -> Self {
        self.items.push(item);
        self
    }

    /// One of them.
    #[traced(none = error)]
    #[must_use]
    pub fn first(&self) -> Option<&u32> {
        self.items.first()
    }

    /// One of them, to change.
    pub fn first_mut(&mut self) -> Option<&mut u32> {
        self.items.first_mut()
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &u32> {
        self.items.iter()
    }

    /// To the till.
    pub async fn pay(&mut self, #[attr(debug)] by: Option<&str>) -> Result<(), Refused> {
        ready(by).await.map_or(Err(Refused { code: 402 }), |_| {
            self.items.clear();
            Ok(())
        })
    }
}

impl<'cart> IntoIterator for &'cart Cart {
    type Item = &'cart u32;
    type IntoIter = Iter<'cart, u32>;

    #[traced(crate = telemetry)]
    fn into_iter(self) -> Self::IntoIter {
        self.items.iter()
    }
}

/// A number that is compared and copied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rank(u8);

impl PartialOrd for Rank {
    #[traced(crate = telemetry)]
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Rank {
    #[traced(crate = telemetry)]
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.cmp(&other.0)
    }
}

/// A method that has to name its type.
pub trait Itself {
    /// The same, or another.
    fn itself(&self) -> Rank;
}

impl Itself for Rank {
    #[traced(crate = telemetry)]
    fn itself(&self) -> Rank {
        if self.0 == 0 {
            return Self(1);
        }
        *self
    }
}

impl Index<u8> for Rank {
    type Output = u8;

    #[traced(crate = telemetry)]
    fn index(&self, _: u8) -> &u8 {
        &self.0
    }
}

impl Drop for Cart {
    #[traced(crate = telemetry)]
    fn drop(&mut self) {
        self.items.clear();
    }
}

/// A trait with a body.
#[traced(crate = telemetry, leaf)]
pub trait Ships {
    /// Without one.
    fn weight(&self) -> u32;

    /// With one.
    fn price(&self) -> Result<u32, Refused> {
        self.weight().checked_mul(2).ok_or(Refused { code: 500 })
    }
}

/// Places in the trace.
#[traced(crate = telemetry)]
pub mod places {
    use std::collections::BTreeMap;

    /// Out of a carrier.
    #[traced(crate = telemetry, kind = consumer, from = headers, link = headers)]
    pub fn handles(headers: &BTreeMap<String, String>) -> usize {
        headers.len()
    }

    /// Into one.
    #[traced(crate = telemetry, root(link), into = &mut headers)]
    pub fn sends(mut headers: BTreeMap<String, String>) -> usize {
        headers.len()
    }

    /// In the enclosing span.
    #[traced(crate = telemetry, current, ret(length = ret.len()))]
    #[must_use]
    pub fn encloses(text: String) -> String {
        text
    }
}

/// What is set before its end, for its end.
#[derive(Debug)]
pub struct Transaction {
    open: bool,
}

impl Transaction {
    /// Done.
    #[traced(crate = telemetry)]
    pub async fn commit(mut self) -> Result<(), Refused> {
        ready(()).await;
        self.open = false;
        Ok(())
    }

    /// Done at once.
    #[traced(crate = telemetry)]
    pub fn roll_back(mut self, code: u16) -> Result<(), Refused> {
        if code > 0 {
            return Err(Refused { code });
        }
        self.open = false;
        Ok(())
    }
}

impl Drop for Transaction {
    fn drop(&mut self) {
        assert!(!self.open, "it was left open");
    }
}

/// Done by somebody else.
#[traced(crate = telemetry)]
pub async fn commits(mut transaction: Transaction, (mut other, _): (Transaction, u8)) -> Result<(), Refused> {
    ready(()).await;
    transaction.open = false;
    other.open = false;
    Ok(())
}

macro_rules! nothing {
    ($($ignored:tt)*) => {};
}

macro_rules! either {
    ({$($first:tt)*} else {$($second:tt)*}) => {
        $($first)*
    };
}

/// An import behind a macro that is nothing.
#[traced(crate = telemetry)]
pub fn behind_nothing(text: &mut String) {
    nothing!("begins");
    use core::mem::take;

    drop(take(text));
}

/// Items that a macro writes.
#[traced(crate = telemetry)]
pub fn of_a_macro(text: String) -> Result<usize, Refused> {
    either! {{
        const LIMIT: usize = 3;
    } else {
        const LIMIT: usize = 4;
    }}
    if text.len() > LIMIT {
        return Err(Refused { code: 413 });
    }
    Ok(text.len())
}
