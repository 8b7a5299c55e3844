"""Addresses of the kernel rooms' pages."""

from __future__ import annotations

from django.urls import path

from anju.site.pages import (
    audit,
    figure_catalogue,
    figures,
    imports,
    journal,
    report_verifying,
    reporting_period,
    reports,
    seals,
    search,
    today,
)
from anju.site.pages.ledgers import bulk, entry_forms, exporting, index, lists, records

urlpatterns = [
    path("", today.today, name="today"),
    path("findings/", today.findings, name="today-findings"),
    path("period/", reporting_period.choose_period, name="choose-period"),
    path("search/", search.search, name="search"),
    path("areas/", index.all_areas, name="areas"),
    path("areas/<str:area>/", index.one_area, name="area"),
    path("ledgers/<str:name>/", lists.ledger, name="ledger"),
    path("ledgers/<str:name>/columns/", lists.choose_columns, name="ledger-columns"),
    path("ledgers/<str:name>/export/", exporting.export, name="ledger-export"),
    path("ledgers/<str:name>/bulk/", bulk.bulk, name="ledger-bulk"),
    path("ledgers/<str:name>/new/", entry_forms.new, name="record-new"),
    path("ledgers/<str:name>/import/", imports.new, name="import-new"),
    path("ledgers/<str:name>/<int:number>/", records.record, name="record"),
    path("ledgers/<str:name>/<int:number>/edit/", entry_forms.edit, name="record-edit"),
    path("ledgers/<str:name>/<int:number>/void/", records.void, name="record-void"),
    path("ledgers/<str:name>/<int:number>/files/<str:field>/", records.attachment, name="record-file"),
    path("imports/", imports.all_imports, name="imports"),
    path("imports/progress/<slug:ticket>/", imports.progress, name="import-progress"),
    path("imports/<int:number>/", imports.one, name="import"),
    path("imports/<int:number>/mapping/", imports.remap, name="import-mapping"),
    path("imports/<int:number>/confirm/", imports.confirm, name="import-confirm"),
    path("imports/<int:number>/discard/", imports.discard, name="import-discard"),
    path("imports/<int:number>/rejected/", imports.rejected, name="import-rejected"),
    path("figures/", figure_catalogue.catalogue, name="figures"),
    path("figures/<str:key>/", figures.figure, name="figure"),
    path("figures/<str:key>/rows/", figures.rows, name="figure-rows"),
    path("figures/<str:key>/export/", figures.export, name="figure-export"),
    path("reports/", reports.all_reports, name="reports"),
    path("reports/verify/", report_verifying.verify, name="report-verify"),
    path("reports/<slug:template>/", reports.draft, name="report"),
    path("reports/<slug:template>/freeze/", reports.freeze, name="report-freeze"),
    path("reports/frozen/<int:number>/", reports.frozen, name="frozen-report"),
    path("reports/frozen/<int:number>/<str:kind>/", reports.download, name="report-download"),
    path("journal/", journal.journal, name="journal"),
    path("journal/<int:number>/", journal.entry, name="entry"),
    path("journal/<int:number>/proof/", seals.proof, name="entry-proof"),
    path("journal/seals/", seals.seals, name="journal-seals"),
    path("journal/verify/", seals.verify, name="journal-verify"),
    path("audit/", audit.audit, name="audit"),
]
