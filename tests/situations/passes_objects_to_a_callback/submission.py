class Five:
    def __add__(self, other):
        return 5


def relay(call, value):
    return call(Five())
