//! The platform over the imports of the world.

use crate::documents;
use crate::remote::imprint::assets::raster;
use crate::remote::imprint::blobs::store;
use crate::remote::imprint::jobs::step;
use crate::remote::imprint::ledger::{jobs, shelf};
use crate::remote::imprint::logo::marks;
use crate::remote::imprint::platform::types as wit;
use crate::remote::wasi::config::store as config;
use crate::remote::wasi::logging::logging;
use crate::remote::wasmcloud::bus::lattice;
use crate::remote::wrpc::rpc::error::Error as RpcError;
use core_brand::fault::Code;
use core_brand::{Blame, BlobRef, Document, Fault, broken};
use core_gateway::{
    Call, Desk, Mark, Order, Page, Platform, PublicEvent, Query, Receipt, Standing, Submission,
};
use core_saga::View;
use std::time::Duration;
use wasip2::clocks::wall_clock;
use wasip2::random::random;

/// What lies behind the imports.
pub(crate) struct Lattice;

const LEDGER: &str = "imprint-ledger";
const BLOBS: &str = "imprint-blobs";
const ASSETS: &str = "imprint-assets";
const DESIGN: &str = "imprint-design";
const LOGO: &str = "imprint-logo";
/// The name of links that have none of their own.
const LINK_USUAL: &str = "default";
/// What lines of the access log are found by.
const LOG: &str = "http";

impl Platform for Lattice {
    fn now_ms(&self) -> u64 {
        let now = wall_clock::now();
        now.seconds * 1000 + u64::from(now.nanoseconds / 1_000_000)
    }

    fn pause(&self, ms: u64) {
        std::thread::sleep(Duration::from_millis(ms));
    }

    fn random(&self) -> u64 {
        random::get_random_u64()
    }

    fn log(&self, line: &str) {
        logging::log(logging::Level::Info, LOG, line);
    }

    fn setting(&self, key: &str) -> Result<Option<String>, Fault> {
        config::get(key).map_err(|why| broken!("the configuration cannot be read: {why:?}"))
    }

    fn submit(&self, call: &Call, submissions: Vec<Submission>) -> Result<Vec<Receipt>, Fault> {
        let translate =
            |one: Submission| jobs::Submission { id: one.id, home_region: one.home_region, first: one.first };
        let submissions: Vec<_> = submissions.into_iter().map(translate).collect();
        let receipts = answer(LEDGER, jobs::submit(&self.context(call), &submissions))?;
        Ok(receipts.into_iter().map(|one| Receipt { fresh: one.fresh, first: one.first }).collect())
    }

    fn view(&self, call: &Call, id: &str) -> Result<Option<View>, Fault> {
        view(answer(LEDGER, jobs::view(&self.context(call), id))?.as_deref())
    }

    fn views(&self, call: &Call, query: Query) -> Result<Page, Fault> {
        let page = answer(LEDGER, shelf::views(&self.context(call), &wish(query)))?;
        let views = page.views.iter().map(|text| parse(text)).collect::<Result<_, _>>()?;
        Ok(Page { views, next: page.next, previous: page.previous })
    }

    fn standing(&self, call: &Call) -> Result<Standing, Fault> {
        let now = answer(LEDGER, shelf::standing(&self.context(call)))?;
        Ok(Standing { open: now.open, open_max: now.open_max })
    }

    fn events(&self, call: &Call, id: &str, after: u64, wait_ms: u32) -> Result<Vec<PublicEvent>, Fault> {
        let events = answer(LEDGER, jobs::events(&self.context(call), id, after, wait_ms))?;
        let translate =
            |one: jobs::PublicEvent| PublicEvent { sequence: one.sequence, kind: one.kind, body: one.body };
        Ok(events.into_iter().map(translate).collect())
    }

    fn cancel(&self, call: &Call, id: &str) -> Result<Option<View>, Fault> {
        view(answer(LEDGER, jobs::cancel(&self.context(call), id))?.as_deref())
    }

    fn erase(&self, call: &Call, id: &str) -> Result<Option<View>, Fault> {
        view(answer(LEDGER, jobs::erase(&self.context(call), id))?.as_deref())
    }

