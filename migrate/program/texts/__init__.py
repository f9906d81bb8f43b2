"""Texts, paths and operators: what is put together of values that are known."""
