"""The template language: plain Chinese text with figure slots, lists and conditional sentences."""
