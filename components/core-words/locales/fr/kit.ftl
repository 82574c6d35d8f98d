# Fluent, fr: kit.
