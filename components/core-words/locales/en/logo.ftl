# Fluent, en: logo.
