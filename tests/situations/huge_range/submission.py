def ratio(a, b):
    return range(10**30)
