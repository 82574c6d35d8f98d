//! The commands of a page.

use crate::limits::{PDF_COMMANDS_MAX, PDF_FORMS_DEPTH_MAX, PDF_SAVED_MAX, PDF_UNPACKED_MAX};
use crate::pdf::file::{File, unpacked_too_large};
use crate::pdf::object::{Dictionary, Lexer, Object, is_space};
use crate::pdf::space::Space;
use crate::pdf::{Page, Shown};
use crate::refuse;
use crate::scene::{Contents, Paint, Place, Scene, Shape, Tint};
use core_brand::Fault;
use kurbo::{Affine, BezPath, Point, Rect, Shape as _};
use std::collections::BTreeSet;
use std::rc::Rc;

/// Operands that are kept for one command: the most that any needs is six, and a list of them one.
const OPERANDS_MAX: usize = 40;

pub(crate) struct Reader<'a> {
    file: &'a File<'a>,
    shown: &'a Shown<'a>,
    commands: usize,
    spaces: BTreeSet<String>,
    pictures: BTreeSet<String>,
}

/// What `q` saves and `Q` brings back.
#[derive(Clone)]
struct State {
    map: Affine,
    fill: Option<Tint>,
    fill_space: Space,
    stroke: Option<Tint>,
    stroke_space: Space,
    font: Option<String>,
    size: f64,
    leading: f64,
    is_hidden: bool,
}

