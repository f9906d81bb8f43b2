"""Proof that a new text differs from the old one by exactly the recorded edits. Changes nothing."""
