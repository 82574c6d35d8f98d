//! What happens to a job, or is new for a person, as server-sent events.
//!
//! A stream ends after some seconds and says when to come back: `Last-Event-ID` goes on where it stopped. So nothing is
//! held open for long, and a reader never misses an event or hears one twice.

use crate::api::Visit;
use crate::http::{Body, Gone, Response, Sink};
use crate::platform::{Call, Platform, PublicEvent};
use crate::{brands, feed};
use core_brand::Fault;
use core_saga::Status;

/// A stream is closed after this long; shorter than what a host lets a component run.
const STREAM_MS_MAX: u64 = 20_000;
/// Whoever knows is asked to wait this long at a time.
const SLICE_MS: u64 = 5_000;
/// Who does not wait is not asked more often than this.
const PAUSE_MS: u64 = 250;
/// When a reader comes back.
const RETRY_MS: u64 = 1_000;

/// What a job ends with, after which nothing is waited for.
const LAST_KINDS: &[&str] = &[
    "brand-kit.compilation.finished",
    "brand.generation.cancelled",
    "brand.generation.failed",
    "brand.erased",
];

/// What is listened to.
#[derive(Clone, Debug)]
pub(crate) enum Source {
    /// A brand, by its id.
    Brand(String),
    /// News of the caller.
    Feed,
}

/// A stream that has begun.
#[derive(Debug)]
pub struct Stream {
    call: Call,
    source: Source,
    after: u64,
    /// What was there when it began.
    first: Vec<PublicEvent>,
}

/// `GET /brands/{id}/events`.
pub(crate) fn follow(visit: &Visit<'_>) -> Result<Response, Fault> {
    let view = brands::find(visit)?;
    let after = last_heard(visit).unwrap_or(0);
    let call = visit.call(&view.id, "events");
    let first = visit.platform.events(&call, &view.id, after, 0)?;
    // A reader that has everything is told to stay away: this is what ends an `EventSource`.
    if first.is_empty() && is_over(view.status) {
        return Ok(Response::empty(204));
    }
    Ok(stream(visit, Source::Brand(view.id), after, first))
}

/// The last event that a reader has.
pub(crate) fn last_heard(visit: &Visit<'_>) -> Option<u64> {
    visit.request.header("last-event-id").and_then(|id| id.parse().ok())
}

/// A stream that begins with what is there.
pub(crate) fn stream(visit: &Visit<'_>, source: Source, after: u64, first: Vec<PublicEvent>) -> Response {
    let stream = Stream { call: visit.caller().clone(), source, after, first };
    let headers = Response { status: 200, headers: Vec::new(), body: Body::Events(stream) };
    headers
        .with("content-type", "text/event-stream; charset=utf-8")
        .with("cache-control", "no-store")
        .with("x-accel-buffering", "no")
}

/// Waits until a job is over, or for this long.
pub(crate) fn wait(visit: &Visit<'_>, id: &str, wait_ms: u64) -> Result<(), Fault> {
    let until_ms = visit.platform.now_ms() + wait_ms;
    let (source, mut after) = (Source::Brand(id.to_owned()), 0);
    loop {
        let left_ms = until_ms.saturating_sub(visit.platform.now_ms());
        if left_ms == 0 {
            return Ok(());
        }
        let events = slice(visit.platform, visit.caller(), &source, after, left_ms)?;
        after = events.last().map_or(after, |event| event.sequence);
        if events.iter().any(is_last) {
            return Ok(());
        }
    }
}

/// One question to whoever knows, which waits for an answer.
fn slice(
    platform: &dyn Platform,
    caller: &Call,
    source: &Source,
    after: u64,
    left_ms: u64,
) -> Result<Vec<PublicEvent>, Fault> {
    let (wait_ms, asked_ms) = (left_ms.min(SLICE_MS), platform.now_ms());
    let wait = u32::try_from(wait_ms).unwrap_or(u32::MAX);
    let events = match source {
        Source::Brand(id) => {
            platform.events(&caller.waiting(platform, id, "events", wait_ms), id, after, wait)?
        }
        Source::Feed => {
            feed::ask(platform, &caller.waiting(platform, "feed", "events", wait_ms), after, wait)?
        }
    };
    if events.is_empty() && platform.now_ms() < asked_ms + PAUSE_MS {
        platform.pause(PAUSE_MS.min(wait_ms));
    }
    Ok(events)
}

pub(crate) fn is_over(status: Status) -> bool {
    !matches!(status, Status::Queued | Status::Running)
}

fn is_last(event: &PublicEvent) -> bool {
    LAST_KINDS.contains(&event.kind.as_str())
}

impl Stream {
    pub(crate) fn send(self, platform: &dyn Platform, sink: &mut Sink<'_>) -> Result<(), Gone> {
        let until_ms = platform.now_ms() + STREAM_MS_MAX;
        sink(format!("retry: {RETRY_MS}\n\n").as_bytes())?;
        let (mut events, mut after) = (self.first, self.after);
        loop {
            for text in texts(&events) {
                sink(text.as_bytes())?;
            }
            after = events.last().map_or(after, |event| event.sequence);
            let left_ms = until_ms.saturating_sub(platform.now_ms());
            if left_ms == 0 || events.iter().any(is_last) {
                return Ok(());
            }
            if events.is_empty() {
                sink(b": still here\n\n")?;
            }
            // A callee that is gone for a moment ends the stream; the reader comes back.
            let Ok(next) = slice(platform, &self.call, &self.source, after, left_ms) else { return Ok(()) };
            events = next;
        }
    }
}

/// One entry of the journal may tell several events. Only the last has the id: a reader that is cut off in between goes
/// on with all of them, and misses none.
fn texts(events: &[PublicEvent]) -> impl Iterator<Item = String> {
    events.iter().enumerate().map(|(index, event)| {
        let is_last = events.get(index + 1).is_none_or(|next| next.sequence != event.sequence);
        let id = if is_last { format!("id: {}\n", event.sequence) } else { String::new() };
        // Line ends inside of a body would end it.
        let body = event.body.replace(['\r', '\n'], " ");
        format!("{id}event: {}\ndata: {body}\n\n", event.kind)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_last_event_of_an_entry_has_its_id() {
        let event = |sequence: u64, kind: &str| PublicEvent {
            sequence,
            kind: kind.to_owned(),
            body: "{\n}".to_owned(),
        };
        let told: String = texts(&[event(3, "a"), event(3, "b"), event(4, "c")]).collect();
        let wanted = "event: a\ndata: { }\n\nid: 3\nevent: b\ndata: { }\n\nid: 4\nevent: c\ndata: { }\n\n";
        assert_eq!(told, wanted);
    }
}