/// One stream that is being drawn.
struct Drawing<'c> {
    state: State,
    saved: Vec<State>,
    path: BezPath,
    text: Affine,
    line: Affine,
    resources: Option<Rc<Dictionary>>,
    scene: &'c mut Scene,
    contents: &'c mut Contents,
    depth: usize,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(file: &'a File<'a>, shown: &'a Shown<'a>) -> Self {
        Self { file, shown, commands: 0, spaces: BTreeSet::new(), pictures: BTreeSet::new() }
    }

    /// Ways of colouring that are not compared, and how many pictures there are.
    pub(crate) fn untold(self) -> (Vec<String>, u32) {
        (self.spaces.into_iter().collect(), self.pictures.len() as u32)
    }

    pub(crate) fn page(&mut self, number: u32, page: &Page, contents: &mut Contents) -> Result<Scene, Fault> {
        let mut bytes = Vec::new();
        let content = page.dictionary.get("Contents").cloned().unwrap_or(Object::Nothing);
        let parts = self.file.list(&content).map_or_else(|| vec![content], |list| list.to_vec());
        for part in &parts {
            bytes.extend_from_slice(&self.file.stream(part)?);
            bytes.push(b'\n');
            // One stream can be named a thousand times.
            if bytes.len() > PDF_UNPACKED_MAX {
                return Err(unpacked_too_large());
            }
        }
        let mut scene = page.scene(number);
        // Pages count upwards, scenes downwards.
        let map = Affine::new([1.0, 0.0, 0.0, -1.0, -page.area.x0, page.area.y1]);
        let state = State {
            map,
            fill: Space::Gray.first(),
            fill_space: Space::Gray,
            stroke: Space::Gray.first(),
            stroke_space: Space::Gray,
            font: None,
            size: 1.0,
            leading: 0.0,
            is_hidden: false,
        };
        self.draw(&bytes, state, page.resources.clone(), &mut scene, contents, 0)?;
        Ok(scene)
    }

    fn draw(
        &mut self,
        bytes: &[u8],
        state: State,
        resources: Option<Rc<Dictionary>>,
        scene: &mut Scene,
        contents: &mut Contents,
        depth: usize,
    ) -> Result<(), Fault> {
        let mut drawing = Drawing {
            state,
            saved: Vec::new(),
            path: BezPath::new(),
            text: Affine::IDENTITY,
            line: Affine::IDENTITY,
            resources,
            scene,
            contents,
            depth,
        };
        let mut lexer = Lexer::new(bytes, 0, false);
        let mut operands: Vec<Object> = Vec::new();
        while let Some(object) = lexer.next() {
            let Object::Command(command) = object else {
                if operands.len() < OPERANDS_MAX {
                    operands.push(object);
                }
                continue;
            };
            self.commands += 1;
            if self.commands > PDF_COMMANDS_MAX {
                let max = PDF_COMMANDS_MAX as u64;
                return Err(refuse::too_large(max + 1, "drawing commands", max));
            }
            if command == "BI" {
                skip_picture(&mut lexer);
                self.pictures.insert(format!("inline {}", self.commands));
            } else {
                self.command(&command, &operands, &mut drawing)?;
            }
            operands.clear();
        }
        Ok(())
    }

    fn command(&mut self, command: &str, operands: &[Object], drawing: &mut Drawing) -> Result<(), Fault> {
        let numbers: Vec<f64> = operands.iter().filter_map(Object::number).collect();
        match command {
            "q" if drawing.saved.len() < PDF_SAVED_MAX => drawing.saved.push(drawing.state.clone()),
            "Q" => drawing.saved.pop().map_or((), |state| drawing.state = state),
            "cm" => drawing.transform(&numbers),
            "m" | "l" | "c" | "v" | "y" | "re" | "h" => drawing.trace(command, &numbers),
            "f" | "F" | "f*" | "B" | "B*" | "b" | "b*" | "S" | "s" | "n" => {
                drawing.paint(command, self.shown);
            }
            "g" | "rg" | "k" | "G" | "RG" | "K" => drawing.device(command, &numbers),
            "cs" | "CS" => {
                let space =
                    operands.first().map(|name| Space::of(self.file, name, drawing.resources.as_deref()));
                space.into_iter().for_each(|space| drawing.choose(command == "cs", space));
            }
            "sc" | "scn" | "SC" | "SCN" => self.color(command.starts_with('s'), &numbers, drawing),
            "sh" => drop(self.spaces.insert("shading".to_owned())),
            "Tf" => self.font(operands, drawing),
            "BT" | "Tm" | "Td" | "TD" | "T*" | "TL" | "Tr" => drawing.place_text(command, &numbers),
            "Tj" | "TJ" | "'" | "\"" => drawing.show(command, operands),
            "Do" => self.place(operands.first().and_then(Object::name), drawing)?,
            _ => {}
        }
        Ok(())
    }

    fn color(&mut self, is_fill: bool, numbers: &[f64], drawing: &mut Drawing) {
        let space = if is_fill { &drawing.state.fill_space } else { &drawing.state.stroke_space };
        if let Space::Other(name) = space {
            self.spaces.insert(name.clone());
        }
        let tint = space.tint(numbers);
        if is_fill { drawing.state.fill = tint } else { drawing.state.stroke = tint }
    }

    fn resource(&self, kind: &str, name: &str, drawing: &Drawing) -> Option<Object> {
        let all = drawing.resources.as_ref()?;
        self.file.dictionary(all.get(kind)?)?.get(name).cloned()
    }

    fn font(&self, operands: &[Object], drawing: &mut Drawing) {
        let font =
            operands.first().and_then(Object::name).and_then(|name| self.resource("Font", name, drawing));
        let font = font.and_then(|font| self.file.dictionary(&font));
        let name = font.map(|font| self.file.get(&font, "BaseFont"));
        // `ABCDEF+` is put before the name of a font of which only a part is there.
        let plain = |name: &str| match name.split_once('+') {
            Some((tag, rest)) if tag.len() == 6 => rest.to_owned(),
            _ => name.to_owned(),
        };
        drawing.state.font = name.as_ref().and_then(Object::name).map(plain);
        drawing.state.size = operands.get(1).and_then(Object::number).unwrap_or(1.0);
    }

    /// A picture or a form.
    fn place(&mut self, name: Option<&str>, drawing: &mut Drawing) -> Result<(), Fault> {
        let found = name.and_then(|name| self.resource("XObject", name, drawing));
        let Some((object, form)) =
            found.and_then(|object| Some((object.clone(), self.file.dictionary(&object)?)))
        else {
            return Ok(());
        };
        if self.file.get(&form, "Subtype").name() != Some("Form") {
            self.pictures.insert(format!("{object:?}").chars().take(60).collect());
            return Ok(());
        }
        // A form that draws itself ends here too.
        if drawing.depth >= PDF_FORMS_DEPTH_MAX {
            return Ok(());
        }
        let matrix = form.get("Matrix").and_then(|matrix| self.file.list(matrix));
        let numbers: Option<Vec<f64>> =
            matrix.map(|list| list.iter().filter_map(|side| self.file.resolve(side).number()).collect());
        let own = numbers.and_then(|numbers| <[f64; 6]>::try_from(numbers).ok());
        let mut state = drawing.state.clone();
        state.map = sound(state.map * own.map_or(Affine::IDENTITY, Affine::new), state.map);
        let resources = form.get("Resources").and_then(|own| self.file.dictionary(own));
        let resources = resources.or_else(|| drawing.resources.clone());
        let bytes = self.file.stream(&object)?;
        self.draw(&bytes, state, resources, drawing.scene, drawing.contents, drawing.depth + 1)
    }
}

/// A map of numbers; the one before where it is none.
fn sound(map: Affine, before: Affine) -> Affine {
    if map.as_coeffs().iter().all(|value| value.abs() < 1e9) { map } else { before }
}

/// To the end of a picture between commands.
fn skip_picture(lexer: &mut Lexer) {
    let rest = lexer.bytes.get(lexer.at..).unwrap_or_default();
    let is_end = |window: &[u8]| is_space(window[0]) && &window[1..3] == b"EI" && is_space(window[3]);
    let end = rest.windows(4).position(is_end);
    lexer.at += end.map_or(rest.len(), |end| end + 4);
}

