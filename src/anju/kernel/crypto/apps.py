from django.apps import AppConfig


class CryptoConfig(AppConfig):
    name = "anju.kernel.crypto"
    label = "crypto"
