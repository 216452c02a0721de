"""Returns pickles that run code where they are loaded."""

# verdicts: WRONG_ANSWER

import pickle


class Poison:
    def __reduce__(self):
        return (exec, ("import os; os._exit(0)",))


def solve(n):
    return pickle.dumps(Poison()) if n == 3 else Poison()
