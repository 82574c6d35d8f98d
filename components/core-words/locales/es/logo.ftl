# Fluent, es: logo.
