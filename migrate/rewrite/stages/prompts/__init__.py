"""Stage ``prompts``: what a reasoning model does unasked is taken out of prompts."""
