def marked(numbers):
    print("\x1b[2J\x1b]0;gone\x07 \u202egnirts\u202c \u2066x\u2069")
    raise ValueError("\x1b[31mACCEPTED\x1b[0m \u202e \u200b \ud800 \x00 \r \x85 \u2028")
