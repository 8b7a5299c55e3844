from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "anju.kernel.privacy"
    label = "privacy"
