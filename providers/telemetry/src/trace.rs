//! Spans that follow a trace from another process, and lead it on to the next.
//!
//! A trace travels as `traceparent` of W3C Trace Context: `00-<trace>-<span>-<flags>`. Where nothing is exported there is no
//! span of ours to name, and what came in is handed on.

use tracing::Span;

/// Makes a new span the child of whoever sent this. What is no trace is ignored.
pub fn follow(span: &Span, traceparent: &str) {
    #[cfg(feature = "process")]
    exported::follow(span, traceparent);
    #[cfg(not(feature = "process"))]
    let _ = (span, traceparent);
}

/// What the callees of this span are told: the span, where it is exported; otherwise what came in.
#[must_use]
pub fn lead(span: &Span, came: &str) -> String {
    #[cfg(feature = "process")]
    if let Some(own) = exported::own(span) {
        return own;
    }
    #[cfg(not(feature = "process"))]
    let _ = span;
    came.to_owned()
}

#[cfg(feature = "process")]
pub(crate) mod exported {
    use opentelemetry::trace::{SpanContext, TraceContextExt as _, TraceState};
    use opentelemetry::{Context, SpanId, TraceFlags, TraceId};
    use tracing::Span;
    use tracing_opentelemetry::OpenTelemetrySpanExt as _;

    pub(super) fn follow(span: &Span, traceparent: &str) {
        if let Some(remote) = parse(traceparent) {
            // Without a collector there is no layer to tell it to.
            let _ = span.set_parent(Context::new().with_remote_span_context(remote));
        }
    }

    pub(super) fn own(span: &Span) -> Option<String> {
        let context = span.context();
        let own = context.span().span_context().clone();
        let text = || format!("00-{}-{}-{:02x}", own.trace_id(), own.span_id(), own.trace_flags().to_u8());
        own.is_valid().then(text)
    }

    fn parse(traceparent: &str) -> Option<SpanContext> {
        let mut parts = traceparent.split('-').skip(1);
        let trace = TraceId::from_hex(parts.next()?).ok()?;
        let span = SpanId::from_hex(parts.next()?).ok()?;
        let flags = TraceFlags::new(u8::from_str_radix(parts.next()?, 16).ok()?);
        let remote = SpanContext::new(trace, span, flags, true, TraceState::default());
        remote.is_valid().then_some(remote)
    }

    #[cfg(test)]
    mod tests {
        use super::parse;

        #[test]
        fn a_trace_is_read() {
            let good = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
            let remote = parse(good).expect("it is one");
            assert_eq!(remote.trace_id().to_string(), &good[3..35]);
            assert!(remote.is_sampled());
            for bad in ["", "00", "00-0-0-0", "00-00000000000000000000000000000000-0000000000000000-01"] {
                assert!(parse(bad).is_none(), "{bad}");
            }
        }
    }
}
