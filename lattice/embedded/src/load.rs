//! Loading the component files, and calling them.

use crate::cache::CodeCache;
use crate::calls::{context_of, document_of, fault_of, task_of, wit_document, wit_task};
use crate::easel::Easel;
use crate::engine::{Engine as StepWorld, EnginePre};
use crate::forward::{self, Directory};
use crate::guest::{Guest, World};
use crate::saga::exports::imprint::orchestrator::saga as wit_saga;
use crate::saga::{EngineSaga, EngineSagaPre};
use core_brand::fault::Code;
use core_brand::painting::PaintOrder;
use core_brand::{Document, Fault, Task, broken};
use core_saga::Outcome;
use imprint_blobs::{Blobs, FontShelf};
use imprint_runner::{CallContext, Callee, Decided, Paintings};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};
use std::time::Duration;
use tokio::runtime::Handle;
use wasmtime::component::types::{ComponentItem, Type};
use wasmtime::component::{Component, HasSelf, InstancePre, Linker, Val};
use wasmtime::{Config, Engine, InstanceAllocationStrategy, PoolingAllocationConfig, Store, Trap};

/// How often time limits are looked at.
const TICK_MS: u64 = 10;

/// One component file.
#[derive(Clone, Debug)]
pub struct ComponentFile {
    pub name: String,
    pub path: PathBuf,
    pub sha256: String,
}

/// Limits of the engine.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// Calls at once; the pool holds as many instances, times the depth of forwarded calls.
    pub width: usize,
    /// Memory of one instance.
    pub memory_bytes_max: usize,
    /// Time of one call.
    pub call_ms: u64,
}

impl Default for Settings {
    fn default() -> Self {
        // 256 MiB holds the largest picture three times; 30 s is six times what a task may take.
        Self { width: 2, memory_bytes_max: 256 << 20, call_ms: 30_000 }
    }
}

/// What a component file reaches for, and what it offers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Surface {
    pub imports: Vec<String>,
    pub exports: Vec<String>,
}

/// A component, linked and ready for an instance per call.
pub(crate) struct Loaded<B: 'static> {
    pub(crate) name: String,
    pub(crate) pre: InstancePre<Guest<B>>,
    world: Arc<World<B>>,
    settings: Settings,
}

impl<B: Blobs + 'static> Loaded<B> {
    /// A store for one call.
    pub(crate) fn store(&self, depth: u32) -> Store<Guest<B>> {
        let guest = Guest::new(self.world.clone(), self.settings.memory_bytes_max, depth);
        let mut store = Store::new(self.pre.engine(), guest);
        store.limiter(|guest| &mut guest.limits);
        store.set_epoch_deadline(self.settings.call_ms.div_ceil(TICK_MS));
        store
    }

    fn fault(&self, why: &wasmtime::Error) -> Fault {
        if matches!(why.downcast_ref::<Trap>(), Some(Trap::Interrupt)) {
            let args = [("step", self.name.clone()), ("limit_ms", self.settings.call_ms.to_string())];
            return Fault::new(Code::StepTimeout, args);
        }
        Fault::new(Code::StepTrapped, [("component", self.name.clone()), ("why", format!("{why:#}"))])
    }
}

/// All components of a brand job in one process.
pub struct Embedded<B: 'static> {
    components: Directory<B>,
    easel: Easel<B>,
}

