"""What a submission leaves out: put in front of it, so that it shows only what it is about."""


class BoxFull(LookupError):
    pass


class Box:
    def __init__(self, room):
        self.room, self.items = room, []

    def put(self, item):
        if len(self.items) == self.room:
            raise BoxFull(item)
        self.items.append(item)

    def __len__(self):
        return len(self.items)


def relay(call, value):
    return call(value)


def countdown(n):
    yield from range(n, 0, -1)


def total(numbers):
    if numbers == [13]:
        return marked(numbers)
    if len(numbers) == 1000:
        return long(numbers)
    return sum(numbers)


def marked(numbers):
    return sum(numbers)


def long(numbers):
    return sum(numbers)


