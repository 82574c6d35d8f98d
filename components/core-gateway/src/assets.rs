//! A file of a kit at another size.

use crate::api::Visit;
use crate::http::Response;
use crate::query::number;
use crate::{brands, files, versions};
use core_brand::content::INLINE_BYTES_MAX;
use core_brand::fault::Code;
use core_brand::{Fault, broken};

const WIDTH_DEFAULT: u32 = 512;
/// Nothing can be seen below.
pub(crate) const WIDTH_MIN: u32 = 16;
/// As wide as the widest picture of a kit; more pixels take longer than a call may.
pub(crate) const WIDTH_MAX: u32 = 2048;

/// `PUT /assets/{asset_id}/optimize`: an SVG of a kit as a PNG of this width. An asset is `<brand id>:<path>`.
pub(crate) fn optimize(visit: &Visit<'_>) -> Result<Response, Fault> {
    let asset = visit.part("asset_id");
    let (id, path) = asset
        .split_once(':')
        .ok_or_else(|| Fault::new(Code::BrandFileMissing, [("path", asset.to_owned())]))?;
    let width = number(&visit.request.query, "width", WIDTH_MIN..=WIDTH_MAX)?.unwrap_or(WIDTH_DEFAULT);
    let view = brands::find_completed(visit, id, "its kit")?;
    let file = files::find(&view, path)?;
    if file.media_type != "image/svg+xml" {
        let args = [("path", path.to_owned()), ("media_type", file.media_type.clone())];
        return Err(Fault::new(Code::AssetNotVector, args));
    }
    if file.content.bytes > INLINE_BYTES_MAX as u64 {
        let args = [("bytes", file.content.bytes.to_string()), ("max", INLINE_BYTES_MAX.to_string())];
        return Err(Fault::new(Code::BlobTooLarge, args));
    }
    let svg = visit.platform.blob(&visit.call(id, "asset"), &file.content)?;
    let svg = String::from_utf8(svg).map_err(|_| broken!("the SVG `{path}` is no text"))?;
    let target = versions::target(visit, "assets")?;
    let png = visit.platform.render(&visit.call(id, "optimize"), target.as_deref(), &svg, width)?;
    Ok(Response::new(200, "image/png", png).with("cache-control", "no-store"))
}
