# Fluent, es: design.
