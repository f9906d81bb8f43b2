"""Configuration files to expressions: JSON, YAML, TOML, INI and environment files, each value with its place.

A file becomes what the same values would be in Python, displays of constants; secrets are left out.
"""
