"""Addresses of housing security."""

from __future__ import annotations

from django.urls import path

from anju.domains.housing.views import batches, counter, households, leases, line, open_eligible, open_letting, purchases, records, rounds

urlpatterns = [
    path("housing/batches/", batches.all_batches, name="housing-batches"),
    path("housing/batches/<int:number>/", batches.one_batch, name="housing-batch"),
    path("housing/batches/<int:number>/act/", batches.act, name="housing-batch-act"),
    path("housing/batches/<int:number>/drop/<int:row>/", batches.drop, name="housing-batch-drop"),
    path("housing/batches/<int:number>/file/", batches.bank_file, name="housing-batch-file"),
    path("housing/batches/<int:number>/answer/", batches.answer, name="housing-batch-answer"),
    path("housing/line/", line.the_line, name="housing-line"),
    path("housing/line/<int:number>/", line.one_entry, name="housing-entry"),
    path("housing/rounds/", rounds.all_rounds, name="housing-rounds"),
    path("housing/rounds/new/", rounds.new_round, name="housing-round-new"),
    path("housing/rounds/<int:number>/", rounds.one_round, name="housing-round"),
    path("housing/rounds/<int:number>/act/", rounds.act, name="housing-round-act"),
    path("housing/leases/", leases.all_leases, name="housing-leases"),
    path("housing/leases/<int:number>/", leases.one_lease, name="housing-lease"),
    path("housing/leases/<int:number>/act/", leases.act, name="housing-lease-act"),
    path("housing/allocations/<int:number>/lease/", leases.sign, name="housing-lease-sign"),
    path("open/eligible/", open_eligible.eligible, name="open-eligible"),
    path("open/letting/", open_letting.announcements, name="open-letting"),
    path("open/letting/<int:number>/", open_letting.announcement, name="open-letting-round"),
    path("open/letting/<int:number>/pool.txt", open_letting.list_file, name="open-letting-pool"),
    path("open/letting/<int:number>/result.txt", open_letting.result_file, name="open-letting-result"),
    path("open/letting/verify_ballot.py", open_letting.verifier, name="open-letting-verifier"),
    path("open/waiting/", open_letting.who_waits, name="open-waiting"),
    path("housing/households/", households.all_households, name="housing-households"),
    path("housing/purchases/", purchases.all_purchases, name="housing-purchases"),
    path("housing/purchases/<int:number>/", purchases.one_purchase, name="housing-purchase"),
    path("housing/purchases/<int:number>/act/", purchases.act, name="housing-purchase-act"),
    path("housing/claims/reward/", purchases.claim, name="housing-claim-reward"),
    path("housing/claims/talent/", counter.claim, name="housing-claim-talent"),
    path("housing/households/new/", counter.new_household, name="housing-household-new"),
    path("housing/households/<int:number>/apply/", counter.apply, name="housing-apply"),
    path("housing/households/<int:number>/record/", records.record, name="housing-record"),
    path("housing/households/<int:number>/", households.one_household, name="housing-household"),
]
