class BoxFull(LookupError):
    pass


class Box:
    def __init__(self, room):
        raise NotImplementedError

    def put(self, item):
        raise NotImplementedError

    def __len__(self):
        raise NotImplementedError


def total(numbers):
    raise NotImplementedError


def relay(call, value):
    raise NotImplementedError


def countdown(n):
    raise NotImplementedError
