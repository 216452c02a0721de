"""Removals: each takes one rule of docs/security.md out of the graders, and a test must notice."""
