"""Calls and functions: who calls whom, what is passed, what comes back."""
