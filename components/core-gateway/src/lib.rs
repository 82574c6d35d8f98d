//! The HTTP surface: routes, tokens, answers.
//!
//! Pure: a request and a `Platform` become a response. Time, settings, jobs and content come through the platform, so
//! that the whole surface runs in tests without a socket.
//!
//! **Law.** Every address but health, the description, the catalogue, the page, the links of mails and the reports of providers needs a token (`tests/tokens.rs`), and
//! what is described in `/openapi.json` is the table that requests are matched with (`routes`).
//! **Absent.** Sockets and WIT (`gateway`), how a brief becomes an order (`core-order`), the state of a job (`core-saga`).

mod accept;
mod answer;
mod api;
mod assets;
mod brands;
mod browser;
mod coding;
mod desk;
mod events;
mod feed;
mod files;
mod gzip;
mod http;
mod ids;
mod leaving;
mod list;
mod notices;
mod object;
mod openapi;
mod page;
mod platform;
mod preview;
mod problem;
mod query;
mod quota;
mod record;
mod reports;
mod routes;
mod submit;
pub mod token;
mod versions;
mod webhooks;
mod wishes;
mod zip;

pub use answer::answer;
pub use desk::{Desk, News, NoticeQuery, Notices, Setting};
pub use http::{Body, Gone, Request, Response, Sink};
pub use leaving::Link;
pub use platform::{Call, Order, Page, Platform, PublicEvent, Query, Receipt, Standing, Submission};
pub use preview::Mark;
pub use problem::problem;
