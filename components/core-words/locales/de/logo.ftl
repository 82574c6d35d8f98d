# Fluent, de: logo.
