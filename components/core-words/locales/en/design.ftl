# Fluent, en: design.
