//! The callee's side of wRPC over NATS, for contracts without streams, which all of ours are.
//!
//! `wrpc_transport_nats` has one too. It can end its subscriptions only by dropping them: calls that have arrived at
//! that moment are lost, and their callers wait for ever. Here a stop drains them. There, too, a caller that dies in the
//! middle of its parameters blocks the function for all others; here the wait has a bound.

use crate::CALLS_MAX;
use anyhow::{Context as _, Result, bail};
use async_nats::message::OutboundMessage;
use async_nats::{Client, Message, Subject, Subscriber};
use bytes::{Buf, Bytes};
use futures::sink::SinkExt;
use futures::stream::{self, Stream};
use futures::{FutureExt, StreamExt, future::BoxFuture};
use std::collections::HashMap;
use std::io;
use std::pin::Pin;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::sync::{mpsc, watch};
use tokio::time::{Sleep, sleep};
use wrpc_transport_nats::{NatsContext, invocation_subject, param_subject, result_subject};

/// A caller that sends nothing for this long in the middle of its parameters has gone.
const PARAMS_SILENCE_MAX: Duration = Duration::from_secs(5);

/// The engine's caller registers for our answer beside sending the call, and drops an answer that comes first. So the
/// first answer is repeated until the caller is heard: it always sends something, at least that its parameters end.
const REPEAT_FIRST: Duration = Duration::from_millis(4);
/// Each wait is twice the one before; the sum is about four seconds, after which a caller has given up.
const REPEATS_MAX: u32 = 10;

type Path = Box<[Option<usize>]>;

/// What the generated `serve` takes.
#[derive(Clone)]
pub struct Serving {
    nats: Client,
    /// Subject prefix, and the group in which providers of one id share the calls.
    address: Arc<str>,
    parameters: Parameters,
    stopped: watch::Receiver<bool>,
}

impl Serving {
    pub(crate) async fn open(nats: Client, address: String, stopped: watch::Receiver<bool>) -> Result<Self> {
        let inbox = nats.new_inbox();
        let messages = nats.subscribe(format!("{inbox}.>")).await?;
        let parameters = Parameters { inbox: inbox.into(), taken: Arc::default(), calls: Arc::default() };
        tokio::spawn(parameters.clone().hand_out(messages));
        Ok(Self { nats, address: address.into(), parameters, stopped })
    }

    /// Says where the rest of the parameters is to be sent, and gives what there is to read and write.
    async fn accept(&self, call: Message) -> Result<(NatsContext, Outgoing, Incoming)> {
        let caller = call.reply.context("a call without a subject to reply to")?;
        let (here, mut incoming) = self.parameters.expect(call.payload);
        for repeat in 0..REPEATS_MAX {
            self.nats.publish_with_reply(caller.clone(), here.clone(), Bytes::new()).await?;
            if incoming.hears(REPEAT_FIRST * 2_u32.pow(repeat)).await {
                break;
            }
        }
        let results = Subject::from(result_subject(&caller));
        let context = NatsContext { headers: call.headers, subject: call.subject };
        Ok((context, Outgoing { nats: self.nats.clone(), results, has_ended: false }, incoming))
    }
}

impl wrpc_transport::Serve for Serving {
    type Context = NatsContext;
    type Outgoing = Outgoing;
    type Incoming = Incoming;

    async fn serve(
        &self,
        instance: &str,
        func: &str,
        paths: impl Into<Arc<[Path]>> + Send,
    ) -> Result<impl Stream<Item = Result<(NatsContext, Outgoing, Incoming)>> + Send + 'static> {
        if !paths.into().is_empty() {
            bail!("`{instance}.{func}` has streams; our contracts have none");
        }
        let subject = invocation_subject(&self.address, instance, func);
        let calls = self.nats.queue_subscribe(subject, self.address.to_string()).await?;
        self.nats.flush().await?;
        let mut stopped = self.stopped.clone();
        // The sender lives as long as the provider; without it there is nothing to wait for either.
        let stop = async move { drop(stopped.wait_for(|stopped| *stopped).await) }.boxed();
        let serving = self.clone();
        let accepted = stream::unfold(Calls { calls, stop: Some(stop) }, Calls::next).map(move |call| {
            let serving = serving.clone();
            async move { serving.accept(call).await }
        });
        Ok(accepted.buffer_unordered(CALLS_MAX))
    }
}

/// The calls of one function: after a stop those that have arrived, then the end.
struct Calls {
    calls: Subscriber,
    /// Gone once the stop has been seen.
    stop: Option<BoxFuture<'static, ()>>,
}

impl Calls {
    async fn next(mut self) -> Option<(Message, Self)> {
        loop {
            let Some(stop) = &mut self.stop else {
                return self.calls.next().await.map(|call| (call, self));
            };
            tokio::select! {
                call = self.calls.next() => return call.map(|call| (call, self)),
                () = stop => {
                    self.stop = None;
                    // Without a connection nothing arrives any more.
                    self.calls.drain().await.ok()?;
                }
            }
        }
    }
}

