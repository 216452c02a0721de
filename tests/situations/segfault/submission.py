import ctypes


def marked(numbers):
    return ctypes.string_at(0)
