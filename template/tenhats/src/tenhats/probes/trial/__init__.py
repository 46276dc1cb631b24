"""What is loaded beside the tests when functions are switched off."""
