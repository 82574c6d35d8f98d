//! Whom the courier asks on a lattice: the notify component, and the ledger for what is known of a brand.

use crate::office::Brands;
use crate::scribe::{Asking, Letter, Scribe};
use bindings::imprint::ledger::jobs;
use bindings::imprint::notify::notices;
use core_brand::Fault;
use core_notify::{Channel, Message};
use core_saga::View;
use imprint_provider::wire::{answer, types};
use imprint_provider::{Client, Error, Provider};
use serde_json::{Value, json};
use std::time::Duration;
use tracing::warn;

mod bindings {
    // What the macro writes is not ours to tidy.
    wit_bindgen_wrpc::generate!({
        world: "courier-calls",
        path: "../../wit",
        with: {
            "imprint:platform/types@0.1.0": imprint_provider::wire::types,
            "imprint:notify/notices@0.1.0": generate,
            "imprint:ledger/jobs@0.1.0": generate,
            "imprint:blobs/store@0.1.0": generate,
        },
    });
}

/// One question. The component is pure, and answers in milliseconds once it is warm.
const ANSWER_MAX: Duration = Duration::from_secs(10);
/// What is known of a brand makes a message nicer; it is not waited for long.
const BRAND_MAX: Duration = Duration::from_secs(3);

/// The notify component, by its id.
pub(crate) struct LatticeScribe {
    provider: Provider,
    component: String,
    client: Client,
}

impl LatticeScribe {
    pub(crate) async fn new(provider: &Provider, component: &str) -> Result<Self, Error> {
        let client = provider.client(component).await?;
        Ok(Self { provider: provider.clone(), component: component.to_owned(), client })
    }
}

fn context(asking: &Asking, within: Duration) -> types::CallContext {
    types::CallContext {
        tenant: asking.tenant.clone(),
        traceparent: asking.traceparent.clone(),
        now_ms: asking.now_ms,
        deadline_ms: asking.now_ms + u64::try_from(within.as_millis()).unwrap_or_default(),
        attempt: 1,
        idempotency_key: asking.key.clone(),
        locale: asking.locale.clone(),
    }
}

impl Scribe for LatticeScribe {
    async fn plan(
        &self,
        asking: &Asking,
        event: &str,
        user: &str,
        rules: &str,
        preferences: &str,
    ) -> Result<Vec<Message>, Fault> {
        let ctx = context(asking, ANSWER_MAX);
        let headers = self.provider.headers(&ctx);
        let call = notices::plan(&self.client, headers, &ctx, event, user, rules, preferences);
        let planned = answer(&self.component, ANSWER_MAX, call).await?;
        Ok(planned.into_iter().filter_map(message).collect())
    }

    async fn write(&self, asking: &Asking, channel: &str, matter: &str) -> Result<Letter, Fault> {
        let ctx = context(asking, ANSWER_MAX);
        let headers = self.provider.headers(&ctx);
        let call = notices::write(&self.client, headers, &ctx, channel, matter);
        let letter = answer(&self.component, ANSWER_MAX, call).await?;
        Ok(Letter { subject: letter.subject, text: letter.text, html: letter.html, payload: letter.payload })
    }

    async fn check(&self, asking: &Asking, kind: &str, text: &str) -> Result<String, Fault> {
        let ctx = context(asking, ANSWER_MAX);
        let headers = self.provider.headers(&ctx);
        answer(&self.component, ANSWER_MAX, notices::check(&self.client, headers, &ctx, kind, text)).await
    }
}

/// A component of a later version may know channels that this courier does not.
fn message(notice: notices::Notice) -> Option<Message> {
    let channel = serde_json::from_value::<Channel>(Value::from(notice.channel.as_str()));
    let Ok(channel) = channel else {
        warn!(channel = notice.channel, "a message for a channel that is not known is left out");
        return None;
    };
    Some(Message { id: notice.id, rule: notice.rule, channel, due_ms: notice.due_ms, digest: notice.digest })
}

/// The ledger, by its id.
pub(crate) struct LatticeBrands {
    provider: Provider,
    client: Client,
}

impl LatticeBrands {
    pub(crate) async fn new(provider: &Provider, ledger: &str) -> Result<Self, Error> {
        Ok(Self { provider: provider.clone(), client: provider.client(ledger).await? })
    }
}

impl Brands for LatticeBrands {
    /// A brand that is not known, or a ledger that is away: the message is written without.
    async fn brand(&self, asking: &Asking, id: &str) -> Option<Value> {
        if id.is_empty() {
            return None;
        }
        let ctx = context(asking, BRAND_MAX);
        let headers = self.provider.headers(&ctx);
        let view = answer("the ledger", BRAND_MAX, jobs::view(&self.client, headers, &ctx, id)).await;
        let view: View = serde_json::from_str(&view.ok()??).ok()?;
        let brief = view.request.as_ref()?.get("brief")?;
        Some(json!({
            "id": view.id,
            "name": brief.get("company_name"),
            "primary_color": brief.get("primary_color"),
            "language": brief.get("language"),
        }))
    }
}
