"""Code that runs in another process, close to what it measures, and answers in JSON."""
