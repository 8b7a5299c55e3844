"""The keys of an installation: versioned data keys (SM4, 16 bytes) and one index key (HMAC-SM3, 32 bytes)."""

from __future__ import annotations

import base64
import datetime
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from cryptography.hazmat.primitives.hashes import SM3
from cryptography.hazmat.primitives.hmac import HMAC

from anju.kernel.errors import AnjuError

DATA_KEY_BYTES, INDEX_KEY_BYTES = 16, 32
MAX_VERSION = 0xFFFF
INDEX = 0
"""The number under which the fingerprint of the index key is registered."""


@dataclass(frozen=True, slots=True)
class DataKey:
    """One version of the data key. `made_on`: the day it was made."""

    version: int
    secret: bytes = field(repr=False)
    made_on: datetime.date


@dataclass(frozen=True)
class KeyRing:
    """The newest version writes, all of them read. The index key never changes: equal values must stay equal."""

    index_key: bytes = field(repr=False)
    keys: Mapping[int, DataKey] = field(repr=False)

    @classmethod
    def fresh(cls) -> KeyRing:
        """A ring of new random keys, version 1."""
        return cls(index_key=secrets.token_bytes(INDEX_KEY_BYTES), keys={1: _new_key(1)})

    @property
    def current(self) -> DataKey:
        """The key that writes."""
        return self.keys[max(self.keys)]

    def key(self, version: int) -> DataKey:
        """The key of a version. Raises AnjuError `crypto.key_lost`."""
        found = self.keys.get(version)
        if found is None:
            raise AnjuError.of(
                "crypto.key_lost",
                f"没有第{version}版数据密钥，用它加密的内容无法读出。",
                where="密钥",
                advice="请从备份中恢复 keys.secret（或 ANJU_KEYS）；密钥环里的旧版本不能删。",
            )
        return found

    def rotated(self, version: int) -> KeyRing:
        """The same ring with a new random key of this version, which must be above all others."""
        if not max(self.keys) < version <= MAX_VERSION:
            raise ValueError(f"version {version} does not follow {max(self.keys)}")
        return replace(self, keys={**self.keys, version: _new_key(version)})

    @cached_property
    def fingerprints(self) -> dict[int, str]:
        """What tells a key without giving it away, by version; INDEX for the index key."""
        return {INDEX: fingerprint(self.index_key), **{version: fingerprint(key.secret) for version, key in self.keys.items()}}

    def dump(self) -> str:
        """The ring as JSON text: what the key file holds."""
        keys = {str(v): {"key": _text(key.secret), "made_on": key.made_on.isoformat()} for v, key in sorted(self.keys.items())}
        return json.dumps({"format": 1, "index": _text(self.index_key), "keys": keys}, indent=1)

    @classmethod
    def parse(cls, text: str, where: str) -> KeyRing:
        """Read what `dump` wrote. Raises AnjuError `crypto.keys_unreadable`; its message never quotes the text."""
        try:
            data = json.loads(text)
            keys = {
                int(version): DataKey(int(version), _bytes(one["key"], DATA_KEY_BYTES), datetime.date.fromisoformat(one["made_on"]))
                for version, one in data["keys"].items()
            }
            ring = cls(index_key=_bytes(data["index"], INDEX_KEY_BYTES), keys=keys)
            if data["format"] != 1 or not keys or not all(1 <= version <= MAX_VERSION for version in keys):
                raise ValueError
        except (ValueError, KeyError, TypeError, AttributeError):
            raise AnjuError.of(
                "crypto.keys_unreadable", "密钥内容不完整或已损坏。", where=where, advice="请从备份中恢复；不要手工修改密钥文件。"
            ) from None
        return ring


def fingerprint(secret: bytes) -> str:
    """16 hex digits of an HMAC-SM3 under the key itself: the same for the same key, useless for finding it."""
    mac = HMAC(secret, SM3())
    mac.update(b"anju key fingerprint")
    return mac.finalize().hex()[:16]


def _new_key(version: int) -> DataKey:
    return DataKey(version, secrets.token_bytes(DATA_KEY_BYTES), datetime.datetime.now(datetime.UTC).date())


def _text(secret: bytes) -> str:
    return base64.b64encode(secret).decode()


def _bytes(text: str, length: int) -> bytes:
    secret = base64.b64decode(text, validate=True)
    if len(secret) != length:
        raise ValueError("length")
    return secret
