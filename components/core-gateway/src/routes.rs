//! The addresses there are: one table for matching, for rights and for the description.

use crate::api::Visit;
use crate::http::Response;
use crate::query::unescape;
use crate::token::{READ, WRITE};
use crate::{assets, brands, events, files, list, page, submit};
use core_brand::Fault;

/// One thing that can be asked.
pub(crate) struct Route {
    pub(crate) method: &'static str,
    /// `{name}` is one segment, `{name...}` the rest.
    pub(crate) path: &'static str,
    /// What a token must allow; nothing for what is open to all.
    pub(crate) scope: Option<&'static str>,
    pub(crate) name: &'static str,
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

/// What most routes are.
const USUAL: Route = Route {
    method: "GET",
    path: "",
    scope: Some(READ),
    name: "",
    summary: "",
    run: page::health,
    takes: None,
    statuses: &[200],
    media_type: JSON,
    gives: None,
    takes_also: &[],
};

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
    Route { method: "POST", path: "/api/v1/content/generate", scope: Some(WRITE), name: "generateContent", summary: "Ask for logo concepts",
        run: submit::content, takes: Some("Brief"), statuses: &[202], gives: Some("Content"), takes_also: &["Idempotency-Key", "canary"], ..USUAL },
    Route { path: "/api/v1/content/status/{job_id}", name: "getContent", summary: "How the concepts stand",
        run: files::content, gives: Some("Content"), ..USUAL },
    Route { method: "PUT", path: "/api/v1/assets/{asset_id}/optimize", name: "optimizeAsset", summary: "An SVG of a kit as a PNG of a width",
        run: assets::optimize, media_type: "image/png", takes_also: &["width"], ..USUAL },
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
