"""Whole files encrypted at rest: SM4-GCM, tied to the name they are kept under.

8 mark | 2 key version | 12 nonce | ciphertext | 16 tag
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import SM4
from cryptography.hazmat.primitives.ciphers.modes import GCM

from anju.kernel.crypto import using
from anju.kernel.crypto.keyring import KeyRing
from anju.kernel.errors import AnjuError

MARK = b"\x00anju\x01\r\n"
NONCE, TAG = 12, 16
HEAD = len(MARK) + 2


def wrap(ring: KeyRing, content: bytes, name: str) -> bytes:
    """The envelope of a content kept under this name."""
    key, nonce = ring.current, secrets.token_bytes(NONCE)
    head = MARK + key.version.to_bytes(2, "big")
    cipher = Cipher(SM4(key.secret), GCM(nonce)).encryptor()
    cipher.authenticate_additional_data(head + name.encode())
    return b"".join((head, nonce, cipher.update(content), cipher.finalize(), cipher.tag))


def unwrap(ring: KeyRing, envelope: bytes, name: str) -> bytes:
    """The content; what does not begin with the mark is no envelope and is returned as it is.

    Raises AnjuError `crypto.altered` or `crypto.key_lost`.
    """
    if not envelope.startswith(MARK):
        return envelope
    key = ring.key(int.from_bytes(envelope[len(MARK) : HEAD], "big"))
    nonce, hidden, tag = envelope[HEAD : HEAD + NONCE], envelope[HEAD + NONCE : -TAG], envelope[-TAG:]
    try:
        cipher = Cipher(SM4(key.secret), GCM(nonce, tag)).decryptor()
        cipher.authenticate_additional_data(envelope[:HEAD] + name.encode())
        return cipher.update(hidden) + cipher.finalize()
    except (InvalidTag, ValueError):
        raise AnjuError.of(
            "crypto.altered", "加密的文件被改动过或不完整，读不出来。", where=name[:16], advice="请从备份中恢复，并查明原因。"
        ) from None


def write(place: Path, content: bytes, name: str) -> None:
    """Keep a content at a place in an envelope under this name, whole or not at all, readable by its owner only."""
    fresh = place.with_name(f".{secrets.token_hex(8)}")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(wrap(using.ring(), content, name))
        file.flush()
        os.fsync(file.fileno())
    os.replace(fresh, place)


def read(place: Path, name: str) -> bytes:
    """The content kept at a place under this name. Raises as `unwrap`."""
    return unwrap(using.ring(), place.read_bytes(), name)


def renew(place: Path, name: str) -> bool:
    """Put what lies at a place into an envelope of the newest key; whether it was not in one already. May be killed and run again."""
    ring, envelope = using.ring(), place.read_bytes()
    if version_of(envelope) == ring.current.version:
        return False
    write(place, unwrap(ring, envelope, name), name)
    return True


def version_of(envelope: bytes) -> int | None:
    """The version of the key an envelope was written with; None for what is no envelope."""
    return int.from_bytes(envelope[len(MARK) : HEAD], "big") if envelope.startswith(MARK) else None
