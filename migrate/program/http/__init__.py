"""Requests without any SDK, and those of commands and other languages, as CallSites."""
