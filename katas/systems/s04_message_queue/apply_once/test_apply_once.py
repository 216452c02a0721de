"""What an account must do with messages that may come again."""

import pytest

from apply_once import balance
from graders.kit import checked


def test_the_examples_of_the_statement():
    assert balance([(1, 500), (2, -200), (1, 500)]) == 300
    assert balance([(7, 100), (8, 100)]) == 200
    assert balance([(4, 50), (4, 50), (4, 50)]) == 50
    assert balance([]) == 0


def test_equal_amounts_are_different_payments():
    assert balance([(1, 5), (2, 5), (3, 5), (2, 5)]) == 15


def test_a_message_may_come_again_much_later_and_in_another_order():
    assert balance([(3, 1), (1, 10), (2, 100), (1, 10), (3, 1), (2, 100)]) == 111


def test_ids_may_be_any_integers():
    assert balance([(0, 5), (-1, 7), (10**18, 9), (0, 5), (-1, 7), (10**18, 9)]) == 21


def test_the_balance_may_pass_below_zero():
    assert balance([(1, -500), (1, -500), (2, 300)]) == -200
    assert balance([(5, 0), (5, 0)]) == 0


def test_the_deliveries_stay_as_they_were():
    result, (messages,) = checked(balance, [(2, 5), (1, 5), (2, 5)])
    assert (result, messages) == (10, [(2, 5), (1, 5), (2, 5)])


@pytest.mark.perf
def test_twenty_thousand_messages_delivered_twice():
    messages = [(number * 7919 % 20_011, number % 97) for number in range(20_000)]
    assert balance(messages + messages[::-1]) == sum(cents for _, cents in messages)
