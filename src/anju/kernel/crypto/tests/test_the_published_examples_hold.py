"""The published examples of the algorithms, through the library and through our own columns of bytes."""

from __future__ import annotations

import numpy as np
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import SM4
from cryptography.hazmat.primitives.ciphers.modes import ECB, GCM
from cryptography.hazmat.primitives.hashes import SM3, Hash
from cryptography.hazmat.primitives.hmac import HMAC

from anju.kernel.crypto import ghash

# RFC 8998, A.1
KEY = bytes.fromhex("0123456789ABCDEFFEDCBA9876543210")
NONCE = bytes.fromhex("00001234567800000000ABCD")
TIE = bytes.fromhex("FEEDFACEDEADBEEFFEEDFACEDEADBEEFABADDAD2")
PLAIN = bytes.fromhex("".join(f"{letter * 16}" for letter in "ABCDEFEA"))
HIDDEN = bytes.fromhex(
    "17F399F08C67D5EE19D0DC9969C4BB7D5FD46FD3756489069157B282BB200735D82710CA5C22F0CCFA7CBF93D496AC15A56834CBCF98C397B4024A2691233B8D"
)
TAG = bytes.fromhex("83DE3541E4C2B58177E065A9BF7B62EC")


def _sm3(content: bytes) -> bytes:
    digest = Hash(SM3())
    digest.update(content)
    return digest.finalize()


def _block(content: bytes) -> bytes:
    return Cipher(SM4(KEY), ECB()).encryptor().update(content)


def test_sm3_of_the_standard() -> None:  # GB/T 32905-2016, A.1 and A.2
    assert _sm3(b"abc").hex() == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    assert _sm3(b"abcd" * 16).hex() == "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"


def test_sm4_of_the_standard() -> None:  # GB/T 32907-2016, A.1
    assert _block(KEY).hex() == "681edf34d206965e86b3e94f536e4246"


def test_sm4_gcm_of_rfc_8998() -> None:
    cipher = Cipher(SM4(KEY), GCM(NONCE)).encryptor()
    cipher.authenticate_additional_data(TIE)
    assert cipher.update(PLAIN) + cipher.finalize() == HIDDEN
    assert cipher.tag == TAG


def test_our_ghash_gives_the_tag_of_rfc_8998() -> None:
    tie = [np.array([byte], dtype=np.uint8) for byte in TIE]
    digest = ghash.digests(_block(bytes(16)), tie, np.frombuffer(HIDDEN, dtype=np.uint8).reshape(1, -1))
    first = np.frombuffer(_block(NONCE + b"\0\0\0\1"), dtype=np.uint8)
    assert (digest[0] ^ first).tobytes() == TAG


def test_hmac_sm3_is_the_construction_of_the_standard() -> None:  # GB/T 15852.2: H(K^opad | H(K^ipad | m))
    key, message = bytes(range(32)), b"3301"
    padded = key.ljust(64, b"\0")
    inner = _sm3(bytes(byte ^ 0x36 for byte in padded) + message)
    mac = HMAC(key, SM3())
    mac.update(message)
    assert mac.finalize() == _sm3(bytes(byte ^ 0x5C for byte in padded) + inner)
