"""Anju (安居): the operations platform of a housing and urban-rural development bureau."""

__version__ = "0.1.0"
