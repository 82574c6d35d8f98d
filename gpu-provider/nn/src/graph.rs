//! A painter as the backend of wasmtime's `wasi:nn`: a graph is a model, an execution context its orders.

use crate::NnError;
use crate::order::{self, number};
use imprint_painter::{
    Backend as Kind, Model, Order, PaintError, Painter, Painting, Picture, Progress, Watch,
};
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::{Duration, Instant};
use wasmtime_wasi_nn::backend::{
    BackendError, BackendExecutionContext, BackendFromDir, BackendGraph, BackendInner, Id, NamedTensor,
};
use wasmtime_wasi_nn::wit::{ExecutionTarget, GraphEncoding, Tensor, TensorType};
use wasmtime_wasi_nn::{Backend, ExecutionContext, Graph, GraphRegistry, Registry};

/// Every format that a guest can say its weights have.
const ENCODINGS: [GraphEncoding; 7] = [
    GraphEncoding::Openvino,
    GraphEncoding::Onnx,
    GraphEncoding::Tensorflow,
    GraphEncoding::Pytorch,
    GraphEncoding::Tensorflowlite,
    GraphEncoding::Ggml,
    GraphEncoding::Autodetect,
];

/// The models of a painter by name, for `WasiNnCtx::new`.
#[must_use]
pub fn models(painter: &Arc<dyn Painter>, order_max: Duration) -> Registry {
    let graph = |model: Model| {
        let name = model.name.clone();
        let easel = Easel { painter: Arc::clone(painter), model, order_max };
        let graph: Box<dyn BackendGraph> = Box::new(Shared(Arc::new(easel)));
        (name, Graph::from(graph))
    };
    Registry::from(Models(painter.models().into_iter().map(graph).collect()))
}

/// For each format of weights a backend that takes none, and says what to do instead.
#[must_use]
pub fn refusals() -> Vec<Backend> {
    ENCODINGS.map(|encoding| Backend::from(NoWeights(encoding))).into()
}

struct Models(BTreeMap<String, Graph>);

impl GraphRegistry for Models {
    fn get(&self, name: &str) -> Option<&Graph> {
        self.0.get(name)
    }

    fn get_mut(&mut self, name: &str) -> Option<&mut Graph> {
        self.0.get_mut(name)
    }
}

struct NoWeights(GraphEncoding);

impl BackendInner for NoWeights {
    fn encoding(&self) -> GraphEncoding {
        self.0
    }

    fn load(&mut self, _: &[&[u8]], _: ExecutionTarget) -> Result<Graph, BackendError> {
        Err(NnError::Weights.into())
    }

    fn as_dir_loadable(&mut self) -> Option<&mut dyn BackendFromDir> {
        None
    }
}

/// A painter, and which of its models is meant.
struct Easel {
    painter: Arc<dyn Painter>,
    model: Model,
    order_max: Duration,
}

#[derive(Clone)]
struct Shared(Arc<Easel>);

impl BackendGraph for Shared {
    fn init_execution_context(&self) -> Result<ExecutionContext, BackendError> {
        let context: Box<dyn BackendExecutionContext> = Box::new(self.clone());
        Ok(ExecutionContext::from(context))
    }
}

/// Nothing is kept between two inferences.
impl BackendExecutionContext for Shared {
    fn set_input(&mut self, _: Id, _: &Tensor) -> Result<(), BackendError> {
        Err(NnError::ByIndex.into())
    }

    fn compute(
        &mut self,
        inputs: Option<Vec<NamedTensor>>,
    ) -> Result<Option<Vec<NamedTensor>>, BackendError> {
        let inputs = inputs.ok_or(NnError::ByIndex)?;
        let order = order::read(&self.0.model, &inputs)?;
        // A guest's tensors are not kept while the painter works.
        drop(inputs);
        Ok(Some(outputs(self.0.paint(&order)?)))
    }

    fn get_output(&mut self, _: Id) -> Result<Tensor, BackendError> {
        Err(NnError::ByIndex.into())
    }
}

impl Easel {
    fn paint(&self, order: &Order) -> Result<Painting, NnError> {
        let mut clock = Clock { begin: Instant::now(), order_max: self.order_max };
        let painted = self.painter.paint(order, &mut clock).map_err(|why| match why {
            PaintError::Cancelled { step } => NnError::Late { seconds: self.order_max.as_secs(), step },
            why => NnError::Paint(why),
        })?;
        let painting = painted.into_iter().next().ok_or(NnError::NoPicture)?;
        let picture = &painting.picture;
        let is_whole = (picture.width, picture.height) == (order.width, order.height)
            && picture.rgb.len() == Picture::bytes_of(order.width, order.height);
        if is_whole { Ok(painting) } else { Err(NnError::NoPicture) }
    }
}

/// Ends an order at the step at which its time is over.
struct Clock {
    begin: Instant,
    order_max: Duration,
}

impl Watch for Clock {
    fn step(&mut self, _: Progress) -> ControlFlow<()> {
        if self.begin.elapsed() > self.order_max { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }
}

/// The picture first, then what is needed to paint it again, and who painted it.
fn outputs(painting: Painting) -> Vec<NamedTensor> {
    let word = match painting.backend {
        Kind::Reference => "reference",
        Kind::Cuda => "cuda",
        Kind::Procedural => "procedural",
    };
    let Picture { width, height, rgb } = painting.picture;
    vec![
        named("picture", vec![height, width, 3], TensorType::U8, rgb),
        named("seed", vec![1], TensorType::I64, number(painting.seed)),
        named("backend", vec![word.len() as u32], TensorType::U8, word.into()),
    ]
}

fn named(name: &str, dimensions: Vec<u32>, ty: TensorType, data: Vec<u8>) -> NamedTensor {
    NamedTensor { name: name.to_owned(), tensor: Tensor { dimensions, ty, data } }
}
