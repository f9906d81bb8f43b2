"""Findings without an edit: what calls that move may run into."""
