"""Addresses of housing security."""

from __future__ import annotations

from django.urls import path

from anju.domains.housing.views import batches, households

urlpatterns = [
    path("housing/batches/", batches.all_batches, name="housing-batches"),
    path("housing/batches/<int:number>/", batches.one_batch, name="housing-batch"),
    path("housing/batches/<int:number>/act/", batches.act, name="housing-batch-act"),
    path("housing/batches/<int:number>/drop/<int:row>/", batches.drop, name="housing-batch-drop"),
    path("housing/batches/<int:number>/file/", batches.bank_file, name="housing-batch-file"),
    path("housing/batches/<int:number>/answer/", batches.answer, name="housing-batch-answer"),
    path("housing/households/", households.all_households, name="housing-households"),
    path("housing/households/<int:number>/", households.one_household, name="housing-household"),
]
