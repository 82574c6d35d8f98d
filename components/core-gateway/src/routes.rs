//! The addresses there are: one table for matching, for rights and for the description.

use crate::api::Visit;
use crate::http::Response;
use crate::query::unescape;
use crate::token::{NOTIFY, READ, WRITE};
use crate::{
    assets, brands, events, feed, files, leaving, list, notices, page, preview, reports, submit, webhooks,
    wishes,
};
use core_brand::Fault;

/// One thing that can be asked.
pub(crate) struct Route {
    pub(crate) method: &'static str,
    /// `{name}` is one segment, `{name...}` the rest.
    pub(crate) path: &'static str,
    /// What a token must allow; nothing for what is open to all.
    pub(crate) scope: Option<&'static str>,
    pub(crate) name: &'static str,
    /// The part of the description that it stands in.
    pub(crate) tag: &'static str,
    pub(crate) summary: &'static str,
    pub(crate) run: fn(&Visit<'_>) -> Result<Response, Fault>,
    /// The schema of the body.
    pub(crate) takes: Option<&'static str>,
    /// The statuses of success.
    pub(crate) statuses: &'static [u16],
    /// The media type of success; empty where it is the file's own.
    pub(crate) media_type: &'static str,
    /// The schema of success.
    pub(crate) gives: Option<&'static str>,
    /// Parameters by name: `limit` or `Range`; what they are stands in the description.
    pub(crate) takes_also: &'static [&'static str],
}

const JSON: &str = "application/json";

pub(crate) const BRANDS: &str = "brands";
pub(crate) const NOTIFICATIONS: &str = "notifications";

/// What most routes are.
const USUAL: Route = Route {
    method: "GET",
    path: "",
    scope: Some(READ),
    name: "",
    tag: BRANDS,
    summary: "",
    run: page::health,
    takes: None,
    statuses: &[200],
    media_type: JSON,
    gives: None,
    takes_also: &[],
};

/// What most routes of the courier are.
const NEWS: Route = Route { tag: NOTIFICATIONS, ..USUAL };

