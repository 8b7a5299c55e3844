"""Approvals and acceptance (审批与验收): approval cases, tenders, acceptance filings, civil air defence."""
