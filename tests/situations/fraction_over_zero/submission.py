def ratio(a, b):
    broken = Fraction(1, 2)
    broken._denominator = 0
    return broken
