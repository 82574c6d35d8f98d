//! Every limit of the courier, with its reason.

use std::time::Duration;

/// A claim on a message: longer than any attempt, so that nobody else begins one meanwhile.
pub const LEASE_MS: u64 = 60_000;
/// One attempt, from the name to the last byte of the answer; Standard Webhooks advises 15 to 30 seconds.
pub const ATTEMPT_MAX: Duration = Duration::from_secs(20);
/// An attempt begins only while so much of its claim is left.
pub const LEASE_LEFT_MS_MIN: u64 = 25_000;

/// A provider may say what became of a message before we have written down that it took it.
pub const REPORT_WAIT: Duration = Duration::from_secs(2);

/// Questions in a minute at one address that shows no key: a person needs two, a provider tells a message a few times.
pub const OPEN_SAME_MAX: u32 = 20;
/// Questions in a second at all of them, in this process: each costs a look into a store, and as many reports come when so
/// many text messages go out.
pub const OPEN_ALL_MAX: u32 = 500;

/// Attempts at once at one receiver: a slow one keeps no more hands busy.
pub const LANE_MAX: usize = 4;
/// Attempts at once for one tenant.
pub const TENANT_MAX: usize = 32;
/// Attempts at once in this process.
pub const ALL_MAX: usize = 256;
/// Messages that wait in memory for one receiver, however fast it is; more wait in the store.
pub const WAITING_MAX: usize = 2000;
/// What waits in memory must begin while its claim holds, so no more is taken in than is done in this time.
pub const WAITING_MS_MAX: u64 = 30_000;
/// A message that finds no room comes back after this long at the earliest, and twice as long each time.
pub const SET_BACK_MS: u64 = 2000;
/// And after this long at the latest.
pub const SET_BACK_MS_MAX: u64 = 120_000;

/// Endpoints of webhooks of one tenant.
pub const ENDPOINTS_MAX: usize = 50;
/// Types of events that an endpoint may list.
pub const EVENT_TYPES_MAX: usize = 50;
/// Letters of a description.
pub const DESCRIPTION_CHARS_MAX: usize = 200;
/// Browsers of one person.
pub const SUBSCRIPTIONS_MAX: usize = 10;
/// News of one person; the oldest go.
pub const FEED_MAX: usize = 500;
/// Messages of a digest; the rest is a number.
pub const DIGEST_MAX: usize = 100;
/// Items of a page.
pub const PAGE_MAX: usize = 100;
/// Messages of a tenant that lists look through; older ones are found by their id.
pub const LISTED_MAX: usize = 20_000;
/// Tenants whose lists are kept in mind; any other is read again.
pub const LISTED_TENANTS_MAX: usize = 200;
/// Messages that one replay sends.
pub const REPLAY_MAX: usize = 1000;
/// Attempts that are kept of a message: all of a schedule, and those of some redrives.
pub const ATTEMPTS_KEPT_MAX: usize = 24;
/// What a call may bring: rules, templates, preferences.
pub const TEXT_BYTES_MAX: usize = 256 << 10;
/// A wish for an endpoint, or a subscription of a browser.
pub const WISH_BYTES_MAX: usize = 16 << 10;
/// An event that is told; larger ones have no place in a message.
pub const EVENT_BYTES_MAX: usize = 256 << 10;
/// Read of the answer of a receiver; it is looked at by nobody, and must not fill the memory.
pub const ANSWER_BYTES_MAX: usize = 16 << 10;
/// A question for news waits no longer: the host ends a call after thirty seconds.
pub const NEWS_WAIT_MS_MAX: u32 = 25_000;
/// Letters of the name of a person.
pub const USER_CHARS_MAX: usize = 256;

/// The old secret of an endpoint signs beside the new one for this long.
pub const ROTATION_MS: u64 = 24 * 3_600_000;
/// An endpoint that has failed for this long is turned off.
pub const FAILING_MS_MAX: u64 = 120 * 3_600_000;
/// Messages, news and what was gathered are kept for this long.
pub const KEPT: Duration = Duration::from_secs(30 * 24 * 3600);
/// Looked through when the oldest news of a person are to go.
pub const VALUES_OF_FEED_MAX: usize = 4 * FEED_MAX;
