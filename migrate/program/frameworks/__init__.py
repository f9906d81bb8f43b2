"""Calls of frameworks that reach a model, as CallSites."""
