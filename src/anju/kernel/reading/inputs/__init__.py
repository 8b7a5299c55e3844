"""What people hand in: .txt, .docx, .pdf with text, or pasted words; opened within limits, never trusted."""
