"""Many learners at once: who they are, and what becomes of their work."""
