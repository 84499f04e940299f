//! The one table of arguments: how each may be spelled, and what to write when it was not spelled so.

/// One argument of the attribute.
pub(super) struct Entry {
    pub(super) name: &'static str,
    /// `name`
    pub(super) word: bool,
    /// `name = ..`
    pub(super) value: bool,
    /// `name(..)`
    pub(super) list: bool,
    /// The allowed forms, as the error names them.
    pub(super) forms: &'static str,
}

const fn entry(name: &'static str, [word, value, list]: [bool; 3], forms: &'static str) -> Entry {
    Entry { name, word, value, list, forms }
}

const WORD: [bool; 3] = [true, false, false];
const VALUE: [bool; 3] = [false, true, false];
const LIST: [bool; 3] = [false, false, true];

/// Every argument there is.
pub(super) const TABLE: &[Entry] = &[
    entry("name", VALUE, "`name = \"..\"` or `name = EXPRESSION`"),
    entry("kind", VALUE, "`kind = internal`, `server`, `client`, `producer` or `consumer`"),
    entry("attributes", LIST, "`attributes(KEY = VALUE, ..)`"),
    entry("args", [true, false, true], "`args`, `args(a, b)` or `args(skip(a))`"),
    entry("ret", [true, true, true], "`ret`, `ret = \"key\"` or `ret(KEY = EXPRESSION, ..)`"),
    entry("err", LIST, "`err(ignore)`, `err(if = |e| ..)` or `err(KEY = EXPRESSION, ..)`"),
    entry("none", VALUE, "`none = error`"),
    entry("parent", VALUE, "`parent = CONTEXT`"),
    entry("root", [true, false, true], "`root` or `root(link)`"),
    entry("current", WORD, "`current`"),
    entry("from", VALUE, "`from = CARRIER`"),
    entry("into", VALUE, "`into = &mut CARRIER`"),
    entry("link", VALUE, "`link = CONTEXT`"),
    entry("links", VALUE, "`links = ITERATOR`"),
    entry("consumer", LIST, "`consumer(MESSAGE)` or `consumer(MESSAGE, link)`"),
    entry("producer", LIST, "`producer(MESSAGE)`"),
    entry("scope", VALUE, "`scope = \"..\"`"),
    entry("leaf", WORD, "`leaf`"),
    entry("when", VALUE, "`when = CONDITION`"),
    entry("skip", WORD, "`skip`"),
    entry("crate", VALUE, "`crate = path::to::traced`"),
];

/// What users of other tracing crates write, and what it is here.
pub(super) const ELSEWHERE: &[(&str, &str)] = &[
    ("fields", "write `attributes(KEY = VALUE, ..)`"),
    ("properties", "write `attributes(KEY = VALUE, ..)`"),
    ("skip_all", "remove it, nothing is captured unless asked for"),
    ("level", "remove it, spans have no level; `when = CONDITION` leaves one out"),
    ("target", "write `scope = \"..\"`"),
    ("follows_from", "write `links = ITERATOR`"),
    ("inherit_context", "write `root`"),
    ("enter_on_poll", "remove it, an async span is current whenever its future is polled"),
];

/// The entry of an argument.
pub(super) fn find(name: &str) -> Option<&'static Entry> {
    TABLE.iter().find(|entry| entry.name == name)
}
