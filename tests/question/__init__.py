"""The question sets: reading, marking, what learners see and what the law asks."""
