"""Files linked: which there are, what imports bind, what stands where. Follows no value."""
