def ratio(a, b):
    broken = Fraction(1, 2)
    broken._numerator = "1"
    return broken
