# Fluent, fr: design.
