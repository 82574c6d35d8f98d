//! A host of our own, as far as this measure needs one: current wasmtime, HTTP in front, an instance for every call, limits of
//! memory and time. A call to a component on the same host is a call and no message; one that is elsewhere is called over the
//! lattice, in the words that the engine's hosts understand, by a client that is kept.
//!
//! A sketch: it takes no orders from a lattice, and nothing but this measure starts it.

use super::floor::contract::imprint::hop::names;
use async_nats::HeaderMap;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response};
use std::net::Ipv4Addr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use wasmtime::component::{Component, InstancePre, Linker, ResourceTable};
use wasmtime::{
    Config, Engine, InstanceAllocationStrategy, PoolingAllocationConfig, Result, Store, StoreLimits,
    StoreLimitsBuilder, format_err,
};
use wasmtime_wasi::{WasiCtx, WasiCtxView, WasiView};
use wasmtime_wasi_http::io::TokioIo;
use wasmtime_wasi_http::p2::bindings::ProxyPre;
use wasmtime_wasi_http::p2::bindings::http::types::Scheme;
use wasmtime_wasi_http::p2::body::HyperOutgoingBody;
use wasmtime_wasi_http::{
    Error, RequestOptions, WasiBody, WasiHttpCtx, WasiHttpCtxView, WasiHttpHooks, WasiHttpView,
};

/// The first word that makes this program such a host.
pub(crate) const COMMAND: &str = "own-host";

const INTERFACE: &str = "imprint:hop/names@0.1.0";
const FUNCTION: &str = "initials";
const INSTANCES: u32 = 512;
/// Of one instance.
const MEMORY_BYTES_MAX: usize = 64 << 20;
/// So much of it stays with the pool when it goes.
const KEPT_BYTES: usize = 1 << 20;
/// A call ends after so many ticks.
const TICKS_MAX: u64 = 500;
const TICK: Duration = Duration::from_millis(10);

/// Where the other half of the graph is.
pub(super) enum Callee<'a> {
    /// In the same file.
    Within,
    /// A file on the same host.
    Here(&'a str),
    /// On another host: the server, and the component by its lattice and its name.
    There { url: &'a str, component: &'a str },
}

impl Callee<'_> {
    /// How the program is told.
    pub(super) fn words(&self) -> Vec<String> {
        match self {
            Self::Within => Vec::new(),
            Self::Here(file) => vec![(*file).to_owned()],
            Self::There { url, component } => vec![(*url).to_owned(), (*component).to_owned()],
        }
    }
}

/// Serves until somebody ends it: `own-host PORT CALLER [CALLEE | URL COMPONENT]`.
pub(crate) fn serve() {
    let words: Vec<String> = std::env::args().skip(2).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let (port, caller, callee) = match words.as_slice() {
        [port, caller] => (port, caller, Callee::Within),
        [port, caller, callee] => (port, caller, Callee::Here(callee)),
        [port, caller, url, component] => (port, caller, Callee::There { url, component }),
        _ => panic!("`{COMMAND} PORT CALLER [CALLEE | URL COMPONENT]`"),
    };
    let runtime = tokio::runtime::Runtime::new().unwrap_or_else(|why| panic!("{why}"));
    let ended = runtime.block_on(run(port, caller, &callee));
    ended.unwrap_or_else(|why| panic!("{why:#}"));
}

async fn run(port: &str, caller: &str, callee: &Callee<'_>) -> Result<()> {
    let engine = Engine::new(&config())?;
    tick(&engine);
    let mut linker = linker(&engine)?;
    let names = match callee {
        Callee::Within => None,
        Callee::Here(file) => {
            Some(Names::Here(linker.instantiate_pre(&Component::from_file(&engine, file)?)?))
        }
        Callee::There { url, component } => {
            let nats = async_nats::connect(*url).await.map_err(|why| format_err!("{why}"))?;
            let client = wrpc_transport_nats::Client::new(nats, *component, None).await;
            Some(Names::There(client.map_err(|why| format_err!("{why:#}"))?))
        }
    };
    if let Some(names) = names {
        let names = Arc::new(names);
        linker.instance(INTERFACE)?.func_wrap_async(FUNCTION, move |_, (name,): (String,)| {
            let names = names.clone();
            Box::new(async move { names.initials(name).await.map(|initials| (initials,)) })
        })?;
    }
    let caller = ProxyPre::new(linker.instantiate_pre(&Component::from_file(&engine, caller)?)?)?;
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port.parse::<u16>()?)).await?;
    loop {
        let (stream, _) = listener.accept().await?;
        stream.set_nodelay(true)?;
        tokio::spawn(connection(stream, caller.clone()));
    }
}

async fn connection(stream: TcpStream, caller: ProxyPre<Guest>) {
    let service = service_fn(move |request| answer(caller.clone(), request));
    if let Err(why) = http1::Builder::new().serve_connection(TokioIo::new(stream), service).await {
        eprintln!("a connection ended: {why}");
    }
}