impl<B: Blobs + 'static> Embedded<B> {
    /// Loads and links the files. Call inside a tokio runtime.
    pub fn load(
        files: &[ComponentFile],
        cache: &CodeCache,
        blobs: Arc<B>,
        fonts: FontShelf,
        settings: Settings,
    ) -> Result<Self, Fault> {
        let engine =
            Engine::new(&config(settings)).map_err(|why| broken!("the engine does not start: {why:#}"))?;
        tick(&engine);
        let components = read(&engine, files, cache)?;
        let exporters = forward::exporters(&engine, &components);
        let easel = Easel::new(blobs.clone());
        let world = Arc::new(World { blobs, fonts, runtime: Handle::current() });
        let directory: Directory<B> = Arc::new(OnceLock::new());
        let mut loaded = BTreeMap::new();
        for (name, component) in &components {
            let pre = link(&engine, component, &exporters, &directory)
                .map_err(|why| broken!("component `{name}` cannot be linked: {why:#}"))?;
            let one = Loaded { name: name.clone(), pre, world: world.clone(), settings };
            loaded.insert(name.clone(), Arc::new(one));
        }
        // Nobody else has seen the directory yet.
        let _ = directory.set(loaded);
        Ok(Self { components: directory, easel })
    }

    /// The interfaces of ours that a component imports and exports.
    pub fn surface(&self, name: &str) -> Result<Surface, Fault> {
        let loaded = self.component(name)?;
        let (engine, kind) = (loaded.pre.engine(), loaded.pre.component().component_type());
        let all = |names: Vec<&str>| names.into_iter().map(str::to_owned).collect();
        Ok(Surface {
            imports: all(kind.imports(engine).map(|(interface, _)| interface).collect()),
            exports: all(kind.exports(engine).map(|(interface, _)| interface).collect()),
        })
    }

    /// Calls one exported function of a component, with values as the engine holds them: for direct use, without a job.
    pub fn call(&self, name: &str, interface: &str, function: &str, params: &[Val]) -> Result<Val, Fault> {
        let loaded = self.component(name)?;
        let mut result = [Val::Bool(false)];
        forward::invoke(&loaded, 0, interface, function, params, &mut result)
            .map_err(|why| loaded.fault(&why))?;
        let [value] = result;
        Ok(value)
    }

    /// The types that an exported function takes, so that values can be made from text.
    pub fn takes(&self, name: &str, interface: &str, function: &str) -> Result<Vec<Type>, Fault> {
        let loaded = self.component(name)?;
        let (engine, kind) = (loaded.pre.engine(), loaded.pre.component().component_type());
        let exported = kind.get_export(engine, interface).map(|exported| exported.ty);
        let Some(ComponentItem::ComponentInstance(instance)) = exported else {
            return Err(broken!("`{name}` has no `{interface}`"));
        };
        match instance.get_export(engine, function).map(|exported| exported.ty) {
            Some(ComponentItem::ComponentFunc(function)) => {
                Ok(function.params().map(|(_, kind)| kind).collect())
            }
            _ => Err(broken!("`{interface}` of `{name}` has no `{function}`")),
        }
    }

    /// Who paints for jobs here.
    #[must_use]
    pub fn easel(&self) -> &Easel<B> {
        &self.easel
    }

    fn component(&self, name: &str) -> Result<Arc<Loaded<B>>, Fault> {
        let found = self.components.get().and_then(|all| all.get(name));
        found.cloned().ok_or_else(|| broken!("there is no component `{name}`"))
    }

    /// Runs one call on a thread of its own: a guest computes, and must not hold up the others.
    async fn on_thread<T: Send + 'static>(
        &self,
        name: &str,
        call: impl FnOnce(&Loaded<B>, Store<Guest<B>>) -> wasmtime::Result<Result<T, Fault>> + Send + 'static,
    ) -> Result<T, Fault> {
        let loaded = self.component(name)?;
        let work = move || {
            let store = loaded.store(0);
            call(&loaded, store).unwrap_or_else(|why| Err(loaded.fault(&why)))
        };
        tokio::task::spawn_blocking(work)
            .await
            .unwrap_or_else(|why| Err(broken!("a call ended badly: {why}")))
    }
}

impl<B: Blobs + 'static> Callee for Embedded<B> {
    async fn decide(
        &self,
        component: String,
        ctx: CallContext,
        journal: Vec<String>,
    ) -> Result<Decided, Fault> {
        self.on_thread(&component, move |loaded, mut store| {
            let orchestrator: EngineSaga = EngineSagaPre::new(loaded.pre.clone())?.instantiate(&mut store)?;
            let saga = orchestrator.imprint_orchestrator_saga();
            let decision = saga.call_next(&mut store, &context_of(ctx), &journal)?;
            Ok(decision.map(decided).map_err(fault_of))
        })
        .await
    }

    async fn plan(
        &self,
        component: String,
        ctx: CallContext,
        step: String,
        inputs: Vec<Document>,
    ) -> Result<Vec<Task>, Fault> {
        self.on_thread(&component, move |loaded, mut store| {
            let guest: StepWorld = EnginePre::new(loaded.pre.clone())?.instantiate(&mut store)?;
            let inputs: Vec<_> = inputs.into_iter().map(wit_document).collect();
            let tasks = guest.imprint_jobs_step().call_plan(&mut store, &context_of(ctx), &step, &inputs)?;
            Ok(tasks.map(|tasks| tasks.into_iter().map(task_of).collect()).map_err(fault_of))
        })
        .await
    }

    async fn build(&self, component: String, ctx: CallContext, task: Task) -> Result<Vec<Document>, Fault> {
        self.on_thread(&component, move |loaded, mut store| {
            let guest: StepWorld = EnginePre::new(loaded.pre.clone())?.instantiate(&mut store)?;
            let made = guest.imprint_jobs_step().call_build(&mut store, &context_of(ctx), &wit_task(task))?;
            Ok(made.map(|made| made.into_iter().map(document_of).collect()).map_err(fault_of))
        })
        .await
    }

    async fn paint(&self, ctx: CallContext, order: PaintOrder) -> Result<Paintings, Fault> {
        self.easel.paint(ctx, order).await
    }
}

