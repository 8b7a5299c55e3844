from django.apps import AppConfig


class ParametersConfig(AppConfig):
    name = "anju.kernel.parameters"
    label = "parameters"
    verbose_name = "政策参数"
