"""What code outside of the program does to values: Python's own library, the SDK, stand-ins."""
