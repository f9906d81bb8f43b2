"""Dicts, lists and sequences: what they hold, and what later statements do to them."""
