"""Texts as words, sentences and clauses, and the phrases of the rules in them. Judges nothing."""
