//! What a provider has counted, asked for by its host.

use crate::Error;
use crate::setup::Setup;
use futures::StreamExt;
use imprint_telemetry::{Kind, Meter, Tally, meters::SECONDS};

pub(crate) const CALLS: Meter = Meter {
    name: "imprint_provider_calls_total",
    help: "Calls taken by a provider, by function and result (answered, lost).",
    kind: Kind::Counter,
};

pub(crate) const CALL_SECONDS: Meter = Meter {
    name: "imprint_provider_call_seconds",
    help: "Time from taking a call to its end, by function.",
    kind: Kind::Histogram(SECONDS),
};

/// Providers of a host that is not known, because they were started by hand, answer under this name.
const NO_HOST: &str = "none";

/// Answers with the text of Prometheus. Without a queue group: every provider of the host is to answer. The task ends with
/// the process.
pub(crate) async fn answer(nats: &async_nats::Client, setup: &Setup, meters: Tally) -> Result<(), Error> {
    let host = if setup.host_id.is_empty() { NO_HOST } else { &setup.host_id };
    let subject = format!("imprint.metrics.{}.{host}", setup.lattice);
    let asked = nats.subscribe(subject.clone()).await;
    let mut questions = asked.map_err(|cause| Error::Subscribe { subject, cause })?;
    let (nats, service, instance) = (nats.clone(), setup.id.clone(), host.to_owned());
    tokio::spawn(async move {
        while let Some(question) = questions.next().await {
            let Some(reply) = question.reply else { continue };
            let text = meters.text(&[("service", &service), ("instance", &instance)]);
            if let Err(why) = nats.publish(reply, text.into()).await {
                tracing::warn!(%why, "the meters were not told");
            }
        }
    });
    Ok(())
}
