//! The rows of the table: what is traced, and how it is counted.

/// One kind of work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Row {
    /// A root and ten children that do nothing.
    Plain,
    /// The same, with three attributes on every span: an `i64`, a `&'static str` and 16 bytes of text.
    Attributes,
    /// Every span returns an error, which is recorded.
    Error,
    /// Asynchronous functions that are suspended once, on one thread.
    Async,
    /// The same, two tasks on two workers.
    AsyncWorkers,
    /// The sampler drops the trace.
    Unsampled,
    /// Nothing is installed.
    Off,
    /// The children are not made current.
    Leaf,
    /// [`Row::Plain`] on two threads at once.
    Threads,
    /// Memory held for a finished span while the exporter stalls.
    Memory,
    /// The same, with three attributes.
    MemoryAttributes,
    /// An unsampled trace held until its root ends, in case it fails.
    Keep,
    /// To a collector, over HTTP in protobuf.
    Http,
    /// The same with three attributes.
    HttpAttributes,
    /// To a collector, over gRPC.
    Grpc,
}

impl Row {
    /// What is measured by default.
    pub const ALL: [Self; 15] = [
        Self::Plain,
        Self::Attributes,
        Self::Error,
        Self::Async,
        Self::AsyncWorkers,
        Self::Unsampled,
        Self::Keep,
        Self::Off,
        Self::Leaf,
        Self::Threads,
        Self::Memory,
        Self::MemoryAttributes,
        Self::Http,
        Self::HttpAttributes,
        Self::Grpc,
    ];

    /// On the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Attributes => "attributes",
            Self::Error => "error",
            Self::Async => "async",
            Self::AsyncWorkers => "async-workers",
            Self::Unsampled => "unsampled",
            Self::Off => "off",
            Self::Leaf => "leaf",
            Self::Threads => "threads",
            Self::Memory => "memory",
            Self::MemoryAttributes => "memory-attributes",
            Self::Keep => "keep",
            Self::Http => "http",
            Self::HttpAttributes => "http-attributes",
            Self::Grpc => "grpc",
        }
    }

    /// In the table.
    pub fn label(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Attributes => "3 attributes",
            Self::Error => "error recorded",
            Self::Async => "async, one thread, net of tokio",
            Self::AsyncWorkers => "async, two workers, net of tokio",
            Self::Unsampled => "unsampled",
            Self::Off => "off",
            Self::Leaf => "leaf",
            Self::Threads => "plain, on each of two threads",
            Self::Memory => "memory of a waiting span, bytes",
            Self::MemoryAttributes => "the same with 3 attributes, bytes",
            Self::Keep => "unsampled, held for `keep`",
            Self::Http => "plain, to a collector over HTTP",
            Self::HttpAttributes => "3 attributes, to a collector over HTTP",
            Self::Grpc => "plain, to a collector over gRPC",
        }
    }

    /// The row of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|row| row.name() == name)
    }

    /// Whether spans reach the exporter.
    pub fn exports(self) -> bool {
        !matches!(self, Self::Unsampled | Self::Off | Self::Keep)
    }

    /// Whether what remains without spans is subtracted.
    pub fn is_net(self) -> bool {
        matches!(self, Self::Async | Self::AsyncWorkers)
    }

    /// Whether bytes are counted and not time.
    pub fn is_memory(self) -> bool {
        matches!(self, Self::Memory | Self::MemoryAttributes)
    }

    /// The protocol, if spans go to a collector.
    pub fn protocol(self) -> Option<&'static str> {
        match self {
            Self::Http | Self::HttpAttributes => Some("http/protobuf"),
            Self::Grpc => Some("grpc"),
            _ => None,
        }
    }
}
