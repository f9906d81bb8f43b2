"""What a name means at a place: scopes, branches, tests and annotations."""
