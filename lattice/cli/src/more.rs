//! `imprint more`: a new kit around one concept of another. The concept comes first, byte for byte; the others are its
//! neighbours, in the same colours and faces.

use crate::args::More;
use crate::engine::{self, Asked};
use crate::explain::kit;
use crate::make::{self, Wanted};
use crate::unlike;
use core_brand::brief::Order;
use core_brand::fault::Code;
use core_brand::kit::{BrandFile, ConceptFile};
use core_brand::{BlobRef, Fault, VERSION};
use core_order::Request;
use std::path::{Path, PathBuf};

pub(crate) fn run(more: &More) -> Result<(), Fault> {
    let brand = kit::read(&more.kit)?.brand;
    let asked = asked(more, &brand)?;
    let out = more.out.clone().unwrap_or_else(|| place(&brand.order, &more.like));
    make::produce(asked, &Wanted { out, zip: false, json: more.json, quiet: more.quiet })
}

/// The order of the kit, with the concept to start from.
fn asked(more: &More, brand: &BrandFile) -> Result<Asked, Fault> {
    let path = more.kit.display().to_string();
    let like = concept(&brand.concepts, &more.like, &path)?;
    let order = &brand.order;
    if like.painted.is_some() {
        let args = [("path", path), ("concept", like.id.clone())];
        return Err(Fault::new(Code::KitPainted, args));
    }
    // Another version may draw and colour otherwise; then nothing is the same byte for byte.
    let recipe = like.recipe.clone().filter(|_| order.version == VERSION).ok_or_else(|| {
        let args = [("path", path.clone()), ("version", order.version.clone()), ("own", VERSION.to_owned())];
        Fault::new(Code::KitRecipe, args)
    })?;
    let overlay = more.graph.as_deref().map(engine::overlay).transpose()?;
    same_graph(order, overlay.as_deref(), &path)?;
    let request = Request {
        format: 1,
        brief: order.brief.raw(),
        seed: Some(order.seed.to_string()),
        concepts: more.concepts,
        painted: None,
        polish: order.polish,
        graph: order.graph.clone(),
        templates: order.templates.clone(),
        like: Some(recipe),
        unlike: unlike::silhouettes(&more.unlike, &Request::of(order).unlike)?,
    };
    Ok(Asked { request, overlay })
}

/// A concept by its id or by its rank.
fn concept<'a>(concepts: &'a [ConceptFile], wanted: &str, path: &str) -> Result<&'a ConceptFile, Fault> {
    let is_it = |concept: &&ConceptFile| concept.id == wanted || concept.rank.to_string() == wanted;
    concepts.iter().find(is_it).ok_or_else(|| {
        let known: Vec<&str> = concepts.iter().map(|concept| concept.id.as_str()).collect();
        let args = [("path", path.to_owned()), ("value", wanted.to_owned()), ("known", known.join(", "))];
        Fault::new(Code::KitConcept, args)
    })
}

/// A kit names the overlay that it was made with by its hash; the file must be the same.
pub(crate) fn same_graph(order: &Order, overlay: Option<&[u8]>, path: &str) -> Result<(), Fault> {
    let given = overlay.map(|bytes| BlobRef::of(bytes).sha256);
    if order.overlay()?.map(|blob| blob.sha256) == given {
        return Ok(());
    }
    Err(Fault::new(Code::KitGraph, [("path", path.to_owned())]))
}

/// Beside the kit's usual place, named by the concept.
fn place(order: &Order, like: &str) -> PathBuf {
    Path::new(&format!("{}-like-{like}", order.brief.slug())).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use core_brand::brief::RawBrief;
    use core_brand::concept::{ClearFrom, Recipe};
    use core_brand::painting::Origin;

    fn more(like: &str) -> More {
        let kit = PathBuf::from("kit");
        More {
            kit,
            like: like.to_owned(),
            concepts: Some(4),
            out: None,
            graph: None,
            unlike: Vec::new(),
            json: false,
            quiet: false,
        }
    }

    fn brand(version: &str, recipe: Option<Recipe>, graph: Option<String>) -> BrandFile {
        let raw = RawBrief {
            company_name: "Nordwind".into(),
            industry: "law".into(),
            style: Some("bold".into()),
            primary_color: Some("#2563eb".into()),
            complexity: Some("simple".into()),
            language: Some("de".into()),
            distance: Some(0.8),
        };
        let order = Order::new(&raw, Some(7), Some(6)).unwrap();
        let order = Order { version: version.to_owned(), graph, ..order };
        let design = core_design::decide(&Order { graph: None, ..order.clone() }).unwrap();
        let concept = ConceptFile {
            id: "2-orbit".into(),
            rank: 2,
            grammar: "orbit".into(),
            title: String::new(),
            idea: String::new(),
            folder: "logos/2-orbit".into(),
            clear_space: 0.25,
            clear_from: ClearFrom::default(),
            mark_px_min: 16,
            small: false,
            minimums: Vec::new(),
            measures: Vec::new(),
            recipe,
            silhouette: None,
            painted: None,
        };
        BrandFile {
            format: 1,
            revision: 1,
            order,
            design: core_brand::kit::DesignFile(design),
            concepts: vec![concept],
            missed: Vec::new(),
        }
    }

    fn recipe() -> Option<Recipe> {
        Some(Recipe { grammar: "orbit".into(), round: 0, idea: 3, attempt: 1 })
    }

    fn painted(mut brand: BrandFile) -> BrandFile {
        let origin = Origin {
            model: "tiny@1".into(),
            backend: "reference".into(),
            seed: 7,
            prompt: "a leaf".into(),
            negative: String::new(),
            width: 512,
            height: 512,
            steps: 30,
            guidance: 7.0,
            sampler: "euler".into(),
            picture: "logos/2-painted/painting.png".into(),
        };
        brand.concepts[0].painted = Some(origin);
        brand
    }

    #[test]
    fn the_new_order_is_the_old_one_with_a_start() {
        let brand = brand(VERSION, recipe(), None);
        for like in ["2", "2-orbit"] {
            let order = core_order::order(&asked(&more(like), &brand).unwrap().request).unwrap();
            assert_eq!(order, Order { concepts: 4, like: recipe(), ..brand.order.clone() });
        }
        assert_eq!(place(&brand.order, "2-orbit"), PathBuf::from("nordwind-like-2-orbit"));
    }

    #[test]
    fn what_cannot_be_gone_on_from_is_said() {
        let hash = "a0".repeat(32);
        let cases = [
            ("3", brand(VERSION, recipe(), None), "kit.concept.unknown", "It has: 2-orbit."),
            ("2", brand(VERSION, None, None), "kit.recipe.missing", "cannot be drawn again"),
            ("2", painted(brand(VERSION, None, None)), "kit.painted", "was painted"),
            ("2", brand("0.0.1", recipe(), None), "kit.recipe.missing", "written by Imprint 0.0.1"),
            ("2", brand(VERSION, recipe(), Some(hash)), "kit.graph.other", "--graph"),
        ];
        for (like, brand, code, says) in cases {
            let fault = asked(&more(like), &brand).unwrap_err();
            assert_eq!(fault.code, code);
            assert!(fault.message.contains(says), "{}", fault.message);
        }
    }
}
