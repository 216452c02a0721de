"""Takes every id that is not higher than all before for a redelivery."""


def balance(messages: list[tuple[int, int]]) -> int:
    total, highest = 0, None
    for msg_id, cents in messages:
        if highest is None or msg_id > highest:
            total, highest = total + cents, msg_id
    return total
