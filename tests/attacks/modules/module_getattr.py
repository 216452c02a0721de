"""Answers for every name by __getattr__ of its module, without defining any."""

# alone: yes
# verdicts: WRONG_ANSWER

def __getattr__(name):
    return lambda *args: AnyValue()


class AnyValue:
    def __eq__(self, other):
        return True

    __hash__ = None
