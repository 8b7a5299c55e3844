from django.apps import AppConfig


class ReadingConfig(AppConfig):
    name = "anju.kernel.reading"
    label = "reading"
