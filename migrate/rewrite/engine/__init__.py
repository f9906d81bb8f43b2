"""Edits to text: one libcst pass a file applies them all. Decides nothing, writes nothing to disk."""
