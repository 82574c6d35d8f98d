//! What was made: the kit, its files, the palette.

use crate::api::Visit;
use crate::brands;
use crate::coding::is_known;
use crate::http::{Body, Response};
use crate::zip::Archive;
use core_brand::fault::Code;
use core_brand::kit::ManifestFile;
use core_brand::{Design, Fault, broken};
use core_saga::{FileView, Status, View};
use serde_json::{Value, json};
use std::ops::Range;

/// Content under a hash never changes.
const FOREVER: &str = "private, max-age=31536000, immutable";

/// `GET /brands/{id}/files`: the list.
pub(crate) fn list(visit: &Visit<'_>) -> Result<Response, Fault> {
    let view = brands::find_with_files(visit, visit.part("id"))?;
    let files: Vec<Value> = view.files.iter().map(|one| brands::file(&view.id, one)).collect();
    Ok(Response::json(200, &json!({ "files": files })).with("cache-control", "no-store"))
}

/// `GET /brands/{id}/files/{path}`.
pub(crate) fn one(visit: &Visit<'_>) -> Result<Response, Fault> {
    let view = brands::find_with_files(visit, visit.part("id"))?;
    let file = find(&view, visit.part("path"))?;
    let tag = format!("\"{}\"", file.content.sha256);
    let tagged = |answer: Response| {
        answer.with("etag", &tag).with("cache-control", FOREVER).with("accept-ranges", "bytes")
    };
    if is_known(visit.request, &tag) {
        return Ok(tagged(Response::empty(304)));
    }
    let range = match range(visit, &tag, file.content.bytes) {
        Ok(range) => range,
        Err(fault) => {
            let all = format!("bytes */{}", file.content.bytes);
            return Ok(crate::problem(&fault).with("content-range", all));
        }
    };
    let bytes = visit.platform.blob(&visit.call(&view.id, "file"), &file.content)?;
    Ok(tagged(cut(bytes, range, &file.media_type)?))
}

pub(crate) fn find<'a>(view: &'a View, path: &str) -> Result<&'a FileView, Fault> {
    let found = view.files.iter().find(|file| file.path == path);
    found.ok_or_else(|| Fault::new(Code::BrandFileMissing, [("path", path.to_owned())]))
}

/// The part that is wanted; nothing for all of it. Several ranges at once are answered with all, as the standard allows.
fn range(visit: &Visit<'_>, tag: &str, size: u64) -> Result<Option<Range<u64>>, Fault> {
    let is_current = visit.request.header("if-range").is_none_or(|known| known == tag);
    let wanted = visit.request.header("range").and_then(|range| range.strip_prefix("bytes="));
    let Some((start, end)) = wanted.filter(|_| is_current).and_then(|wanted| wanted.trim().split_once('-'))
    else {
        return Ok(None);
    };
    let number = |text: &str| text.parse::<u64>().ok();
    let range = match (number(start), number(end)) {
        (Some(start), Some(end)) if start <= end => start..end.saturating_add(1).min(size),
        (Some(start), None) if end.is_empty() => start..size,
        (None, Some(last)) if start.is_empty() && last > 0 => size.saturating_sub(last)..size,
        (None, Some(0)) if start.is_empty() => size..size,
        _ => return Ok(None),
    };
    if range.is_empty() {
        return Err(Fault::new(Code::HttpRange, [("bytes", size.to_string())]));
    }
    Ok(Some(range))
}

fn cut(bytes: Vec<u8>, range: Option<Range<u64>>, media_type: &str) -> Result<Response, Fault> {
    let Some(range) = range else { return Ok(Response::new(200, media_type, bytes)) };
    let place = |at: u64| usize::try_from(at).unwrap_or(usize::MAX);
    let part = bytes.get(place(range.start)..place(range.end));
    let part = part.ok_or_else(|| broken!("a file is shorter than its description"))?;
    let told = format!("bytes {}-{}/{}", range.start, range.end - 1, bytes.len());
    Ok(Response::new(206, media_type, part).with("content-range", told))
}

