//! Kotlin for Jetpack Compose.

use crate::names::{camel, digits, float, head, pascal, quoted};
use crate::{File, Tokens};
use core_brand::{Fault, Rgb};
use std::fmt::Write;

const IMPORTS: &str = "package brand

import androidx.compose.ui.graphics.Color
import androidx.compose.ui.text.font.FontStyle
import androidx.compose.ui.text.font.FontWeight
import androidx.compose.ui.unit.TextUnit
import androidx.compose.ui.unit.em
import androidx.compose.ui.unit.sp
";
const TYPES: &str = "
data class BrandFont(val family: String, val weight: FontWeight, val style: FontStyle)

data class BrandSize(val size: TextUnit, val lineHeight: TextUnit, val tracking: TextUnit, val font: BrandFont)
";

pub(crate) fn files(tokens: &Tokens) -> Result<Vec<File>, Fault> {
    let mut out = format!("/* {} */\n{IMPORTS}", head(tokens.name));
    let brand = tokens.brand.iter().map(|(id, _, rgb)| (pascal(&[id]), *rgb));
    colors("BrandColors", brand, &mut out);
    let steps = tokens.scales.iter().flat_map(|scale| {
        scale.steps.iter().map(|step| (pascal(&[&scale.id, &step.step.to_string()]), step.rgb))
    });
    colors("BrandScales", steps, &mut out);
    colors("LogoColors", tokens.logo.iter().map(|(part, rgb)| (pascal(&[part]), *rgb)), &mut out);
    themes(tokens, &mut out);
    out.push_str(TYPES);
    kinds(tokens, &mut out);
    Ok(vec![File::text("tokens/compose/Brand.kt", "text/x-kotlin", out)])
}

fn colors(name: &str, colors: impl Iterator<Item = (String, Rgb)>, out: &mut String) {
    // Writing to a String cannot fail, here and below.
    let _ = writeln!(out, "\nobject {name} {{");
    for (id, rgb) in colors {
        let _ = writeln!(out, "    val {id} = {}", color(rgb));
    }
    out.push_str("}\n");
}

fn themes(tokens: &Tokens, out: &mut String) {
    let roles = tokens.roles();
    out.push_str("\ndata class BrandTheme(\n");
    for role in &roles {
        let _ = writeln!(out, "    val {}: Color,", camel(&[role]));
    }
    out.push_str(") {\n    companion object {\n");
    for theme in tokens.themes {
        let _ = writeln!(out, "        val {} = BrandTheme(", pascal(&[&theme.id]));
        for (role, rgb) in roles.iter().filter_map(|role| theme.role(role).map(|rgb| (role, rgb))) {
            let _ = writeln!(out, "            {} = {},", camel(&[role]), color(rgb));
        }
        out.push_str("        )\n");
    }
    out.push_str("    }\n}\n");
}

fn kinds(tokens: &Tokens, out: &mut String) {
    out.push_str("\nobject BrandFonts {\n");
    for (id, font) in &tokens.fonts {
        let style = if font.italic { "Italic" } else { "Normal" };
        let (name, family) = (pascal(&[id]), quoted(font.family));
        let _ = writeln!(
            out,
            "    val {name} = BrandFont({family}, FontWeight({}), FontStyle.{style})",
            font.weight
        );
    }
    out.push_str("}\n\nobject BrandType {\n");
    for size in &tokens.sizes {
        let [px, height, tracking] = [size.px, size.line_height, size.tracking].map(float);
        let (name, font) = (pascal(&[size.role]), pascal(&[size.font]));
        let _ = writeln!(
            out,
            "    val {name} = BrandSize({px}.sp, {height}.em, ({tracking}).em, BrandFonts.{font})"
        );
    }
    out.push_str("}\n");
}

fn color(rgb: Rgb) -> String {
    format!("Color(0xFF{})", digits(rgb))
}
