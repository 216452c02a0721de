def long(numbers):
    return bytearray(10**12)
