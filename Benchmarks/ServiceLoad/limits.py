"""What a process may have open."""

import resource


def raise_descriptor_limit():
    """Raises this process' own limit to what the system allows it."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
