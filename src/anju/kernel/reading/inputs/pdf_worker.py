"""`python -m anju.kernel.reading.inputs.pdf_worker PAGES BYTES SECONDS`: a PDF on standard input, its text on standard output.

Exit 3: it asks for a password. Runs apart so that the limits below end it and not the server.
"""

from __future__ import annotations

import io
import sys


def main() -> int:
    """Set the limits of this process, then read page by page."""
    pages, memory, seconds = (int(word) for word in sys.argv[1:4])
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    except (ImportError, ValueError, OSError):
        pass
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(sys.stdin.buffer.read()))
    if reader.is_encrypted and not reader.decrypt(""):
        return 3
    for number, page in enumerate(reader.pages):
        if number >= pages:
            break
        sys.stdout.buffer.write(page.extract_text().encode("utf-8", "replace") + b"\n\f")
    return 0


if __name__ == "__main__":
    sys.exit(main())
