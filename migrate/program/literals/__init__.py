"""Model ids in source files: where they are written, what each is there for, and which calls they reach."""
