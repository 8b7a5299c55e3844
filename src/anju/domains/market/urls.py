"""Addresses of the market."""

from __future__ import annotations

from django.urls import path

from anju.domains.market.views import bulletin, certificates, contracts, permits, resale, signing

urlpatterns = [
    path("market/permits/", permits.all_permits, name="market-permits"),
    path("market/permits/new/", permits.new_permit, name="market-permit-new"),
    path("market/permits/<int:number>/", permits.one_permit, name="market-permit"),
    path("market/units/<int:number>/sign/", signing.sign, name="market-sign"),
    path("market/contracts/", contracts.all_contracts, name="market-contracts"),
    path("market/contracts/<int:number>/", contracts.one_contract, name="market-contract"),
    path("market/contracts/<int:number>/text/", contracts.text, name="market-contract-text"),
    path("market/resales/", resale.all_resales, name="market-resales"),
    path("market/resales/<int:number>/", resale.one_resale, name="market-resale"),
    path("market/units/<int:number>/check/", resale.check, name="market-house-check"),
    path("market/house-checks/<int:number>/sign/", resale.sign, name="market-resale-sign"),
    path("market/house-checks/<int:number>/end/", resale.end_check, name="market-house-check-end"),
    path("market/certificates/", certificates.all_certificates, name="market-certificates"),
    path("market/certificates/new/", certificates.new_certificate, name="market-certificate-new"),
    path("market/certificates/<int:number>/", certificates.one_certificate, name="market-certificate"),
    path("market/certificates/<int:number>/void/", certificates.void, name="market-certificate-void"),
    path("open/certificates/", certificates.verify, name="open-certificate"),
    path("market/bulletin/", bulletin.bulletin, name="market-bulletin"),
]
