"""One file a stage: call sites and decisions in, findings with their edits out. Touches no text."""
