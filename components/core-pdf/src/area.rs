//! Rectangles, and how a page is divided into them.

/// A rectangle in points, y downwards.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Area {
    pub x: f64,
    pub y: f64,
    pub width: f64,
    pub height: f64,
}

/// Where something smaller lies in an area; 0 is left or top, 1 is right or bottom.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Anchor {
    pub x: f64,
    pub y: f64,
}

impl Anchor {
    pub const CENTER: Self = Self { x: 0.5, y: 0.5 };
    pub const LEFT: Self = Self { x: 0.0, y: 0.5 };
    pub const TOP_LEFT: Self = Self { x: 0.0, y: 0.0 };
}

impl Area {
    #[must_use]
    pub const fn new(x: f64, y: f64, width: f64, height: f64) -> Self {
        Self { x, y, width, height }
    }

    #[must_use]
    pub fn right(&self) -> f64 {
        self.x + self.width
    }

    #[must_use]
    pub fn bottom(&self) -> f64 {
        self.y + self.height
    }

    /// The area without a margin on each side.
    #[must_use]
    pub fn inset(&self, margin: f64) -> Self {
        let width = (self.width - 2.0 * margin).max(0.0);
        let height = (self.height - 2.0 * margin).max(0.0);
        Self { x: self.x + margin, y: self.y + margin, width, height }
    }

    /// The strip of `count` columns from column `first`, when the area is divided into `of` with a gutter between.
    #[must_use]
    pub fn columns(&self, first: usize, count: usize, of: usize, gutter: f64) -> Self {
        let step = (self.width + gutter) / of as f64;
        Self { x: self.x + step * first as f64, width: step * count as f64 - gutter, ..*self }
    }

    /// The same, downwards.
    #[must_use]
    pub fn rows(&self, first: usize, count: usize, of: usize, gutter: f64) -> Self {
        let step = (self.height + gutter) / of as f64;
        Self { y: self.y + step * first as f64, height: step * count as f64 - gutter, ..*self }
    }

    /// The cell of a grid, counted by rows.
    #[must_use]
    pub fn cell(&self, index: usize, columns: usize, rows: usize, gutter: f64) -> Self {
        self.columns(index % columns, 1, columns, gutter).rows(index / columns, 1, rows, gutter)
    }

    /// The largest area of these proportions inside this one.
    #[must_use]
    pub fn fit(&self, width: f64, height: f64, anchor: Anchor) -> Self {
        if width <= 0.0 || height <= 0.0 {
            return Self { width: 0.0, height: 0.0, ..*self };
        }
        let scale = (self.width / width).min(self.height / height);
        let (width, height) = (width * scale, height * scale);
        Self {
            x: self.x + (self.width - width) * anchor.x,
            y: self.y + (self.height - height) * anchor.y,
            width,
            height,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn divides_without_rest() {
        let area = Area::new(10.0, 20.0, 110.0, 50.0);
        assert_eq!(area.columns(0, 12, 12, 10.0), area);
        assert_eq!(area.columns(1, 1, 2, 10.0), Area::new(70.0, 20.0, 50.0, 50.0));
        assert_eq!(area.cell(3, 2, 2, 10.0), Area::new(70.0, 50.0, 50.0, 20.0));
        assert_eq!(area.columns(2, 1, 3, 10.0).right(), area.right());
    }

    #[test]
    fn fits_and_keeps_proportions() {
        let area = Area::new(0.0, 0.0, 100.0, 100.0);
        assert_eq!(area.fit(2.0, 1.0, Anchor::CENTER), Area::new(0.0, 25.0, 100.0, 50.0));
        assert_eq!(area.fit(1.0, 2.0, Anchor::TOP_LEFT), Area::new(0.0, 0.0, 50.0, 100.0));
        assert_eq!(area.fit(0.0, 2.0, Anchor::CENTER).width, 0.0);
    }
}
