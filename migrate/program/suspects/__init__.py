"""The cheap question first: which names may stand for something that reaches a model."""
