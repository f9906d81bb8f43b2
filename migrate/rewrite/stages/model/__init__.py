"""Stage ``model``: model ids change where they are written, and what speaks of them is told."""
