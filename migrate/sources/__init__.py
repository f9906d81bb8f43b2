"""Disk to Source and back: which files there are, and their exact bytes. Knows nothing of OpenAI."""
