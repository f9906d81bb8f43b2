"""Decisions to a Proposal: stages find, the engine edits, the proof lets pass. Writes nothing to disk."""
