"""Prints a file outside its box that anybody may read."""

# verdicts: RUNTIME_ERROR

def solve(n):
    with open("@secret@") as file:
        print(file.read())
    return 0
