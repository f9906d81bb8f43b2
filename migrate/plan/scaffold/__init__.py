"""A router for the models of a plan: what is in it, and its files. Writes nothing to disk."""
