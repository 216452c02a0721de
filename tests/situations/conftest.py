"""Nothing in here is collected: tests/judge/test_situations.py judges it."""

collect_ignore_glob = ["*"]
