"""What any part may report: a Finding, and the Edits that would cure it. Pure data."""
