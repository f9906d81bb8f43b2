"""A text without what a model does unasked, or why a program should not make it."""
