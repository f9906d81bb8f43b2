"""Stage ``dependencies``: declared versions that the new code does not run on."""