/// Everything there is.
#[rustfmt::skip]
pub(crate) const ROUTES: &[Route] = &[
    Route { method: "POST", path: "/api/v1/brands", scope: Some(WRITE), name: "createBrand", summary: "Ask for a brand",
        run: submit::brand, takes: Some("Brief"), statuses: &[202, 200], gives: Some("Brand"), takes_also: &["Idempotency-Key", "Prefer", "canary"], ..USUAL },
    Route { path: "/api/v1/brands", name: "listBrands", summary: "Your brands",
        run: list::list, gives: Some("BrandList"), takes_also: &["sort", "status", "industry", "name", "limit", "cursor"], ..USUAL },
    Route { method: "POST", path: "/api/v1/brands:batch", scope: Some(WRITE), name: "createBrands", summary: "Ask for several brands, all or none",
        run: submit::batch, takes: Some("Batch"), statuses: &[202], gives: Some("Batched"), takes_also: &["Idempotency-Key", "canary"], ..USUAL },
    Route { path: "/api/v1/brands/{id}", name: "getBrand", summary: "How a brand stands",
        run: brands::one, gives: Some("Brand"), takes_also: &["Prefer"], ..USUAL },
    Route { method: "DELETE", path: "/api/v1/brands/{id}", scope: Some(WRITE), name: "eraseBrand", summary: "Forget a brand and all that was made",
        run: brands::erase, statuses: &[202], gives: Some("Brand"), ..USUAL },
    Route { path: "/api/v1/brands/{id}/events", name: "followBrand", summary: "What happens, as it happens",
        run: events::follow, statuses: &[200, 204], media_type: "text/event-stream", takes_also: &["Last-Event-ID"], ..USUAL },
    Route { method: "POST", path: "/api/v1/brands/{id}/cancel", scope: Some(WRITE), name: "cancelBrand", summary: "Stop the work on a brand",
        run: brands::cancel, statuses: &[202, 200], gives: Some("Brand"), ..USUAL },
    Route { path: "/api/v1/brands/{id}/kit", name: "getKit", summary: "The kit as a zip",
        run: files::kit, statuses: &[200, 304], media_type: "application/zip", takes_also: &["If-None-Match"], ..USUAL },
    Route { path: "/api/v1/brands/{id}/files", name: "listFiles", summary: "The files of a kit",
        run: files::list, gives: Some("FileList"), ..USUAL },
    Route { path: "/api/v1/brands/{id}/files/{path...}", name: "getFile", summary: "One file of a kit",
        run: files::one, statuses: &[200, 206, 304], media_type: "", takes_also: &["Range", "If-None-Match"], ..USUAL },
    Route { path: "/api/v1/designs/{design_id}/palette", name: "getPalette", summary: "The palette of a brand",
        run: files::palette, statuses: &[200, 304], gives: Some("Palette"), takes_also: &["If-None-Match"], ..USUAL },
    Route { method: "POST", path: "/api/v1/designs:preview", name: "previewDesign", summary: "A palette, type and first marks for a brief, at once",
        run: preview::preview, takes: Some("Brief"), gives: Some("Preview"), takes_also: &["marks", "canary"], ..USUAL },
    Route { method: "POST", path: "/api/v1/content/generate", scope: Some(WRITE), name: "generateContent", summary: "Ask for logo concepts",
        run: submit::content, takes: Some("Brief"), statuses: &[202], gives: Some("Content"), takes_also: &["Idempotency-Key", "canary"], ..USUAL },
    Route { path: "/api/v1/content/status/{job_id}", name: "getContent", summary: "How the concepts stand",
        run: files::content, gives: Some("Content"), ..USUAL },
    Route { method: "PUT", path: "/api/v1/assets/{asset_id}/optimize", name: "optimizeAsset", summary: "An SVG of a kit as a PNG of a width",
        run: assets::optimize, media_type: "image/png", takes_also: &["width", "canary"], ..USUAL },
    Route { path: "/api/v1/notifications", scope: Some(NOTIFY), name: "listNotifications", summary: "Messages, and what became of each",
        run: notices::list, gives: Some("NotificationList"), takes_also: &["channel", "status", "webhook", "limit", "cursor"], ..NEWS },
    Route { path: "/api/v1/notifications/{id}", scope: Some(NOTIFY), name: "getNotification", summary: "A message, with every attempt",
        run: notices::one, gives: Some("Notification"), ..NEWS },
    Route { method: "POST", path: "/api/v1/notifications/{id}/redrive", scope: Some(NOTIFY), name: "redriveNotification", summary: "Try a message again that was set aside",
        run: notices::redrive, statuses: &[202], gives: Some("Notification"), ..NEWS },
    Route { path: "/api/v1/webhooks", scope: Some(NOTIFY), name: "listWebhooks", summary: "Where messages for programs go",
        run: webhooks::list, gives: Some("WebhookList"), ..NEWS },
    Route { method: "POST", path: "/api/v1/webhooks", scope: Some(NOTIFY), name: "addWebhook", summary: "Send events to an address",
        run: webhooks::add, takes: Some("WebhookWish"), statuses: &[201], gives: Some("WebhookWithSecret"), takes_also: &["Idempotency-Key"], ..NEWS },
    Route { path: "/api/v1/webhooks/{id}", scope: Some(NOTIFY), name: "getWebhook", summary: "A webhook, without its secret",
        run: webhooks::one, gives: Some("Webhook"), ..NEWS },
    Route { method: "PATCH", path: "/api/v1/webhooks/{id}", scope: Some(NOTIFY), name: "changeWebhook", summary: "Change what is named of a webhook",
        run: webhooks::change, takes: Some("WebhookChange"), gives: Some("Webhook"), ..NEWS },
    Route { method: "DELETE", path: "/api/v1/webhooks/{id}", scope: Some(NOTIFY), name: "removeWebhook", summary: "Send nothing there any more",
        run: webhooks::remove, statuses: &[204], ..NEWS },
    Route { method: "POST", path: "/api/v1/webhooks/{id}/rotate", scope: Some(NOTIFY), name: "rotateWebhook", summary: "A new secret",
        run: webhooks::rotate, gives: Some("WebhookWithSecret"), ..NEWS },
    Route { method: "POST", path: "/api/v1/webhooks/{id}/test", scope: Some(NOTIFY), name: "testWebhook", summary: "Send a message that says that it is a test",
        run: webhooks::test, statuses: &[202], gives: Some("Notification"), ..NEWS },
    Route { method: "POST", path: "/api/v1/webhooks/{id}/replay", scope: Some(NOTIFY), name: "replayWebhook", summary: "Send again what happened in a span of time",
        run: webhooks::replay, takes: Some("Span"), statuses: &[202], gives: Some("Replayed"), ..NEWS },
    Route { path: "/api/v1/feed", name: "listNews", summary: "Your news",
        run: feed::list, gives: Some("Feed"), takes_also: &["after", "limit"], ..NEWS },
    Route { method: "POST", path: "/api/v1/feed/read", scope: Some(WRITE), name: "readNews", summary: "Mark news as read",
        run: feed::read, takes: Some("Marks"), gives: Some("Unread"), ..NEWS },
    Route { path: "/api/v1/feed/events", name: "followNews", summary: "Your news, as they come",
        run: feed::follow, media_type: "text/event-stream", takes_also: &["after", "Last-Event-ID"], ..NEWS },
    Route { path: "/api/v1/preferences", name: "getPreferences", summary: "What you want to hear, and where",
        run: wishes::preferences, gives: Some("Preferences"), ..NEWS },
    Route { method: "PUT", path: "/api/v1/preferences", scope: Some(WRITE), name: "setPreferences", summary: "Say what you want to hear, and where",
        run: wishes::set_preferences, takes: Some("Preferences"), gives: Some("Preferences"), ..NEWS },
    Route { method: "DELETE", path: "/api/v1/preferences", scope: Some(WRITE), name: "forgetMe", summary: "Forget your preferences, addresses, browsers and news",
        run: wishes::forget, statuses: &[204], ..NEWS },
    Route { path: "/api/v1/notification-rules", scope: Some(NOTIFY), name: "getRules", summary: "Who is told of what",
        run: wishes::rules, gives: Some("RulesSet"), ..NEWS },
    Route { method: "PUT", path: "/api/v1/notification-rules", scope: Some(NOTIFY), name: "setRules", summary: "Say who is told of what",
        run: wishes::set_rules, takes: Some("Rules"), gives: Some("RulesSet"), ..NEWS },
    Route { path: "/api/v1/notification-templates", scope: Some(NOTIFY), name: "getTemplates", summary: "Your own words for messages",
        run: wishes::templates, gives: Some("NotificationTemplatesSet"), ..NEWS },
    Route { method: "PUT", path: "/api/v1/notification-templates", scope: Some(NOTIFY), name: "setTemplates", summary: "Set your own words for messages",
        run: wishes::set_templates, takes: Some("NotificationTemplates"), gives: Some("NotificationTemplatesSet"), ..NEWS },
    Route { path: "/api/v1/push/key", name: "getPushKey", summary: "What a browser needs to take push messages",
        run: wishes::push_key, gives: Some("PushKey"), ..NEWS },
    Route { method: "POST", path: "/api/v1/push/subscriptions", scope: Some(WRITE), name: "addSubscription", summary: "Send push messages to this browser",
        run: wishes::subscribe, takes: Some("Subscription"), statuses: &[201], gives: Some("Subscribed"), ..NEWS },
    Route { method: "DELETE", path: "/api/v1/push/subscriptions/{id}", scope: Some(WRITE), name: "removeSubscription", summary: "Send nothing to that browser any more",
        run: wishes::unsubscribe, statuses: &[204], ..NEWS },
    Route { path: "/unsubscribe/{token}", scope: None, name: "showUnsubscribe", summary: "What a link of a mail ends, with a button",
        run: leaving::look, statuses: &[200, 404], media_type: "text/html", ..NEWS },
    Route { method: "POST", path: "/unsubscribe/{token}", scope: None, name: "unsubscribe", summary: "End the mails that a link of a mail stands for",
        run: leaving::leave, statuses: &[200, 404], media_type: "", ..NEWS },
    Route { method: "POST", path: "/callbacks/sms/{token}", scope: None, name: "reportSms", summary: "What became of a text message, from its provider",
        run: reports::sms, statuses: &[204], ..NEWS },
    Route { path: "/problems", scope: None, name: "listProblems", summary: "All codes of failures",
        run: page::catalogue, media_type: "text/html", ..USUAL },
    Route { path: "/problems/{code}", scope: None, name: "getProblem", summary: "What a code means",
        run: page::catalogue_entry, media_type: "text/html", ..USUAL },
    Route { path: "/healthz", scope: None, name: "getHealth", summary: "Whether this answers",
        run: page::health, gives: Some("Health"), ..USUAL },
    Route { path: "/readyz", scope: None, name: "getReadiness", summary: "Whether work can be taken",
        run: page::ready, gives: Some("Health"), ..USUAL },
    Route { path: "/openapi.json", scope: None, name: "getDescription", summary: "This description",
        run: page::description, statuses: &[200, 304], takes_also: &["If-None-Match"], ..USUAL },
    Route { path: "/", scope: None, name: "getPage", summary: "The page",
        run: page::index, statuses: &[200, 304], media_type: "text/html", takes_also: &["If-None-Match"], ..USUAL },
    Route { path: "/page.css", scope: None, name: "getStyle", summary: "The look of the page",
        run: page::style, statuses: &[200, 304], media_type: "text/css", takes_also: &["If-None-Match"], ..USUAL },
    Route { path: "/page.js", scope: None, name: "getScript", summary: "The behaviour of the page",
        run: page::script, statuses: &[200, 304], media_type: "text/javascript", takes_also: &["If-None-Match"], ..USUAL },
];

