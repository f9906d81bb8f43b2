"""The text of prompts: where it is written, what is wrong with it, and how it reads without that."""