fn config(settings: Settings) -> Config {
    let mut pool = PoolingAllocationConfig::default();
    let instances = u32::try_from(settings.width).unwrap_or(u32::MAX / 64).max(1) * forward::DEPTH_MAX;
    // A component is a few core modules (itself and its adapters), each an instance with tables of its own.
    pool.total_component_instances(instances)
        .total_core_instances(instances * 8)
        .total_memories(instances * 2)
        .total_tables(instances * 8)
        .max_memory_size(settings.memory_bytes_max);
    let mut config = Config::new();
    config
        .allocation_strategy(InstanceAllocationStrategy::Pooling(pool))
        .epoch_interruption(true)
        .wasm_backtrace_max_frames(std::num::NonZeroUsize::new(8));
    config
}

/// Moves the clock of time limits on, as long as the engine lives.
fn tick(engine: &Engine) {
    let weak = engine.weak();
    std::thread::spawn(move || {
        while let Some(engine) = weak.upgrade() {
            engine.increment_epoch();
            drop(engine);
            std::thread::sleep(Duration::from_millis(TICK_MS));
        }
    });
}

/// Reads all files at once: compiling, where it must be, uses all cores.
fn read(
    engine: &Engine,
    files: &[ComponentFile],
    cache: &CodeCache,
) -> Result<BTreeMap<String, Component>, Fault> {
    std::thread::scope(|scope| {
        let read_one = |file: &ComponentFile| cache.component(engine, &file.name, &file.sha256, &file.path);
        let reading: Vec<_> = files.iter().map(|file| (file, scope.spawn(move || read_one(file)))).collect();
        let join = |(file, thread): (&ComponentFile, std::thread::ScopedJoinHandle<'_, _>)| {
            let component =
                thread.join().unwrap_or_else(|_| Err(broken!("reading `{}` ended badly", file.name)))?;
            Ok((file.name.clone(), component))
        };
        reading.into_iter().map(join).collect()
    })
}

fn link<B: Blobs + 'static>(
    engine: &Engine,
    component: &Component,
    exporters: &BTreeMap<String, String>,
    directory: &Directory<B>,
) -> wasmtime::Result<InstancePre<Guest<B>>> {
    let mut linker: Linker<Guest<B>> = Linker::new(engine);
    wasmtime_wasi::p2::add_to_linker_sync(&mut linker)?;
    StepWorld::add_to_linker::<_, HasSelf<_>>(&mut linker, |guest| guest)?;
    forward::link(&mut linker, component, exporters, directory)?;
    linker.instantiate_pre(component)
}

fn decided(decision: wit_saga::Decision) -> Decided {
    match decision {
        wit_saga::Decision::Plan(work) => Decided::Plan { step: work.step, component: work.component },
        wit_saga::Decision::Build(tasks) => {
            Decided::Build { step: tasks.step, component: tasks.component, ids: tasks.ids }
        }
        wit_saga::Decision::Undo(work) => Decided::Undo { step: work.step },
        wit_saga::Decision::End(wit_saga::Outcome::Completed) => Decided::End(Outcome::Completed),
        wit_saga::Decision::End(wit_saga::Outcome::Failed) => Decided::End(Outcome::Failed),
        wit_saga::Decision::End(wit_saga::Outcome::Cancelled) => Decided::End(Outcome::Cancelled),
        wit_saga::Decision::Rest => Decided::Rest,
    }
}
