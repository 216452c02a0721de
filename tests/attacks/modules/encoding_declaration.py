"""Declares an encoding that would run other text than is read."""

# verdicts: RUNTIME_ERROR

# coding: rot13
cevag("uryyb")
