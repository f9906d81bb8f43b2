"""Stage ``params``: what the new model rejects is repaired, in whatever form it is passed."""
