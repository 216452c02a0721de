"""Makes a huge constant while it is compiled."""

# alone: yes
# verdicts: WRONG_ANSWER|RUNTIME_ERROR|TIME_LIMIT_EXCEEDED

held = ("x" * 4000) * 4000
solve = eval("lambda n: " + "(" * 60 + "0" + ")" * 60)
