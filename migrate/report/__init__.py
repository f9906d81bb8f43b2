"""Renderers: records in, text and documents out. Nothing here prints, or opens a file."""
