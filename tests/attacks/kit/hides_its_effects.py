"""Keeps the kit from seeing its file operations, so that no crash falls between them."""

# target: crash
# guard: yes
# verdicts: WRONG_ANSWER|RUNTIME_ERROR|TIME_LIMIT_EXCEEDED

from graders.kit.inside import effects

plain = effects.set_listener
told = []


def listen(listener, work=""):
    told[:] = [listener]
    plain(None, work)


effects.set_listener = listen


def solve(path, text):
    if told and told[0]:
        for _ in range(4):
            told[0]("file")
    with open(path, "w") as file:
        file.write(text)
