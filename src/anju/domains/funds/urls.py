"""Addresses of supervised funds."""

from __future__ import annotations

from django.urls import path

from anju.domains.funds.views import buildings, escrow, maintenance, reconciling, withdrawals

urlpatterns = [
    path("funds/escrow/", escrow.all_agreements, name="funds-escrow"),
    path("funds/escrow/new/", escrow.new_agreement, name="funds-agreement-new"),
    path("funds/escrow/<int:number>/", escrow.one_agreement, name="funds-agreement"),
    path("funds/escrow/<int:number>/buildings/new/", escrow.new_building, name="funds-building-new"),
    path("funds/escrow/<int:number>/payees/new/", escrow.new_payee, name="funds-payee-new"),
    path("funds/buildings/<int:number>/", buildings.one_building, name="funds-building"),
    path("funds/buildings/<int:number>/node/", buildings.reach_node, name="funds-node"),
    path("funds/buildings/<int:number>/receive/", buildings.receive, name="funds-receive"),
    path("funds/buildings/<int:number>/withdraw/", withdrawals.new_withdrawal, name="funds-withdraw"),
    path("funds/withdrawals/<int:number>/", withdrawals.one_withdrawal, name="funds-withdrawal"),
    path("funds/withdrawals/<int:number>/<str:verb>/", withdrawals.act, name="funds-withdrawal-act"),
    path("funds/reconciliation/", reconciling.board, name="funds-reconciliation"),
    path("funds/reconciliation/<int:number>/", reconciling.one_account, name="funds-reconciliation-account"),
    path("funds/reconciliation/<int:number>/statement/", reconciling.take_statement, name="funds-statement"),
    path("funds/differences/<int:number>/", reconciling.explain, name="funds-difference"),
    path("funds/maintenance/", maintenance.all_areas, name="funds-maintenance"),
    path("funds/maintenance/<int:number>/", maintenance.one_area, name="funds-area"),
]
