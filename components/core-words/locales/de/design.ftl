# Fluent, de: design.
