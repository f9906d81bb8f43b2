"""Which techniques a text uses and where. Changes nothing."""
