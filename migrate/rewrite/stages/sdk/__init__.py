"""Stage ``sdk``: code for openai 0.x becomes code for 1.0 and newer, request and readers together."""
