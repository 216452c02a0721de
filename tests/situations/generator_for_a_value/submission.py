def marked(numbers):
    return (number for number in numbers)
