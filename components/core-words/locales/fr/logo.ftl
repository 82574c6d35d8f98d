# Fluent, fr: logo.
