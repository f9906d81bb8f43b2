"""Calls of the SDK that reach a model, with their clients and parameters, as CallSites."""