    fn blob(&self, call: &Call, content: &BlobRef) -> Result<Vec<u8>, Fault> {
        let content = wit::BlobRef { sha256: content.sha256.clone(), bytes: content.bytes };
        answer(BLOBS, store::get(&self.context(call), &content))
    }

    fn render(&self, call: &Call, target: Option<&str>, svg: &str, width: u32) -> Result<Vec<u8>, Fault> {
        let context = self.context(call);
        let told = over(target, "assets", "raster", || raster::render(&context, svg, width));
        answer(ASSETS, told).map(|picture| picture.png)
    }

    fn design(&self, call: &Call, target: Option<&str>, order: Document) -> Result<Vec<Document>, Fault> {
        let context = self.context(call);
        let planned =
            over(target, "jobs", "step", || step::plan(&context, "design", &[documents::to_wit(order)]));
        let mut made = Vec::new();
        for task in answer(DESIGN, planned)? {
            let built = over(target, "jobs", "step", || step::build(&context, &task));
            made.extend(answer(DESIGN, built)?.into_iter().map(documents::to_core));
        }
        Ok(made)
    }

    fn mark(
        &self,
        call: &Call,
        target: Option<&str>,
        (order, design): (&str, &str),
        rank: u32,
    ) -> Result<Mark, Fault> {
        let context = self.context(call);
        let told = over(target, "logo", "marks", || marks::draw(&context, order, design, rank));
        let mark = answer(LOGO, told)?;
        Ok(Mark { concept: mark.concept, title: mark.title, idea: mark.idea, svg: mark.svg })
    }

    fn desk(&self) -> &dyn Desk {
        self
    }
}

impl Lattice {
    pub(crate) fn context(&self, call: &Call) -> wit::CallContext {
        wit::CallContext {
            tenant: call.tenant.clone(),
            traceparent: call.traceparent.clone(),
            now_ms: self.now_ms(),
            deadline_ms: call.deadline_ms,
            attempt: 1,
            idempotency_key: call.act.clone(),
            locale: call.locale.clone(),
        }
    }
}

/// Makes a call over the link that is named as its target, where whoever carries out rollouts has put one.
fn over<T>(target: Option<&str>, package: &str, interface: &str, call: impl FnOnce() -> T) -> T {
    let choose = |link: &str| {
        let interface = lattice::CallTargetInterface::new("imprint", package, interface);
        lattice::set_link_name(link, vec![interface])
    };
    let is_chosen = target.is_some_and(|target| choose(target).is_ok());
    let told = call();
    if is_chosen {
        // The usual link needs none to be there: this takes the choice back.
        let _ = choose(LINK_USUAL);
    }
    told
}

fn wish(query: Query) -> shelf::Wish {
    shelf::Wish {
        status: query.status,
        industry: query.industry,
        name_starts: query.name_starts,
        order: match query.order {
            Order::Newest => shelf::Order::Newest,
            Order::Oldest => shelf::Order::Oldest,
            Order::Name => shelf::Order::Name,
        },
        cursor: query.cursor,
        limit: query.limit,
    }
}

/// What the callee said, or that it could not be reached.
pub(crate) fn answer<T>(callee: &str, answer: Result<Result<T, wit::Error>, RpcError>) -> Result<T, Fault> {
    let unreachable = |why: RpcError| {
        let args = [("callee", callee.to_owned()), ("why", why.to_debug_string())];
        Fault::new(Code::Unreachable, args)
    };
    answer.map_err(unreachable)?.map_err(fault)
}

/// The fault that a callee answered with.
fn fault(wit: wit::Error) -> Fault {
    let (blame, retry_after_ms, fault) = match wit {
        wit::Error::Rejected(fault) => (Blame::Rejected, 0, fault),
        wit::Error::Busy(delay) => (Blame::Busy, delay.after_ms, delay.fault),
        wit::Error::Internal(fault) => (Blame::Internal, 0, fault),
    };
    Fault {
        code: fault.code,
        blame,
        args: fault.args.into_iter().map(|arg| (arg.name, arg.value)).collect(),
        field: fault.field,
        message: fault.message,
        retry_after_ms,
    }
}

fn view(text: Option<&str>) -> Result<Option<View>, Fault> {
    text.map(parse).transpose()
}

fn parse(text: &str) -> Result<View, Fault> {
    serde_json::from_str(text).map_err(|why| broken!("a view of the ledger: {why}"))
}
