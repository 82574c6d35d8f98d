//! Plans of the reference on a machine: weights are written once, working memory is taken for a plan and given back with it.

use crate::CudaError;
use crate::lower::{Bits, Given, Layout, Lowered, Slot};
use crate::machine::{Bases, Machine, Recorded};
use imprint_painter_reference::ModelError;
use imprint_painter_reference::plan::{Engine, Inputs, Loaded, Outputs, Plan, Ready, Value};
use imprint_painter_reference::weights::Weights;
use std::sync::{Arc, Mutex, PoisonError};

/// Steps told one by one before they are recorded: libraries choose what they use at the first.
const EAGER_RUNS: usize = 1;

/// Runs plans on a machine.
pub struct OnMachine<M> {
    machine: Arc<M>,
    /// Without, every step is told launch by launch.
    records: bool,
    bits: Bits,
}

impl<M: Machine + 'static> OnMachine<M> {
    pub fn new(machine: Arc<M>) -> Self {
        Self { machine, records: true, bits: Bits::Sixteen }
    }

    /// With so many bits for a number of large products.
    #[must_use]
    pub fn in_bits(self, bits: Bits) -> Self {
        Self { bits, ..self }
    }

    /// Launch by launch, for comparisons.
    #[must_use]
    pub fn eager(self) -> Self {
        Self { records: false, ..self }
    }
}

impl<M: Machine + 'static> Engine for OnMachine<M> {
    fn load(&self, plan: &Plan, weights: &dyn Weights) -> Result<Arc<dyn Loaded>, ModelError> {
        let layout = Layout::new(plan, self.bits.of(plan));
        let memory = Memory::new(&self.machine, layout.bytes)?;
        layout
            .load(plan, weights, &mut |at, bytes| Ok(self.machine.write(memory.at + at as u64, bytes)?))?;
        Ok(Arc::new(OnDevice { memory, layout, records: self.records }))
    }
}

/// Memory that is given back when nobody has it any more.
struct Memory<M: Machine> {
    machine: Arc<M>,
    at: u64,
    bytes: usize,
}

impl<M: Machine> Memory<M> {
    fn new(machine: &Arc<M>, bytes: usize) -> Result<Self, CudaError> {
        let at = machine.take(bytes.max(1))?;
        Ok(Self { machine: Arc::clone(machine), at, bytes: bytes.max(1) })
    }
}

impl<M: Machine> Drop for Memory<M> {
    fn drop(&mut self) {
        self.machine.give_back(self.at, self.bytes);
    }
}

/// Weights on a device.
struct OnDevice<M: Machine> {
    memory: Memory<M>,
    layout: Layout,
    records: bool,
}

impl<M: Machine + 'static> Loaded for OnDevice<M> {
    fn ready(self: Arc<Self>, _plan: &Plan) -> Result<Arc<dyn Ready>, ModelError> {
        Ok(Arc::new(ReadyPlan { loaded: self, state: Mutex::new(None) }))
    }
}

/// A plan; its working memory is taken when it is run for the first time.
struct ReadyPlan<M: Machine> {
    loaded: Arc<OnDevice<M>>,
    state: Mutex<Option<State<M>>>,
}

struct State<M: Machine> {
    kept: Vec<(String, Value)>,
    lowered: Lowered,
    // Given back before the memory that it works on.
    recorded: Option<Box<dyn Recorded>>,
    work: Memory<M>,
    /// The inputs that stayed the same so far.
    steady: Vec<Vec<f32>>,
    runs: usize,
}

impl<M: Machine + 'static> Ready for ReadyPlan<M> {
    fn run(&self, plan: &Plan, inputs: &Inputs, kept: &[(String, Value)]) -> Result<Outputs, ModelError> {
        // A device that failed in the middle is asked again from the beginning.
        let mut held = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let mut state = match held.take() {
            Some(state) if state.kept == kept => state,
            _ => State::new(&self.loaded, plan, kept)?,
        };
        let outputs = state.run(&self.loaded, inputs)?;
        *held = Some(state);
        Ok(outputs)
    }
}

impl<M: Machine + 'static> State<M> {
    fn new(loaded: &OnDevice<M>, plan: &Plan, kept: &[(String, Value)]) -> Result<Self, ModelError> {
        let lowered = Lowered::new(plan, &loaded.layout, kept)?;
        let work = Memory::new(&loaded.memory.machine, lowered.bytes)?;
        Ok(Self { kept: kept.to_vec(), lowered, recorded: None, work, steady: Vec::new(), runs: 0 })
    }

    fn run(&mut self, loaded: &OnDevice<M>, inputs: &Inputs) -> Result<Outputs, ModelError> {
        let machine = &*loaded.memory.machine;
        let bases = Bases { work: self.work.at, weights: loaded.memory.at };
        let mut steady = Vec::new();
        for given in &self.lowered.inputs {
            let values = checked(given, inputs)?;
            if given.is_steady {
                steady.push(values.clone());
            } else {
                machine.write(self.work.at + given.slot.at as u64, &bytes_of(values))?;
            }
        }
        if self.runs == 0 || steady != self.steady {
            let places = self.lowered.inputs.iter().filter(|given| given.is_steady);
            for (given, values) in places.zip(&steady) {
                machine.write(self.work.at + given.slot.at as u64, &bytes_of(values))?;
            }
            machine.run(&self.lowered.steady, bases)?;
            self.steady = steady;
        }
        if self.runs == EAGER_RUNS && loaded.records && !self.lowered.step.is_empty() {
            self.recorded = machine.record(&self.lowered.step, bases)?;
        }
        match &self.recorded {
            Some(recorded) => recorded.run()?,
            None => machine.run(&self.lowered.step, bases)?,
        }
        self.runs += 1;
        self.lowered.outputs.iter().map(|slot| self.read(machine, slot)).collect()
    }

    fn read(&self, machine: &M, slot: &Slot) -> Result<(String, Vec<f32>), ModelError> {
        let mut bytes = vec![0; slot.len * 4];
        machine.read(self.work.at + slot.at as u64, &mut bytes)?;
        let number = |four: &[u8]| f32::from_le_bytes([four[0], four[1], four[2], four[3]]);
        Ok((slot.name.clone(), bytes.chunks_exact(4).map(number).collect()))
    }
}

/// An input of the size of the plan, and within its table where it is a number of rows.
fn checked<'a>(given: &Given, inputs: &'a Inputs) -> Result<&'a Vec<f32>, ModelError> {
    let missing = || ModelError::Input { name: given.slot.name.clone() };
    let values = inputs.get(given.slot.name.as_str()).filter(|values| values.len() == given.slot.len);
    let values = values.ok_or_else(missing)?;
    let is_row = |value: &f32| given.below.is_none_or(|below| (0.0..below as f32).contains(value));
    if values.iter().all(is_row) { Ok(values) } else { Err(missing()) }
}

fn bytes_of(values: &[f32]) -> Vec<u8> {
    values.iter().flat_map(|value| value.to_le_bytes()).collect()
}
