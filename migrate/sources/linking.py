"""What to do with a symlink: a file is seen once, and no link leads out of the root or around a loop."""

from __future__ import annotations

import errno
import os
import stat

from migrate.sources.rooting import inside, relative_to


def refusal(root: str, link: str, seen: dict[str, str], *, is_wanted: bool, is_named: bool) -> str | None:
    """Why the symlink ``link`` is not taken; ``""`` where that needs no word, None where it is taken.

    ``seen`` maps files (relative to ``root``) to the names they are known by, and gets this one.
    ``is_wanted`` tells whether the link's own name is that of a file to look at; ``is_named`` whether
    a person gave it, which lets it lead out of the root.
    """
    absolute = os.path.join(root, link)  # noqa: PTH118 - beside realpath, which Path has not
    target = os.path.realpath(absolute)
    try:
        mode = os.stat(absolute).st_mode  # noqa: PTH116
    except OSError as error:
        return _dangling(error, is_wanted)
    leads_out = not inside(root, target) and not is_named
    if stat.S_ISDIR(mode):
        return "a symlink to a folder outside; name that folder to include it" if leads_out else ""
    if not is_wanted:
        return ""
    if leads_out:
        return "a symlink to a file outside; name it as a path to include it"
    known = seen.setdefault(relative_to(root, target), link)
    return None if known == link else f"a symlink to {known}, which is looked at itself"


def _dangling(error: OSError, is_wanted: bool) -> str:
    if error.errno == errno.ELOOP:
        return "symlink loop; remove it"
    return "broken symlink; remove it" if is_wanted else ""
