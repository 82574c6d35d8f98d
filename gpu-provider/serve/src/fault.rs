//! What went wrong, as the table of faults has it.

use crate::queue::Refusal;
use core_brand::Fault;
use core_brand::fault::Code;
use imprint_painter::PaintError;

/// The same code, and the sentence of the table.
#[must_use]
pub fn fault(error: &PaintError) -> Fault {
    match error.clone() {
        PaintError::OutOfRange { field, value, allowed } => {
            let args = [("field", field.to_owned()), ("value", value), ("allowed", allowed)];
            Fault::new(Code::PaintRange, args)
        }
        PaintError::Name { field, value } => {
            Fault::new(Code::PaintName, [("field", field.to_owned()), ("value", value)])
        }
        PaintError::NoModel { name } => Fault::new(Code::PaintModelUnknown, [("name", name)]),
        PaintError::Unfit { part, why } => Fault::new(Code::PaintModelUnfit, [("part", part), ("why", why)]),
        PaintError::Unsupported { what } => Fault::new(Code::PaintUnsupported, [("what", what)]),
        PaintError::NoDevice { looked_for } => Fault::new(Code::PaintNoDevice, [("looked_for", looked_for)]),
        PaintError::DeviceLost { why } => Fault::new(Code::PaintDeviceLost, [("why", why)]),
        PaintError::Memory { bytes, free } => {
            let args = [("bytes", bytes.to_string()), ("budget", free.to_string())];
            Fault::new(Code::PaintMemory, args)
        }
        PaintError::Cancelled { step } => Fault::new(Code::PaintCancelled, [("step", step.to_string())]),
        PaintError::NotANumber { stage } => Fault::new(Code::PaintNotANumber, [("stage", stage)]),
        PaintError::Unreadable { why } => Fault::new(Code::PaintModelUnreadable, [("why", why)]),
    }
}

/// Why the queue took it not.
#[must_use]
pub(crate) fn refused(refusal: Refusal) -> Fault {
    match refusal {
        Refusal::Full(max) => Fault::new(Code::PaintQueueFull, [("max", max.to_string())]),
        Refusal::Stopping => Fault::new(Code::PaintStopping, []),
        Refusal::TooLarge { bytes, budget } => {
            let args = [("bytes", bytes.to_string()), ("budget", budget.to_string())];
            Fault::new(Code::PaintMemory, args)
        }
    }
}
