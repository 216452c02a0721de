def relay(call, value):
    for _ in range(100):
        answer = call(value)
    return answer
