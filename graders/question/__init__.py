"""Package marker; re-exports nothing, because package files also run inside the sandbox."""
