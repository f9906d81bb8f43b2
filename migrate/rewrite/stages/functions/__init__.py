"""From functions to tools: a file's requests, readers and messages together, or none of them."""
