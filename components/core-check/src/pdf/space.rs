//! Colour spaces of a PDF, as far as they can be compared.

use crate::pdf::file::File;
use crate::pdf::object::{Dictionary, Object};
use crate::scene::Tint;
use core_brand::Rgb;

/// What the numbers before a colour command mean.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Space {
    Gray,
    Rgb,
    Cmyk,
    /// By its name.
    Other(String),
}

impl Space {
    /// Reads a space by its name or its definition.
    pub(crate) fn of(file: &File, object: &Object, resources: Option<&Dictionary>) -> Self {
        match file.resolve(object) {
            Object::Name(name) => Self::named(&name).unwrap_or_else(|| {
                let spaces = resources.and_then(|all| file.dictionary(all.get("ColorSpace")?));
                let own = spaces.and_then(|spaces| spaces.get(&name).cloned());
                match own.map(|own| file.resolve(&own)) {
                    Some(Object::Name(other)) => Self::named(&other).unwrap_or(Self::Other(other)),
                    Some(Object::List(list)) => Self::listed(file, &list),
                    _ => Self::Other(name),
                }
            }),
            Object::List(list) => Self::listed(file, &list),
            _ => Self::Other("?".to_owned()),
        }
    }

    fn named(name: &str) -> Option<Self> {
        match name {
            "DeviceGray" | "G" | "CalGray" => Some(Self::Gray),
            "DeviceRGB" | "RGB" | "CalRGB" => Some(Self::Rgb),
            "DeviceCMYK" | "CMYK" => Some(Self::Cmyk),
            _ => None,
        }
    }

    fn listed(file: &File, list: &[Object]) -> Self {
        let name = list.first().map(|first| file.resolve(first));
        let name = name.as_ref().and_then(Object::name).unwrap_or("?");
        if name != "ICCBased" {
            return Self::named(name).unwrap_or_else(|| Self::Other(name.to_owned()));
        }
        // The profile is not read: three channels are as good as always sRGB, and other profiles of three are near.
        let profile = list.get(1).and_then(|profile| file.dictionary(profile));
        match profile.and_then(|profile| file.get(&profile, "N").number()) {
            Some(1.0) => Self::Gray,
            Some(3.0) => Self::Rgb,
            Some(4.0) => Self::Cmyk,
            _ => Self::Other(name.to_owned()),
        }
    }

    /// The colour that numbers are in this space.
    pub(crate) fn tint(&self, numbers: &[f64]) -> Option<Tint> {
        let byte = |value: f64| (value.clamp(0.0, 1.0) * 255.0).round() as u8;
        let plate = |value: f64| (value.clamp(0.0, 1.0) * 100.0).round() as u8;
        match (self, numbers) {
            (Self::Gray, [v]) => Some(Tint::Screen(Rgb::new(byte(*v), byte(*v), byte(*v)))),
            (Self::Rgb, [r, g, b]) => Some(Tint::Screen(Rgb::new(byte(*r), byte(*g), byte(*b)))),
            (Self::Cmyk, [c, m, y, k]) => Some(Tint::Ink([plate(*c), plate(*m), plate(*y), plate(*k)])),
            _ => None,
        }
    }

    /// What a page begins with, and what a space begins with when it is chosen.
    pub(crate) fn first(&self) -> Option<Tint> {
        match self {
            Self::Cmyk => Some(Tint::Ink([0, 0, 0, 100])),
            Self::Gray | Self::Rgb => Some(Tint::Screen(Rgb::BLACK)),
            Self::Other(_) => None,
        }
    }
}