pub(crate) type Parts = Vec<(&'static str, String)>;

/// The routes of an address, and the parts of it that their pattern names.
pub(crate) fn matching(path: &str) -> (Vec<&'static Route>, Parts) {
    let mut found = (Vec::new(), Parts::new());
    for route in ROUTES {
        if let Some(parts) = parts(route.path, path) {
            found.0.push(route);
            found.1 = parts;
        }
    }
    found
}

/// The methods of an address, HEAD and OPTIONS included.
pub(crate) fn allowed(routes: &[&Route]) -> String {
    let mut methods: Vec<&str> = routes.iter().map(|route| route.method).collect();
    if methods.contains(&"GET") {
        methods.push("HEAD");
    }
    methods.push("OPTIONS");
    methods.join(", ")
}

fn parts(pattern: &'static str, path: &str) -> Option<Parts> {
    let (mut parts, mut rest) = (Parts::new(), path.strip_prefix('/')?);
    let mut segments = pattern.strip_prefix('/')?.split('/').peekable();
    while let Some(segment) = segments.next() {
        let name = segment.strip_prefix('{').and_then(|name| name.strip_suffix('}'));
        if let Some(name) = name.and_then(|name| name.strip_suffix("...")) {
            parts.push((name, unescape(rest).filter(|rest| !rest.is_empty())?));
            return Some(parts);
        }
        let (here, after) = rest.split_once('/').map_or((rest, None), |(here, after)| (here, Some(after)));
        match name {
            Some(name) => parts.push((name, unescape(here).filter(|here| !here.is_empty())?)),
            None if here == segment => {}
            None => return None,
        }
        match (segments.peek().is_some(), after) {
            (true, Some(after)) => rest = after,
            (false, None) => return Some(parts),
            _ => return None,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(path: &str) -> Vec<&'static str> {
        matching(path).0.iter().map(|route| route.name).collect()
    }

    #[test]
    fn addresses_are_matched() {
        assert_eq!(names("/"), ["getPage"]);
        assert_eq!(names("/api/v1/brands"), ["createBrand", "listBrands"]);
        assert_eq!(names("/api/v1/brands/x/files/logos/a%20b.svg"), ["getFile"]);
        assert_eq!(matching("/api/v1/brands/x/files/logos/a%20b.svg").1[1].1, "logos/a b.svg");
        assert_eq!(matching("/api/v1/assets/x%3Alogos%2Fa.svg/optimize").1[0].1, "x:logos/a.svg");
        for nothing in [
            "",
            "/api",
            "/api/v1/brands/",
            "/api/v1/brands/x/",
            "/api/v1/brands/x/files/",
            "//",
            "/problems/%ff",
        ] {
            assert_eq!(names(nothing), [""; 0], "{nothing}");
        }
    }

    /// No two routes of one method answer one address, and each has a name of its own.
    #[test]
    fn routes_are_told_apart() {
        for (index, route) in ROUTES.iter().enumerate() {
            let others = &ROUTES[index + 1..];
            assert!(!others.iter().any(|other| other.name == route.name), "{}", route.name);
            assert!(!others.iter().any(|other| (other.method, other.path) == (route.method, route.path)));
        }
    }
}
