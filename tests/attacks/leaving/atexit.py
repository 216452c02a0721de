"""Has work done at the end of the interpreter, and in finalizers of modules."""

# verdicts: WRONG_ANSWER|RUNTIME_ERROR|TIME_LIMIT_EXCEEDED

import atexit


def late():
    with open("@outside@/late", "w") as file:
        file.write("late")


class Late:
    def __del__(self):
        late()


held = Late()
atexit.register(late)