/// `GET /brands/{id}/kit`: everything in one archive. A kit is known by its manifest's hash.
pub(crate) fn kit(visit: &Visit<'_>) -> Result<Response, Fault> {
    let view = brands::find_completed(visit, visit.part("id"), "its kit")?;
    let manifest = find(&view, ManifestFile::PATH)?.content.clone();
    let tag = format!("\"kit-{}\"", manifest.sha256);
    if is_known(visit.request, &tag) {
        return Ok(Response::empty(304).with("etag", &tag).with("cache-control", FOREVER));
    }
    let call = visit.call(&view.id, "kit");
    // Asked before the headers leave: later, a store that is gone can only cut the connection.
    visit.platform.blob(&call, &manifest)?;
    let folder = folder(&view);
    let archive = Archive::new(call, folder.clone(), view.files);
    let answer = Response { status: 200, headers: Vec::new(), body: Body::Zip(archive) };
    let plain: String = folder.chars().map(|one| if one.is_ascii() { one } else { '-' }).collect();
    let name = crate::query::escape(&folder);
    Ok(answer
        .with("content-type", "application/zip")
        .with(
            "content-disposition",
            format!("attachment; filename=\"{plain}.zip\"; filename*=UTF-8''{name}.zip"),
        )
        .with("etag", &tag)
        .with("cache-control", FOREVER))
}

/// The folder of a kit, named as `imprint make` does.
fn folder(view: &View) -> String {
    let stored = view.request.clone().unwrap_or_default();
    let request: Option<core_order::Request> = serde_json::from_value(stored).ok();
    let order = request.and_then(|request| core_order::order(&request).ok());
    order.map_or_else(|| "brand-kit".to_owned(), |order| order.brief.slug())
}

/// `GET /designs/{design_id}/palette`. A design has the id of its brand.
pub(crate) fn palette(visit: &Visit<'_>) -> Result<Response, Fault> {
    let view = brands::find_id(visit, visit.part("design_id"))?;
    let document = view.documents.iter().find(|document| document.path == Design::DOCUMENT);
    let document = document.ok_or_else(|| brands::unfinished(&view, "its palette"))?;
    let tag = format!("\"{}\"", document.content.sha256);
    if is_known(visit.request, &tag) {
        return Ok(Response::empty(304).with("etag", &tag).with("cache-control", "private, no-cache"));
    }
    let bytes = visit.platform.blob(&visit.call(&view.id, "palette"), &document.content)?;
    let design: Design =
        serde_json::from_slice(&bytes).map_err(|why| broken!("{}: {why}", Design::DOCUMENT))?;
    let body = json!({
        "design_id": view.id,
        "palette": design.palette,
        "links": { "self": format!("/api/v1/designs/{}/palette", view.id), "brand": format!("{}/{}", brands::BRANDS, view.id) },
    });
    Ok(Response::json(200, &body).with("etag", &tag).with("cache-control", "private, no-cache"))
}

/// `GET /content/status/{job_id}`: the concepts of a job.
pub(crate) fn content(visit: &Visit<'_>) -> Result<Response, Fault> {
    let view = brands::find_id(visit, visit.part("job_id"))?;
    Ok(Response::json(200, &content_of(&view)).with("cache-control", "no-store"))
}

pub(crate) fn content_of(view: &View) -> Value {
    let mut concepts: Vec<Value> = Vec::new();
    let is_done = view.status == Status::Completed;
    for file in view.files.iter().filter(|file| is_done && file.media_type == "image/svg+xml") {
        let Some(id) = file.path.strip_prefix("logos/").and_then(|rest| rest.split('/').next()) else {
            continue;
        };
        let told = brands::file(&view.id, file);
        match concepts
            .last_mut()
            .filter(|last| last["id"] == id)
            .and_then(|last| last["files"].as_array_mut())
        {
            Some(files) => files.push(told),
            None => concepts.push(json!({ "id": id, "files": [told] })),
        }
    }
    json!({
        "job_id": view.id,
        "status": brands::status_name(view.status),
        "concepts": concepts,
        "links": { "self": format!("/api/v1/content/status/{}", view.id), "brand": format!("{}/{}", brands::BRANDS, view.id) },
    })
}
