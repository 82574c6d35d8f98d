//! Swift for SwiftUI.

use crate::names::{camel, digits, float, head, quoted};
use crate::{File, Tokens};
use core_brand::{Fault, Rgb};
use std::fmt::Write;

const HELPERS: &str = "
private func color(_ hex: UInt32) -> Color {
    Color(.sRGB, red: Double(hex >> 16 & 0xFF) / 255, green: Double(hex >> 8 & 0xFF) / 255, blue: Double(hex & 0xFF) / 255)
}

public struct BrandFont {
    public let family: String
    public let weight: Int
    public let italic: Bool
}

/// Line height and tracking in parts of the size.
public struct BrandSize {
    public let size: CGFloat
    public let lineHeight: CGFloat
    public let tracking: CGFloat
    public let font: BrandFont
}
";

pub(crate) fn files(tokens: &Tokens) -> Result<Vec<File>, Fault> {
    let mut out = format!("/* {} */\nimport SwiftUI\n{HELPERS}", head(tokens.name));
    colors("BrandColors", tokens.brand.iter().map(|(id, _, rgb)| (camel(&[id]), *rgb)), &mut out);
    let steps = tokens.scales.iter().flat_map(|scale| {
        scale.steps.iter().map(|step| (camel(&[&scale.id, &step.step.to_string()]), step.rgb))
    });
    colors("BrandScales", steps, &mut out);
    colors("LogoColors", tokens.logo.iter().map(|(part, rgb)| (camel(&[part]), *rgb)), &mut out);
    themes(tokens, &mut out);
    kinds(tokens, &mut out);
    Ok(vec![File::text("tokens/swift/Brand.swift", "text/x-swift", out)])
}

fn colors(name: &str, colors: impl Iterator<Item = (String, Rgb)>, out: &mut String) {
    // Writing to a String cannot fail, here and below.
    let _ = writeln!(out, "\npublic enum {name} {{");
    for (id, rgb) in colors {
        let _ = writeln!(out, "    public static let {id} = color(0x{})", digits(rgb));
    }
    out.push_str("}\n");
}

fn themes(tokens: &Tokens, out: &mut String) {
    let roles = tokens.roles();
    out.push_str("\npublic struct BrandTheme {\n");
    for role in &roles {
        let _ = writeln!(out, "    public let {}: Color", camel(&[role]));
    }
    for theme in tokens.themes {
        let _ = writeln!(out, "\n    public static let {} = BrandTheme(", camel(&[&theme.id]));
        let values: Vec<String> = roles
            .iter()
            .filter_map(|role| {
                theme.role(role).map(|rgb| format!("        {}: color(0x{})", camel(&[role]), digits(rgb)))
            })
            .collect();
        let _ = writeln!(out, "{}\n    )", values.join(",\n"));
    }
    out.push_str("}\n");
}

fn kinds(tokens: &Tokens, out: &mut String) {
    out.push_str("\npublic enum BrandFonts {\n");
    for (id, font) in &tokens.fonts {
        let (name, family) = (camel(&[id]), quoted(font.family));
        let (weight, italic) = (font.weight, font.italic);
        let _ = writeln!(
            out,
            "    public static let {name} = BrandFont(family: {family}, weight: {weight}, italic: {italic})"
        );
    }
    out.push_str("}\n\npublic enum BrandType {\n");
    for size in &tokens.sizes {
        let [px, height, tracking] = [size.px, size.line_height, size.tracking].map(float);
        let (name, font) = (camel(&[size.role]), camel(&[size.font]));
        let _ = writeln!(
            out,
            "    public static let {name} = BrandSize(size: {px}, lineHeight: {height}, tracking: {tracking}, font: BrandFonts.{font})"
        );
    }
    out.push_str("}\n");
}
