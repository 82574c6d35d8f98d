//! Dart for Flutter.

use crate::names::{camel, digits, float, head, pascal, quoted};
use crate::{File, Tokens};
use core_brand::{Fault, Rgb};
use std::fmt::Write;

const TYPES: &str = "import 'package:flutter/painting.dart';

/// Line height and tracking in parts of the size.
class BrandSize {
  final double size, lineHeight, tracking;
  final BrandFont font;
  const BrandSize(this.size, this.lineHeight, this.tracking, this.font);

  TextStyle get style => TextStyle(
      fontFamily: font.family, fontWeight: font.weight, fontStyle: font.style, fontSize: size, height: lineHeight, letterSpacing: tracking * size);
}

class BrandFont {
  final String family;
  final FontWeight weight;
  final FontStyle style;
  const BrandFont(this.family, this.weight, this.style);
}
";

pub(crate) fn files(tokens: &Tokens) -> Result<Vec<File>, Fault> {
    let mut out = format!("/* {} */\n{TYPES}", head(tokens.name));
    colors("BrandColors", tokens.brand.iter().map(|(id, _, rgb)| (camel(&[id]), *rgb)), &mut out);
    let steps = tokens.scales.iter().flat_map(|scale| {
        scale.steps.iter().map(|step| (camel(&[&scale.id, &step.step.to_string()]), step.rgb))
    });
    colors("BrandScales", steps, &mut out);
    colors("LogoColors", tokens.logo.iter().map(|(part, rgb)| (camel(&[part]), *rgb)), &mut out);
    themes(tokens, &mut out);
    kinds(tokens, &mut out);
    Ok(vec![File::text("tokens/flutter/brand.dart", "text/x-dart", out)])
}

fn colors(name: &str, colors: impl Iterator<Item = (String, Rgb)>, out: &mut String) {
    // Writing to a String cannot fail, here and below.
    let _ = writeln!(out, "\nabstract final class {name} {{");
    for (id, rgb) in colors {
        let _ = writeln!(out, "  static const {id} = {};", color(rgb));
    }
    out.push_str("}\n");
}

fn themes(tokens: &Tokens, out: &mut String) {
    let roles = tokens.roles();
    out.push_str("\nclass BrandTheme {\n");
    for role in &roles {
        let _ = writeln!(out, "  final Color {};", camel(&[role]));
    }
    out.push_str("  const BrandTheme({\n");
    for role in &roles {
        let _ = writeln!(out, "    required this.{},", camel(&[role]));
    }
    out.push_str("  });\n");
    for theme in tokens.themes {
        let _ = writeln!(out, "\n  static const {} = BrandTheme(", camel(&[&theme.id]));
        for (role, rgb) in roles.iter().filter_map(|role| theme.role(role).map(|rgb| (role, rgb))) {
            let _ = writeln!(out, "    {}: {},", camel(&[role]), color(rgb));
        }
        out.push_str("  );\n");
    }
    out.push_str("}\n");
}

fn kinds(tokens: &Tokens, out: &mut String) {
    out.push_str("\nabstract final class BrandFonts {\n");
    for (id, font) in &tokens.fonts {
        let (name, family) = (camel(&[id]), quoted(font.family));
        let (weight, style) = (font.weight, font.style());
        let _ = writeln!(
            out,
            "  static const {name} = BrandFont({family}, FontWeight.w{weight}, FontStyle.{style});"
        );
    }
    let _ = writeln!(out, "}}\n\nabstract final class {} {{", pascal(&["brand-type"]));
    for size in &tokens.sizes {
        let [px, height, tracking] = [size.px, size.line_height, size.tracking].map(float);
        let (name, font) = (camel(&[size.role]), camel(&[size.font]));
        let _ = writeln!(
            out,
            "  static const {name} = BrandSize({px}, {height}, {tracking}, BrandFonts.{font});"
        );
    }
    out.push_str("}\n");
}

fn color(rgb: Rgb) -> String {
    format!("Color(0xFF{})", digits(rgb))
}