async fn answer(caller: ProxyPre<Guest>, request: Request<Incoming>) -> Result<Response<HyperOutgoingBody>> {
    let mut store = store(caller.engine());
    let (sender, answered) = oneshot::channel();
    let request = store.data_mut().http().new_incoming_request(Scheme::Http, request)?;
    let out = store.data_mut().http().new_response_outparam(sender)?;
    let task = tokio::spawn(async move {
        let proxy = caller.instantiate_async(&mut store).await?;
        proxy.wasi_http_incoming_handler().call_handle(store, request, out).await
    });
    match answered.await {
        Ok(answer) => Ok(answer?),
        Err(_) => {
            task.await??;
            Err(format_err!("the component answered nothing"))
        }
    }
}

/// What the caller imports.
enum Names {
    Here(InstancePre<Guest>),
    There(wrpc_transport_nats::Client),
}

impl Names {
    async fn initials(&self, name: String) -> Result<String> {
        match self {
            Self::Here(callee) => {
                let mut store = store(callee.engine());
                let instance = callee.instantiate_async(&mut store).await?;
                let interface = instance.get_export_index(&mut store, None, INTERFACE);
                let function = instance.get_export_index(&mut store, interface.as_ref(), FUNCTION);
                let function = function.ok_or_else(|| format_err!("no `{FUNCTION}` in `{INTERFACE}`"))?;
                let function = instance.get_typed_func::<(String,), (String,)>(&mut store, function)?;
                Ok(function.call_async(&mut store, (name,)).await?.0)
            }
            Self::There(client) => {
                let mut headers = HeaderMap::new();
                headers.insert("source-id", COMMAND);
                let answer = names::initials(client, Some(headers), &name).await;
                answer.map_err(|why| format_err!("{why:#}"))
            }
        }
    }
}

struct Guest {
    wasi: WasiCtx,
    http: WasiHttpCtx,
    closed: Closed,
    table: ResourceTable,
    limits: StoreLimits,
}

impl WasiView for Guest {
    fn ctx(&mut self) -> WasiCtxView<'_> {
        WasiCtxView { ctx: &mut self.wasi, table: &mut self.table }
    }
}

impl WasiHttpView for Guest {
    fn http(&mut self) -> WasiHttpCtxView<'_> {
        WasiHttpCtxView { ctx: &mut self.http, table: &mut self.table, hooks: &mut self.closed }
    }
}

/// No component of the measure asks anybody over HTTP.
struct Closed;

/// How the rest of an exchange goes.
type Rest = Box<dyn Future<Output = Result<(), Error>> + Send>;
type Exchange = Box<dyn Future<Output = Result<(Response<WasiBody>, Rest), Error>> + Send>;

impl WasiHttpHooks for Closed {
    fn send_request(&mut self, _: Request<WasiBody>, _: Option<RequestOptions>, _: Rest) -> Exchange {
        Box::new(async { Err(Error::HttpRequestDenied) })
    }
}

fn store(engine: &Engine) -> Store<Guest> {
    let guest = Guest {
        wasi: WasiCtx::builder().build(),
        http: WasiHttpCtx::new(),
        closed: Closed,
        table: ResourceTable::new(),
        limits: StoreLimitsBuilder::new().memory_size(MEMORY_BYTES_MAX).build(),
    };
    let mut store = Store::new(engine, guest);
    store.limiter(|guest| &mut guest.limits);
    store.set_epoch_deadline(TICKS_MAX);
    store
}

fn linker(engine: &Engine) -> Result<Linker<Guest>> {
    let mut linker = Linker::new(engine);
    wasmtime_wasi::p2::add_to_linker_async(&mut linker)?;
    wasmtime_wasi_http::p2::add_only_http_to_linker_async(&mut linker)?;
    Ok(linker)
}

fn config() -> Config {
    let mut pool = PoolingAllocationConfig::default();
    // A component is a few core modules: itself, and shims without memory.
    pool.total_component_instances(INSTANCES)
        .total_core_instances(INSTANCES * 8)
        .total_memories(INSTANCES)
        .total_tables(INSTANCES * 8)
        .total_stacks(INSTANCES)
        .max_memory_size(MEMORY_BYTES_MAX)
        // Wiped, and not given back to the system and asked for again: an instance lives for one call.
        .linear_memory_keep_resident(KEPT_BYTES)
        .table_keep_resident(KEPT_BYTES);
    let mut config = Config::new();
    config.allocation_strategy(InstanceAllocationStrategy::Pooling(pool)).epoch_interruption(true);
    config
}

/// Moves the clock of time limits on, as long as the program lives.
fn tick(engine: &Engine) {
    let engine = engine.clone();
    std::thread::spawn(move || {
        loop {
            std::thread::sleep(TICK);
            engine.increment_epoch();
        }
    });
}
