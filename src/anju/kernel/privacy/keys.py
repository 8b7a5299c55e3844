"""The keys of this installation: made once, registered in the database, replaced by a newer version."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone

from anju.kernel.access.actor import Actor
from anju.kernel.crypto import keyfile, using
from anju.kernel.crypto.keyring import INDEX, KeyRing
from anju.kernel.crypto.models import KeyVersion
from anju.kernel.errors import AnjuError
from anju.kernel.journal.actions import action


@dataclass(frozen=True, slots=True)
class KeyState:
    """One key: `held` it is in the ring, `registered` this database knows it, `writes` it is the current one."""

    version: int
    made_on: str
    fingerprint: str
    held: bool
    registered: bool
    writes: bool

    @property
    def lost(self) -> bool:
        """The database was written with it and it is not there."""
        return self.registered and not self.held


def settle_keys(by: Actor) -> None:
    """Make the first keys of a new installation, and register keys that an operator added. Safe to run at any start.

    A database that knows keys gets no new ones behind its back: lost keys stay lost until they are restored.
    """
    known = using.registered()
    if not keyfile.exists():
        if known:
            return
        keyfile.create()
    try:
        ring = keyfile.load()
        if any(known.get(version, mark) != mark for version, mark in ring.fingerprints.items()):
            return
    except AnjuError:
        return  # told by `anju doctor`, and by whatever first needs a key
    if ring.fingerprints.keys() - known.keys():
        with action("crypto.register_keys", by=by) as entry:
            entry.data = {"versions": sorted(ring.fingerprints.keys() - known.keys())}
            _register(ring)


def rotate_keys(*, by: Actor, reason: str) -> int:
    """Add a new version of the data key, which writes from now on, and return it. Needs `crypto.manage`.

    What was written before stays readable; `reencrypting.reencrypt` moves it to the new key. The key file is replaced only after the
    database knows the version: killed in between, the next rotation takes the number after it.
    """
    by.require("crypto.manage")
    if not reason.strip():
        raise AnjuError.of("crypto.no_reason", "没有写更换密钥的理由。", advice="例如：年度更换、保管人变动。")
    held = using.ring()
    version = max(*held.keys, *using.registered()) + 1
    renewed = held.rotated(version)
    keyfile.require_writable()
    with action("crypto.rotate_keys", by=by, reason=reason.strip()) as entry:
        entry.data = {"version": version}
        _register(renewed)
    keyfile.replace_with(renewed)
    return version


def key_states() -> list[KeyState]:
    """Every key that is held or registered, by version; version 0 is the index key."""
    known = {key.version: key for key in KeyVersion.objects.all()}
    ring = keyfile.load() if keyfile.exists() else None
    marks = ring.fingerprints if ring is not None else {}
    states = []
    for version in sorted(known.keys() | marks.keys()):
        row = known.get(version)
        held = version in marks and (row is None or row.fingerprint == marks[version])
        made = row.made_on if row is not None else ring.keys[version].made_on if ring is not None and version in ring.keys else ""
        writes = ring is not None and version == ring.current.version
        states.append(KeyState(version, str(made), row.fingerprint if row else marks[version], held, row is not None, writes))
    return states


def _register(ring: KeyRing) -> None:
    today = timezone.localdate()
    KeyVersion.objects.bulk_create(
        [
            KeyVersion(version=version, fingerprint=mark, made_on=today if version == INDEX else ring.key(version).made_on)
            for version, mark in ring.fingerprints.items()
        ],
        ignore_conflicts=True,
    )
