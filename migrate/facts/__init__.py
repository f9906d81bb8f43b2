"""Source to FileFacts: what one file defines, imports, assigns and calls, as plain data.

One parse and one walk a file; nothing here looks into another file or knows a model's name.
"""