/// Where parameters arrive that had no room in the first message. One subscription for all calls.
#[derive(Clone)]
struct Parameters {
    inbox: Arc<str>,
    /// Counts the calls, so that each has a subject of its own.
    taken: Arc<AtomicU64>,
    /// Not bounded here: the length of the whole stands at its start, and the reader keeps up or gives up.
    calls: Arc<Mutex<HashMap<String, mpsc::UnboundedSender<Bytes>>>>,
}

impl Parameters {
    /// The subject for one call, and its reader.
    fn expect(&self, first: Bytes) -> (Subject, Incoming) {
        let number = self.taken.fetch_add(1, Ordering::Relaxed);
        let here = format!("{}.{number}", self.inbox);
        let subject = param_subject(&here);
        let (sender, rest) = mpsc::unbounded_channel();
        self.lock().insert(subject.clone(), sender);
        let silence = Box::pin(sleep(PARAMS_SILENCE_MAX));
        (
            here.into(),
            Incoming {
                buffer: first,
                heard: None,
                rest,
                has_ended: false,
                silence,
                subject,
                parameters: self.clone(),
            },
        )
    }

    async fn hand_out(self, mut messages: Subscriber) {
        while let Some(message) = messages.next().await {
            if let Some(call) = self.lock().get(message.subject.as_str()) {
                // The reader has all it wants when it is gone.
                let _ = call.send(message.payload);
            }
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<String, mpsc::UnboundedSender<Bytes>>> {
        self.calls.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The parameters of one call.
pub struct Incoming {
    buffer: Bytes,
    /// What followed the first message, and showed that the caller hears us.
    heard: Option<Bytes>,
    rest: mpsc::UnboundedReceiver<Bytes>,
    has_ended: bool,
    silence: Pin<Box<Sleep>>,
    subject: String,
    parameters: Parameters,
}

impl Incoming {
    /// Whether the caller is heard within this time.
    async fn hears(&mut self, within: Duration) -> bool {
        match tokio::time::timeout(within, self.rest.recv()).await {
            Ok(heard) => {
                self.heard = heard;
                true
            }
            Err(_) => false,
        }
    }

    fn poll_more(&mut self, context: &mut Context<'_>) -> Poll<Option<Bytes>> {
        match self.heard.take() {
            Some(heard) => Poll::Ready(Some(heard)),
            None => self.rest.poll_recv(context),
        }
    }
}

impl AsyncRead for Incoming {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if self.buffer.is_empty() && !self.has_ended {
            match self.poll_more(context) {
                Poll::Ready(next) => {
                    self.buffer = next.unwrap_or_default();
                    // An empty message is the end.
                    self.has_ended = self.buffer.is_empty();
                    self.silence = Box::pin(sleep(PARAMS_SILENCE_MAX));
                }
                Poll::Pending => {
                    ready!(self.silence.poll_unpin(context));
                    return Poll::Ready(Err(io::ErrorKind::TimedOut.into()));
                }
            }
        }
        let bytes = self.buffer.len().min(into.remaining());
        into.put_slice(&self.buffer[..bytes]);
        self.buffer.advance(bytes);
        Poll::Ready(Ok(()))
    }
}

impl Drop for Incoming {
    fn drop(&mut self) {
        self.parameters.lock().remove(&self.subject);
    }
}

impl wrpc_transport::Index<Self> for Incoming {
    fn index(&self, _: &[usize]) -> Result<Self> {
        bail!("our contracts have no streams")
    }
}

/// The results of one call.
pub struct Outgoing {
    nats: Client,
    results: Subject,
    has_ended: bool,
}

impl Outgoing {
    fn message(&self, payload: Bytes) -> OutboundMessage {
        OutboundMessage { subject: self.results.clone(), payload, reply: None, headers: None }
    }

    fn poll_send(&mut self, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<()>> {
        ready!(self.nats.poll_ready_unpin(context)).map_err(broken)?;
        let message = self.message(Bytes::copy_from_slice(bytes));
        Poll::Ready(self.nats.start_send_unpin(message).map_err(broken))
    }
}

impl AsyncWrite for Outgoing {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let bytes = &bytes[..bytes.len().min(self.nats.max_payload())];
        // An empty message would be the end.
        if !bytes.is_empty() {
            ready!(self.poll_send(context, bytes))?;
        }
        Poll::Ready(Ok(bytes.len()))
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.nats.poll_flush_unpin(context).map_err(broken)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        if !self.has_ended {
            ready!(self.poll_send(context, &[]))?;
            self.has_ended = true;
        }
        self.poll_flush(context)
    }
}

/// A call that was not served says at least that: its caller sees the end of the results.
impl Drop for Outgoing {
    fn drop(&mut self) {
        if !self.has_ended {
            let (nats, results) = (self.nats.clone(), self.results.clone());
            tokio::spawn(async move { nats.publish(results, Bytes::new()).await });
        }
    }
}

impl wrpc_transport::Index<Self> for Outgoing {
    fn index(&self, _: &[usize]) -> Result<Self> {
        bail!("our contracts have no streams")
    }
}

fn broken<E: std::error::Error + Send + Sync + 'static>(why: E) -> io::Error {
    io::Error::new(io::ErrorKind::BrokenPipe, why)
}
