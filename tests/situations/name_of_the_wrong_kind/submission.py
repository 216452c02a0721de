total = 13


def Box(room):
    return [room]
