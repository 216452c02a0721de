def marked(numbers):
    nest = []
    for _ in range(20):
        nest = [nest, nest]
    return nest