impl Drawing<'_> {
    fn transform(&mut self, numbers: &[f64]) {
        if let Ok(numbers) = <[f64; 6]>::try_from(numbers) {
            self.state.map = sound(self.state.map * Affine::new(numbers), self.state.map);
        }
    }

    fn trace(&mut self, command: &str, numbers: &[f64]) {
        let path = &mut self.path;
        let now = path.elements().last().and_then(kurbo::PathEl::end_point);
        let has_begun = !path.elements().is_empty();
        let point = |at: usize| Point::new(numbers[at], numbers[at + 1]);
        match (command, numbers.len()) {
            ("m", 2) => path.move_to(point(0)),
            ("l", 2) if has_begun => path.line_to(point(0)),
            ("c", 6) if has_begun => path.curve_to(point(0), point(2), point(4)),
            ("v", 4) if has_begun => path.curve_to(now.unwrap_or(point(0)), point(0), point(2)),
            ("y", 4) if has_begun => path.curve_to(point(0), point(2), point(2)),
            ("h", _) if has_begun => path.close_path(),
            ("re", 4) => {
                let area =
                    Rect::new(numbers[0], numbers[1], numbers[0] + numbers[2], numbers[1] + numbers[3]);
                path.extend(area.path_elements(0.1));
            }
            _ => {}
        }
    }

    fn paint(&mut self, command: &str, shown: &Shown) {
        let outline = self.state.map * std::mem::take(&mut self.path);
        let fills = command.starts_with(['f', 'F', 'B', 'b']);
        let strokes = command.starts_with(['B', 'b', 'S', 's']);
        if outline.elements().is_empty() || !(fills || strokes) {
            return;
        }
        let bounds = outline.control_box();
        let page = Rect::new(0.0, 0.0, self.scene.width, self.scene.height);
        // What lies outside of the page is not seen: marks of a printer, what was pushed aside.
        if !bounds.x0.is_finite() || !bounds.overlaps(page) {
            return;
        }
        for (is_on, tint) in [(fills, self.state.fill), (strokes, self.state.stroke)] {
            if let Some(tint) = tint.filter(|_| is_on) {
                self.contents.colors.add(tint, || self.scene.place(bounds));
            }
        }
        let paint = |tint: Option<Tint>| match tint {
            Some(Tint::Screen(rgb)) => Paint::Flat(rgb),
            Some(Tint::Ink(ink)) => shown(ink).map_or(Paint::Other, Paint::Flat),
            None => Paint::Other,
        };
        let fill = fills.then(|| paint(self.state.fill));
        self.scene.push(Shape { outline, fill, id: String::new() });
    }

    fn device(&mut self, command: &str, numbers: &[f64]) {
        let space = match command.to_ascii_lowercase().as_str() {
            "g" => Space::Gray,
            "rg" => Space::Rgb,
            _ => Space::Cmyk,
        };
        let tint = space.tint(numbers);
        let is_fill = command.starts_with(|letter: char| letter.is_ascii_lowercase());
        self.choose(is_fill, space);
        if is_fill { self.state.fill = tint } else { self.state.stroke = tint }
    }

    fn choose(&mut self, is_fill: bool, space: Space) {
        let first = space.first();
        if is_fill {
            (self.state.fill_space, self.state.fill) = (space, first);
        } else {
            (self.state.stroke_space, self.state.stroke) = (space, first);
        }
    }

    fn place_text(&mut self, command: &str, numbers: &[f64]) {
        match (command, numbers) {
            ("BT", _) => (self.text, self.line) = (Affine::IDENTITY, Affine::IDENTITY),
            ("Tm", [a, b, c, d, e, f]) => {
                self.line = sound(Affine::new([*a, *b, *c, *d, *e, *f]), self.line);
                self.text = self.line;
            }
            ("Td" | "TD", [x, y]) => {
                if command == "TD" {
                    self.state.leading = -y;
                }
                self.next_line(*x, *y);
            }
            ("T*", _) => self.next_line(0.0, -self.state.leading),
            ("TL", [leading]) => self.state.leading = *leading,
            ("Tr", [mode]) => self.state.is_hidden = *mode == 3.0,
            _ => {}
        }
    }

    fn next_line(&mut self, x: f64, y: f64) {
        self.line = sound(self.line * Affine::translate((x, y)), self.line);
        self.text = self.line;
    }

    /// Words: their colour, their font, and where they begin.
    fn show(&mut self, command: &str, operands: &[Object]) {
        if command == "'" || command == "\"" {
            self.next_line(0.0, -self.state.leading);
        }
        let is_empty = match operands.last() {
            Some(Object::Text(length)) => *length == 0,
            Some(Object::List(list)) => {
                list.iter().all(|part| !matches!(part, Object::Text(length) if *length > 0))
            }
            _ => true,
        };
        if self.state.is_hidden || is_empty {
            return;
        }
        let size = self.state.size.clamp(-1e4, 1e4);
        let em = Rect::new(0.0, 0.0, size * 0.5, size * 0.7).abs();
        let area = (self.state.map * self.text).transform_rect_bbox(em);
        if !area.overlaps(Rect::new(0.0, 0.0, self.scene.width, self.scene.height)) {
            return;
        }
        if let Some(tint) = self.state.fill {
            self.contents.colors.add(tint, || self.scene.place(area));
        }
        if let Some(font) = &self.state.font {
            let page = self.scene.page;
            self.contents.fonts.add(font, || Place { page, ..Place::default() });
        }
        // More beginnings than a book has lines on a page say nothing more.
        if self.scene.texts.len() < 10_000 && area.is_finite() {
            self.scene.texts.push(area);
        }
    }
}
