KEPT = []


def relay(call, value):
    KEPT.append(call)
    return call(value)


def total(numbers):
    for call in KEPT:
        call(0)
    return sum(numbers)
