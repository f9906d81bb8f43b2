"""Stage ``responses``: calls of Chat Completions become calls of Responses."""
