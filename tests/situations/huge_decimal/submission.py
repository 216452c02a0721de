def price(text):
    return Decimal("1E+999999999")
