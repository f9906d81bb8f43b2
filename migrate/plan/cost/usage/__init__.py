"""What was really used: exports and logs read row by row, and joined to the calls of the code."""
