"""The pages of the ledgers: index, list, record, entry, bulk change, export."""
