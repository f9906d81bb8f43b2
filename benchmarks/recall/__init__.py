"""What ``repoint scan`` finds in real packages, against tables that say what stands there."""
