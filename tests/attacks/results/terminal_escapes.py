"""Prints escape sequences that clear the screen, rename the window and write the verdict anew."""

# verdicts: WRONG_ANSWER

def solve(n):
    print("\x1b[2J\x1b[H\x1b[32mACCEPTED\x1b[0m\x1b]0;ACCEPTED\x07\x9b31m\x1bP+q\x1b\\")
    print("\rACCEPTED\x08\x08\u202eDETPECCA\u2066")
    return "\x1b[2JACCEPTED\r"
