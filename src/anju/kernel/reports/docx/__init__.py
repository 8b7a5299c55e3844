"""A built report as an official document: GB/T 9704-2012 page, statutory fonts, one bookmark per figure, one evidence part."""

from anju.kernel.reports.docx.writing import render_docx, write_docx

__all__ = ["render_docx", "write_docx"]
