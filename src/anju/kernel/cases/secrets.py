"""Codes a citizen follows a case with: shown once, kept as a digest that is tied to the case number."""

from __future__ import annotations

import hmac
import secrets

from cryptography.hazmat.primitives.hashes import SM3, Hash

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""No signs that are taken for each other."""
LENGTH = 10


def new_code() -> str:
    """Ten signs, about 49 bits: with the limit on attempts beyond guessing."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def digest_of_code(number: str, code: str) -> str:
    """SM3 over number and code, in hex; blanks, hyphens and small letters do not matter."""
    digest = Hash(SM3())
    digest.update(f"{number}\n{''.join(code.split()).replace('-', '').upper()}".encode())
    return digest.finalize().hex()


def fits(digest: str, number: str, code: str) -> bool:
    """Whether the code is the one behind the digest, in constant time."""
    return bool(digest) and hmac.compare_digest(digest, digest_of_code(number, code))
