//! Whom the courier asks on a lattice: the notify component, and for what is known of a brand the ledger and the store
//! of its documents.

use crate::office::Brands;
use crate::scribe::{Asking, Letter, Scribe};
use bindings::imprint::blobs::store;
use bindings::imprint::ledger::jobs;
use bindings::imprint::notify::notices;
use core_brand::{Design, Fault};
use core_notify::{Channel, Colors, Message};
use core_saga::View;
use imprint_provider::wire::{answer, types};
use imprint_provider::{Client, Error, Provider};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
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

/// Colours of so many brands are remembered; others are read once more.
const COLORS_MAX: usize = 1000;

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

/// The ledger and the store, by their ids.
pub(crate) struct LatticeBrands {
    provider: Provider,
    ledger: Client,
    store: Client,
    /// By the content of the design, which never changes.
    colors: Mutex<BTreeMap<String, Option<Colors>>>,
}

impl LatticeBrands {
    pub(crate) async fn new(provider: &Provider, ledger: &str, store: &str) -> Result<Self, Error> {
        let (ledger, store) = (provider.client(ledger).await?, provider.client(store).await?);
        Ok(Self { provider: provider.clone(), ledger, store, colors: Mutex::default() })
    }

    async fn view(&self, asking: &Asking, id: &str) -> Option<View> {
        let ctx = context(asking, BRAND_MAX);
        let headers = self.provider.headers(&ctx);
        let view = answer("the ledger", BRAND_MAX, jobs::view(&self.ledger, headers, &ctx, id)).await;
        serde_json::from_str(&view.ok()??).ok()
    }

    /// The colours of a brand, once it has some. A store that is away leaves the mail in ours.
    async fn colors(&self, asking: &Asking, view: &View) -> Option<Colors> {
        let design = view.documents.iter().find(|document| document.path == Design::DOCUMENT)?;
        let known = || self.colors.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(colors) = known().get(&design.content.sha256) {
            return *colors;
        }
        // Content is kept by brand, which the key begins with.
        let asking = Asking { key: format!("{}/colors", view.id), ..asking.clone() };
        let (ctx, content) = (context(&asking, BRAND_MAX), &design.content);
        let headers = self.provider.headers(&ctx);
        let content = types::BlobRef { sha256: content.sha256.clone(), bytes: content.bytes };
        let bytes = answer("the store", BRAND_MAX, store::get(&self.store, headers, &ctx, &content)).await;
        let colors = Colors::of(&serde_json::from_slice(&bytes.ok()?).ok()?);
        let mut known = known();
        if known.len() >= COLORS_MAX {
            known.clear();
        }
        known.insert(content.sha256, colors);
        colors
    }
}

impl Brands for LatticeBrands {
    /// A brand that is not known, or a ledger that is away: the message is written without.
    async fn brand(&self, asking: &Asking, id: &str) -> Option<Value> {
        if id.is_empty() {
            return None;
        }
        let view = self.view(asking, id).await?;
        let brief = view.request.as_ref()?.get("brief")?;
        let name = ["company_name", "name"].iter().find_map(|field| brief.get(field)?.as_str());
        Some(json!({
            "id": view.id,
            "name": name.unwrap_or_default(),
            "colors": self.colors(asking, &view).await,
            "language": brief.get("language"),
        }))
    }
}
