//! Numbers with a shape. Pictures and rows of tokens are `[images, height, width, channels]`, weights as they are stored.

/// How large a value of a plan is. Tokens are as many rows, one wide; a vector is one row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shape {
    pub images: usize,
    pub height: usize,
    pub width: usize,
    pub channels: usize,
}

impl Shape {
    #[must_use]
    pub fn picture(images: usize, height: usize, width: usize, channels: usize) -> Self {
        Self { images, height, width, channels }
    }

    #[must_use]
    pub fn tokens(images: usize, tokens: usize, channels: usize) -> Self {
        Self::picture(images, tokens, 1, channels)
    }

    #[must_use]
    pub fn vector(images: usize, channels: usize) -> Self {
        Self::picture(images, 1, 1, channels)
    }

    /// Pixels or tokens of one image.
    #[must_use]
    pub fn rows(self) -> usize {
        self.height * self.width
    }

    #[must_use]
    pub fn len(self) -> usize {
        self.images * self.rows() * self.channels
    }

    #[must_use]
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }

    #[must_use]
    pub fn with_channels(self, channels: usize) -> Self {
        Self { channels, ..self }
    }
}

/// A weight: its dimensions as they are stored, and its numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct Tensor {
    pub shape: Vec<usize>,
    pub data: Vec<f32>,
}

/// `[channels, height, width]`, in which noise is drawn and pictures are stored elsewhere, to our order.
#[must_use]
pub fn channels_last(planes: &[f32], channels: usize) -> Vec<f32> {
    let rows = planes.len() / channels;
    (0..planes.len()).map(|at| planes[(at % channels) * rows + at / channels]).collect()
}
