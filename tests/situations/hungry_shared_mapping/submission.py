import mmap


def long(numbers):
    with mmap.mmap(-1, 160 << 20) as shared:
        for at in range(0, len(shared), mmap.PAGESIZE):
            shared[at] = 1
    return sum(numbers)
