"""Speed, measured side by side with what a user would run otherwise; never asserted."""
