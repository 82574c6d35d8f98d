# Fluent, de: kit.
