"""What a plan does to the bill: tokens, prices, volumes, and the sums. Changes nothing."""
