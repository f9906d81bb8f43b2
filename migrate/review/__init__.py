"""What stands between a Proposal and the disk: the patch that shows it and the write that does it."""
