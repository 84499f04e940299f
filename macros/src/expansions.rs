//! Compares expansions with the files in `expansions/`, which show them formatted. `TRACED_BLESS=1` rewrites the files.

use proc_macro2::TokenStream;
use std::path::{Path, PathBuf};

/// Files that are compared: the source stands in a comment at the head of its expansion.
const SHAPES: &[(&str, &str)] = &[
    ("sync_nothing", "#[traced]\nfn ship(order: Order) {\n    dispatch(order);\n}"),
    (
        "sync_value",
        "#[traced]\nfn total(cart: Cart, coupon: Option<Coupon>) -> Result<Money, Error> {\n    coupon.apply(&cart)?;\n    cart.total()\n}",
    ),
    ("sync_plain", "#[traced]\nfn longer_than(length: usize) -> impl Fn(&str) -> bool {\n    move |text| text.len() > length\n}"),
    ("generic_error", "#[traced]\nfn send<M>(queue: &Queue<M>, message: M) -> Result<(), SendError<M>> {\n    queue.push(message)\n}"),
    ("async_value", "#[traced]\nasync fn load(db: &Database, id: u64) -> Result<Order, Error> {\n    db.get(id).await\n}"),
    ("async_nothing", "#[traced]\nasync fn tick() {\n    sleep(SECOND).await;\n}"),
    ("async_never", "#[traced]\nasync fn serve(listener: Listener) -> ! {\n    loop {\n        accept(&listener).await;\n    }\n}"),
    ("impl_future", "#[traced]\nfn load(id: u64) -> impl Future<Output = Result<Order, Error>> {\n    query(id)\n}"),
    (
        "boxed_future_with_err",
        "#[traced(err(if = |e| e.is_fatal()))]\nfn load(id: u64) -> Pin<Box<dyn Future<Output = Result<Order, Error>> + Send>> {\n    Box::pin(query(id))\n}",
    ),
    ("alias", "#[traced]\nfn call(request: Request) -> Reply {\n    handle(request)\n}"),
    ("impl_stream", "#[traced]\nfn rows(&self) -> impl Stream<Item = Row> + '_ {\n    self.query()\n}"),
    (
        "attributes",
        "#[traced(name = format!(\"charge {card}\"), kind = client, attributes(order.id = order.id, total = %order.total, http.status_code = 200, tier))]\nfn charge(order: &Order, #[attr(\"card.number\", redact)] card: &str, tier: u8) {\n    pay(order, card, tier);\n}",
    ),
    (
        "outcome",
        "#[traced(ret(items = ret.len()), err(ignore, code = err.code()))]\nfn list(&self) -> Result<Vec<Item>, Error> {\n    self.items()\n}",
    ),
    (
        "place",
        "#[traced(when = verbose, from = headers, link = other, into = &mut request.headers)]\nfn forward(headers: &Headers, other: Context, request: &mut Request, verbose: bool) {\n    send(request);\n}",
    ),
    ("producer", "#[traced(producer(record))]\nfn publish(record: Record) -> Result<(), Error> {\n    send(record)\n}"),
    (
        "consumer",
        "#[traced(consumer(message, link), scope = \"orders\", leaf)]\nasync fn handle(message: &Message) {\n    store(message).await;\n}",
    ),
    (
        "drop_order",
        "#[traced]\nfn work(a: Guard, _: Guard, _c: Guard, mut d: &str) -> Total {\n    d = d.trim();\n    a.total() + d.len()\n}",
    ),
    (
        "block",
        "#[traced(kind = client, attributes(component = \"store\"))]\nimpl<T> Store<T> {\n    const SIZE: usize = 3;\n    pub const fn new() -> Self {\n        Self\n    }\n    fn get(&self, id: u64) -> Option<&T> {\n        self.map.get(&id)\n    }\n    #[traced(name = \"put\", attributes(id))]\n    fn insert(&mut self, id: u64) {\n        self.map.insert(id);\n    }\n    #[traced(skip)]\n    fn len(&self) -> usize {\n        self.map.len()\n    }\n}",
    ),
];

fn directory() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("expansions")
}

/// Splits `#[traced(..)] item` as the compiler does.
fn expand(source: &str) -> TokenStream {
    let (attribute, item) = source.split_once("]\n").expect("an attribute in a line of its own");
    let args = attribute.trim_start_matches("#[traced").trim_start_matches('(');
    let args = args.strip_suffix(')').unwrap_or(args);
    crate::attribute(args.parse().expect("arguments"), item.parse().expect("an item"))
}

fn rendered(source: &str) -> String {
    let expansion = expand(source);
    let file = syn::parse2(expansion.clone()).unwrap_or_else(|error| panic!("{error} in {expansion}"));
    let head = source.lines().collect::<Vec<_>>().join("\n// ");
    format!("// The expansion of\n//\n// {head}\n\n{}", prettyplease::unparse(&file))
}

#[test]
fn expansions_are_what_the_files_show() {
    let bless = std::env::var_os("TRACED_BLESS").is_some();
    let mut different = Vec::new();
    for (name, source) in SHAPES {
        let path = directory().join(name).with_extension("rs");
        let found = rendered(source);
        if bless {
            std::fs::write(&path, &found).expect("a writable file");
        } else if std::fs::read_to_string(&path).unwrap_or_default() != found {
            different.push(format!("{name}:\n{found}"));
        }
    }
    assert!(different.is_empty(), "TRACED_BLESS=1 rewrites what is meant to be different\n{}", different.join("\n"));
}

/// What is being typed in an editor may not parse: it is handed on, for the editor to complete.
#[test]
fn a_body_is_handed_on_as_it_is() {
    for function in ["fn load(id: u64) -> Order", "async fn load(id: u64) -> Result<Order, Error>", "fn load(id: u64)"] {
        let expansion = expand(&format!("#[traced(args)]\n{function} {{\n    let order = ;\n    order.\n}}")).to_string();
        assert!(expansion.contains("let order = ; order .") && !expansion.contains("compile_error"), "{expansion}");
    }
}

#[test]
fn no_file_is_left_behind() {
    for entry in std::fs::read_dir(directory()).expect("the directory").flatten() {
        let path = entry.path();
        let name = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
        assert!(SHAPES.iter().any(|(shape, _)| *shape == name), "{} is no shape", path.display());
    }
}
