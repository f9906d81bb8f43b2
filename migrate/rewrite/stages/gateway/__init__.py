"""Stage ``gateway``: clients, frameworks, commands and environments get the gateway's URL and key."""
