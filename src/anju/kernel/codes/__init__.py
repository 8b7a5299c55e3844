"""Codes people and papers carry. Pure: every module brings `normalise`, `fault`, and where it makes sense `mask` and `explain`.

resident_id, identity_document (other papers), credit_code, organisation_code, region_code, project_code, unit_code (real estate),
construction_permit, document_number (文号), bank_account, bank_line, telephone.
"""
