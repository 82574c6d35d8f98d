# Fluent, en: kit.
