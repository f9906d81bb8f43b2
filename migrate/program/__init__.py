"""FileFacts linked into one Program: what any expression can be, where that is written, and which
calls reach a model. Reads no file itself; asks its loader for the ones a question leads to.
"""
