"""repoint: finds calls to OpenAI models in Python code and moves them, call by call."""

__version__ = "0.1.0"
