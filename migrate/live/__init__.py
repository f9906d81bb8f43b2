"""Everything that talks HTTP: it starts only where a person asks for it, and says what it sends."""
