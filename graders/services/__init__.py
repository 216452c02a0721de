"""Embedded servers that stand in for Redis, RabbitMQ and a database.

Each runs in a process of its own that is treated as hostile as the learner's. Re-exports nothing.
"""
