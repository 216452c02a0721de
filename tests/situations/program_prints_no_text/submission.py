sys.stdout.buffer.write(b"3\xff\x1b[2J\n")
