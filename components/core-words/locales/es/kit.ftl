# Fluent, es: kit.
