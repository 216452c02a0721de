def relay(call, value):
    try:
        while True:
            answer = call(value)
    except BaseException:
        pass
    return answer
