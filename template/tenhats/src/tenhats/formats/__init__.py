"""Readers: from the text of a file to what it means. They open nothing and judge nothing."""
