//! What a painter counts.

use imprint_telemetry::{Kind, Meter, meters::SECONDS};

pub(crate) const ORDERS: Meter = Meter {
    name: "imprint_painter_orders_total",
    help: "Orders that have ended, by result (done, cancelled, or the code of the fault).",
    kind: Kind::Counter,
};

pub(crate) const REFUSED: Meter = Meter {
    name: "imprint_painter_refused_total",
    help: "Orders that were not taken, by the code of the fault.",
    kind: Kind::Counter,
};

pub(crate) const WAIT: Meter = Meter {
    name: "imprint_painter_wait_seconds",
    help: "Time from an order's arrival to its first step, loading of its model included.",
    kind: Kind::Histogram(SECONDS),
};

/// Steps per second are the rate of its count.
pub(crate) const STEP: Meter = Meter {
    name: "imprint_painter_step_seconds",
    help: "Time of one step of one order, by backend.",
    kind: Kind::Histogram(SECONDS),
};

/// Rollouts of models look for theirs here.
pub(crate) const MODELS: Meter = Meter {
    name: "imprint_painter_model",
    help: "1 for each model that can be asked for, 0 for one that went.",
    kind: Kind::Gauge,
};

pub(crate) const WAITING: Meter =
    Meter { name: "imprint_painter_waiting", help: "Orders that wait.", kind: Kind::Gauge };

pub(crate) const PAINTING: Meter =
    Meter { name: "imprint_painter_painting", help: "Orders that are painted in turns.", kind: Kind::Gauge };

pub(crate) const MEMORY: Meter = Meter {
    name: "imprint_painter_memory_bytes",
    help: "Memory by plan: taken by models and orders, and the budget.",
    kind: Kind::Gauge,
};

/// Those that were cancelled or failed took their time too.
pub(crate) const GPU_SECONDS: Meter = Meter {
    name: "imprint_painter_gpu_seconds_total",
    help: "Time that orders took of a GPU.",
    kind: Kind::Counter,
};

pub(crate) const DEVICE: Meter = Meter {
    name: "imprint_painter_device_bytes",
    help: "Memory of the device as its driver tells it, free and total.",
    kind: Kind::Gauge,
};

#[cfg(feature = "nats")]
pub(crate) const HEALTHY: Meter = Meter {
    name: "imprint_painter_healthy",
    help: "1 while it can paint what it is asked for, 0 where its device or its models are gone.",
    kind: Kind::Gauge,
};

pub(crate) const LOADS: Meter = Meter {
    name: "imprint_painter_loads_total",
    help: "Models loaded, by result (loaded, failed).",
    kind: Kind::Counter,
};
