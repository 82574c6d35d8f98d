//! Pages to PDF: text, shapes, drawings, tags, bookmarks.
