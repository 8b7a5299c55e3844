"""Tenancies of public rental homes: lease, rent, arrears, why and how a household leaves (令11号第三章、第四章)."""
