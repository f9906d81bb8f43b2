"""The command line: one file a verb. Parses flags, prints, sets an exit code; decides nothing else."""
