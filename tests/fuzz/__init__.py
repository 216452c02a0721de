"""Every border at which the graders read what others wrote, under hostile input."""
