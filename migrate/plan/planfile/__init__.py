"""The plan file: what is written down a call, what people change of it, and how a run follows it."""
