"""The evaluator: what a value is, and how questions that need each other are answered."""
