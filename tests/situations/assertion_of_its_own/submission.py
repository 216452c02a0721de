def marked(numbers):
    assert numbers == [], numbers
