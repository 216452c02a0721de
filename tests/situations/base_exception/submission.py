class End(BaseException):
    pass


def marked(numbers):
    raise End(1)
